"""EndNote's own records, as its citations carry them in the text."""

from __future__ import annotations

import re
from typing import Any, Final

from manuscript.citing.identifiers import normalise_doi
from manuscript.importing.docx.names import Element
from manuscript.importing.docx.package import parse
from manuscript.importing.result import ImportRefused

_TYPES: Final = {
    "journal article": "article-journal", "electronic article": "article-journal", "book": "book", "edited book": "book",
    "electronic book": "book", "book section": "chapter", "electronic book section": "chapter",
    "conference paper": "paper-conference", "conference proceedings": "paper-conference", "thesis": "thesis",
    "report": "report", "government document": "report", "web page": "webpage", "online database": "webpage",
    "newspaper article": "article-newspaper", "magazine article": "article-magazine", "dataset": "dataset", "patent": "patent",
}  # fmt: skip
_NUMBERS: Final = {"17": "article-journal", "6": "book", "5": "chapter", "27": "report", "32": "thesis", "12": "webpage", "16": "webpage", "10": "paper-conference", "47": "paper-conference"}  # fmt: skip
_TEXTS: Final = {
    "title": "titles/title", "volume": "volume", "issue": "number", "page": "pages", "publisher": "publisher",
    "publisher-place": "pub-location", "edition": "edition", "abstract": "abstract", "language": "language",
}  # fmt: skip


def cited(text: str) -> list[tuple[dict[str, Any], str, str]]:
    """Return what the XML of one `EN.CITE` cites: CSL-JSON, locator and the words around each."""
    end = text.rfind("</EndNote>")
    if end < 0:
        return []
    fragment = text[text.index("<EndNote") : end + len("</EndNote>")]
    try:
        root = parse(fragment.encode(), "a citation of EndNote")
    except ImportRefused:
        return []
    found: list[tuple[dict[str, Any], str, str]] = []
    for cite in root.iter("Cite"):
        record = cite.find("record")
        if record is None:
            continue
        pages = _text(cite, "Pages")
        locator = f"{'pp.' if re.search(r'[-–,]', pages) else 'p.'} {pages}" if pages else ""
        words = " … ".join(part for part in (_text(cite, "Prefix"), _text(cite, "Suffix")) if part)
        found.append((csl_of(record), locator, words))
    return found


def csl_of(record: Element) -> dict[str, Any]:  # noqa: C901 - one line per field
    """Return the CSL-JSON of one record."""
    kind = record.find("ref-type")
    name = (kind.get("name") or "").lower() if kind is not None else ""
    code = (kind.text or "").strip() if kind is not None else ""
    csl: dict[str, Any] = {"type": _TYPES.get(name) or _NUMBERS.get(code) or "document"}
    for field, path in _TEXTS.items():
        if value := _text(record, path):
            csl[field] = value
    journal = _text(record, "titles/secondary-title") or _text(record, "periodical/full-title")
    if journal:
        csl["container-title"] = journal
    for field, path in (("author", "contributors/authors/author"), ("editor", "contributors/secondary-authors/author")):  # fmt: skip
        if names := [_name(words) for one in record.iterfind(path) if (words := _words(one))]:
            csl[field] = names
    if year := re.search(r"\d{4}", _text(record, "dates/year")):
        csl["issued"] = {"date-parts": [[int(year[0])]]}
    if doi := normalise_doi(_text(record, "electronic-resource-num")):
        csl["DOI"] = doi
    if number := _text(record, "isbn"):
        csl["ISBN" if csl["type"] in {"book", "chapter"} else "ISSN"] = number
    accession = _text(record, "accession-num")
    databases = " ".join(_words(one) for one in record.iterfind("remote-database-name"))
    medline = not databases or re.search(r"medline|pubmed|nlm", databases, re.IGNORECASE)
    if medline and re.fullmatch(r"[1-9]\d{5,8}", accession):
        csl["PMID"] = accession
    if pmcid := re.search(r"PMC\d+", _text(record, "custom2")):
        csl["PMCID"] = pmcid[0]
    for one in record.iterfind("urls/related-urls/url"):
        if (address := _words(one)).startswith(("http://", "https://")) and " " not in address:
            csl["URL"] = address
            break
    csl["__uri"] = f"endnote:{_text(record, 'rec-number')}" if _text(record, "rec-number") else ""
    return csl


def _name(words: str) -> dict[str, str]:
    family, comma, given = words.partition(",")
    if not comma:
        return {"literal": words}
    return {"family": family.strip(), "given": given.strip()} if given.strip() else {"literal": family.strip()}  # fmt: skip


def _text(element: Element, path: str) -> str:
    found = element.find(path)
    return _words(found) if found is not None else ""


def _words(element: Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())
