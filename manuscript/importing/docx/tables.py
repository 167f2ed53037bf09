"""Tables: spans worked out from the grid, header rows, nested tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from manuscript.importing.blocks import Block, Heading, Paragraph, Piece, marked
from manuscript.importing.docx.lists import nest
from manuscript.importing.docx.names import Element, W, child_val, is_on, local, number
from manuscript.importing.docx.shapes import Cell, Grid, Record
from manuscript.importing.result import ImportRefused

if TYPE_CHECKING:
    from manuscript.importing.docx.document import Reader

MAX_SPAN: Final = 1000
MAX_CELLS: Final = 40_000


def read_table(element: Element, reader: Reader) -> list[Record]:
    """Return the table as one record.

    :raises ImportRefused: when it has more cells than any article's.
    """
    return _Table(element, reader).read()


class _Table:
    def __init__(self, element: Element, reader: Reader) -> None:
        self.element = element
        self.reader = reader
        self.grid = Grid(max(reader.context.line, 1))
        self._open: dict[int, Cell] = {}
        """The cell that a vertical merge goes on in, by column."""

    def read(self) -> list[Record]:
        rows = list(_children(self.element, "tr"))
        headers = [_is_header(row) for row in rows]
        leading = next((at for at, header in enumerate(headers) if not header), len(rows))
        if not leading and len(rows) > 1 and self._looks_headed(rows[0]):
            leading = 1
        total = 0
        first = self.reader.context.line + 1
        for at, row in enumerate(rows):
            cells = self._row(row, heads=at < leading)
            total += len(cells)
            if total > MAX_CELLS:
                raise ImportRefused(f"A table has more than {MAX_CELLS:,} cells; an article's has far fewer.")  # fmt: skip
            self.grid.cells.append(cells)
        self.grid.line = first
        self.grid.head = leading
        self._clip_spans()
        properties = self.element.find(f"{W}tblPr")
        caption = child_val(properties, "tblCaption")
        if caption.strip():
            self.grid.caption = [Piece("text", " ".join(caption.split()), first)]
        if not any(cell for row in self.grid.cells for cell in row):
            return []
        return [Record(self.grid)]

    def _row(self, row: Element, *, heads: bool) -> list[Cell]:
        properties = row.find(f"{W}trPr")
        cells: list[Cell] = []
        column = self._gap(properties, "gridBefore", cells, 0)
        across: Cell | None = None
        for element in _children(row, "tc"):
            own = element.find(f"{W}tcPr")
            width = _span(own)
            side = own.find(f"{W}hMerge") if own is not None else None
            merge = own.find(f"{W}vMerge") if own is not None else None
            records = self.reader.inner(element)
            blocks = _sober(nest(records, self.reader.context.notes), self.reader)
            if side is not None and side.get(f"{W}val") != "restart" and across is not None:
                across.columns += width
                across.blocks += blocks
                column += width
                continue
            goes_on = merge is not None and merge.get(f"{W}val") != "restart"
            above = self._open.get(column) if goes_on else None
            if above is not None and above.columns == width:
                above.rows += 1
                above.blocks += blocks
                across = above
            else:
                across = Cell(blocks, width, heads=heads)
                cells.append(across)
                self._close(column, width)
                if merge is not None:
                    self._open[column] = across
            column += width
        self._gap(properties, "gridAfter", cells, column)
        return cells

    def _gap(self, properties: Element | None, name: str, cells: list[Cell], column: int) -> int:
        """Put an empty cell where a row begins later or ends earlier than the grid."""
        width = min(number(child_val(properties, name), 0) or 0, MAX_SPAN)
        if width > 0:
            cells.append(Cell([], width))
            self._close(column, width)
        return column + max(width, 0)

    def _close(self, column: int, width: int) -> None:
        for place in [one for one in self._open if column <= one < column + width]:
            del self._open[place]

    def _clip_spans(self) -> None:
        """Let no cell reach below the table, nor a head's cell into the body."""
        count = len(self.grid.cells)
        for at, row in enumerate(self.grid.cells):
            for cell in row:
                cell.rows = max(1, min(cell.rows, count - at))

    def _looks_headed(self, row: Element) -> bool:
        """Whether the table's style is told to make its first row look different."""
        look = self.element.find(f"{W}tblPr/{W}tblLook")
        if look is None or len(list(_children(row, "tc"))) < 2:
            return False
        first = look.get(f"{W}firstRow")
        if first is not None:
            return is_on(first)
        try:
            return bool(int(look.get(f"{W}val") or "0", 16) & 0x20)
        except ValueError:
            return False


def _children(parent: Element, name: str) -> list[Element]:
    """Return rows or cells, also those in content controls and the like."""
    found: list[Element] = []
    for child in parent:
        kind = local(child)
        if kind == name:
            found.append(child)
        elif kind in {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"}:
            found += _children(child, name)
    return found


def _is_header(row: Element) -> bool:
    properties = row.find(f"{W}trPr")
    mark = properties.find(f"{W}tblHeader") if properties is not None else None
    return mark is not None and is_on(mark.get(f"{W}val"))


def _span(properties: Element | None) -> int:
    return max(1, min(number(child_val(properties, "gridSpan"), 1) or 1, MAX_SPAN))


def _sober(blocks: list[Block], reader: Reader) -> list[Block]:
    """Make headings in cells bold paragraphs: sections do not begin there."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            words = "".join(piece.value for piece in block.pieces if piece.kind == "text")
            reader.context.notes.add("level-changed", block.line, words, "it became bold text inside its table")  # fmt: skip
            found.append(Paragraph(block.line, marked("strong", block.pieces, block.line)))
        else:
            found.append(block)
    return found
