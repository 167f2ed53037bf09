"""Routes of the board's desk."""

from django.urls import path

from review.public.views import exporting, noticing
from review.room import views as room
from review.rounds.views import chairing, queue, submitting, taking_down
from review.signatures.views import signing
from review.verdicts.views import deciding

app_name = "review"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("submissions/<int:pk>/", room.submission, name="submission"),
    path("submissions/<int:pk>/sign/", signing.sign, name="sign"),
    path("submissions/<int:pk>/request-changes/", deciding.ask_for_changes, name="request-changes"),
    path("submissions/<int:pk>/recuse/", deciding.step_aside, name="recuse"),
    path("submissions/<int:pk>/assign/", chairing.assign, name="assign"),
    path("submissions/<int:pk>/withdraw/", taking_down.withdraw, name="withdraw"),
    path("submissions/<int:pk>/retract/", taking_down.retract, name="retract"),
    path("assignments/<int:pk>/end/", chairing.take_off, name="end-assignment"),
    path("articles/<int:pk>/notice/", noticing.notice, name="notice"),
    path("versions/<int:pk>/export/<slug:form>/", exporting.export_version, name="export"),
    path("versions/<int:pk>/submit/", submitting.submit, name="submit"),
]
