"""What commands that import share: the person who imports, and the file's bytes."""

from pathlib import Path

from accounts.models import User
from accounts.models.user import Role


class CommandRefused(Exception):
    """A command that cannot do its work; one line says why."""


def person_named(name: str) -> User:
    """Return the active user with this e-mail or exact name; without one, the only active editor.

    :raises CommandRefused: when there is none, or more than one.
    """
    if name:
        people = list(User.objects.active().filter(email__iexact=name).order_by("pk")[:2])
        people = people or list(User.objects.active().filter(name=name).order_by("pk")[:10])
        if not people:
            inactive = User.objects.filter(email__iexact=name) | User.objects.filter(name=name)
            what = "is not active" if inactive.exists() else "is not known, by e-mail or exact name"
            raise CommandRefused(f"The author {name!r} {what}.")
        if len(people) > 1:
            emails = ", ".join(person.email for person in people)
            raise CommandRefused(f"Several people are called {name!r}; give an e-mail: {emails}.")
        return people[0]
    editors = list(User.objects.active().with_role(Role.EDITOR).order_by("pk")[:2])
    if len(editors) != 1:
        how = "no active editor" if not editors else "more than one active editor"
        raise CommandRefused(f"There is {how}; name the author with --author.")
    return editors[0]


def bytes_of(path: Path, *, most: int) -> bytes:
    """Return what a file holds, looking at its size first.

    :raises CommandRefused: when it cannot be read or is larger than `most` bytes.
    """
    try:
        if not path.is_file():
            raise CommandRefused(f"There is no file {path}.")
        if (size := path.stat().st_size) > most:
            raise CommandRefused(
                f"The file has {size / 1024 / 1024:.1f} MB; at most {most // 1024 // 1024} MB are read."
            )
        with path.open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        raise CommandRefused(f"The file {path} cannot be read: {error}.") from error
