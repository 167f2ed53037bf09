"""A body line by line: each heading with every sentence, table row and caption under it, for what reads sentences.

`sections` cuts a body into bodies; here nothing is cut but sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from manuscript.content import tree
from manuscript.content.inline import Citation
from manuscript.content.passages import Kind, passages

PROSE: Final = frozenset({"p", "li", "quote", "callout"})
"""The kinds of passage that are running text: not headings, captions or table rows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, table row or caption: its words, what it cites, its kind, place and order in the body.

    `passage` counts the passages, so that two sentences of one paragraph have the same.
    """

    text: str
    citations: tuple[Citation, ...]
    kind: Kind
    place: str
    order: int
    passage: int

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys that are cited in it, each once."""
        return tuple(dict.fromkeys(key for citation in self.citations for key in citation.keys))


@dataclass(frozen=True, slots=True)
class Part:
    """A heading (level 2, 3 or 4) and the lines under it. What stands before any heading has level 0.

    `citations` are the heading's own.
    """

    heading: str
    level: int
    order: int
    citations: tuple[Citation, ...]
    lines: tuple[Line, ...]


def parts(body: str) -> list[Part]:
    """Return the parts of a canonical body in reading order; the first has no heading if text precedes one."""
    found: list[Part] = []
    lines: list[Line] = []
    head: tuple[str, int, int, tuple[Citation, ...]] = ("", 0, 0, ())
    order = 0

    def close() -> None:
        if lines or head[1]:
            found.append(Part(*head, tuple(lines)))
        lines.clear()

    for count, passage in enumerate(passages(tree.blocks(body))):
        if passage.kind == "heading":
            close()
            citations = tuple(citation for _offset, citation in passage.citations)
            head = (passage.text, _level(passage.place), order, citations)
            order += 1
            continue
        for sentence in passage.sentences():
            lines.append(
                Line(sentence.text, sentence.citations, passage.kind, sentence.place, order, count)
            )
            order += 1
    close()
    return found


def _level(place: str) -> int:
    """Return the level of the heading at `place`, such as "h2:1/h3:2"."""
    return int(place.rpartition("/")[2][1])
