"""Lists as Word counts them: one definition for bullets, one for numbers, a new count for each list."""

from __future__ import annotations

from typing import Any, Final

from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from manuscript.exporting.docx.elements import child, element

DEEPEST: Final = 8
"""Word counts levels from 0 to 8; what is deeper stands on the last."""

INDENT: Final = 360
"""How far each level stands in, in twentieths of a point."""

_BULLETS: Final = ("•", "◦", "▪")


class Numbering:
    """The definitions of one document's lists."""

    def __init__(self, document: WordDocument) -> None:
        self._root: Any = document.part.numbering_part.element
        taken = [
            int(one.get(qn("w:abstractNumId"))) for one in self._root.findall(qn("w:abstractNum"))
        ]
        first = max(taken, default=0) + 1
        self._bullets = self._define(first, ordered=False)
        self._numbers = self._define(first + 1, ordered=True)
        used = [int(one.get(qn("w:numId"))) for one in self._root.findall(qn("w:num"))]
        self._next = max(used, default=0) + 1
        self._bulleted: int | None = None

    def bulleted(self) -> int:
        """Return the list of everything that has bullets."""
        if self._bulleted is None:
            self._bulleted = self._add(self._bullets)
        return self._bulleted

    def ordered(self, level: int, start: int) -> int:
        """Return a new numbered list whose items on `level` count from `start`."""
        return self._add(self._numbers, level=min(level, DEEPEST), start=start)

    @staticmethod
    def number(paragraph: Paragraph, listed: int, level: int) -> None:
        """Make a paragraph an item of a list."""
        holder: Any = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - no public way
        properties = holder.get_or_add_numPr()
        properties.get_or_add_ilvl().val = min(level, DEEPEST)
        properties.get_or_add_numId().val = listed

    def _add(self, definition: int, *, level: int = 0, start: int | None = None) -> int:
        number = element("w:num", numId=str(self._next))
        child(number, "w:abstractNumId", str(definition))
        if start is not None:
            override = child(number, "w:lvlOverride", ilvl=str(level))
            child(override, "w:startOverride", str(start))
        self._root.append(number)
        self._next += 1
        return self._next - 1

    def _define(self, identity: int, *, ordered: bool) -> int:
        definition = element("w:abstractNum", abstractNumId=str(identity))
        child(definition, "w:multiLevelType", "hybridMultilevel")
        for level in range(DEEPEST + 1):
            one = child(definition, "w:lvl", ilvl=str(level))
            child(one, "w:start", "1")
            child(one, "w:numFmt", "decimal" if ordered else "bullet")
            mark = f"%{level + 1}." if ordered else _BULLETS[level % len(_BULLETS)]
            child(one, "w:lvlText", mark)
            child(one, "w:lvlJc", "left")
            left = str(INDENT * (level + 1))
            child(child(one, "w:pPr"), "w:ind", left=left, hanging=str(INDENT))
        # The schema wants every definition before the first list.
        first = self._root.find(qn("w:num"))
        if first is None:
            self._root.append(definition)
        else:
            first.addprevious(definition)
        return identity
