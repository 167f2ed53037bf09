"""What a file is, read from its first bytes. Its name is never asked."""

import re
from collections.abc import Sequence

RASTER = {
    "PNG": (b"\x89PNG\r\n\x1a\n",),
    "JPEG": (b"\xff\xd8\xff",),
    "GIF": (b"GIF87a", b"GIF89a"),
}
OTHERS: Sequence[tuple[str, int, bytes]] = (
    ("a PDF", 0, b"%PDF-"),
    ("a TIFF image", 0, b"II*\x00"),
    ("a TIFF image", 0, b"MM\x00*"),
    ("a TIFF image", 0, b"II+\x00"),
    ("an EMF drawing", 40, b" EMF"),
    ("a WMF drawing", 0, b"\xd7\xcd\xc6\x9a"),
    ("a BMP image", 0, b"BM"),
    ("a Photoshop file", 0, b"8BPS"),
    ("a DICOM file", 128, b"DICM"),
    ("an EPS drawing", 0, b"%!PS"),
    ("a compressed SVG", 0, b"\x1f\x8b"),
    ("a JPEG 2000 image", 0, b"\x00\x00\x00\x0cjP  "),
    ("a JPEG XL image", 0, b"\xff\x0a"),
    ("a JPEG XL image", 0, b"\x00\x00\x00\x0cJXL "),
    ("an icon file", 0, b"\x00\x00\x01\x00"),
    ("a ZIP or Office file", 0, b"PK\x03\x04"),
    ("an old Office file", 0, b"\xd0\xcf\x11\xe0"),
)
_BRANDS = {b"avif": "an AVIF image", b"avis": "an AVIF image"}
_HEIF = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"}
_SVG = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s>/]")
_HTML = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE)
_LOOKED_AT = 8192


def kind_of(data: bytes) -> str:
    """Return "PNG", "JPEG", "WEBP", "GIF" or "SVG", or "" for whatever else."""
    for kind, beginnings in RASTER.items():
        if data.startswith(beginnings):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if looks_like_markup(data) and _SVG.search(data[:_LOOKED_AT]) and not _HTML.search(data[:512]):
        return "SVG"
    return ""


def looks_like_markup(data: bytes) -> bool:
    """Return whether the file begins as XML does, in UTF-8."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<"


def what_it_looks_like(data: bytes) -> str:
    """Return words for a file that is none of the kinds that are taken, such as "a PDF"."""
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        if brand in _HEIF:
            return "a HEIC photo"
        return _BRANDS.get(brand, "a film")
    for words, at, beginning in OTHERS:
        if data[at : at + len(beginning)] == beginning:
            return words
    if looks_like_markup(data):
        return "a web page" if _HTML.search(data[:_LOOKED_AT]) else "an XML file"
    return ""
