"""XML files: parsed without entities of their own, and their text with markup resolved."""

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from manuscript.citing.reading.markup import small
from manuscript.citing.reading.result import ReferencesRefused


def parse(data: bytes) -> Element:
    """Return the root element.

    :raises ReferencesRefused: when it is not well-formed or declares entities.
    """
    try:
        root: Element = fromstring(data)
    except DefusedXmlException as error:
        raise ReferencesRefused(
            "This XML declares entities of its own, which are not read."
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise ReferencesRefused(f"This is not well-formed XML: {error}.") from error
    return root


def text_of(element: Element | None) -> str:
    """Return an element's words on one line; digits in sub and sup become small ones."""
    return " ".join(_words(element).split()) if element is not None else ""


def find_text(element: Element, path: str) -> str:
    """Return the words of the first element at `path`, or ""."""
    return text_of(element.find(path))


def _words(element: Element) -> str:
    parts = [element.text or ""]
    for child in element:
        inner = _words(child)
        if child.tag in {"sub", "sup", "inf"}:
            inner = small(inner, below=child.tag != "sup")
        parts += [inner, child.tail or ""]
    return "".join(parts)
