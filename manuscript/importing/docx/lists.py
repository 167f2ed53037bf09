"""From records to blocks: items into their lists, captions to what they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from manuscript.importing.blocks import Block, Heading, Item, Listing, Paragraph
from manuscript.importing.docx.shapes import Grid, Picture, Raw, Record

if TYPE_CHECKING:
    from manuscript.importing.docx.numbering import Mark
    from manuscript.importing.notes import Notes

MAX_NESTING: Final = 12
_NEAR: Final = 60
"""Twips within which two indentations are one."""

_TABLE: Final = re.compile(r"(?:table|tab\.|tabelle|tableau|tabla|tabella|tabela|tabel|таблица|表)", re.IGNORECASE)  # fmt: skip
_FIGURE: Final = re.compile(r"(?:figure|fig\.|abbildung|abb\.|figura|afbeelding|рис|图|圖)", re.IGNORECASE)  # fmt: skip


@dataclass
class _Level:
    mark: Mark
    indent: int
    listing: Listing
    last: int


def nest(records: list[Record], notes: Notes) -> list[Block]:
    """Return the blocks that `records` make."""
    return _Nester(notes).run(_captioned(records))


class _Nester:
    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.found: list[Block] = []
        self.levels: list[_Level] = []

    def run(self, records: list[Record]) -> list[Block]:
        for record in records:
            if record.empty:
                continue
            if record.mark is not None and not isinstance(record.block, Heading):
                self._item(record, record.mark)
            elif not self._continues(record):
                self.levels.clear()
                self.found.append(record.block)
        return self.found

    def _item(self, record: Record, mark: Mark) -> None:
        level = self._level_for(mark, record.indent)
        if level is None:
            listing = Listing(record.block.line, mark.ordered, mark.number if mark.ordered else 1)
            if self.levels and len(self.levels) < MAX_NESTING:
                self.levels[-1].listing.items[-1].blocks.append(listing)
            else:
                if self.levels:
                    self.notes.add("nesting-flattened", record.block.line, record.words[:120], f"lists are kept {MAX_NESTING} levels deep")  # fmt: skip
                    self.levels.clear()
                self.found.append(listing)
            level = _Level(mark, record.indent, listing, mark.number - 1)
            self.levels.append(level)
            if mark.ordered and not mark.plain:
                self.notes.add("numbering-changed", record.block.line, f"{mark.shown} {record.words[:80]}".strip(), "the list counts in figures now")  # fmt: skip
        level.last = mark.number
        level.indent = record.indent
        level.listing.items.append(Item(record.block.line, [record.block]))

    def _level_for(self, mark: Mark, indent: int) -> _Level | None:
        """Return the open list that an item goes on with; None where it opens one, inside the last item or not."""
        while self.levels:
            top = self.levels[-1]
            if top.mark.identity == mark.identity:
                if mark.level > top.mark.level:
                    return None
                if mark.level == top.mark.level:
                    if self._goes_on(top, mark):
                        return top
                    self.levels.pop()
                    return None
            elif not self._is_open(mark) and self._is_inside(top, mark, indent):
                return None
            self.levels.pop()
        return None

    def _is_open(self, mark: Mark) -> bool:
        """Whether an item of the same list, at its level or above, is open."""
        return any(level.mark.identity == mark.identity and level.mark.level <= mark.level for level in self.levels)  # fmt: skip

    def _is_inside(self, top: _Level, mark: Mark, indent: int) -> bool:
        if abs(indent - top.indent) <= _NEAR:
            return mark.level > top.mark.level and indent <= 0
        return indent > top.indent

    @staticmethod
    def _goes_on(top: _Level, mark: Mark) -> bool:
        return top.mark.ordered == mark.ordered and (not mark.ordered or mark.number == top.last + 1)  # fmt: skip

    def _continues(self, record: Record) -> bool:
        """Put what is indented as the text of an open item into that item."""
        block = record.block
        if isinstance(block, Heading | Raw) or record.role == "title" or record.indent <= 0:
            return False
        fitting = [at for at, level in enumerate(self.levels) if 0 < level.indent <= record.indent + _NEAR]  # fmt: skip
        if not fitting:
            return False
        del self.levels[fitting[-1] + 1 :]
        self.levels[-1].listing.items[-1].blocks.append(block)
        return True


def _captioned(records: list[Record]) -> list[Record]:
    """Give each caption to the table or the image beside it; a caption alone stays a paragraph."""
    shown = [record for record in records if not record.empty]
    taken: set[int] = set()
    for at, record in enumerate(shown):
        block = record.block
        if record.role != "caption" or not isinstance(block, Paragraph) or isinstance(block, Picture):  # fmt: skip
            continue
        before = shown[at - 1].block if at else None
        after = shown[at + 1].block if at + 1 < len(shown) else None
        if owner := _owner(record.words, before, after):
            if isinstance(owner, Grid):
                owner.caption = block.pieces
            else:
                owner.pieces = block.pieces
            taken.add(id(record))
    for record in shown:
        if isinstance(record.block, Grid):
            record.block.share_words()
    return [record for record in shown if id(record) not in taken]


def _owner(words: str, before: Block | None, after: Block | None) -> Grid | Picture | None:
    """Return what a caption belongs to: what it names, or a table below it, or an image above it."""
    wanted: tuple[type[Grid | Picture], ...] = (Grid, Picture)
    if _TABLE.match(words):
        wanted = (Grid,)
    elif _FIGURE.match(words):
        wanted = (Picture,)
    order = (before, after) if wanted == (Picture,) or isinstance(before, Picture) else (after, before)  # fmt: skip
    for block in order:
        if isinstance(block, Picture) and Picture in wanted and not block.pieces:
            return block
        if isinstance(block, Grid) and Grid in wanted and not block.caption:
            return block
    return None
