"""Routes of accounts."""

from django.urls import path

from accounts.views import credentials, entrance, interests, profile

app_name = "accounts"
urlpatterns = [
    path("sign-in/", entrance.SignInView.as_view(), name="sign-in"),
    path("sign-out/", entrance.sign_out, name="sign-out"),
    path("start/", entrance.start, name="start"),
    path("profile/", profile.profile, name="profile"),
    path("password/", profile.password, name="password"),
    path("credentials/add/", credentials.add, name="credential-add"),
    path("credentials/<int:pk>/", credentials.edit, name="credential-edit"),
    path("interests/", interests.interests, name="interests"),
]
