"""What a document is made of between reading and writing, on top of the blocks that every importer shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from manuscript.importing.blocks import Block, Heading, Paragraph, Piece, Pieces, Table

if TYPE_CHECKING:
    from manuscript.importing.docx.numbering import Mark

CITE = "cite"
"""An opened piece of this value is a whole citation: `href` its handles, `title` its locator."""

NOTE = "note"
"""An opened piece of this value is the mark of the note whose number `href` is."""


@dataclass
class Cell:
    """A cell of a grid: its blocks and how many columns and rows it spans."""

    blocks: list[Block] = field(default_factory=list)
    columns: int = 1
    rows: int = 1
    heads: bool = False


@dataclass
class Grid(Table):
    """A table whose cells span and hold blocks; `rows` holds the same words again, for finding citations."""

    cells: list[list[Cell]] = field(default_factory=list)
    caption: Pieces = field(default_factory=list)

    def share_words(self) -> None:
        """Let `rows` hold every run of words in the grid, so that what is done to them is done here."""
        self.rows = [[self.caption]] if self.caption else []
        for cell in (cell for row in self.cells for cell in row):
            self.rows.append(list(runs_in(cell.blocks)))


@dataclass
class Picture(Paragraph):
    """An image; its pieces are its caption."""

    key: str = ""
    alt: str = ""


@dataclass
class Raw(Paragraph):
    """A stretch of canonical HTML that came as such."""

    html: str = ""


@dataclass
class Record:
    """One block in document order, before lists are made: where it is indented, and what stands before it."""

    block: Block
    role: Literal["", "heading", "title", "caption", "contents"] = ""
    level: int = 0
    indent: int = 0
    mark: Mark | None = None

    @property
    def words(self) -> str:
        """The words of a paragraph; "" for other blocks."""
        return words_of(self.block.pieces) if isinstance(self.block, Paragraph | Heading) else ""

    @property
    def empty(self) -> bool:
        """Whether a paragraph shows nothing."""
        block = self.block
        if isinstance(block, Picture | Raw) or not isinstance(block, Paragraph | Heading):
            return False
        return not words_of(block.pieces) and not any(is_atom(piece) for piece in block.pieces)


def is_atom(piece: Piece) -> bool:
    """Whether a piece is a whole citation or the mark of a note."""
    return piece.kind == "open" and piece.value in {CITE, NOTE}


def words_of(pieces: Pieces) -> str:
    """Return the words of `pieces` in one line, without what only points somewhere."""
    shown = "".join(
        piece.value if piece.kind == "text" else " " if piece.kind == "break" else ""
        for piece in pieces
    )
    return " ".join(shown.split())


def runs_in(blocks: list[Block]) -> list[Pieces]:
    """Return every run of words in `blocks`, in order; what is done to them is done to the blocks."""
    found: list[Pieces] = []
    for block in blocks:
        if isinstance(block, Grid):
            found += [pieces for row in block.rows for pieces in row]
        elif isinstance(block, Paragraph | Heading):
            found.append(block.pieces)
        elif items := getattr(block, "items", None):
            for item in items:
                found += runs_in(item.blocks)
    return found
