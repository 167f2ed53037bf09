"""Drawings: parsed without entities, and written anew from a list of what a drawing may hold."""

import hashlib
import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from manuscript.imaging.result import ImageRefused, ProcessedImage
from manuscript.imaging.svg_uses import refuse_endless_uses
from manuscript.imaging.svg_words import (
    ATTRIBUTES,
    ELEMENTS,
    MAY_POINT,
    PRESENTATION,
    REFUSED,
    SVG,
    TEXTUAL,
    XHTML,
    XLINK,
    XML,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LARGEST_BYTES = 1024 * 1024
DEEPEST = 60
MOST_ELEMENTS = 20_000
SMALLEST, WIDEST, TALLEST = 16, 2400, 4800
WIDTH_OF_UNSIZED = 480

_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"\s*(\d{1,7}(?:\.\d{1,20})?|\.\d{1,20})\s*(px|pt|pc|mm|cm|in|)\s*")
_NUMBER = re.compile(r"[-+]?(?:\d{1,9}(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,2})?")
_URL = re.compile(r"url\s*\(", re.IGNORECASE)
_OWN_URL = re.compile(r"url\(\s*(['\"]?)#[\w.:-]+\1\s*\)", re.IGNORECASE)
_OWN = re.compile(r"#[\w.:-]+")
_NAME = re.compile(r"[\w.:-]+(?:\s+[\w.:-]+)*")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def process_svg(data: bytes, called: str) -> ProcessedImage:
    """Return a drawing as it may be shown: its shapes and words, and nothing that acts or fetches.

    Editors' own notes are left out. What would change the picture if it were left out is refused.

    :raises ImageRefused: as `process_image` does.
    """
    if len(data) > LARGEST_BYTES:
        raise ImageRefused(f"{called} is larger than 1 MB, which is the most for a drawing.")
    root = _parsed(data, called)
    _refuse_shape(root, called)
    width, height, box = _size(root, called)
    refuse_endless_uses(root, called)
    head = (
        f'<svg xmlns="{SVG}" width="{width}" height="{height}" viewBox="{box}"'
        f"{_attributes(root, called, without={'width', 'height', 'viewBox', 'x', 'y'})}>"
    )
    written = "".join([head, *_children(root, called), "</svg>\n"]).encode()
    return ProcessedImage(
        media_type="image/svg+xml",
        width=width,
        height=height,
        files={width: written},
        digest=hashlib.sha256(written).hexdigest(),
    )


def _parsed(data: bytes, called: str) -> "Element":
    if b"<?xml-stylesheet" in data:
        raise _holds(called, "a style sheet from elsewhere")
    try:
        root: Element = fromstring(data, forbid_dtd=False, forbid_entities=True)
    except DefusedXmlException as exc:
        raise _holds(called, "declarations of entities") from exc
    except (ParseError, ValueError, LookupError) as exc:
        raise ImageRefused(f"{called} is not well-formed SVG.") from exc
    if _split(root.tag) not in {(SVG, "svg"), ("", "svg")}:
        raise ImageRefused(f"{called} is not an SVG drawing.")
    return root


def _refuse_shape(root: "Element", called: str) -> None:
    """Refuse what is too deep or too much, before anything walks it by recursion."""
    count, level, depth = 0, [root], 0
    while level:
        depth += 1
        count += len(level)
        if depth > DEEPEST or count > MOST_ELEMENTS:
            raise ImageRefused(
                f"{called} is too complex: more than {MOST_ELEMENTS:,} shapes or {DEEPEST} levels."
            )
        level = [child for element in level for child in element]


def _size(root: "Element", called: str) -> tuple[int, int, str]:
    """Return the size in pixels and the view box."""
    given = [_length(root.get(name, "")) for name in ("width", "height")]
    numbers = [float(found) for found in _NUMBER.findall(root.get("viewBox", ""))]
    if len(numbers) != 4 or numbers[2] <= 0 or numbers[3] <= 0:
        if None in given:
            raise ImageRefused(f"{called} does not say how large it is (width, height, viewBox).")
        numbers = [0.0, 0.0, given[0] or 0.0, given[1] or 0.0]
    ratio = numbers[3] / numbers[2]
    width = given[0] or (given[1] / ratio if given[1] else numbers[2])
    height = given[1] or width * ratio
    if min(width, height) < SMALLEST:
        width, height = WIDTH_OF_UNSIZED, WIDTH_OF_UNSIZED * height / width
    scale = min(1.0, WIDEST / width, TALLEST / height)
    pixels = round(width * scale), round(height * scale)
    if min(pixels) < 1 or max(pixels) > TALLEST:
        raise ImageRefused(f"{called} is too long and narrow to be shown.")
    return *pixels, " ".join(f"{number:g}" for number in numbers)


def _length(value: str) -> float | None:
    found = _LENGTH.fullmatch(value)
    return float(found[1]) * _UNITS[found[2]] or None if found else None


def _children(element: "Element", called: str) -> list[str]:
    parts: list[str] = []
    holds_text = _split(element.tag)[1] in TEXTUAL
    if holds_text and element.text:
        parts.append(_text(element.text))
    for child in element:
        parts.extend(_element(child, called))
        if holds_text and child.tail:
            parts.append(_text(child.tail))
    return parts


def _element(element: "Element", called: str) -> list[str]:
    space, name = _split(element.tag)
    if space == XHTML or name in REFUSED:
        raise _holds(called, REFUSED.get(name, "a piece of a web page"))
    if space not in {SVG, ""}:
        return []
    if name == "a":
        name = "tspan" if _inside_text(element) else "g"
    elif name not in ELEMENTS:
        return []
    if name == "style":
        return [f"<style>{_style_sheet(''.join(element.itertext()), called)}</style>"]
    attributes = _attributes(element, called, name=name)
    children = (
        [_text("".join(element.itertext()))]
        if name in {"title", "desc"}
        else _children(element, called)
    )
    return [f"<{name}{attributes}>", *children, f"</{name}>"]


def _inside_text(element: "Element") -> bool:
    """Return whether a link holds words rather than shapes."""
    return bool((element.text or "").strip()) or any(
        _split(child.tag)[1] == "tspan" for child in element
    )


def _attributes(
    element: "Element", called: str, *, name: str = "svg", without: set[str] | None = None
) -> str:
    written: dict[str, str] = {}
    for full, value in element.attrib.items():
        space, attribute = _split(full)
        if attribute.lower().startswith("on") and space == "":
            raise _holds(called, f"a script ({attribute[:20]})")
        if attribute == "href" and space in {"", XLINK}:
            if name in MAY_POINT:
                if not _OWN.fullmatch(value.strip()):
                    raise _holds(called, "a part of another file")
                written["href"] = value.strip()
        elif space == XML and attribute == "space" and value in {"preserve", "default"}:
            written["xml:space"] = value
        elif space == "" and attribute in ATTRIBUTES and attribute not in (without or ()):
            kept = _value(attribute, value, called)
            if kept:
                written[attribute] = kept
    return "".join(f' {key}="{_quoted(value)}"' for key, value in sorted(written.items()))


def _value(attribute: str, value: str, called: str) -> str:
    if attribute == "style":
        return _declarations(value, called)
    if attribute in {"id", "class"}:
        return value.strip() if _NAME.fullmatch(value.strip()) else ""
    _refuse_foreign_urls(value, called)
    return value


def _declarations(style: str, called: str) -> str:
    """Return the declarations of a style attribute that a drawing may hold."""
    style = _COMMENT.sub("", style)  # first: a comment inside a word hides what the word is
    _refuse_foreign_urls(style, called)
    kept: list[str] = []
    for declaration in style.split(";"):
        name, _, value = declaration.partition(":")
        if name.strip().lower() in PRESENTATION and value.strip():
            kept.append(f"{name.strip().lower()}:{value.strip()}")
    return ";".join(kept)


def _style_sheet(css: str, called: str) -> str:
    css = _COMMENT.sub("", css)
    if "@" in css:
        raise _holds(called, "a style sheet with @ rules")
    _refuse_foreign_urls(css, called)
    if "<" in css:
        raise _holds(called, "a style sheet that cannot be read")
    return _text(css)


def _refuse_foreign_urls(value: str, called: str) -> None:
    """Refuse whatever a style or value could fetch or hide behind an escape."""
    if "\\" in value:
        raise _holds(called, "a style with escapes")
    if len(_URL.findall(value)) != len(_OWN_URL.findall(value)):
        raise _holds(called, "a part of another file")
    if re.search(r"expression\s*\(|image(?:-set)?\s*\(|javascript:|src\s*\(", value, re.IGNORECASE):
        raise _holds(called, "a part of another file")


def _split(name: object) -> tuple[str, str]:
    """Return the namespace and the local name of a tag or attribute as ElementTree writes it."""
    text = str(name)
    if text.startswith("{"):
        space, _, local = text[1:].partition("}")
        return space, local
    return "", text


def _holds(called: str, what: str) -> ImageRefused:
    return ImageRefused(f"{called} holds {what}. Save it as a plain drawing, or as PNG.")


def _text(value: str) -> str:
    value = _CONTROL.sub("", value)
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(value: str) -> str:
    return _text(value).replace('"', "&quot;").replace("\n", " ").replace("\t", " ")
