"""Writing blocks as HTML of the declared schema, and counting what is in it."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from articles.content import links
from articles.importing.blocks import Block, Heading, Item, Listing, Paragraph, Pieces, Quote, Table

if TYPE_CHECKING:
    from articles.importing.result import ImportedArticle

_MARKS = frozenset({"strong", "em", "sub", "sup", "a"})
_COUNTED = {
    "h2": "headings",
    "h3": "headings",
    "h4": "headings",
    "li": "list_items",
    "table": "tables",
}


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
            parts.append("<br>")
        elif piece.kind == "cite":
            keys = " ".join(f"imported-{label}" for label in piece.value.split())
            parts.append(f'<cite data-refs="{keys}"></cite>')
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
    a reference: "[1, 2]" makes two.
    """
    counter = _Counter()
    counter.feed(article.body)
    counter.close()
    return counter.found
