"""Figures and tables of a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manuscript.content.schema import MAX_ALT, SCOPES
from manuscript.importing.blocks import Block, Paragraph, Piece, Pieces, plain
from manuscript.importing.html.surroundings import is_hidden
from manuscript.importing.html.tree import integer, named
from manuscript.importing.rendering import Cell, Figure, Grid, grid
from manuscript.importing.result import ImportedFigure
from manuscript.importing.xml import line_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.html.reader import Reader
    from manuscript.importing.notes import Notes


class Boxes:
    """Reads figures and tables. An image that is not in the file is noted; one that is comes along in `figures`."""

    def __init__(self, reader: Reader, images: list[tuple[str, bytes]], notes: Notes) -> None:
        self.reader = reader
        self.notes = notes
        self.figures: list[ImportedFigure] = []
        self._images = images
        self._count = 0

    def figure(self, element: etree._Element) -> list[Block]:
        """Return a figure with its caption; one that holds a table or text is read as that."""
        caption = next(iter(element.iter("figcaption")), None)
        if caption is None:
            caption = next(
                (
                    one
                    for one in element.iter("div")
                    if re.search(
                        r"(?:^|\s)(?:thumbcaption|gallerytext|caption)(?:$|\s)", named(one)
                    )
                ),
                None,
            )
        pieces: Pieces = []
        if caption is not None:
            self.reader.anchors.taken.add(caption)
            for block in self.reader.flow(caption, 1):
                if isinstance(block, Paragraph):
                    pieces += [*([Piece("break")] if pieces else []), *block.pieces]
        images = [one for one in element.iter("img") if one.get("src") or one.get("data-src")]
        if not images or any(True for _ in element.iter("table", "pre", "blockquote")):
            rest = self.reader.flow(element, 1)
            head = [Paragraph(line_of(element), pieces)] if plain(pieces) else []
            tables = [one for one in rest if isinstance(one, Grid)]
            if head and len(tables) == 1 and not tables[0].caption:
                tables[0].caption = pieces
                tables[0].rows.insert(0, [pieces])
                return rest
            return [*head, *rest]
        self.reader.anchors.taken.update(images)
        found: list[Block] = []
        for number, image in enumerate(images):
            found += self.image(image, pieces if not number else [])
        return [*found, *self.reader.flow(element, 1)]

    def image(self, element: etree._Element, caption: Pieces) -> list[Block]:
        self._count += 1
        line = line_of(element)
        key = f"imported-figure-{self._count}"
        source = element.get("src") or element.get("data-src") or ""
        alt = " ".join((element.get("alt") or "").split())[:MAX_ALT]
        if embedded := re.fullmatch(r"embedded-image:(\d{1,6})", source):
            kind, data = self._images[int(embedded[1])]
            self.figures.append(ImportedFigure(key, f"{key}.{kind}", data))
        else:
            self.notes.add(
                "figure-without-image",
                line,
                f"{key}: {source[:500]} {alt}".strip(),
                "upload the image, and say in words what it shows",
            )
        return [Figure(line, caption, key=key, alt=alt)]

    def table(self, element: etree._Element, depth: int) -> list[Block]:
        """Return a table; one that only lays out the page is read as what it holds."""
        rows: list[list[Cell]] = []
        head = 0
        line = line_of(element)
        own = [
            row for row in element.iter("tr") if next(row.iterancestors("table"), None) is element
        ]
        if self._is_layout(element, own):
            return [block for row in own for cell in row for block in self.reader.flow(cell, depth)]
        caption: Pieces = []
        found = element.find("caption")
        for block in self.reader.flow(found, 1) if found is not None else []:
            if isinstance(block, Paragraph):
                caption += [*([Piece("break")] if caption else []), *block.pieces]
        for row in own:
            if is_hidden(row):
                continue
            cells = [self._cell(cell) for cell in row if cell.tag in {"td", "th"}]
            if not cells:
                continue
            if head == len(rows) and next(row.iterancestors("thead", "table")).tag == "thead":
                head += 1
            rows.append(cells)
        if rows and not head and all(cell.head for cell in rows[0]) and len(rows) > 1:
            head = 1
        return [grid(line, rows, head, caption)] if rows else []

    def _cell(self, element: etree._Element) -> Cell:
        scope = (element.get("scope") or "").lower()
        return Cell(
            self.reader.flow(element, 1), integer(element.get("colspan")) or 1, integer(element.get("rowspan")) or 1,
            head=element.tag == "th", scope=scope if scope in SCOPES else "",
        )  # fmt: skip

    @staticmethod
    def _is_layout(element: etree._Element, rows: list[etree._Element]) -> bool:
        """Whether a table only arranges what is in it: one cell or column, or cells with headings or tables in them."""
        if (element.get("role") or "") in {"presentation", "none"}:
            return True
        if element.find("caption") is not None or any(
            cell.tag == "th" for row in rows for cell in row
        ):
            return False
        widest = max((sum(cell.tag == "td" for cell in row) for row in rows), default=0)
        if widest < 2:
            return True
        return any(True for _ in element.iter("h1", "h2", "h3", "table")) and any(
            one is not element for one in element.iter("h1", "h2", "h3", "table")
        )
