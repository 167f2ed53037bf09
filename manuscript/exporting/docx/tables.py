"""Tables of Word: a grid, its merged cells, its rows of heads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from docx.oxml.simpletypes import ST_Merge
from docx.oxml.table import CT_Row, CT_Tc
from docx.shared import Length
from docx.table import Table, _Cell

from manuscript.content.tree import Element
from manuscript.exporting.docx.elements import element

if TYPE_CHECKING:
    from manuscript.exporting.docx.body import Body, Place

MOST_COLUMNS: Final = 63
"""What Word opens."""


@dataclass(frozen=True)
class Spot:
    """Where a cell stands in the grid, and which rectangle it covers."""

    cell: Element
    row: int
    column: int
    down: int
    across: int


def layout(rows: list[Element]) -> tuple[list[Spot], int]:
    """Return where each cell stands and how many columns there are.

    As HTML lays tables out, but no two cells overlap: a span ends where another cell stands. Cells
    beyond the last column that Word knows stand in it together.
    """
    taken: set[tuple[int, int]] = set()
    spots: list[Spot] = []
    for place, row in enumerate(rows):
        column = 0
        for cell in row.children:
            if not isinstance(cell, Element):
                continue
            while (place, column) in taken and column < MOST_COLUMNS - 1:
                column += 1
            column = min(column, MOST_COLUMNS - 1)
            down = min(int(cell.attributes.get("rowspan", "1")), len(rows) - place)
            wanted = min(int(cell.attributes.get("colspan", "1")), MOST_COLUMNS - column)
            across = 1
            while across < wanted and (place, column + across) not in taken:
                across += 1
            covered = {
                (place + below, column + right) for below in range(down) for right in range(across)
            }
            taken |= covered
            spots.append(Spot(cell, place, column, down, across))
            column += across
    return spots, max((spot.column + spot.across for spot in spots), default=1)


def add_table(body: Body, block: Element, place: Place) -> None:
    """Append a table, its caption above it."""
    heads = 0
    rows: list[Element] = []
    for section in block.children:
        if not isinstance(section, Element):
            continue
        if section.tag == "caption":
            body.line(section.children, body.paragraph(replace(place, style="Caption")))
            continue
        found = [row for row in section.children if isinstance(row, Element)]
        heads += len(found) if section.tag == "thead" else 0
        rows += found
    if not rows:
        return
    spots, columns = layout(rows)
    table = _empty(place, len(rows), columns)
    # Gathered once: `table.cell` gathers all of them anew at each call.
    lines: list[CT_Row] = table._tbl.tr_lst  # noqa: SLF001 - no public way
    grid = [list(line.tc_lst) for line in lines]
    for spot in spots:
        cell = _Cell(_joined(lines, grid, spot), table)
        inside = replace(
            place, holder=cell, depth=0, style="", shade="", bold=spot.cell.tag == "th"
        )
        body.blocks(spot.cell.children, inside)
    for head in table.rows[:heads]:
        head._tr.get_or_add_trPr().append(element("w:tblHeader", "true"))  # noqa: SLF001 - no public way


def _joined(rows: list[CT_Row], grid: list[list[CT_Tc]], spot: Spot) -> CT_Tc:
    """Make the rectangle of `spot` one cell and return it; in `grid` it stands for all of them.

    `_Cell.merge` does the same by walking the table once for each, and by recursion.
    """
    top = grid[spot.row][spot.column]
    for row in range(spot.row, spot.row + spot.down):
        first, *others = grid[row][spot.column : spot.column + spot.across]
        if others:
            first.grid_span = spot.across
            first.width = Length(sum(one.width or 0 for one in (first, *others)))
            for one in others:
                rows[row].remove(one)
        if spot.down > 1 and first is not top:
            first.vMerge = ST_Merge.CONTINUE
        grid[row][spot.column : spot.column + spot.across] = [top] * spot.across
    if spot.down > 1:
        top.vMerge = ST_Merge.RESTART
    return top


def _empty(place: Place, rows: int, columns: int) -> Table:
    # In a cell python-docx adds the paragraph that Word wants behind a table.
    table = place.holder.add_table(rows, columns)
    table.style = "Table Grid"
    return table
