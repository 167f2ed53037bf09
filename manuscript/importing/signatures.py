"""What a file is, from its first bytes: one of the formats that are read, or something else by its name."""

from __future__ import annotations

import re

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or PowerPoint file"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)

_INSIDE_ZIP: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word file"),
    (b"xl/", "an Excel file"),
    (b"ppt/", "a PowerPoint file"),
    (b"application/epub+zip", "an EPUB book"),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
)

_MARKUP = re.compile(r"\s*<(?:(\?xml|!doctype|html|head|body|svg)\b)", re.IGNORECASE)


def looks_like(data: bytes) -> str | None:
    """Return what binary file `data` begins like ("a Word file"), or None."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((kind for mark, kind in _INSIDE_ZIP if mark in data), "a ZIP archive")
    if data.startswith(b"RIFF") and data[8:12] in {b"WEBP", b"WAVE", b"AVI "}:
        return "an image, a recording or a film"
    if data[4:8] == b"ftyp":
        return "a film"
    return next((kind for mark, kind in _SIGNATURES if data.startswith(mark)), None)


def looks_like_markup(text: str) -> str | None:
    """Return "an HTML page" or "an XML document" when `text` begins like one, or None."""
    if not (match := _MARKUP.match(text)):
        return None
    if match[1].lower() == "svg":
        return "an SVG image"
    head = text[:2000].lower()
    html = "<html" in head or "<!doctype html" in head or match[1].lower() in {"head", "body"}
    return "an HTML page" if html else "an XML document"


def is_word(data: bytes) -> bool:
    """Whether `data` is a Word file: a ZIP archive with a document in it."""
    return data.startswith(b"PK\x03\x04") and looks_like(data) == "a Word file"


def kind_of_markup(text: str, name: str = "") -> str:
    """Return what `text` is marked up in: "jats", "medquad", "html", "xml" for other XML, or "" for none.

    The content decides. A piece of HTML without a page around it, as a clipboard holds it, is one when it begins with
    a tag and has more than one, and its name does not say that it is Markdown.
    """
    root = root_of(text)
    if root in _ROOTS and not (root == "article" and _is_html_article(text)):
        return _ROOTS[root]
    if root.lower() in {"html", "head", "body"} or _HTML_DOCTYPE.match(text):
        return "html"
    if _XML_START.match(text) or root.lower() == "svg":
        return "xml"
    lowered = name.lower()
    if root and lowered.endswith((".xml", ".nxml")):
        return "xml"
    if lowered.endswith((".html", ".htm", ".xhtml", ".mht")) or _CLIPBOARD.search(text[:4000]):
        return "html"
    if lowered.endswith((".md", ".markdown", ".mdown", ".mkd", ".txt")):
        return ""
    fragment = _FRAGMENT.match(text) and _CLOSED.search(text)
    return "html" if fragment else ""


def _is_html_article(text: str) -> bool:
    """Whether a first element `article` is HTML's: it holds HTML's headings or divisions and nothing of a journal's."""
    return _HTML_PART.search(text) is not None and _JATS_PART.search(text) is None


def root_of(text: str) -> str:
    """Return the name of the first element of `text` ("article"), without its prefix, or "" where there is none."""
    text = text[:_SAMPLE].removeprefix("\ufeff")
    at = 0
    while match := _PROLOG.match(text, at):
        at = match.end()
    root = _ROOT.match(text, at)
    return root[1] if root else ""


_ROOTS = {
    "article": "jats",
    "pmc-articleset": "jats",
    "OAI-PMH": "jats",
    "Document": "medquad",
}
_HTML_PART = re.compile(r"<(?:h[1-6]|div|ul|ol|header|br|a|p\s+class)[\s>/]", re.IGNORECASE)
_JATS_PART = re.compile(
    r"<(?:front|article-meta|body|back|sec|ref-list)[\s>/]|\s(?:article-type|dtd-version)\s*="
)
_PROLOG = re.compile(
    r"\s+|<\?[^>]{0,2000}?\?>|<!--.{0,20000}?-->|<!DOCTYPE[^\[>]{0,1000}(?:\[.{0,100000}?\]\s*)?>",
    re.DOTALL | re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})(?=[\s/>])")
_SAMPLE = 200_000
_XML_START = re.compile(r"\s*<(?:\?xml\b|!doctype\b)", re.IGNORECASE)
_HTML_DOCTYPE = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<!doctype\s+html\b", re.IGNORECASE | re.DOTALL
)
_CLIPBOARD = re.compile(r"<!--\s*StartFragment\s*-->|\AVersion:\d\.\d\s+StartHTML:", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"\s*(?:<!--.{0,2000}?-->\s*)*<(?:meta|p|div|span|h[1-6]|ul|ol|li|table|b|strong|section|article|main|header|nav|figure|blockquote|style|title|link|a|em|i|font|center|form|dl|hr|br)(?:\s[^<>]{0,4000})?/?>",
    re.IGNORECASE | re.DOTALL,
)
_CLOSED = re.compile(
    r"</(?:p|div|span|h[1-6]|ul|ol|li|table|b|strong|section|article|main|figure|blockquote|a|em|i|dl)\s*>",
    re.IGNORECASE,
)
