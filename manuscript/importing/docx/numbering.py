"""Numbering: which paragraph is an item of which list, at which level, with which number.

ECMA-376 part 1, 17.9. Numbers count per abstract definition: two lists that share one go on counting, unless an
override says where to start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from manuscript.importing.docx.names import Element, W, child_val, number, twips
from manuscript.importing.docx.styles import Styles

_PLACE: Final = re.compile(r"%[1-9]")
_SIMPLE: Final = re.compile(r"[\s(（\[]*%[1-9][\s.)）\].:、．]*")
_FIGURES: Final = frozenset({"decimal", "decimalZero", "decimalFullWidth", "decimalHalfWidth", "decimalFullWidth2"})  # fmt: skip
_ROMAN: Final = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LEVELS: Final = 9


@dataclass(frozen=True)
class Level:
    """One level of a list: where it starts, what its mark is, and how far its text is indented."""

    start: int
    form: str
    text: str
    restart: int | None
    indent: int | None
    style: str


@dataclass(frozen=True)
class Mark:
    """What stands before an item. `identity`: the list that counts · `shown`: the mark as Word shows it."""

    identity: str
    level: int
    number: int
    ordered: bool
    plain: bool
    shown: str
    indent: int | None


class Numbering:
    """The lists of a document, counting while its paragraphs are read in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        for abstract in root.iterfind(f"{W}abstractNum"):
            key = abstract.get(f"{W}abstractNumId") or ""
            self._abstract[key] = {
                number(one.get(f"{W}ilvl"), 0) or 0: _level(one)
                for one in abstract.iterfind(f"{W}lvl")
            }
            if link := child_val(abstract, "numStyleLink"):
                self._links[key] = link
        for one in root.iterfind(f"{W}num"):
            starts: dict[int, int] = {}
            levels: dict[int, Level] = {}
            for override in one.iterfind(f"{W}lvlOverride"):
                at = number(override.get(f"{W}ilvl"), 0) or 0
                if (own := override.find(f"{W}lvl")) is not None:
                    levels[at] = _level(own)
                start = number(child_val(override, "startOverride"))
                if start is not None:
                    starts[at] = start
            self._lists[one.get(f"{W}numId") or ""] = (child_val(one, "abstractNumId"), starts, levels)  # fmt: skip

    def mark(self, properties: Element | None, style: str) -> Mark | None:
        """Return what stands before the next paragraph, whose `w:pPr` and style are given; None for no list."""
        key, at = self._place(properties, style)
        if key not in self._lists or key == "0":
            return None
        identity, levels = self._levels(key)
        at = max(0, min(at, _LEVELS - 1))
        level = levels.get(at)
        if level is None:
            return None
        count = self._count(key, identity, at, levels)
        if level.form == "none" or (level.form == "bullet" and not level.text.strip("\u200b")):
            return None
        ordered = level.form != "bullet"
        if ordered and not level.text:
            return None
        shown = self._shown(identity, level, levels) if ordered else level.text
        plain = level.form in _FIGURES and bool(_SIMPLE.fullmatch(level.text)) and f"%{at + 1}" in level.text  # fmt: skip
        return Mark(identity, at, count, ordered, plain, shown, level.indent)

    def _place(self, properties: Element | None, style: str) -> tuple[str, int]:
        """Return the id and level of a paragraph's list; its own word counts before its style's."""
        own = properties.find(f"{W}numPr") if properties is not None else None
        key = child_val(own, "numId")
        at = number(child_val(own, "ilvl"))
        if key:
            return key, at or 0
        found = self._styles.properties(style, "pPr/numPr/numId")
        if found is None:
            return "", 0
        key = found.get(f"{W}val") or ""
        owner = self._styles.owner(style, "pPr/numPr/numId")
        if key in self._lists and at is None:
            _, levels = self._levels(key)
            chain = self._styles.chain(style)
            named = [place for place, level in levels.items() if level.style and level.style in chain]  # fmt: skip
            exact = [place for place in named if levels[place].style == style]
            if exact or named:
                return key, (exact or named)[0]
        if at is None:
            at = number(child_val(self._styles.properties(owner, "pPr/numPr"), "ilvl"))
        return key, at or 0

    def _levels(self, key: str) -> tuple[str, dict[int, Level]]:
        """Return the abstract list behind `key` and its levels; a link to a list style is followed."""
        abstract, _, own = self._lists[key]
        seen: set[str] = set()
        while (link := self._links.get(abstract)) and abstract not in seen:
            seen.add(abstract)
            found = self._styles.properties(link, "pPr/numPr/numId")
            target = found.get(f"{W}val") if found is not None else None
            if not target or target not in self._lists:
                break
            abstract = self._lists[target][0]
        levels = self._abstract.get(abstract, {})
        return abstract, {**levels, **own} if own else levels

    def _count(self, key: str, identity: str, at: int, levels: dict[int, Level]) -> int:
        counts = self._counts.setdefault(identity, {})
        starts = self._lists[key][1]
        own = levels[at]
        if at in starts and (key, at) not in self._begun:
            counts[at] = starts[at]
        elif at in counts:
            counts[at] += 1
        else:
            counts[at] = own.start
        self._begun.add((key, at))
        for above in range(at):
            if above in levels:
                counts.setdefault(above, starts.get(above, levels[above].start))
        for below in [one for one in counts if one > at]:
            restart = levels[below].restart if below in levels else None
            if restart is None or (restart and at < restart):
                del counts[below]
                if below in starts:
                    self._begun.discard((key, below))
        return counts[at]

    def _shown(self, identity: str, level: Level, levels: dict[int, Level]) -> str:
        counts = self._counts[identity]

        def one(found: re.Match[str]) -> str:
            place = int(found[0][1]) - 1
            form = levels[place].form if place in levels else "decimal"
            return written(counts.get(place, 1), form)

        return _PLACE.sub(one, level.text)


def _level(element: Element) -> Level:
    indent = element.find(f"{W}pPr/{W}ind")
    form = child_val(element, "numFmt", "decimal")
    if form == "custom":
        form = "decimal"
    left = None
    if indent is not None:
        left = twips(indent.get(f"{W}left") or indent.get(f"{W}start"))
    return Level(
        number(child_val(element, "start"), 1) or 0,
        form,
        child_val(element, "lvlText"),
        number(child_val(element, "lvlRestart")),
        left,
        child_val(element, "pStyle"),
    )


def written(count: int, form: str) -> str:
    """Return `count` as the numbering form writes it: "b", "iv", "02"; figures where the form is not known."""
    if form in {"lowerLetter", "upperLetter"} and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 20)
        return letter if form == "lowerLetter" else letter.upper()
    if form in {"lowerRoman", "upperRoman"} and 0 < count < 4000:
        rest, digits = count, ""
        for value, sign in _ROMAN:
            digits += sign * (rest // value)
            rest %= value
        return digits if form == "lowerRoman" else digits.upper()
    return f"{count:02}" if form == "decimalZero" else str(count)
