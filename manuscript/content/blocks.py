"""The canonical form of blocks: every container holds blocks, nothing empty stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from manuscript.content.inline import build, flatten, tidy
from manuscript.content.schema import HEADINGS, INLINE
from manuscript.content.tables import table
from manuscript.content.tree import Element, Node


def blocks_of(nodes: Iterable[Node]) -> list[Element]:
    """Return what `nodes` hold as canonical blocks.

    Text and inline elements between blocks become a paragraph; a division splits; list items without a list get one.
    """
    found: list[Element] = []
    line: list[Node] = []
    items: list[Node] = []

    def end_line() -> None:
        found.extend(leaf("p", line))
        line.clear()

    def end_items() -> None:
        if items:
            found.extend(_list(Element("ul", {}, list(items))))
            items.clear()

    for node in nodes:
        if isinstance(node, str) or node.tag in INLINE:
            if items and isinstance(node, str) and not node.strip():
                continue
            end_items()
            line.append(node)
            continue
        end_line()
        if node.tag == "li":
            items.append(node)
            continue
        end_items()
        found.extend(_block(node))
    end_line()
    end_items()
    return found


def leaf(tag: str, nodes: Sequence[Node]) -> list[Element]:
    """Return the block `tag` around the canonical form of inline content, or nothing where that is empty."""
    line = tidy(flatten(nodes))
    return [Element(tag, {}, build(line))] if line else []


def _block(element: Element) -> list[Element]:
    match element.tag:
        case tag if tag == "p" or tag in HEADINGS:
            return leaf(tag, element.children)
        case "figcaption":
            return leaf("p", element.children)
        case "figure":
            return _figure(element)
        case "ul" | "ol":
            return _list(element)
        case "table":
            return table(element, blocks_of, leaf)
        case "blockquote" | "aside":
            inner = blocks_of(element.children)
            if element.tag == "aside" and not element.attributes:
                return inner
            return [Element(element.tag, element.attributes, list(inner))] if inner else []
        case _:
            return blocks_of(element.children)


def _figure(element: Element) -> list[Element]:
    """Return a figure with its caption, and after it what else stood in it; without a key, only what stood in it."""
    if "data-figure" not in element.attributes:
        return blocks_of(element.children)
    caption: list[Node] = []
    rest: list[Node] = []
    for child in element.children:
        if isinstance(child, Element) and child.tag == "figcaption" and not caption:
            caption.extend(leaf("figcaption", child.children))
        else:
            rest.append(child)
    return [Element("figure", element.attributes, caption), *blocks_of(rest)]


def _list(element: Element) -> list[Element]:
    """Return a list of non-empty items. A list right inside a list, as Google Docs writes, joins the item before it."""
    items: list[Element] = []
    loose: list[Node] = []

    def end_loose() -> None:
        if loose and (inner := blocks_of(loose)):
            items.append(Element("li", {}, list(inner)))
        loose.clear()

    for child in element.children:
        if isinstance(child, Element) and child.tag == "li":
            end_loose()
            if inner := blocks_of(child.children):
                items.append(Element("li", {}, list(inner)))
        elif isinstance(child, Element) and child.tag in ("ul", "ol"):
            end_loose()
            nested = _list(child)
            if items:
                items[-1].children.extend(nested)
            elif nested:
                items.append(Element("li", {}, list(nested)))
        else:
            loose.append(child)
    end_loose()
    return [Element(element.tag, element.attributes, list(items))] if items else []
