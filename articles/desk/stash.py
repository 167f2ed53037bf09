"""What somebody brought and has not decided about yet: kept for a day, under a name only they can use.

The bytes lie in the default storage, so that every worker and machine finds them; what goes into the
page is a signed name.
"""

import secrets
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import User

SALT = "articles.desk.stash"
FOLDER = "stash"
KEPT_FOR = timedelta(days=1)


class StashGone(Exception):
    """It was not kept here, was kept by somebody else, or its day is over."""


def keep(data: bytes, *, user: User, purpose: str, now: datetime) -> str:
    """Keep `data` for `user` for a day; return the signed name to fetch it by, for this purpose only."""
    _sweep(now)
    name = f"{FOLDER}/{now.astimezone(UTC):%Y%m%d}/{secrets.token_urlsafe(24)}"
    stored = default_storage.save(name, ContentFile(data))
    return signing.dumps({"name": stored, "user": user.pk, "for": purpose}, salt=SALT)


def fetch(token: str, *, user: User, purpose: str) -> bytes:
    """Return what was kept under `token`.

    :raises StashGone: if it is not there for this user any more, or was kept for another purpose.
    """
    try:
        with default_storage.open(_name(token, user=user, purpose=purpose)) as file:
            return bytes(file.read())
    except FileNotFoundError as exc:
        raise StashGone from exc


def drop(token: str, *, user: User, purpose: str) -> None:
    """Forget what was kept under `token`, if it is still there."""
    try:
        default_storage.delete(_name(token, user=user, purpose=purpose))
    except StashGone:
        return


def _name(token: str, *, user: User, purpose: str) -> str:
    try:
        kept = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature as exc:
        raise StashGone from exc
    is_theirs = kept["user"] == user.pk and kept.get("for") == purpose
    if not is_theirs or not default_storage.exists(kept["name"]):
        raise StashGone
    return str(kept["name"])


def _sweep(now: datetime) -> None:
    """Delete what was kept on days whose time is over. Another worker may be doing the same."""
    oldest = f"{now.astimezone(UTC) - KEPT_FOR:%Y%m%d}"
    for day in _listed(FOLDER)[0]:
        if day < oldest:
            for name in _listed(f"{FOLDER}/{day}")[1]:
                _delete(f"{FOLDER}/{day}/{name}")
            _delete(f"{FOLDER}/{day}")


def _listed(folder: str) -> tuple[list[str], list[str]]:
    """Return the folders and files in a folder: none where it is not there (any more)."""
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []


def _delete(name: str) -> None:
    """Delete a file or an empty folder, unless it is gone already."""
    with suppress(FileNotFoundError):
        default_storage.delete(name)
