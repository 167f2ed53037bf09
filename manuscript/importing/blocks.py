"""The shape of a page between reading and writing: blocks made of pieces.

Every format reads into these; citations, titles and HTML are worked out from them once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

MAX_DEPTH = 8
"""How deep lists and quotations may nest; what is deeper joins the deepest."""


@dataclass
class Piece:
    """A part of a line of text.

    text: `value` is the text · open, close: `value` is a tag, `href` an address · break: a line break ·
    marker: a citation known by its markup (`value` "1,2", or a link's words with `href` as its source) ·
    cite: a finished citation atom, `value` the labels it points at. `locator`: where in the source a marker or a
    citation points.
    """

    kind: Literal["text", "open", "close", "break", "marker", "cite"]
    value: str = ""
    line: int = 0
    href: str = ""
    title: str = ""
    locator: str = ""


Pieces = list[Piece]


@dataclass
class Heading:
    """A section heading; `level` 0 means that the source does not say. `guessed`: not marked up as one."""

    line: int
    pieces: Pieces
    level: int = 0
    guessed: bool = False


@dataclass
class Paragraph:
    """One paragraph; `alone` when empty lines (or edges) stand on both of its sides."""

    line: int
    pieces: Pieces
    alone: bool = False
    verbatim: bool = False


@dataclass
class Item:
    """One list item."""

    line: int
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Listing:
    """A list, numbered from `start` when `ordered`."""

    line: int
    ordered: bool
    start: int = 1
    items: list[Item] = field(default_factory=list)


@dataclass
class Quote:
    """A quotation, or a callout when `callout` names its kind."""

    line: int
    blocks: list[Block] = field(default_factory=list)
    callout: str = ""


@dataclass
class Table:
    """Rows of cells; the first `head` rows are headings."""

    line: int
    rows: list[list[Pieces]] = field(default_factory=list)
    head: int = 0


Block = Heading | Paragraph | Listing | Quote | Table


def plain(pieces: Pieces) -> str:
    """Return the words of `pieces`, without markup."""
    words = "".join(
        piece.value if piece.kind in {"text", "marker"} else " " if piece.kind == "break" else ""
        for piece in pieces
    )
    return " ".join(words.split())


def text(value: str, line: int) -> Piece:
    """Return a piece of text found at `line`."""
    return Piece("text", value, line)


def marked(mark: str, pieces: Pieces, line: int = 0) -> Pieces:
    """Return `pieces` inside a mark, such as "strong" or "sup"."""
    return [Piece("open", mark, line), *pieces, Piece("close", mark, line)]


def joined(parts: list[Pieces], line: int) -> Pieces:
    """Return the words of several parts, with commas between them."""
    return [
        piece
        for at, part in enumerate(parts)
        for piece in ([text(", ", line)] if at else []) + part
    ]


def lined(words: str, line: int) -> Pieces:
    """Return `words`, which begin at `line` of the source, with a break between their lines."""
    pieces: Pieces = []
    for offset, shown in enumerate(words.split("\n")):
        pieces += [Piece("break")] if offset else []
        pieces.append(text(shown, line + offset))
    return pieces


def first_paragraph(blocks: list[Block]) -> Paragraph | None:
    """Return the first of `blocks` that is a paragraph, or None."""
    return next((block for block in blocks if isinstance(block, Paragraph)), None)
