"""The lines of a page, and what has been taken off it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from manuscript.importing.notes import Notes

_EDGES = re.compile(r"^[\s#>*_]+|[\s#*_]+$")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})")


class Page:
    """Lines by index (line number minus one). Taking a line leaves it empty, so that numbers stay true.

    `fenced` holds the indexes of verbatim lines (Markdown fences), which no recogniser may touch.
    """

    def __init__(self, text: str, notes: Notes, *, markdown: bool = False) -> None:
        self.lines = text.split("\n")
        self.notes = notes
        self.markdown = markdown
        self.fenced = _fenced(self.lines) if markdown else frozenset()

    def filled(self) -> list[int]:
        """Return the indexes of the lines that hold something and may be recognised."""
        return [
            index
            for index, line in enumerate(self.lines)
            if line and not line.isspace() and index not in self.fenced
        ]

    def take(self, index: int) -> str:
        """Take the line off the page and return it."""
        line = self.lines[index].strip()
        self.lines[index] = ""
        return line

    def leave_out(self, index: int, code: str, proposal: str = "") -> None:
        """Take the line off the page and note it under `code`, in full."""
        self.notes.add(code, index + 1, self.take(index), proposal)


def bare(line: str) -> str:
    """Return `line` without the Markdown signs at its edges, for recognising it."""
    return _EDGES.sub("", line)


def _fenced(lines: list[str]) -> frozenset[int]:
    inside: set[int] = set()
    fence = ""
    for index, line in enumerate(lines):
        match = _FENCE.match(line)
        if fence:
            inside.add(index)
            if match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif match and not (match[1][0] == "`" and "`" in line[match.end() :]):
            inside.add(index)
            fence = match[1]
    return frozenset(inside)
