"""HTML from strangers to a tree, and what its elements say."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from manuscript.importing.decoding import MAX_BYTES, decode
from manuscript.importing.limits import Limits
from manuscript.importing.result import ImportRefused
from manuscript.importing.xml import known_encoding

if TYPE_CHECKING:
    from collections.abc import Callable

    from manuscript.importing.notes import Notes

    _Words = str | bytes

LIMITS = Limits("HTML", nesting=150, elements=80_000)
"""Pages have some fifty levels; the longest encyclopedia pages have fifty thousand elements."""

MAX_ATTRIBUTES = 500
"""How many attributes one tag may have; pages have some ten. A tree takes their square in time."""

_META = re.compile(
    rb"<meta\s[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._-]{1,40})|<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})",
    re.IGNORECASE,
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_EMBEDDED = re.compile(
    rb"data:image/(png|jpe?g|webp|gif);base64,((?:[A-Za-z0-9+/=_-]|%2[BbFf]|%3[Dd])+)"
)
_FRAGMENT = re.compile(
    r"<!--\s*StartFragment\s*-->(.*?)(?:<!--\s*EndFragment\s*-->|\Z)", re.DOTALL | re.IGNORECASE
)
_HEADER = re.compile(
    r"\AVersion:\d\.\d\s+(?:(?:StartHTML|EndHTML|StartFragment|EndFragment|StartSelection|EndSelection|SourceURL):[^\n]*\n)+",
    re.IGNORECASE,
)
_CONDITION = re.compile(r"<!\[(if|endif)([^\]<>]{0,100})\]>", re.IGNORECASE)
_PROLOG = re.compile(r"\A\s*+<\?xml\s[^>]{0,400}?\?>")

DROPPED = frozenset(
    "script style template noscript iframe frame frameset object embed svg canvas link meta base head title".split()
)
"""Elements that show no words of the page."""

BLOCKS = frozenset(
    "address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul caption".split()
)


@dataclass
class Document:
    """A parsed page, and the images that were embedded in it."""

    root: etree._Element
    images: list[tuple[str, bytes]] = field(default_factory=list)
    fragment: bool = False


def parse(data: bytes, notes: Notes) -> Document:
    """Return the tree of the HTML in `data`.

    :raises ImportRefused: when it is empty, binary, too large, in no certain encoding, or too deeply nested.
    """
    if len(data) > MAX_BYTES:
        raise ImportRefused(
            f"The file is larger than {MAX_BYTES // 1024 // 1024} MB; an article is far smaller."
        )
    images: list[tuple[str, bytes]] = []
    text = _HEADER.sub("", decode(_without_images(_recoded(data), images), notes))
    fragment = _FRAGMENT.search(text)
    if fragment:
        text = "\n" * text.count("\n", 0, fragment.start(1)) + fragment[1]
    text = _CONDITION.sub(r"<!--[\1\2]-->", _PROLOG.sub("", text, count=1))
    parser = etree.HTMLParser(
        no_network=True, recover=True, huge_tree=False, remove_pis=True, remove_comments=True
    )
    text = f"<body>{text}" if fragment else text
    try:
        etree.fromstring(text, etree.HTMLParser(recover=True, no_network=True, target=_Tags()))
        root = etree.fromstring(text, parser)
    except ImportRefused:
        raise
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ImportRefused("There is nothing in this HTML that can be read.") from error
    if root is None:
        raise ImportRefused("There is nothing in this HTML that can be read.")
    if any(one.type_name == "ERR_RESOURCE_LIMIT" for one in parser.error_log):
        raise LIMITS.too_deep()
    LIMITS.check(root)
    whole = re.search(r"<(?:html|body)\b", text[:20_000], re.IGNORECASE) is not None
    return Document(root, images, fragment=bool(fragment) or not whole)


class _Tags:
    """Looks at the tags before there is a tree, with the same parser, so that both see the same ones."""

    def start(self, tag: _Words, attrib: dict[_Words, _Words]) -> None:
        """Refuse a tag with too many attributes."""
        if len(attrib) > MAX_ATTRIBUTES:
            raise ImportRefused(
                f"A tag of the HTML has more than {MAX_ATTRIBUTES} attributes; none of an article has."
            )

    def end(self, tag: _Words) -> None:
        """Look no further at what ends."""

    def data(self, data: _Words) -> None:
        """Look no further at words."""

    def comment(self, text: _Words) -> None:
        """Look no further at comments."""

    def close(self) -> None:
        """Build nothing."""


def _recoded(data: bytes) -> bytes:
    """Return `data` as UTF-8 where it says that it is something else."""
    if data.startswith(_MARKS):
        return data
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if declared := _META.search(data[:4096]):
            encoding = known_encoding((declared[1] or declared[2]).decode("ascii"))
            encoding = "cp1252" if encoding in {"iso8859-1", "ascii"} else encoding
            try:
                return data.decode(encoding).encode()
            except UnicodeDecodeError as error:
                raise ImportRefused(
                    f"The page says it is {encoding.upper()} but is damaged at byte {error.start + 1}; save it again as UTF-8."
                ) from error
    return data


def _without_images(data: bytes, images: list[tuple[str, bytes]]) -> bytes:
    """Return `data` with its embedded images taken out into `images`, each named by its place there."""

    def taken(match: re.Match[bytes]) -> bytes:
        body = match[2].replace(b"%2B", b"+").replace(b"%2F", b"/").replace(b"%3D", b"=")
        try:
            image = base64.b64decode(body, validate=True)
        except (binascii.Error, ValueError):
            return b"data:,"
        images.append((match[1].decode(), image))
        return b"embedded-image:%d" % (len(images) - 1)

    return _EMBEDDED.sub(taken, data)


def words(
    element: etree._Element, instead: Callable[[etree._Element], str | None] = lambda _node: None
) -> str:
    """Return the words of an element on one line, without those of scripts and styles.

    `instead` says what is shown for an element in it in place of its words, or None.
    """
    parts: list[str] = []

    def walk(node: etree._Element) -> None:
        if not isinstance(node.tag, str) or node.tag in DROPPED:
            return
        if (shown := instead(node)) is not None:
            parts.append(shown)
            return
        parts.append(node.text or "")
        for child in node:
            walk(child)
            parts.append(child.tail or "")
        if node.tag in BLOCKS or node.tag == "br":
            parts.append(" ")

    walk(element)
    return " ".join("".join(parts).split())


def worded(root: etree._Element) -> set[etree._Element]:
    """Return the elements that hold words, themselves or further inside."""
    found: set[etree._Element] = set()

    def mark(element: etree._Element | None) -> None:
        while element is not None and element not in found:
            found.add(element)
            element = element.getparent()

    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in DROPPED:
            if (element.text or "").strip():
                mark(element)
            if (element.tail or "").strip():
                mark(element.getparent())
    return found


def named(element: etree._Element) -> str:
    """Return an element's classes and id, for looking at."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def integer(value: str | None) -> int:
    """Return a small positive number that an attribute gives, or 0."""
    value = (value or "").strip()
    return min(int(value[:5]), 10_000) if value.isascii() and value.isdigit() else 0
