"""Body HTML as a tree and back. Reads regular markup only: what `serialise` and nh3 write."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from manuscript.content.links import normalise
from manuscript.content.schema import ATTRIBUTES, BLOCKS, LEAVES, TAGS, VOID, NotCanonical

_TOKEN: Final = re.compile(r'<(/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"]*")*)>|([^<]+)')
_ATTRIBUTE: Final = re.compile(r' ([a-z-]+)="([^"]*)"')
# U+0338 would combine with the ">" of the tag before it if anyone normalised the whole string.
_COMBINES_WITH_TAG: Final = "\u0338"


@dataclass(slots=True)
class Element:
    """One element: its tag, its attributes and what it holds."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)


Node = Element | str


def parse(markup: str) -> list[Node]:
    """Return the nodes of regular markup.

    :raises NotCanonical: if a tag is not closed in order, or is not written as `serialise` and nh3 write it.
    """
    root = Element("")
    stack = [root]
    for token in tokens(markup):
        closing, tag, attributes, text = token.groups()
        if text is not None:
            stack[-1].children.append(html.unescape(text))
        elif closing:
            if stack[-1].tag != tag:
                raise NotCanonical(f"</{tag}> closes nothing.")
            stack.pop()
        else:
            element = Element(tag, attributes_of(attributes) if attributes else {})
            stack[-1].children.append(element)
            if tag not in VOID:
                stack.append(element)
    if len(stack) > 1:
        raise NotCanonical(f"<{stack[-1].tag}> is not closed.")
    return root.children


def tokens(markup: str) -> Iterator[re.Match[str]]:
    """Yield the tags and the stretches of text of regular markup as they stand in it, one after the other. Each has
    four groups: "/" where it is an end tag, the tag, its attributes; or else the text, as markup.

    :raises NotCanonical: at the first place that is not written as `serialise`, `render` and nh3 write it.
    """
    position = 0
    for token in _TOKEN.finditer(markup):
        if token.start() != position:
            break
        position = token.end()
        yield token
    if position != len(markup):
        raise NotCanonical(f"Not regular markup at character {position}.")


def attributes_of(markup: str) -> dict[str, str]:
    """Return the attributes that stand in a start tag of regular markup."""
    return {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(markup)}


def blocks(body: str) -> list[Element]:
    """Return the top-level blocks of a canonical body.

    :raises NotCanonical: if anything in it is outside the schema, so that nothing that renders a body can be made
        to write a tag, attribute or link target that `canonicalise` would not have let in.
    """
    found: list[Element] = []
    for node in parse(body):
        if not isinstance(node, Element) or node.tag not in BLOCKS:
            raise NotCanonical("A body holds blocks only.")
        _check(node)
        found.append(node)
    return found


def _check(element: Element) -> None:
    if element.tag not in TAGS:
        raise NotCanonical(f"<{element.tag}> is not in the schema.")
    if not element.attributes.keys() <= set(ATTRIBUTES.get(element.tag, ())):
        raise NotCanonical(f"<{element.tag}> has an attribute that is not in the schema.")
    if element.tag == "figure" and "data-figure" not in element.attributes:
        raise NotCanonical("A figure names no image.")
    if element.tag == "a" and normalise(element.attributes.get("href", "")) is None:
        raise NotCanonical("A link target is not http, https or mailto.")
    for child in element.children:
        if isinstance(child, Element):
            _check(child)


def serialise(nodes: Iterable[Node]) -> str:
    """Return the nodes as markup: no white space between blocks, attributes in the schema's order."""
    return "".join(_pieces(nodes))


def _pieces(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield escape(node)
            continue
        yield opening(node)
        if node.tag not in VOID:
            yield from _pieces(node.children)
            yield f"</{node.tag}>"


def opening(element: Element, extra: str = "") -> str:
    """Return the start tag of `element`; `extra` are attributes after its own, as `attribute` writes them."""
    names = [name for name in ATTRIBUTES.get(element.tag, ()) if name in element.attributes]
    own = "".join([attribute(name, element.attributes[name]) for name in names])
    return f"<{element.tag}{own}{extra}>"


def attribute(name: str, value: str) -> str:
    """Return ` name="value"`, escaped."""
    return f' {name}="{html.escape(value)}"'


def escape(text: str) -> str:
    """Return text as markup."""
    markup = html.escape(text, quote=False)
    if markup.startswith(_COMBINES_WITH_TAG):
        return f"&#824;{markup[1:]}"
    return markup


def leaves(elements: Iterable[Node]) -> Iterator[Element]:
    """Yield, in reading order, the blocks that hold text: headings, paragraphs, captions."""
    for element in elements:
        if isinstance(element, Element):
            if element.tag in LEAVES:
                yield element
            else:
                yield from leaves(element.children)


def depth(elements: Iterable[Node]) -> int:
    """Return how many blocks are nested at the deepest place."""
    return max(
        (
            1 + depth(node.children)
            for node in elements
            if isinstance(node, Element) and node.tag in BLOCKS
        ),
        default=0,
    )
