"""What every importer hands back: an article as it was found, and what an editor should look at.

The values are plain data, so that the desk, the API and the command can share them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date


class ImportRefused(ValueError):
    """The input cannot be imported; the message is one line, written for the person who brought it."""


@dataclass(frozen=True)
class Warning_:  # noqa: N801 - `Warning` and `ImportWarning` are Python's own names
    """One thing to look at: `line` is the line of the source, `proposal` a repair or an empty string."""

    code: str
    line: int
    text: str
    proposal: str = ""


@dataclass(frozen=True)
class ImportedReference:
    """A source that the article lists or cites. `label` is what the source calls it ("3")."""

    label: str
    csl: dict[str, Any]
    identified: bool

    @property
    def key(self) -> str:
        """The local key by which the body's citation atoms point at this reference."""
        return f"imported-{self.label}"


@dataclass(frozen=True)
class ImportedDisclaimer:
    """A disclaimer that stood on the page: its language, its jurisdiction ("" when it names none)."""

    language: str
    jurisdiction: str
    text: str


@dataclass(frozen=True)
class ImportedFigure:
    """An image that came with the text. `key` is what the body's figure names, `name` the file's name inside its
    source, `data` the bytes as they came: nobody has looked at them yet.
    """

    key: str
    name: str
    data: bytes


@dataclass(frozen=True)
class ImportedArticle:
    """An article as found. `body` is canonical HTML in the declared schema; a figure in it that is not among
    `figures` is one whose image has still to be brought. `licence` is what the source says of its reuse.
    """

    title: str
    heading: str
    summary: str
    body: str
    references: tuple[ImportedReference, ...]
    disclaimers: tuple[ImportedDisclaimer, ...]
    updated_on: date | None
    warnings: tuple[Warning_, ...]
    language: str
    figures: tuple[ImportedFigure, ...] = ()
    licence: str = ""
