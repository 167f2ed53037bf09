"""Plain text, as copied from a web page or a chat: bytes to an article.

Paragraphs are lines, or lines joined where the text was wrapped; lists, tables and headings are recognised
by what they look like. A heading's level is always a guess, and marked so.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from manuscript.importing import headings
from manuscript.importing.assembly import assemble
from manuscript.importing.blocks import Block, Heading, Paragraph, Pieces, Table, text
from manuscript.importing.listing import Mark, mark_of, nest, width
from manuscript.importing.notes import Notes
from manuscript.importing.page import Page

if TYPE_CHECKING:
    from manuscript.importing.result import ImportedArticle

_ATX = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*?)\s*#*\s*")
_STOPPED = re.compile(
    r"[.!?:;。！？：；…]['\"”’»)\]）】]*(?:\s?\[?\d{1,3}(?:[,–-]\s?\d{1,3})*\]?)?$"
)
_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_INNER_ITEMS = re.compile(r"\S\s+[•●▪◦]\s+\S|\S\s{2,}-\s+\S")
_WRAPPED = (45, 120)
"""A line of wrapped text is this long."""


def read_text(words: str, notes: Notes, *, language: str, name: str) -> ImportedArticle:
    """Return the article in `words`, which `decode` has been over."""
    page = Page(words, notes)
    return assemble(page, _blocks, language=language, name=name)


def _blocks(page: Page) -> list[Block]:
    return _Reader(page).blocks()


class _Reader:
    """One pass over the lines that are left on a page."""

    def __init__(self, page: Page) -> None:
        self.lines = page.lines
        self.notes = page.notes
        self.found: list[Block] = []
        self.wrapped = _is_wrapped(self.lines)
        self.headed: set[tuple[str, int]] = set()

    def blocks(self) -> list[Block]:
        """Return the page's blocks; headings are still paragraphs, but for those that are marked up."""
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if not line.strip():
                at += 1
            elif heading := _ATX.fullmatch(line):
                self.found.append(Heading(at + 1, [text(heading[2], at + 1)], len(heading[1])))
                at += 1
            elif rows := _table_rows(self.lines, at):
                at = self._table(at, rows)
            elif self._begins_list(at):
                at = self._list(at)
            else:
                at = self._paragraph(at)
        return self.found

    def _blank(self, at: int) -> bool:
        return at < 0 or at >= len(self.lines) or not self.lines[at].strip()

    def _next(self, at: int) -> int:
        """Return the first line from `at` on that holds something, or the end."""
        while at < len(self.lines) and self._blank(at):
            at += 1
        return at

    def _begins_list(self, at: int) -> bool:
        """Whether the line at `at` begins a list; a numbered heading and "A. fumigatus" do not."""
        mark = mark_of(self.lines[at])
        if mark is None or headings.is_section_number(self.lines[at]):
            return False
        if mark.kind in "aA" and mark.ordered:
            return self._has_second(at, mark)
        return not (mark.kind in "1一" and self._is_numbered_heading(at, mark))

    def _has_second(self, at: int, mark: Mark) -> bool:
        """Whether the letter goes on: an "a." is an item only where a "b." follows, or a list is open."""
        if mark.number > 1 and at and (before := mark_of(self.lines[at - 1])):
            return before.kind == mark.kind and before.number == mark.number - 1
        for index in range(at + 1, min(at + 12, len(self.lines))):
            if (
                (other := mark_of(self.lines[index]))
                and other.kind == mark.kind
                and other.number == mark.number + 1
            ):
                return True
        return False

    def _is_numbered_heading(self, at: int, mark: Mark) -> bool:
        """Whether "1. Introduction" heads a section: a paragraph follows it, not its list or the next number."""
        if not headings.could_be(mark.text) or width(self.lines[at]) > 3:
            return False
        if (mark.kind, mark.number - 1) in self.headed and self._blank(at - 1):
            return True
        following = self._next(at + 1)
        if following >= len(self.lines) or width(self.lines[following]) > mark.indent + 1:
            return False
        if mark_of(self.lines[following]) is not None or headings.is_section_number(
            self.lines[following]
        ):
            return headings.is_section_number(self.lines[following])
        return following > at + 1 or len(self.lines[following]) > 1.5 * len(self.lines[at])

    def _list(self, at: int) -> int:
        marks: list[Mark] = []
        continued: dict[int, list[tuple[int, str]]] = {}
        broken = False
        while at < len(self.lines):
            if self._blank(at):
                following = self._next(at)
                if following >= len(self.lines) or not self._stays_in_list(following, marks):
                    break
                broken = True
                at = following
                continue
            line = self.lines[at]
            mark = mark_of(line)
            if mark and (self._begins_list(at) or (marks and self._goes_on(mark, marks))):
                mark.line = at + 1
                marks.append(mark)
                self._note_inner_items(at)
            elif not marks:
                break
            elif broken and width(line) > marks[-1].indent + 1:
                continued.setdefault(len(marks) - 1, []).append((at + 1, line.strip()))
            elif not broken and self._joins(
                at - 1, at, indented=width(line) > marks[-1].indent + 1
            ):
                marks[-1].text = f"{marks[-1].text.rstrip()} {line.strip()}"
            else:
                break
            broken = False
            at += 1
        self.found += nest(marks, continued, self.notes)
        return at

    @staticmethod
    def _goes_on(mark: Mark, marks: list[Mark]) -> bool:
        """Whether `mark` is the next number of the list that is open."""
        return mark.ordered and any(
            before.kind == mark.kind and before.number == mark.number - 1 for before in marks[-12:]
        )

    def _stays_in_list(self, at: int, marks: list[Mark]) -> bool:
        """Whether the line after an empty one still belongs to the list."""
        line = self.lines[at]
        if mark := mark_of(line):
            running = sum(before.kind == mark.kind for before in marks) > 1
            return self._begins_list(at) or (running and self._goes_on(mark, marks))
        return (
            width(line) > marks[-1].indent + 1
            and width(line) > 1
            and not _table_rows(self.lines, at)
        )

    def _joins(self, first: int, second: int, *, indented: bool = False) -> bool:
        """Whether the line at `second` carries on the sentence of the line above it."""
        above, below = self.lines[first].rstrip(), self.lines[second].strip()
        if _ATX.fullmatch(self.lines[second]):
            return False
        ended = bool(_STOPPED.search(above[-40:]))
        if indented:
            return not ended or self.wrapped
        long = _WRAPPED[0] <= len(above) <= _WRAPPED[1]
        if below[0].islower() and not ended:
            return True
        return self.wrapped and long and (not ended or below[0].islower() or len(above) > 60)

    def _paragraph(self, at: int) -> int:
        start = at
        pieces: Pieces = []
        if mark := mark_of(self.lines[at]):
            self.headed.add((mark.kind, mark.number))
        while at < len(self.lines) and not self._blank(at):
            if at > start and (
                self._begins_list(at)
                or _ATX.fullmatch(self.lines[at])
                or _table_rows(self.lines, at)
                or not self._joins(at - 1, at)
            ):
                break
            if pieces:
                pieces.append(text(" ", at + 1))
            pieces.append(text(self.lines[at].strip(), at + 1))
            self._note_inner_items(at)
            at += 1
        alone = self._blank(start - 1) and self._blank(at)
        self.found.append(Paragraph(start + 1, pieces, alone=alone))
        return at

    def _note_inner_items(self, at: int) -> None:
        """Note a line into which a list was flattened."""
        line = self.lines[at]
        if len(_INNER_ITEMS.findall(line)) > 1:
            self.notes.add(
                "flattened-list", at + 1, line.strip()[:120], "give each item a line of its own"
            )

    def _table(self, at: int, rows: list[list[str]]) -> int:
        head = 1
        count = len(rows)
        if any(
            _RULE.fullmatch(self.lines[at + row])
            for row in range(count)
            if "|" in self.lines[at + row]
        ):
            keep = [row for row in range(count) if not _RULE.fullmatch(self.lines[at + row])]
        else:
            keep = list(range(count))
        cells: list[list[Pieces]] = [
            [[text(cell, at + row + 1)] if cell else [] for cell in rows[row]] for row in keep
        ]
        self.found.append(Table(at + 1, cells, head))
        return at + count


def _is_wrapped(lines: list[str]) -> bool:
    """Whether the text's lines were broken at a width: no long ones, and many that go on in lower case."""
    longest = 0
    pairs = joined = 0
    for above, below in pairwise(lines):
        longest = max(longest, len(above))
        if len(above) >= _WRAPPED[0] and (start := below.lstrip()[:1]):
            pairs += 1
            joined += start.islower()
    return longest <= _WRAPPED[1] and joined >= 2 and joined * 4 >= pairs


def _table_rows(lines: list[str], at: int) -> list[list[str]]:
    """Return the cells of the table that begins at `at`, or nothing: tabs between cells, or bars with a rule."""
    first = _cells(lines[at])
    if len(first) < 2 or mark_of(lines[at]) is not None:
        return []
    bars = "|" in lines[at] and "\t" not in lines[at].strip()
    if bars and (
        at + 1 >= len(lines) or not _RULE.fullmatch(lines[at + 1]) or "|" not in lines[at + 1]
    ):
        return []
    rows = [first]
    for below in range(at + 1, len(lines)):
        line = lines[below]
        cells = _cells(line)
        if len(cells) != len(first) or bars != ("|" in line and "\t" not in line.strip()):
            break
        rows.append(cells)
    return rows if len(rows) > 1 else []


def _cells(line: str) -> list[str]:
    if "\t" in line.strip():
        cells = [cell.strip() for cell in line.strip("\n ").split("\t")]
        return cells if not line.startswith("\t") and sum(map(bool, cells)) > 1 else []
    if "|" in line:
        return [
            cell.strip() for cell in line.strip().removeprefix("|").removesuffix("|").split("|")
        ]
    return []
