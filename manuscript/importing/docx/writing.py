"""Writing a document's blocks as HTML of the declared schema."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from manuscript.content import links
from manuscript.content.inline import locator_of
from manuscript.importing.blocks import Block, Heading, Listing, Paragraph, Pieces, Quote
from manuscript.importing.docx.shapes import CITE, NOTE, Cell, Grid, Picture, Raw

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARKS: Final = frozenset({"strong", "em", "sub", "sup", "a"})


class Writer:
    """Writes blocks; `labels` gives the label of each source on the shelf, `note` what a note is called."""

    def __init__(self, labels: Mapping[str, str], note: str) -> None:
        self._labels = labels
        self._note = note
        self._parts: list[str] = []

    def html(self, blocks: list[Block]) -> str:
        """Return `blocks` as HTML, to be brought into canonical form."""
        self._parts = []
        self._write(blocks)
        return "".join(self._parts)

    def _write(self, blocks: list[Block]) -> None:  # noqa: C901 - one case per block
        add = self._parts.append
        for block in blocks:
            match block:
                case Raw():
                    add(block.html)
                case Picture():
                    alt = escape(block.alt[:2000])
                    add(f'<figure data-figure="{block.key}" data-alt="{alt}">')
                    if block.pieces:
                        add(f"<figcaption>{self.inline(block.pieces)}</figcaption>")
                    add("</figure>")
                case Heading():
                    level = min(max(block.level, 2), 4)
                    add(f"<h{level}>{self.inline(block.pieces)}</h{level}>")
                case Paragraph():
                    add(f"<p>{self.inline(block.pieces)}</p>")
                case Grid():
                    self._grid(block)
                case Listing():
                    tag = "ol" if block.ordered else "ul"
                    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
                    add(f"<{tag}{start}>")
                    for item in block.items:
                        add("<li>")
                        self._write(item.blocks)
                        add("</li>")
                    add(f"</{tag}>")
                case Quote():
                    add("<blockquote>")
                    self._write(block.blocks)
                    add("</blockquote>")
                case _:
                    raise TypeError(f"a document holds no {type(block).__name__}")

    def _grid(self, grid: Grid) -> None:
        add = self._parts.append
        add("<table>")
        if grid.caption:
            add(f"<caption>{self.inline(grid.caption)}</caption>")
        for tag, rows in (("thead", grid.cells[: grid.head]), ("tbody", grid.cells[grid.head :])):
            if not rows:
                continue
            add(f"<{tag}>")
            for row in rows:
                add("<tr>")
                for cell in row:
                    self._cell(cell)
                add("</tr>")
            add(f"</{tag}>")
        add("</table>")

    def _cell(self, cell: Cell) -> None:
        tag = "th" if cell.heads else "td"
        columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        scope = ' scope="col"' if cell.heads and cell.columns == 1 else ' scope="colgroup"' if cell.heads else ""  # fmt: skip
        self._parts.append(f"<{tag}{columns}{rows}{scope}>")
        self._write(cell.blocks)
        self._parts.append(f"</{tag}>")

    def inline(self, pieces: Pieces) -> str:  # noqa: C901 - one case per piece
        """Return `pieces` as HTML."""
        parts: list[str] = []
        stack: list[str] = []
        for piece in pieces:
            match piece.kind:
                case "open" if piece.value == CITE:
                    labels = (self._labels[handle] for handle in piece.href.split())
                    parts.append(_atom(labels_of=" ".join(labels), locator=piece.title))
                case "open" if piece.value == NOTE:
                    space = "" if self._note.isascii() is False else " "
                    parts.append(f"{space}({self._note}{space}{piece.href})")
                case "open" if piece.value in _MARKS:
                    target = links.normalise(piece.href) if piece.value == "a" else ""
                    stack.append("" if target is None else piece.value)
                    if target is not None:
                        parts.append(f'<a href="{escape(target)}">' if target else f"<{piece.value}>")  # fmt: skip
                case "close" if stack:
                    if tag := stack.pop():
                        parts.append(f"</{tag}>")
                case "break":
                    parts.append("<br>")
                case "cite":
                    parts.append(_atom(labels_of=piece.value, locator=piece.locator))
                case "text" | "marker":
                    parts.append(escape(piece.value, quote=False))
                case _:
                    pass
        parts += [f"</{tag}>" for tag in reversed(stack) if tag]
        return "".join(parts)


def _atom(*, labels_of: str, locator: str) -> str:
    keys = " ".join(f"imported-{label}" for label in labels_of.split())
    place = locator_of(locator)
    where = f' data-locator="{escape(place)}"' if place else ""
    return f'<cite data-refs="{keys}"{where}></cite>'
