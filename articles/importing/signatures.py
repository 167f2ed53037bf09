"""What a file that is not an article looks like, from its first bytes."""

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
