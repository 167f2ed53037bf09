"""Asking again who is there, before something is signed: what a door does before it calls the action."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.http import HttpRequest

from accounts.models import User
from kernel.errors import NotAllowed

HOLDS_FOR = timedelta(minutes=2)


@dataclass(frozen=True)
class Reauthentication:
    """That a person proved again who they are: by which method, and when (aware, UTC).

    Made by `confirm_password` alone; tests/test_architecture.py holds everybody to that.
    """

    user_id: int
    method: str
    at: datetime

    def require(self, *, user: User, at: datetime) -> None:
        """Refuse to go on unless it was `user` who did, just before `at`.

        :raises NotAllowed: if it was somebody else, or is too long ago.
        """
        if self.user_id != user.pk or not timedelta() <= at - self.at <= HOLDS_FOR:
            raise NotAllowed("Say again who you are before you sign.")


def confirm_password(
    *, user: User, password: str, at: datetime, request: HttpRequest | None
) -> Reauthentication:
    """Check the password of the person who is about to sign, at `at`.

    Failures count towards the lockout like failed sign-ins: `request` tells it from where; None
    means from this machine.

    :raises NotAllowed: if it is wrong, or if there were too many failures.
    """
    if request is None:
        request = HttpRequest()
        request.META["REMOTE_ADDR"] = "127.0.0.1"
    person = authenticate(request, username=user.email, password=password)
    if person is None or person.pk != user.pk:
        raise NotAllowed("The password is not right. Nothing was signed.")
    return Reauthentication(user.pk, "password", at)
