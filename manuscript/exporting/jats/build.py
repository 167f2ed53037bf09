"""Elements of XML, with nothing in them that XML cannot hold."""

from __future__ import annotations

from typing import Final

from lxml import etree

from manuscript.exporting.characters import legal

XLINK: Final = "http://www.w3.org/1999/xlink"
HREF: Final = f"{{{XLINK}}}href"
LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
ARTICLE_NAMESPACES: Final[dict[str, str]] = {"xlink": XLINK}


def node(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Append an element with text and attributes to `parent` and return it."""
    child = etree.SubElement(parent, tag)
    for name, value in attributes.items():
        child.set(name, legal(value))
    if text:
        child.text = legal(text)
    return child


def add_text(parent: etree._Element, text: str) -> None:
    """Append text to what `parent` holds."""
    if not (text := legal(text)):
        return
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
