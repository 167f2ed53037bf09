"""What templates may be given: values that are complete, and loud about what they lack."""

from typing import TYPE_CHECKING


class MissingFact(RuntimeError):
    """A page, list, feed, API or file asked a value for something that it does not have."""


class Value:
    """Base of the frozen dataclasses that are shown: a name that one lacks is an error in templates too.

    Django's templates take an AttributeError for an empty string, so a misspelt `is_approved`, or an
    alarm that was not asked of the database, would silently be none.
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # or every name would be one to the type checker

        def __getattr__(self, name: str) -> None:
            if name.startswith("__"):
                raise AttributeError(name)
            raise MissingFact(f"{type(self).__name__} has no “{name}”.")
