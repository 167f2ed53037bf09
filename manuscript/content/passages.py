"""A body as the passages a reviewer checks: paragraphs, list items, table rows, headings; and their sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from manuscript.content.characters import nfc
from manuscript.content.inline import Break, Citation, Text, flatten
from manuscript.content.schema import HEADINGS
from manuscript.content.sentences import spans
from manuscript.content.tree import Element, leaves

Kind = Literal["heading", "p", "li", "quote", "callout", "caption", "head", "row"]
_WHOLE: Final = ("heading", "head", "row")
_BETWEEN_CELLS: Final = " | "


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, table row or heading: its text, what is cited in it, and its place."""

    text: str
    citations: tuple[Citation, ...]
    place: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text with the offsets at which it cites. Its place is the same for equal content."""

    kind: Kind
    place: str
    text: str
    citations: tuple[tuple[int, Citation], ...]

    def sentences(self) -> list[Sentence]:
        """Return the sentences. A citation belongs to the sentence of the character before it, so one after the full
        stop belongs to the sentence that the full stop ends. Headings and table rows stay whole.
        """
        if self.kind in _WHOLE:
            return [
                Sentence(self.text, tuple(citation for _, citation in self.citations), self.place)
            ]
        found: list[Sentence] = []
        bounds = spans(self.text) or [(0, 0)]
        waiting = list(self.citations)
        for position, (start, end) in enumerate(bounds, start=1):
            following = bounds[position][0] if position < len(bounds) else len(self.text) + 1
            cited: list[Citation] = []
            while waiting and (waiting[0][0] <= following if position < len(bounds) else True):
                cited.append(waiting.pop(0)[1])
            found.append(
                Sentence(nfc(self.text[start:end]), tuple(cited), f"{self.place}/s:{position}")
            )
        return found


class _Reader:
    """Walks blocks in reading order and counts: headings by level, passages by kind within their section."""

    def __init__(self) -> None:
        self._headings: dict[str, int] = {}
        self._counts: Counter[str] = Counter()

    def read(  # noqa: C901  # one case per kind of block
        self, elements: list[Element], kind: Kind = "p"
    ) -> Iterator[Passage]:
        for element in elements:
            match element.tag:
                case tag if tag in HEADINGS:
                    self._enter(tag)
                    yield self._passage("heading", [element])
                case "p":
                    yield self._passage(kind, [element])
                case "caption" | "figcaption":
                    yield self._passage("caption", [element])
                case "tr":
                    yield self._passage("head" if kind == "head" else "row", _elements(element))
                case "thead":
                    yield from self.read(_elements(element), "head")
                case "tbody" | "table":
                    yield from self.read(_elements(element))
                case "blockquote":
                    yield from self.read(_elements(element), "quote")
                case "aside":
                    yield from self.read(_elements(element), "callout")
                case "li":
                    yield from self.read(_elements(element), "li")
                case _:
                    yield from self.read(_elements(element), kind)

    def _enter(self, tag: str) -> None:
        self._headings = {level: count for level, count in self._headings.items() if level <= tag}
        self._headings[tag] = self._headings.get(tag, 0) + 1
        self._counts.clear()

    def _passage(self, kind: Kind, parts: list[Element]) -> Passage:
        section = (
            "/".join(f"{level}:{count}" for level, count in sorted(self._headings.items())) or "top"
        )
        self._counts[kind] += 1
        place = section if kind == "heading" else f"{section}/{kind}:{self._counts[kind]}"
        text = ""
        cited: list[tuple[int, Citation]] = []
        for position, part in enumerate(parts):
            if position:
                text += _BETWEEN_CELLS
            for place_in_part, leaf in enumerate(leaves([part])):
                text += " " if place_in_part else ""
                for item in flatten(leaf.children):
                    if isinstance(item, Text):
                        text += item.text
                    elif isinstance(item, Break):
                        text += " "
                    else:
                        cited.append((len(text), item))
        return Passage(kind, place, nfc(text) if kind in _WHOLE else text, tuple(cited))


def _elements(element: Element) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element)]


def passages(blocks: list[Element]) -> Iterator[Passage]:
    """Yield the passages of a body's blocks in reading order."""
    return _Reader().read(blocks)
