"""RIS: lines of "XX  - text", ended by CR and LF as the specification has it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_TYPES = {
    "article": "PREP", "article-journal": "JOUR", "article-magazine": "MGZN", "article-newspaper": "NEWS",
    "bill": "BILL", "book": "BOOK", "chapter": "CHAP", "classic": "CLSWK", "dataset": "DATA",
    "entry-dictionary": "DICT", "entry-encyclopedia": "ENCYC", "figure": "FIGURE", "graphic": "ART",
    "hearing": "HEAR", "interview": "INTV", "legal_case": "CASE", "legislation": "STAT", "manuscript": "UNPB",
    "map": "MAP", "motion_picture": "MPCT", "musical_score": "MUSIC", "pamphlet": "PAMP",
    "paper-conference": "CPAPER", "patent": "PAT", "personal_communication": "PCOMM", "post": "ICOMM",
    "post-weblog": "BLOG", "regulation": "LEGAL", "report": "RPRT", "software": "COMP", "song": "SOUND",
    "standard": "STAND", "thesis": "THES", "webpage": "WEB",
}  # fmt: skip
_PEOPLE = (("AU", "author"), ("A2", "editor"), ("A3", "collection-editor"), ("A4", "translator"))
_WHOLE_BOOKS = {"book", "report", "thesis", "classic", "standard", "pamphlet"}
_JOURNALS = {"article-journal", "article-magazine", "article-newspaper"}
_WITH_GENRE = {"report", "thesis", "article", "standard", "patent"}


def write(records: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """Return the records as RIS."""
    lines = []
    for key, csl in records:
        lines += [f"{tag}  - {text}" for tag, text in _fields(key, csl) if text]
        lines += ["ER  - ", ""]
    return "".join(f"{line}\r\n" for line in lines)


def _fields(key: str, csl: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kind = str(csl["type"])
    yield "TY", _TYPES.get(kind, "GEN")
    yield "ID", key
    for tag, role in _PEOPLE:
        for name in csl.get(role, []):
            yield tag, _name(name)
    if csl.get("custom", {}).get("authors-et-al") is True:
        yield "AU", "et al."
    yield "TI", csl.get("title", "")
    yield "ST", csl.get("title-short", "")
    if kind == "article-journal":
        yield "OP", csl.get("original-title", "")
    if kind in _WHOLE_BOOKS:
        yield "T2", csl.get("collection-title", "")
    else:
        yield "T2", csl.get("container-title", "")
        yield "J2", csl.get("container-title-short", "") if kind in _JOURNALS else ""
        yield "T3", csl.get("collection-title", "")
    yield from _when(csl)
    yield "VL", csl.get("volume", "")
    yield "IS", csl.get("issue", "")
    yield from _pages(kind, csl)
    yield "ET", csl.get("edition", "") if kind not in _JOURNALS else ""
    yield "PB", csl.get("publisher", "")
    yield "CY", csl.get("publisher-place", "")
    if kind in _WITH_GENRE:
        yield "M3", csl.get("genre", "")
        yield "M1", csl.get("number", "") if kind != "thesis" else ""
    for serial in (csl.get("ISSN", ""), csl.get("ISBN", "")):
        yield "SN", serial
    yield "DO", csl.get("DOI", "")
    if pmid := csl.get("PMID"):
        yield "AN", pmid
        yield "DB", "PubMed"
    yield "C2", csl.get("PMCID", "")
    yield "UR", csl.get("URL", "")
    yield "LA", csl.get("language", "")
    for word in csl.get("keyword", "").split(", "):
        yield "KW", word
    yield "AB", csl.get("abstract", "")


def _name(name: Mapping[str, str]) -> str:
    """A group's name ends in a comma, so that nobody reads it as a person's."""
    if "literal" in name:
        return f"{name['literal']},"
    particles = (name.get("dropping-particle"), name.get("non-dropping-particle"), name["family"])
    family = " ".join(part for part in particles if part)
    parts = [part for part in (family, name.get("given"), name.get("suffix")) if part]
    return ", ".join(parts) if len(parts) > 1 else f"{family},"


def _when(csl: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for tag, field in (("DA", "issued"), ("Y2", "accessed")):
        date = csl.get(field, {})
        parts = (date.get("date-parts") or [[]])[0]
        if parts and field == "issued":
            yield "PY", str(parts[0])
        if len(parts) > 1:
            yield tag, "/".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])
        elif not parts:
            yield tag, date.get("literal", "")


def _pages(kind: str, csl: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if kind in _JOURNALS:
        yield "C7", csl.get("number", "")
    if kind in _WHOLE_BOOKS:
        yield "SP", csl.get("number-of-pages", "")
        return
    page = str(csl.get("page", ""))
    start, dash, end = page.partition("-")
    if dash and "," not in page and "-" not in end:
        yield "SP", start
        yield "EP", end
    else:
        yield "SP", page
