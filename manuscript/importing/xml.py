"""XML from strangers to a tree: nothing is fetched, nothing expands, and what is not understood is refused.

Journals' files begin with a DOCTYPE and use named characters ("&nbsp;", "&alpha;") that only their DTD declares.
The DTD is never read: the standard names are known here, and a short declaration of the file's own is replaced as text.
"""

from __future__ import annotations

import codecs
import re
from html.entities import html5
from typing import TYPE_CHECKING, Any

from lxml import etree

from manuscript.importing.decoding import MAX_BYTES
from manuscript.importing.limits import Limits
from manuscript.importing.result import ImportRefused
from manuscript.importing.signatures import looks_like

if TYPE_CHECKING:
    from manuscript.importing.notes import Notes

LIMITS = Limits("XML", nesting=100, elements=100_000)
"""Journals' articles have some thirty levels; one with 800 references has twenty thousand elements."""

MAX_ENTITY = 200
"""How long a name's own replacement may be."""

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\x00?\x00", "utf-16-le"),
    (b"\x00<\x00?", "utf-16-be"),
)
_DECLARED = re.compile(rb"\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]{0,400}?\?>")
_ENCODINGS = re.compile(
    r"utf-?(?:8|16|32)(?:-?[lb]e)?|us-?ascii|ascii|iso-?8859-?\d{1,2}|latin-?1|(?:windows-?|cp)125\d|gb2312|gbk|gb18030|big5"
    r"|shift_?jis|euc-?(?:jp|kr)|koi8-[ru]|macintosh|mac-?roman",
    re.IGNORECASE,
)
_MISC = re.compile(r"\s+|<\?.{0,2000}?\?>|<!--.*?-->", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_QUOTED = r"\"[^\"]*+\"|'[^']*+'"
_DOCTYPE_WHOLE = re.compile(
    rf"<!DOCTYPE\b(?>[^\[\"'<>]++|{_QUOTED})*+"
    rf"(?>\[(?P<subset>(?>[^\]\"'<]++|{_QUOTED}|<!--.*?-->|<(?!!--)[!?](?>[^\"'>]++|{_QUOTED})*+>)*+)\]\s*+)?+>",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY = re.compile(
    rf"<!ENTITY\s+(?P<parameter>%\s+)?(?P<name>[\w.-]{{1,100}})\s+(?:(?P<value>{_QUOTED})|(?P<outside>SYSTEM|PUBLIC)(?P<rest>[^>]*))>"
)
_REFERENCE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&([A-Za-z][\w.-]{0,60});", re.DOTALL
)
_OWN = frozenset({"amp", "lt", "gt", "quot", "apos"})


def decode_xml(data: bytes) -> str:
    """Return the text of `data` in the encoding that its first bytes or its declaration name.

    :raises ImportRefused: when it is empty, too large, another kind of file, or not in that encoding.
    """
    if len(data) > MAX_BYTES:
        raise ImportRefused(
            f"The file is larger than {MAX_BYTES // 1024 // 1024} MB; an article is far smaller."
        )
    if not data.strip():
        raise ImportRefused("The file is empty.")
    if kind := looks_like(data):
        raise ImportRefused(f"This looks like {kind}; unpack or convert it and import the XML.")
    encoding = encoding_of(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportRefused(
            f"The file says it is {encoding.upper()} but is damaged at byte {error.start + 1}; save it again as UTF-8."
        ) from error
    if "\x00" in text:
        raise ImportRefused(
            f"This looks like a binary file: it holds a NUL at character {text.index(chr(0)) + 1}."
        )
    return text.removeprefix("\ufeff")


def encoding_of(data: bytes) -> str:
    """Return the encoding that a byte order mark or the XML declaration names; UTF-8 without either.

    :raises ImportRefused: when it is none that is known.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    declared = _DECLARED.match(data)
    if declared is None:
        return "utf-8"
    name = declared[1].decode("ascii")
    return known_encoding(name)


def known_encoding(name: str) -> str:
    """Return Python's name of a text encoding.

    :raises ImportRefused: when it is none that texts come in.
    """
    if _ENCODINGS.fullmatch(name):
        # A declaration that can be read byte by byte is not in UTF-16, whatever it says.
        if re.fullmatch(r"utf-?(?:16|32).*", name, re.IGNORECASE):
            return "utf-8"
        try:
            return codecs.lookup(name).name
        except LookupError:
            pass
    raise ImportRefused(f"The encoding {name!r} is not known; save the file as UTF-8.")


def parse_xml(data: bytes, notes: Notes) -> etree._Element:
    """Return the root of the XML in `data`; its elements' names have no prefixes. Comments are gone.

    :raises ImportRefused: when it is not well formed, too deeply nested, or declares entities that fetch or expand.
    """
    text = _DECLARATION.sub("", decode_xml(data), count=1)
    text = _with_characters(_without_doctype(text), notes)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        attribute_defaults=False, huge_tree=False, remove_comments=True, remove_pis=True,
        recover=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower():
            raise LIMITS.too_deep() from error
        line = error.lineno or 1
        said = str(error.msg or "it is empty").split(", line")[0][:120]
        raise ImportRefused(f"The XML is not well formed at line {line}: {said}.") from error
    for element in LIMITS.within(root):
        if isinstance(element.tag, str) and "}" in element.tag:
            element.tag = element.tag.rpartition("}")[2]
    return root


def _without_doctype(text: str) -> str:
    """Return `text` without its DOCTYPE, its lines kept, and with the file's own short entities replaced.

    :raises ImportRefused: when the DOCTYPE declares what would be fetched, or what grows.
    """
    at = 0
    while misc := _MISC.match(text, at):
        at = misc.end()
    opening = _DOCTYPE.match(text, at)
    if opening is None:
        return text
    whole = _DOCTYPE_WHOLE.match(text, opening.start())
    if whole is None:
        raise ImportRefused("The XML's DOCTYPE is not well formed.")
    own: dict[str, str] = {}
    for entity in _ENTITY.finditer(whole["subset"] or ""):
        if entity["outside"]:
            if "NDATA" in entity["rest"]:
                continue  # names a picture's file; nothing reads it
            raise ImportRefused(
                f"The XML declares an external entity ({entity['name'][:40]}), which is never fetched; save the article without it."
            )
        value = entity["value"][1:-1]
        if entity["parameter"] or len(value) > MAX_ENTITY or re.search(r"[<%]|&(?!#)", value):
            raise ImportRefused(
                f"The XML declares an entity ({entity['name'][:40]}) that expands to more than a few characters; save the article without it."
            )
        own[entity["name"]] = value
    rest = text[whole.end() :]
    if own:
        rest = _replaced(rest, own)
    return text[: opening.start()] + "\n" * whole[0].count("\n") + rest


def _replaced(text: str, own: dict[str, str]) -> str:
    found = sum(len(own.get(match[1] or "", "")) for match in _REFERENCE.finditer(text))
    if len(text) + found > MAX_BYTES:
        raise ImportRefused("The XML's own entities expand to more than any article.")
    return _REFERENCE.sub(lambda match: own.get(match[1] or "", match[0]), text)


def _with_characters(text: str, notes: Notes) -> str:
    """Return `text` with the standard named characters as characters; an unknown name stays as words, noted."""
    unknown: dict[str, int] = {}

    def character(match: re.Match[str]) -> str:
        name = match[1]
        if not name or name in _OWN:
            return match[0]
        if found := html5.get(f"{name};"):
            return found.replace("&", "&amp;").replace("<", "&lt;")
        if name not in unknown:
            unknown[name] = text.count("\n", 0, match.start()) + 1
        return f"&amp;{name};"

    text = _REFERENCE.sub(character, text)
    for name, line in unknown.items():
        notes.add("unknown-entity", line, f"&{name};", "write the character it stands for")
    return text


def attribute(element: etree._Element, name: str) -> str:
    """Return an attribute, whatever its prefix (xlink:href, href), or ""."""
    if value := element.get(name):
        return str(value)
    for key, given in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(given)
    return ""


def line_of(element: etree._Element) -> int:
    """Return the line of the source on which `element` begins; 1 where it is not known."""
    line: Any = element.sourceline
    return int(line or 1)


def words_of(element: etree._Element | None) -> str:
    """Return the words of an element on one line, or ""."""
    return "" if element is None else " ".join("".join(map(str, element.itertext())).split())


def text_of(data: bytes) -> str:
    """Return the beginning of `data` as text, to tell by it what the file is; never refuses."""
    head = data[:200_000]
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head.decode(encoding, errors="replace").removeprefix("\ufeff")
    return head.decode("utf-8", errors="replace")
