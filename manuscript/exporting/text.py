"""What is exported: a text, its sources and figures, and what may be said of its review."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Final

WRITERS: Final = 1
"""Goes up when a writer writes the same text differently, so that stored answers are made anew."""

SHORT: Final = 12
"""How much of a digest stands on every page."""


class TooLong(ValueError):
    """The text is too long for the form asked for; the message says the limit and what to do."""


class CannotWrite(RuntimeError):
    """The site cannot write this form now; the message says why and what helps."""


@dataclass(frozen=True, kw_only=True)
class ExportedReference:
    """One numbered source: its record, its formatted entry (links and italics only), and what
    journals published against it, in words.
    """

    number: int
    key: str
    csl: Mapping[str, Any]
    entry: str
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ExportedFigure:
    """One image: its facts, and where the site serves it."""

    key: str
    digest: str
    media_type: str
    width: int
    height: int
    credit: str
    licence: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Reviewer:
    """Somebody whose signature stands under exactly this text."""

    name: str
    credential: str
    capacity: str
    signed_on: date
    meaning: str = ""


@dataclass(frozen=True, kw_only=True)
class PublicNotice:
    """A dated statement on the text: its kind in words, and what it says."""

    kind: str
    on: date
    text: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What may be said of the review. `status` stands on every page, in words; `state` names it
    for programs; `tone` is draft, pending, approved, caution or gone. Reviewers stand only where
    their signatures led to an approval that holds or was replaced.
    """

    state: str
    tone: str
    status: str
    reviewers: tuple[Reviewer, ...] = ()
    dates: tuple[tuple[str, date], ...] = ()
    notices: tuple[PublicNotice, ...] = ()


def no_figure(_key: str) -> bytes | None:
    """Return no image, whatever is asked for."""
    return None


@dataclass(frozen=True, kw_only=True)
class ExportedText:
    """A text as it leaves the site. `version`, `digest` and `frozen_at` are None for a draft.

    `read_figure` returns the bytes of a figure's image by its key, or None where there is none.
    """

    title: str
    heading: str
    summary: str
    body: str
    language: str
    audience: str
    audience_slug: str
    jurisdiction: str
    slug: str
    site_name: str
    address: str
    standing: Standing
    changed_at: datetime
    version: int | None = None
    draft: int | None = None
    digest: str | None = None
    verify_address: str = ""
    change_note: str = ""
    references: tuple[ExportedReference, ...] = ()
    figures: Mapping[str, ExportedFigure] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    ai_provenance: Mapping[str, str] = field(default_factory=dict)
    disclaimers: tuple[Mapping[str, str], ...] = ()
    read_figure: Callable[[str], bytes | None] = no_figure

    @property
    def numbers(self) -> dict[str, int]:
        """Return the number of each cited key."""
        return {reference.key: reference.number for reference in self.references}

    @property
    def name(self) -> str:
        """Return the file's name without its ending: slug, language, audience and version."""
        last = f"v{self.version}" if self.version is not None else f"draft{self.draft or ''}"
        return ".".join((self.slug or "article", self.language, self.audience_slug, last))

    @property
    def fingerprint(self) -> str:
        """Return what changes when anything that an export says changes."""
        said = json.dumps(_plain(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(f"{WRITERS}\0{said}".encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Return `value` as JSON knows it, without the functions in it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            one.name: _plain(getattr(value, one.name))
            for one in fields(value)
            if one.name != "read_figure"
        }
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
