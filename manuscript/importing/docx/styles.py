"""The styles of a document, each with what it takes from the styles it is based on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from manuscript.importing.docx.names import Element, W, child_val, number, switch, twips

_HEADING: Final = re.compile(
    r"(?:heading|überschrift|titre|título|titulo|títol|titolo|titlu|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor|naslov|"
    r"başlık|επικεφαλίδα|заголовок|标题|標題|見出し|제목|כותרת|عنوان|tiêu đề)\s*(?P<level>[1-9])",
    re.IGNORECASE,
)
_TITLE: Final = frozenset(
    "title titel titre título titulo titolo titlu tittel otsikko tytuł cím název название заголовок 标题 標題 表題 제목 العنوان".split()
)
_CAPTION: Final = frozenset(
    "caption beschriftung bijschrift légende legende leyenda epígrafe didascalia legenda bildtext billedtekst bildetekst 题注 題注 標號 図表番号 캡션 podpis".split()
)
_CONTENTS: Final = re.compile(
    r"(?:toc|verzeichnis|tm|tdc|sommario|目录|目錄|目次|оглавление|inhopg|innehåll)\s*[1-9]|table of figures|toa heading|index \d",
    re.IGNORECASE,
)
_MOST_BASES: Final = 30


@dataclass(frozen=True)
class Toggles:
    """What character formatting says of a run; None is nothing said."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    script: str | None = None
    font: str | None = None
    language: str | None = None
    far_eastern: str | None = None

    def over(self, base: Toggles) -> Toggles:
        """Return these toggles with `base` below them."""
        own = vars(self)
        return Toggles(**{name: own[name] if own[name] is not None else below for name, below in vars(base).items()})  # fmt: skip


NOTHING: Final = Toggles()


def toggles(properties: Element | None) -> Toggles:
    """Return what `w:rPr` says."""
    if properties is None or not len(properties):
        return NOTHING
    fonts = properties.find(f"{W}rFonts")
    lang = properties.find(f"{W}lang")
    strikes = [switch(properties, "strike"), switch(properties, "dstrike")]
    return Toggles(
        switch(properties, "b"),
        switch(properties, "i"),
        switch(properties, "vanish"),
        any(strikes) if strikes != [None, None] else None,
        _script(properties),
        (fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi")) if fonts is not None else None,
        lang.get(f"{W}val") if lang is not None else None,
        lang.get(f"{W}eastAsia") if lang is not None else None,
    )


def _script(properties: Element) -> str | None:
    """Return "sup", "sub", "" for level with the line, or None; a raised position counts as much as the mark."""
    if align := child_val(properties, "vertAlign"):
        return {"superscript": "sup", "subscript": "sub"}.get(align, "")
    raised = twips(child_val(properties, "position"))
    if raised is None:
        return None
    return "sup" if raised > 2 else "sub" if raised < -2 else ""


def _steps(path: str) -> str:
    return "/".join(f"{W}{step}" for step in path.split("/"))


class Styles:
    """Styles by id."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._names: dict[str, str] = {}
        self._toggles: dict[str, Toggles] = {}
        self._levels: dict[str, int] = {}
        self._chains: dict[str, list[str]] = {}
        self._found: dict[tuple[str, str], Element | None] = {}
        self.default = ""
        self.defaults = NOTHING
        if root is None:
            return
        self.defaults = toggles(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        for style in root.iterfind(f"{W}style"):
            key = style.get(f"{W}styleId") or ""
            self._styles.setdefault(key, style)
            self._names[key] = " ".join(child_val(style, "name").lower().split())
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:  # fmt: skip
                self.default = key

    def chain(self, key: str) -> list[str]:
        """Return `key` and what it is based on, nearest first; a circle ends where it closes."""
        if key in self._chains:
            return self._chains[key]
        found: list[str] = []
        start = key
        while key in self._styles and key not in found and len(found) < _MOST_BASES:
            found.append(key)
            key = child_val(self._styles[key], "basedOn")
        return self._chains.setdefault(start, found)

    def names(self, key: str) -> list[str]:
        """Return the names of the style and of its bases, in lower case; an id stands for an unknown style."""
        return [self._names[one] or one.lower() for one in self.chain(key)] or [key.lower()]

    def properties(self, key: str, path: str) -> Element | None:
        """Return the first element `path` ("w:pPr/w:numPr", without prefixes) that the style or a base has."""
        if (key, path) not in self._found:
            owner = self.owner(key, path)
            self._found[key, path] = self._styles[owner].find(_steps(path)) if owner else None
        return self._found[key, path]

    def owner(self, key: str, path: str) -> str:
        """Return which style of the chain says `path`, or ""."""
        steps = _steps(path)
        return next((one for one in self.chain(key) if self._styles[one].find(steps) is not None), "")  # fmt: skip

    def toggles(self, key: str) -> Toggles:
        """Return what the style says of characters, its bases below it."""
        if key not in self._toggles:
            merged = NOTHING
            for one in reversed(self.chain(key)):
                merged = toggles(self._styles[one].find(f"{W}rPr")).over(merged)
            self._toggles[key] = merged
        return self._toggles[key]

    def heading_level(self, key: str) -> int:
        """Return the level of a heading in this style, 0 for none: by its name, or by its place in the outline."""
        if key not in self._levels:
            self._levels[key] = self._level(key)
        return self._levels[key]

    def _level(self, key: str) -> int:
        for one in self.chain(key):
            if found := _HEADING.fullmatch(self._names[one]):
                return int(found["level"])
            outline = number(child_val(self._styles[one].find(f"{W}pPr"), "outlineLvl"))
            if outline is not None:
                return outline + 1 if 0 <= outline < 9 else 0
        if key not in self._styles and (found := re.fullmatch(r"heading(?P<level>[1-9])", key, re.IGNORECASE)):  # fmt: skip
            return int(found["level"])
        return 0

    def is_title(self, key: str) -> bool:
        """Whether the style is the title's."""
        names = self.names(key)
        return not names[0].startswith("sub") and any(name in _TITLE for name in names)

    def is_caption(self, key: str) -> bool:
        """Whether the style is that of captions."""
        return any(name in _CAPTION for name in self.names(key))

    def is_contents(self, key: str) -> bool:
        """Whether the style is that of a table of contents."""
        return any(_CONTENTS.fullmatch(name) for name in self.names(key))
