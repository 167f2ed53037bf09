"""Reading lists from plain text: which lines are items, and how deep each one stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from manuscript.importing.blocks import MAX_DEPTH, Item, Listing, Paragraph, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from manuscript.importing.notes import Notes

_BULLETS = "•●▪■◦○‣⁃∙·◆►➢✓✔*+–—-"
_GLUED = frozenset("•●▪■◦○‣⁃∙◆►➢✓✔·")
_MARKED = re.compile(
    rf"(?P<indent>[ \t\u00a0\u3000]*)(?:"
    rf"(?P<bullet>[{re.escape(_BULLETS)}]|o(?=[ \t\u00a0]{{2,}}))(?P<gap>[ \t\u00a0\u3000]*)"
    r"|[（(]?(?P<number>\d{1,3})(?P<stop>[.)）．]|、)(?P<numbergap>[ \t\u00a0\u3000]*)"
    r"|(?P<circled>[①-⑳])[ \t\u00a0]*"
    r"|[（(]?(?P<han>[一二三四五六七八九十]{1,3})[、）)][ \t\u00a0]*"
    r"|[（(]?(?P<letter>[A-Za-z]|[ivxIVX]{2,5})[.)）][ \t\u00a0]+"
    r")(?P<text>\S.*)"
)
_HAN = "零一二三四五六七八九十"
_ROMAN = {"i": 1, "v": 5, "x": 10}
_TAB = 4
FIGURES = frozenset({"1", "1)", "(1"})
"""The kinds of marks that count in figures."""


@dataclass
class Mark:
    """A line that is marked as an item: how far it is indented, its kind of mark and its number."""

    indent: int
    kind: str
    number: int
    label: str
    text: str
    line: int = 0

    @property
    def ordered(self) -> bool:
        """Whether the mark counts."""
        return self.kind not in _BULLETS and self.kind != "o"


def width(line: str) -> int:
    """Return how far `line` is indented, a tab counting to the next fourth column."""
    column = 0
    for char in line:
        if char == "\t":
            column += _TAB - column % _TAB
        elif char in " \u00a0":
            column += 1
        elif char == "\u3000":
            column += 2
        else:
            break
    return column


def mark_of(line: str) -> Mark | None:
    """Return the item that `line` is marked as, or None. "2-3 g", "0.18" and "−5" are no marks."""
    match = _MARKED.fullmatch(line)
    if match is None:
        return None
    found = match.groupdict()
    indent = width(found["indent"])
    if bullet := found["bullet"]:
        if not found["gap"] and bullet not in _GLUED:
            return None
        return Mark(indent, bullet, 0, bullet, found["text"])
    if number := found["number"]:
        closed = found["stop"] != "." or bool(found["numbergap"])
        if not closed and not re.match(r"[^\W\d_]", found["text"]):
            return None
        if not found["numbergap"] and found["stop"] == "." and found["text"].isascii():
            return None
        opened = line.lstrip()[0] in "（("
        kind = "(1" if opened else "1" if found["stop"] in {".", "．", None} else "1)"
        return Mark(indent, kind, int(number), number, found["text"])
    if circled := found["circled"]:
        return Mark(indent, "①", ord(circled) - 0x245F, circled, found["text"])
    if han := found["han"]:
        return Mark(indent, "一", _han(han), han, found["text"])
    letter = found["letter"]
    kind = "a" if letter.islower() else "A"
    return Mark(indent, kind, _letter(letter), letter, found["text"])


def _han(digits: str) -> int:
    if digits[0] == "十":
        return 10 + (_HAN.index(digits[1]) if len(digits) > 1 else 0)
    tens, _, ones = digits.partition("十")
    if "十" in digits:
        return 10 * _HAN.index(tens[0]) + (_HAN.index(ones[0]) if ones else 0)
    return _HAN.index(digits[0])


def _letter(letter: str) -> int:
    """Return the place of a letter, or of a Roman number of several letters."""
    lower = letter.lower()
    if len(lower) == 1:
        return ord(lower) - ord("a") + 1
    values = [_ROMAN[char] for char in lower]
    return sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))


@dataclass
class _Level:
    indent: int
    kind: str
    listing: Listing
    last: int


def nest(
    marks: Sequence[Mark], continued: dict[int, list[tuple[int, str]]], notes: Notes
) -> list[Listing]:
    """Return the lists that `marks` make, nested by indentation, or by marks where indentation was lost.

    `continued`: for the place of a mark in `marks`, the further paragraphs of its item, as (line, text).
    """
    roots: list[Listing] = []
    levels: list[_Level] = []
    resumes = _resumes(marks)
    for at, mark in enumerate(marks):
        while (
            levels
            and levels[-1].indent > mark.indent + 1
            and (len(levels) > 1 or levels[0].indent > mark.indent + 1)
        ):
            if len(levels) == 1:
                levels[0].indent = mark.indent
                break
            levels.pop()
        level = _level_for(mark, levels, nested=bool(at and resumes[at - 1] and not mark.ordered))
        if level is None:
            deeper = bool(levels)
            if deeper and len(levels) >= MAX_DEPTH:
                notes.add(
                    "nesting-flattened",
                    mark.line,
                    mark.text[:120],
                    f"lists are kept {MAX_DEPTH} levels deep",
                )
                level = levels[-1]
            else:
                listing = Listing(mark.line, mark.ordered, start=mark.number if mark.ordered else 1)
                if deeper:
                    levels[-1].listing.items[-1].blocks.append(listing)
                else:
                    roots.append(listing)
                level = _Level(mark.indent, mark.kind, listing, mark.number - 1)
                levels.append(level)
        _check_number(mark, level, notes)
        level.last = mark.number
        paragraphs = [Paragraph(mark.line, [text(mark.text, mark.line)])]
        paragraphs += [
            Paragraph(line, [text(words, line)]) for line, words in continued.get(at, [])
        ]
        level.listing.items.append(Item(mark.line, list(paragraphs)))
    return roots


def _level_for(mark: Mark, levels: list[_Level], *, nested: bool) -> _Level | None:
    """Return the open list that `mark` goes on with; None opens a new one inside the last item, or at the root."""
    if not levels:
        return None
    if mark.indent > levels[-1].indent + 1:
        return None
    same = [level for level in levels if abs(level.indent - mark.indent) <= 1]
    for level in reversed(same):
        restarts = mark.ordered and mark.number == 1 and level.last > 1
        if (
            level.kind == mark.kind
            and not restarts
            and (not mark.ordered or mark.number == level.last + 1 or len(same) == 1)
        ):
            del levels[levels.index(level) + 1 :]
            return level
    if nested or (same and levels[-1] in same and _ranks_below(mark, levels[-1])):
        return None
    del levels[levels.index(same[0] if same else levels[-1]) :]
    return None


_RANKS = ("1 一 A", "• ● ■ ◆ ► ➢ * 1) ①", "◦ ○ o ‣ ▪ - – — · + (1", "a")
_RANK = {kind: at for at, kinds in enumerate(_RANKS) for kind in kinds.split()}


def _ranks_below(mark: Mark, level: _Level) -> bool:
    """Whether a mark at the same indentation usually stands below the list's: ◦ and – below •."""
    if level.listing.ordered != mark.ordered:
        return False
    return _RANK.get(mark.kind, 1) > _RANK.get(level.kind, 1)


def _resumes(marks: Sequence[Mark]) -> list[bool]:
    """Say for each numbered mark whether its bullets, at the same indentation, belong below it."""
    result = [False] * len(marks)
    coming: dict[tuple[int, str], int] = {}
    for at in range(len(marks) - 1, -1, -1):
        mark = marks[at]
        if mark.ordered:
            counts_on = coming.get((mark.indent, mark.kind)) == mark.number + 1
            result[at] = counts_on or mark.text.rstrip().endswith((":", "："))
            if not counts_on and at and mark.number > 1:
                result[at] = result[at] or any(
                    m.ordered and m.kind == mark.kind and m.number == mark.number - 1
                    for m in marks[max(0, at - 12) : at]
                )
            coming[mark.indent, mark.kind] = mark.number
    return result


def _check_number(mark: Mark, level: _Level, notes: Notes) -> None:
    """Note a mark that the list will not show as the source has it."""
    if not mark.ordered:
        return
    if mark.kind not in FIGURES and not level.listing.items:
        notes.add(
            "numbering-changed",
            mark.line,
            f"{mark.label} {mark.text[:80]}",
            "the list counts in figures now",
        )
    elif (
        level.listing.items and mark.number != level.last + 1 and not mark.number == level.last == 1
    ):
        notes.add(
            "numbering-changed",
            mark.line,
            f"{mark.label} {mark.text[:80]}",
            f"it counts on as {level.last + 1} now",
        )
