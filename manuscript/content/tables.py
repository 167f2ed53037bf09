"""The canonical form of tables: caption, one thead, one tbody."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from manuscript.content.schema import CELLS
from manuscript.content.tree import Element, Node

Blocks = Callable[[Iterable[Node]], list[Element]]
Leaf = Callable[[str, Sequence[Node]], list[Element]]


def table(element: Element, blocks_of: Blocks, leaf: Leaf) -> list[Element]:
    """Return the canonical table, in a list; or what else there is where no cell holds anything.

    A first row of header cells alone is the head, whether or not someone wrote `thead`. Empty cells stay, because
    columns count; rows without cells go.
    """
    caption: list[Element] = []
    head: list[Element] = []
    rows: list[Element] = []
    for child in element.children:
        if not isinstance(child, Element):
            continue
        if child.tag == "caption" and not caption:
            caption = leaf("caption", child.children)
        elif child.tag == "thead" and not rows:
            head.extend(_rows(child, blocks_of))
        elif child.tag in ("thead", "tbody"):
            rows.extend(_rows(child, blocks_of))
    if not head and rows and all(cell.tag == "th" for cell in _cells(rows[0])):
        head.append(rows.pop(0))
    if not any(cell.children for row in head + rows for cell in _cells(row)):
        return leaf("p", caption[0].children) if caption else []
    children: list[Node] = [*caption]
    if head:
        children.append(Element("thead", {}, list(head)))
    if rows:
        children.append(Element("tbody", {}, list(rows)))
    return [Element("table", {}, children)]


def _rows(section: Element, blocks_of: Blocks) -> list[Element]:
    rows: list[Element] = []
    for row in section.children:
        if not isinstance(row, Element) or row.tag != "tr":
            continue
        cells: list[Node] = [
            Element(cell.tag, cell.attributes, list(blocks_of(cell.children)))
            for cell in row.children
            if isinstance(cell, Element) and cell.tag in CELLS
        ]
        if cells:
            rows.append(Element("tr", {}, cells))
    return rows


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.children if isinstance(cell, Element)]
