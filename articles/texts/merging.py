"""A draft that two people saved over each other: what each of them said, and one text of both."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from reversion.models import Version as Saved

from articles.models import Edition
from articles.texts.draft import DraftText
from articles.texts.saves import saves_of
from manuscript.content.canonical import canonicalise
from manuscript.content.merged import Choice, Merged
from manuscript.content.merging import merge, merge_value
from manuscript.content.schema import ContentRefused

LINES = ("title", "heading", "summary", "jurisdiction", "ai_provenance")


def fields_of(saved: Saved) -> dict[str, Any]:
    """Return the fields of one save as they were written, not as today's model reads them."""
    return json.loads(saved.serialized_data)[0]["fields"]  # type: ignore[no-any-return]


def text_of(saved: Saved) -> DraftText:
    """Return what a draft said at one save."""
    fields = fields_of(saved)
    return DraftText(**{name: fields[name] for name in (*LINES, "body") if name in fields})


def draft_as(edition: Edition, draft_number: int) -> DraftText | None:
    """Return what the draft with this number said, or None where the history has it not. One query."""
    likely = saves_of(edition).filter(serialized_data__contains=f'"draft_number": {draft_number}')
    for saved in likely.iterator(chunk_size=10):
        if fields_of(saved)["draft_number"] == draft_number:
            text = text_of(saved)
            try:
                return replace(text, body=canonicalise(text.body))
            except ContentRefused:
                return None
    return None


@dataclass(frozen=True)
class Line:
    """A single field that both changed."""

    name: str
    theirs: Any
    mine: Any

    @property
    def default(self) -> Choice:
        """Return mine, unless I emptied it: no words go without somebody's saying so."""
        return Choice.MINE if self.mine else Choice.THEIRS


@dataclass(frozen=True)
class MergedDraft:
    """Two texts of a draft as one: single fields that need no choice, those that do, and the body."""

    settled: dict[str, Any]
    lines: list[Line]
    body: Merged

    def text(self, choices: Mapping[str, Choice] | None = None) -> DraftText:
        """Return the merged text; `choices` by the name of a field or of a place of the body.

        :raises ContentRefused: if both versions together are larger than a body may be.
        """
        given = choices or {}
        chosen = {
            line.name: line.theirs
            if given.get(line.name, line.default) is Choice.THEIRS
            else line.mine
            for line in self.lines
        }
        return DraftText(**self.settled, **chosen, body=self.body.body(given))


def merge_drafts(base: DraftText | None, stored: DraftText, typed: DraftText) -> MergedDraft:
    """Return `stored` and `typed` (both tidied), made from `base`, as one text."""
    before, theirs, mine = (asdict(text) if text else {} for text in (base, stored, typed))
    settled: dict[str, Any] = {}
    lines = []
    for name in LINES:
        merged = merge_value(before.get(name), theirs[name], mine[name])
        if merged is None:
            lines.append(Line(name, theirs[name], mine[name]))
        else:
            settled[name] = merged
    return MergedDraft(settled, lines, merge(base.body if base else None, stored.body, typed.body))
