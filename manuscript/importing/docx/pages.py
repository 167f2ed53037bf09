"""A document's own list of references, disclaimers and furniture, found as in pages of other formats."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from manuscript.importing import disclaimers, furniture, proofreading, sections
from manuscript.importing.assembly import MAX_LINE, MAX_LINES
from manuscript.importing.blocks import Heading, Paragraph
from manuscript.importing.docx.footnotes import with_addresses
from manuscript.importing.docx.shapes import Picture, Raw, Record, is_atom
from manuscript.importing.notes import Notes
from manuscript.importing.page import Page
from manuscript.importing.result import ImportedDisclaimer, ImportRefused
from manuscript.importing.sources import is_sourcelike

if TYPE_CHECKING:
    from datetime import date

_OTHER: Final = "# \ue001"
"""The line of a table or an image: no paragraph goes on over it."""


_LABELLED: Final = re.compile(r"[\[(［【]?\s*\d{1,3}\s*(?:[\])］】.、:]|\s)")


@dataclass(frozen=True)
class SetAside:
    """What is not the article's text: its references, disclaimers and date."""

    entries: list[sections.Entry]
    disclaimers: list[ImportedDisclaimer]
    updated_on: date | None


def set_aside(records: list[Record], language: str, notes: Notes) -> SetAside:
    """Take what is not the article's text off `records`, and note it.

    :raises ImportRefused: when a paragraph is longer than any article's.
    """
    if not records:
        return SetAside([], [], None)
    own = Notes()
    listed = _listed(records)
    records[:] = [record for record in records if not (record.empty and id(record) in listed)]
    lines = [_line(record, listed=id(record) in listed) for record in records]
    for record, line in zip(records, lines, strict=True):
        if len(line) > MAX_LINE:
            raise ImportRefused(f"Paragraph {record.block.line} has {len(line):,} characters; at most {MAX_LINE:,} are read.")  # fmt: skip
    if sum(map(bool, lines)) > MAX_LINES:
        raise ImportRefused(f"There are more paragraphs than in any article: at most {MAX_LINES:,} are read.")  # fmt: skip
    page = Page("\n".join(lines), own)
    updated_on = furniture.leave_out(page)
    found = disclaimers.set_aside(page, language)
    entries = sections.take_references(page)
    proofreading.proofread(page)
    where = [record.block.line for record in records] or [1]

    def place(line: int) -> int:
        return where[min(line, len(where)) - 1]

    for warning in own.listed():
        notes.add(warning.code, place(warning.line), warning.text.removeprefix("# "), warning.proposal)  # fmt: skip
    records[:] = [
        record
        for record, before, after in zip(records, lines, page.lines, strict=True)
        if after.strip() or not before.strip()
    ]
    return SetAside([replace(one, line=place(one.line)) for one in entries], list(found), updated_on)  # fmt: skip


def _listed(records: list[Record]) -> set[int]:
    """Return the identities of the records between the heading of a list of references and what ends it.

    That is a heading, a table, a note or a citation, or after an empty line a paragraph unlike the entries before it.
    """
    found: set[int] = set()
    inside = sourced = False
    after: Record | None = None
    for record in records:
        before, after = after, record
        if isinstance(record.block, Heading):
            inside, sourced = sections.opens_references(record.words) == "", False
        elif not isinstance(record.block, Paragraph) or isinstance(record.block, Picture | Raw):
            inside = False
        elif inside:
            likely = is_sourcelike(record.words)
            apart = before is not None and before.empty and not record.empty
            if any(map(is_atom, record.block.pieces)) or (sourced and apart and not likely):
                inside = False
                continue
            sourced = sourced or likely
            found.add(id(record))
    return found


def _line(record: Record, *, listed: bool) -> str:
    """Return a record as a line of a page, with the mark before it; entries of a list get one where they have none."""
    block = record.block
    if isinstance(block, Picture | Raw) or not isinstance(block, Paragraph | Heading):
        return _OTHER
    words = with_addresses(block.pieces)
    if not words:
        return _OTHER if any(piece.kind == "open" for piece in block.pieces) else ""
    if isinstance(block, Heading):
        return f"# {words}"
    if record.mark:
        return f"{record.mark.shown.strip() if record.mark.ordered else '-'} {words}"
    return f"- {words}" if listed and not _LABELLED.match(words) else words
