"""Writing blocks as HTML of the declared schema, and counting what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from manuscript.content import links
from manuscript.importing.blocks import (
    Block,
    Heading,
    Item,
    Listing,
    Paragraph,
    Piece,
    Pieces,
    Quote,
    Table,
)

if TYPE_CHECKING:
    from manuscript.importing.result import ImportedArticle

_MARKS = frozenset({"strong", "em", "sub", "sup", "a"})
_COUNTED = {
    "h2": "headings",
    "h3": "headings",
    "h4": "headings",
    "li": "list_items",
    "table": "tables",
    "figure": "figures",
}


@dataclass
class Figure(Paragraph):
    """A figure: `pieces` is its caption, `key` names its image, `alt` says what it shows."""

    key: str = ""
    alt: str = ""


@dataclass
class Cell:
    """A cell of a grid: what it holds, how far it reaches, and whether it heads its row or column."""

    blocks: list[Block] = field(default_factory=list)
    colspan: int = 1
    rowspan: int = 1
    head: bool = False
    scope: str = ""


@dataclass
class Grid(Table):
    """A table whose cells hold blocks and span others. `rows` has each row's words, for what looks at words."""

    cells: list[list[Cell]] = field(default_factory=list)
    caption: Pieces = field(default_factory=list)


def note_mark(mark: str, line: int) -> Piece:
    """Return a footnote's raised mark. It is a kind of break: no number crosses it, and none is read out of it."""
    return Piece("break", mark, line)


def grid(line: int, cells: list[list[Cell]], head: int, caption: Pieces) -> Grid:
    """Return a grid, the first `head` rows of which are headings."""
    rows = [[pieces for cell in row for pieces in _runs(cell.blocks)] for row in cells]
    if caption:
        rows.insert(0, [caption])
    return Grid(line, rows, head, cells, caption)


def _runs(blocks: Sequence[Block]) -> list[Pieces]:
    """Return every run of words in `blocks`, in order."""
    found: list[Pieces] = []
    for block in blocks:
        match block:
            case Heading() | Paragraph():
                found.append(block.pieces)
            case Listing():
                found += _runs([inner for item in block.items for inner in item.blocks])
            case Quote():
                found += _runs(block.blocks)
            case Table():
                found += [pieces for row in block.rows for pieces in row]
    return found


def to_html(blocks: list[Block]) -> str:
    """Return `blocks` as HTML, to be brought into canonical form."""
    parts: list[str] = []
    _write(blocks, parts)
    return "".join(parts)


def _write(blocks: list[Block], parts: list[str]) -> None:
    for block in blocks:
        match block:
            case Heading():
                level = min(max(block.level, 2), 4)
                parts.append(f"<h{level}>{inline(block.pieces)}</h{level}>")
            case Figure():
                alt = f' data-alt="{escape(block.alt)}"' if block.alt else ""
                caption = inline(block.pieces)
                caption = f"<figcaption>{caption}</figcaption>" if caption.strip() else ""
                parts.append(f'<figure data-figure="{escape(block.key)}"{alt}>{caption}</figure>')
            case Paragraph():
                parts.append(f"<p>{inline(block.pieces)}</p>")
            case Listing():
                tag = "ol" if block.ordered else "ul"
                start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
                parts.append(f"<{tag}{start}>")
                for item in block.items:
                    _write_item(item, parts)
                parts.append(f"</{tag}>")
            case Quote():
                tag = f'aside data-callout="{block.callout}"' if block.callout else "blockquote"
                parts.append(f"<{tag}>")
                _write(block.blocks, parts)
                parts.append(f"</{tag.split()[0]}>")
            case Grid():
                _write_grid(block, parts)
            case Table():
                _write_table(block, parts)


def _write_item(item: Item, parts: list[str]) -> None:
    parts.append("<li>")
    _write(item.blocks, parts)
    parts.append("</li>")


def _write_table(table: Table, parts: list[str]) -> None:
    parts.append("<table>")
    for tag, cell, rows in (
        ("thead", "th", table.rows[: table.head]),
        ("tbody", "td", table.rows[table.head :]),
    ):
        if rows:
            parts.append(f"<{tag}>")
            for row in rows:
                cells = "".join(f"<{cell}><p>{inline(pieces)}</p></{cell}>" for pieces in row)
                parts.append(f"<tr>{cells}</tr>")
            parts.append(f"</{tag}>")
    parts.append("</table>")


def _write_grid(table: Grid, parts: list[str]) -> None:
    parts.append("<table>")
    if table.caption:
        parts.append(f"<caption>{inline(table.caption)}</caption>")
    for tag, rows in (("thead", table.cells[: table.head]), ("tbody", table.cells[table.head :])):
        if rows:
            parts.append(f"<{tag}>")
            for row in rows:
                parts.append("<tr>")
                for cell in row:
                    _write_cell(cell, parts, head=tag == "thead" or cell.head)
                parts.append("</tr>")
            parts.append(f"</{tag}>")
    parts.append("</table>")


def _write_cell(cell: Cell, parts: list[str], *, head: bool) -> None:
    name = "th" if head else "td"
    spans = "".join(
        f' {key}="{value}"'
        for key, value in (("colspan", cell.colspan), ("rowspan", cell.rowspan))
        if value > 1
    )
    scope = f' scope="{escape(cell.scope)}"' if head and cell.scope else ""
    parts.append(f"<{name}{spans}{scope}>")
    _write(cell.blocks, parts)
    parts.append(f"</{name}>")


def inline(pieces: Pieces) -> str:
    """Return `pieces` as HTML; marks are closed in order even where the source did not."""
    parts: list[str] = []
    stack: list[str] = []
    for piece in pieces:
        if piece.kind == "open" and piece.value in _MARKS:
            target = links.normalise(piece.href) if piece.value == "a" else None
            stack.append(piece.value if piece.value != "a" or target else "")
            if piece.value == "a" and target:
                parts.append(f'<a href="{escape(target)}">')
            elif piece.value != "a":
                parts.append(f"<{piece.value}>")
        elif piece.kind == "close" and stack:
            if tag := stack.pop():
                parts.append(f"</{tag}>")
        elif piece.kind == "break":
            parts.append(
                f"<sup>{escape(piece.value, quote=False)}</sup>" if piece.value else "<br>"
            )
        elif piece.kind == "cite":
            keys = " ".join(f"imported-{label}" for label in piece.value.split())
            where = f' data-locator="{escape(piece.locator)}"' if piece.locator else ""
            parts.append(f'<cite data-refs="{keys}"{where}></cite>')
        elif piece.kind in {"text", "marker"}:
            parts.append(escape(piece.value, quote=False))
    parts += [f"</{tag}>" for tag in reversed(stack) if tag]
    return "".join(parts)


class _Counter(HTMLParser):
    """Counts the elements of a body in one pass."""

    def __init__(self) -> None:
        super().__init__()
        self.found = {
            "headings": 0,
            "list_items": 0,
            "max_list_depth": 0,
            "tables": 0,
            "figures": 0,
            "paragraphs": 0,
            "citations": 0,
        }
        self._lists = 0
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "cite":
            self.found["citations"] += len((dict(attrs).get("data-refs") or "").split())
        elif name := _COUNTED.get(tag):
            self.found[name] += 1
        elif tag in {"ul", "ol"}:
            self._lists += 1
            self.found["max_list_depth"] = max(self.found["max_list_depth"], self._lists)
        elif tag in {"td", "th"}:
            self._cells += 1
        elif tag == "p" and not self._lists and not self._cells:
            self.found["paragraphs"] += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self._lists -= 1
        elif tag in {"td", "th"}:
            self._cells -= 1


def counts(article: ImportedArticle) -> dict[str, int]:
    """Return how much of each thing the body holds.

    `headings` counts section headings, `paragraphs` those outside lists and tables, `citations` each mention of
    a reference: "[1, 2]" makes two. `tables` and `figures` count those of the body, with or without their images.
    """
    counter = _Counter()
    counter.feed(article.body)
    counter.close()
    return counter.found
