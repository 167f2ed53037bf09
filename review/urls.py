"""Routes of the board's desk."""

from django.urls import path

from review.views import chairing, deciding, exporting, queue, rooms, submitting, taking_down

app_name = "review"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("submissions/<int:pk>/", rooms.submission, name="submission"),
    path("submissions/<int:pk>/sign/", deciding.sign, name="sign"),
    path("submissions/<int:pk>/request-changes/", deciding.ask_for_changes, name="request-changes"),
    path("submissions/<int:pk>/recuse/", deciding.step_aside, name="recuse"),
    path("submissions/<int:pk>/assign/", chairing.assign, name="assign"),
    path("submissions/<int:pk>/withdraw/", taking_down.withdraw, name="withdraw"),
    path("submissions/<int:pk>/retract/", taking_down.retract, name="retract"),
    path("assignments/<int:pk>/end/", chairing.take_off, name="end-assignment"),
    path("articles/<int:pk>/notice/", taking_down.notice, name="notice"),
    path("versions/<int:pk>/export/<slug:form>/", exporting.export_version, name="export"),
    path("versions/<int:pk>/submit/", submitting.submit, name="submit"),
]
