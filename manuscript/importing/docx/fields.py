"""Field codes: the instructions in a document, and what the programs that manage references keep in them.

ECMA-376 part 1, 17.16. Zotero and Mendeley write CSL-JSON behind `ADDIN … CSL_CITATION`, EndNote writes its own XML
behind `ADDIN EN.CITE`, in the instruction or, encoded, in `w:fldData`.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from manuscript.importing.docx import endnote
from manuscript.importing.docx.names import Element

Kind = Literal["plain", "link", "citation", "list", "contents", "unread", "formula"]

_LINK: Final = re.compile(r"HYPERLINK\s+(?:\\[a-z]\s+)*(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>[^\s\\\"]+))?", re.IGNORECASE)  # fmt: skip
_ANCHOR: Final = re.compile(r"\\l\s+(?:\"(?P<quoted>[^\"]*)\"|(?P<bare>\S+))", re.IGNORECASE)
_LIST: Final = re.compile(r"ADDIN\s+(?:ZOTERO_BIBL|Mendeley Bibliography|CSL_BIBLIOGRAPHY|EN\.REFLIST)|BIBLIOGRAPHY\b", re.IGNORECASE)  # fmt: skip
_UNREAD: Final = re.compile(r"(?:ADDIN\s+(?:CITAVI|CitaviPlaceholder|PAPERS2_CITATIONS|RW\.CITE|REFMGR\.CITE|EN\.CITE|ZOTERO_ITEM|CSL_CITATION)|CITATION\s)", re.IGNORECASE)  # fmt: skip
_MENDELEY: Final = re.compile(r"MENDELEY_CITATION_v3_(?P<code>[A-Za-z0-9+/_=-]+)")
_CSL: Final = re.compile(r"ADDIN\s+(?:ZOTERO_ITEM\s+)?CSL_CITATION\s*(?=\{)|ADDIN\s+ZOTERO_ITEM\s*(?=\{)", re.IGNORECASE)  # fmt: skip
_ENDNOTE: Final = re.compile(r"ADDIN\s+EN\.CITE(?!\w|\.[A-CE-Z])", re.IGNORECASE)
_LABELS: Final = {
    "page": "p.", "paragraph": "para.", "chapter": "ch.", "section": "sec.", "figure": "fig.", "table": "tab.", "volume": "vol.",
    "line": "l.", "note": "n.", "part": "pt.", "verse": "v.", "column": "col.", "book": "bk.", "issue": "no.", "folio": "fol.",
}  # fmt: skip
_SEVERAL: Final = {"p.": "pp.", "para.": "paras.", "ch.": "chs.", "l.": "ll.", "n.": "nn."}


@dataclass
class Cited:
    """One source in a citation: its CSL-JSON, the place in it ("p. 12") and words around it."""

    csl: dict[str, Any]
    locator: str = ""
    words: str = ""


@dataclass
class Field:
    """A field while the text is read. `data` is what `w:fldData` holds; `kind` is known from the separator on."""

    data: str = ""
    code: str = ""
    in_result: bool = False
    kind: Kind = "plain"
    href: str = ""
    cited: list[Cited] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    line: int = 0

    @property
    def silent(self) -> bool:
        """Whether what the field shows is not text of the article."""
        return not self.in_result or self.kind in {"citation", "list", "contents"}

    def decide(self, *, has_sources: bool) -> None:
        """Tell the kind of the field from its instruction; `has_sources`: citations have been read before it."""
        code = " ".join(self.code.split()) if len(self.code) < 5000 else self.code.strip()
        name = code.split(" ", 1)[0].upper()
        if name == "HYPERLINK":
            self.kind, self.href = "link", link_of(code)
        elif name in {"TOC", "INDEX", "TOA"}:
            self.kind = "contents"
        elif _LIST.match(code):
            self.kind = "list" if has_sources and name == "ADDIN" else "plain"
        elif cited := citation_of(code, self.data):
            self.kind, self.cited = "citation", cited
        elif _UNREAD.match(code) and not re.match(r"ADDIN\s+EN\.CITE\.DATA", code, re.IGNORECASE):
            self.kind = "unread"
        elif name == "EQ":
            self.kind = "formula"


def link_of(code: str) -> str:
    """Return the address of a HYPERLINK instruction; "" for a place in the document itself."""
    found = _LINK.match(code)
    address = (found["quoted"] or found["bare"] or "") if found else ""
    anchor = _ANCHOR.search(code)
    place = (anchor["quoted"] or anchor["bare"] or "") if anchor else ""
    return f"{address}#{place}" if address and place and "#" not in address else address


def citation_of(code: str, data: str) -> list[Cited]:
    """Return the sources that an instruction cites, or nothing where it is no citation or cannot be read."""
    if found := _CSL.match(code):
        return csl_items(_json(code[found.end() :]))
    if found := _ENDNOTE.match(code):
        for text in (code[found.end() :], _decoded(data)):
            if "<EndNote" in text:
                return [Cited(*one) for one in endnote.cited(text)]
    return []


def mendeley(tag: str) -> list[Cited]:
    """Return the sources in the tag of a content control as Mendeley Cite writes it."""
    found = _MENDELEY.match(tag)
    return csl_items(_json(_decoded(found["code"]))) if found else []


def csl_items(record: object) -> list[Cited]:
    """Return the items of a citation in CSL's own format, those that have their data."""
    items = record.get("citationItems") if isinstance(record, dict) else None
    found: list[Cited] = []
    for item in items if isinstance(items, list) else ():
        data = item.get("itemData") or item.get("item") if isinstance(item, dict) else None
        if not isinstance(data, dict):
            continue
        uris = item.get("uris") or item.get("uri") or []
        source = uris[0] if isinstance(uris, list) and uris else uris
        csl = {**data, "__uri": source if isinstance(source, str) else ""}
        words = " … ".join(text for name in ("prefix", "suffix") if (text := _words(item.get(name))))  # fmt: skip
        found.append(Cited(csl, locator_of(item), words))
    return found


def locator_of(item: dict[str, Any]) -> str:
    """Return the place in the source as a reader writes it: "p. 12", "pp. 3-5", "ch. 2"."""
    place = _words(item.get("locator"))
    if not place:
        return ""
    label = _LABELS.get(str(item.get("label") or "page").lower(), str(item.get("label") or ""))
    if re.search(r"\d\s?[-–—,&]\s?\d", place):
        label = _SEVERAL.get(label, label)
    return f"{label} {place}".strip()


def _words(value: object) -> str:
    return " ".join(re.sub(r"</?[a-z]{1,6}>", "", str(value)).split()) if isinstance(value, str | int) else ""  # fmt: skip


def _json(text: str) -> object:
    """Return the JSON at the front of `text`, or None; what stands behind it does not matter."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(text.strip())[0]
    except (ValueError, RecursionError):
        return None


def _decoded(code: str) -> str:
    """Return the text that base64 in one of its two alphabets stands for, or ""."""
    packed = "".join(code.split()).translate(str.maketrans("-_", "+/")).rstrip("=")
    try:
        raw = base64.b64decode(packed + "=" * (-len(packed) % 4), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return raw.decode("utf-8", "replace").replace("\x00", "")


def data_of(begin: Element) -> str:
    """Return the text of the `w:fldData` in a field's begin."""
    return "".join(child.text or "" for child in begin if str(child.tag).endswith("}fldData"))
