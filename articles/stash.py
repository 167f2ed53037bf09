"""What somebody brought and has not decided about yet: kept for a day, under a name only they can use.

The bytes lie in the default storage, so that every worker and machine finds them; what goes into the
page is a signed name.
"""

import secrets
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User

SALT = "articles.stash"
FOLDER = "stash"
KEPT_FOR = timedelta(days=1)


class StashGone(Exception):
    """It was not kept here, was kept by somebody else, or its day is over."""


def keep(data: bytes, *, user: User, now: datetime) -> str:
    """Keep `data` for `user` for a day; return the signed name to fetch it by."""
    _sweep(now)
    name = f"{FOLDER}/{now.astimezone(UTC):%Y%m%d}/{secrets.token_urlsafe(24)}"
    stored = default_storage.save(name, ContentFile(data))
    return signing.dumps({"name": stored, "user": user.pk}, salt=SALT)


def fetch(token: str, *, user: User) -> bytes:
    """Return what was kept under `token`.

    :raises StashGone: if it is not there for this user any more.
    """
    with default_storage.open(_name(token, user=user)) as file:
        return bytes(file.read())


def drop(token: str, *, user: User) -> None:
    """Forget what was kept under `token`, if it is still there."""
    try:
        default_storage.delete(_name(token, user=user))
    except StashGone:
        return


def _name(token: str, *, user: User) -> str:
    try:
        kept = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature as exc:
        raise StashGone from exc
    if kept["user"] != user.pk or not default_storage.exists(kept["name"]):
        raise StashGone
    return str(kept["name"])


def _sweep(now: datetime) -> None:
    """Delete what was kept on days whose time is over."""
    if not default_storage.exists(FOLDER):
        return
    oldest = f"{now.astimezone(UTC) - KEPT_FOR:%Y%m%d}"
    for day in default_storage.listdir(FOLDER)[0]:
        if day < oldest:
            for name in default_storage.listdir(f"{FOLDER}/{day}")[1]:
                default_storage.delete(f"{FOLDER}/{day}/{name}")
            default_storage.delete(f"{FOLDER}/{day}")
