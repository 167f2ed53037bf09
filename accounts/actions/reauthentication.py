"""Asking again who is there, before something is signed."""

from django.contrib.auth import authenticate
from django.http import HttpRequest

from accounts.errors import NotAllowed
from accounts.models import User

METHOD = "password"


def confirm_password(*, user: User, password: str, request: HttpRequest | None) -> str:
    """Check the password of the person who is about to sign; return the method's name.

    Failures count towards the lockout like failed sign-ins: `request` tells it from where.

    :raises NotAllowed: if it is wrong, or if there were too many failures.
    """
    if request is None:
        request = HttpRequest()
        request.META["REMOTE_ADDR"] = "127.0.0.1"
    person = authenticate(request, username=user.email, password=password)
    if person is None or person.pk != user.pk:
        raise NotAllowed("The password is not right. Nothing was signed.")
    return METHOD
