"""The names of OOXML: its namespaces, and short ways to ask an element for what it says."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

Element = etree._Element  # noqa: SLF001 - lxml's only name for the type

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V: Final = "{urn:schemas-microsoft-com:vml}"
ASVG: Final = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"

_STRICT: Final = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL: Final = {
    f"{_STRICT}wordprocessingml/main": W[1:-1],
    f"{_STRICT}officeDocument/relationships": R[1:-1],
    f"{_STRICT}officeDocument/math": M[1:-1],
    f"{_STRICT}drawingml/main": A[1:-1],
    f"{_STRICT}drawingml/wordprocessingDrawing": WP[1:-1],
    f"{_STRICT}drawingml/chart": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    f"{_STRICT}drawingml/diagram": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    f"{_STRICT}drawingml/picture": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    f"{_STRICT}officeDocument/customXml": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
}
_OFF: Final = frozenset({"0", "false", "off", "none"})
_MEASURE: Final = re.compile(r"(?P<number>[-+]?\d+(?:\.\d+)?)(?P<unit>mm|cm|in|pt|pc|pi)?")
_TWIPS: Final = {"": 1.0, "mm": 56.693, "cm": 566.93, "in": 1440, "pt": 20, "pc": 240, "pi": 240}


def transitional(root: Element) -> None:
    """Rename what stands in the strict namespaces of ISO 29500 to the transitional ones, in place."""
    if not any(uri and uri.startswith(_STRICT) for uri in root.nsmap.values()):
        return
    for element in root.iter(etree.Element):
        element.tag = _renamed(str(element.tag))
        for name, value in list(element.attrib.items()):
            if (better := _renamed(str(name))) != name:
                del element.attrib[name]
                element.set(better, value)


def _renamed(name: str) -> str:
    if not name.startswith("{" + _STRICT):
        return name
    uri, _, local = name[1:].partition("}")
    return f"{{{_TRANSITIONAL.get(uri, uri)}}}{local}"


def val(element: Element | None, default: str = "") -> str:
    """Return the `w:val` of `element`, or `default` without one."""
    return default if element is None else (element.get(f"{W}val") or default)


def child_val(parent: Element | None, name: str, default: str = "") -> str:
    """Return the `w:val` of the child `w:name`."""
    return default if parent is None else val(parent.find(f"{W}{name}"), default)


def number(text: str | None, default: int | None = None) -> int | None:
    """Return the whole number that `text` is, or `default`."""
    return int(text) if text and re.fullmatch(r"[-+]?\d{1,9}", text) else default


def switch(parent: Element | None, name: str) -> bool | None:
    """Return whether the toggle `w:name` is on, or None where nothing is said."""
    found = None if parent is None else parent.find(f"{W}{name}")
    return None if found is None else is_on(found.get(f"{W}val"))


def is_on(value: str | None) -> bool:
    """Whether an on-off value is on; a toggle without a value is."""
    return value is None or value.lower() not in _OFF


def twips(text: str | None) -> int | None:
    """Return a measure in twentieths of a point, whatever unit it is in, or None."""
    found = _MEASURE.fullmatch(text.strip()) if text else None
    return round(float(found["number"]) * _TWIPS[found["unit"] or ""]) if found else None


def local(element: Element) -> str:
    """Return the tag without its namespace; "" for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
