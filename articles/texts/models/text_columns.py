"""Which columns hold the texts themselves: long, and shown by no list."""

from django.db.models.constants import LOOKUP_SEP

EDITION = ("body", "summary", "ai_provenance")
VERSION = ("content", "rendered", "rendered_references")


def edition_text_columns(path: str = "") -> list[str]:
    """Return the columns that a list defers of the edition at `path`, such as "edition"."""
    return _at(path, EDITION)


def version_text_columns(path: str = "") -> list[str]:
    """Return the columns that a list defers of the version at `path`, such as "version"."""
    return _at(path, VERSION)


def _at(path: str, columns: tuple[str, ...]) -> list[str]:
    return [LOOKUP_SEP.join(filter(None, (path, name))) for name in columns]
