"""Giving Markdown's lists the indentation that CommonMark asks for.

Pages and chats indent what hangs below "1." by two spaces, by four, by a tab or not at all, and mark items with • or (1).
CommonMark nests only what stands under the item's first word, so each item is moved there first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from manuscript.importing.listing import FIGURES, Mark, mark_of, width

_RULE = re.compile(r"\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})")
_STANDARD = frozenset("-*+")
_NEEDED = 2
"""How much further in a line stands that hangs below an item."""


@dataclass
class _Level:
    """An open item: where the source has it, and where its words begin in the result."""

    indent: float
    content: int
    ordered: bool
    leads: bool


def indented(lines: Sequence[str], fenced: frozenset[int]) -> list[str]:
    """Return `lines` with their list items moved; lines in `fenced` move with the item they stand in."""
    result: list[str] = []
    levels: list[_Level] = []
    blank = False
    shift = 0
    for index, line in enumerate(lines):
        if not line.strip():
            result.append("")
            blank = True
            continue
        mark = None if index in fenced or _RULE.fullmatch(line) else mark_of(line)
        if mark and (not mark.ordered or mark.kind in FIGURES):
            moved = _item(mark, line, levels)
            shift = levels[-1].content - (width(line) + len(line.lstrip()) - len(mark.text))
        elif index in fenced:
            moved = _shifted(line, shift) if levels and width(line) >= _NEEDED else line
        else:
            moved = _continued(line, levels, blank=blank)
        result.append(moved)
        blank = False
    return result


def _item(mark: Mark, line: str, levels: list[_Level]) -> str:
    """Open the item at its level and return its line."""
    indent: float = mark.indent
    while levels and indent < levels[-1].indent + _NEEDED:
        top = levels[-1]
        same = abs(indent - top.indent) < 1
        if same and top.ordered and top.leads and not mark.ordered:
            indent = top.indent + 0.5
            break
        levels.pop()
    column = levels[-1].content if levels else 0
    sign = mark.label + (")" if ")" in line[: len(line) - len(mark.text)] else ".")
    if not mark.ordered:
        sign = mark.label if mark.label in _STANDARD else "-"
    leads = mark.text.rstrip(" *_").endswith((":", "："))
    levels.append(_Level(indent, column + len(sign) + 1, mark.ordered, leads))
    return f"{' ' * column}{sign} {mark.text}"


def _continued(line: str, levels: list[_Level], *, blank: bool) -> str:
    """Return a line that is no item, moved to the item it hangs below; without one it ends the lists."""
    if not levels:
        return line
    indent = width(line)
    if blank:
        while levels and indent < levels[-1].indent + _NEEDED:
            levels.pop()
        return f"{' ' * levels[-1].content}{line.strip()}" if levels else line
    if indent < _NEEDED and line.lstrip().startswith(("#", ">", "|", "```", "~~~")):
        levels.clear()
        return line
    return f"{' ' * levels[-1].content}{line.strip()}" if indent >= _NEEDED else line


def _shifted(line: str, shift: int) -> str:
    return " " * max(width(line) + shift, 0) + line.lstrip()
