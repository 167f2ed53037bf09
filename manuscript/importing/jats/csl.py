"""One citation element (element-citation, mixed-citation, or the older citation and nlm-citation) as CSL-JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from manuscript.citing.identifiers import normalise_doi
from manuscript.importing.xml import attribute, words_of

if TYPE_CHECKING:
    from lxml import etree

_TYPES = {
    "journal": "article-journal", "article": "article-journal", "book": "book", "book-chapter": "chapter", "chapter": "chapter",
    "confproc": "paper-conference", "conference": "paper-conference", "conf-proceedings": "paper-conference", "thesis": "thesis",
    "report": "report", "gov": "report", "guideline": "report", "working-paper": "report", "web": "webpage", "webpage": "webpage",
    "website": "webpage", "uri": "webpage", "patent": "patent", "data": "dataset", "dataset": "dataset", "database": "dataset",
    "software": "software", "newspaper": "article-newspaper", "preprint": "article", "periodical": "article-magazine",
    "magazine": "article-magazine", "commun": "personal_communication", "letter": "personal_communication", "standard": "standard",
    "legal": "legislation", "video": "motion_picture",
}  # fmt: skip
_GROUPS = {
    "editor": "editor",
    "editors": "editor",
    "translator": "translator",
    "guest-editor": "editor",
    "director": "director",
}
_TEXTS = {
    "volume": "volume", "issue": "issue", "edition": "edition", "publisher-name": "publisher", "publisher-loc": "publisher-place",
    "isbn": "ISBN", "issn": "ISSN", "series": "collection-title", "conf-name": "event-title", "conf-loc": "event-place",
    "version": "version", "patent": "number", "std": "number", "supplement": "supplement-number", "institution": "publisher",
}  # fmt: skip
_YEAR = re.compile(r"(?:1[5-9]|20)\d{2}")
_MONTHS = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_PUBMED = re.compile(r"(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/(\d{4,9})")


def csl_of(citation: etree._Element) -> dict[str, Any]:
    """Return the record that the element's parts make; "title" is absent where none is marked up."""
    said = attribute(citation, "publication-type") or attribute(citation, "citation-type")
    csl: dict[str, Any] = {"type": _TYPES.get(said.lower(), "document")}
    csl |= _people(citation)
    csl |= _titles(citation, csl)
    for tag, field in _TEXTS.items():
        found = [words_of(one) for one in citation.iter(tag)]
        if words := next(filter(None, found), ""):
            csl.setdefault(field, words)
    if page := _page(citation):
        csl["page"] = page
    if issued := _issued(citation):
        csl["issued"] = issued
    elif year := words_of(citation.find(".//year")):
        csl["issued"] = {"literal": year}
    csl |= _identifiers(citation)
    comments = [words_of(one) for one in citation.iter("comment")]
    comments += [words_of(one) for one in citation.iter("annotation")]
    comments = [one for one in comments if one and not _DOI.search(one)]
    if comments:
        csl["note"] = "; ".join(comments)
    return csl


def _people(citation: etree._Element) -> dict[str, list[dict[str, str]]]:
    """Return authors and editors; the people that no group names are authors."""
    found: dict[str, list[dict[str, str]]] = {}
    grouped: set[etree._Element] = set()
    for group in citation.iter("person-group"):
        role = _GROUPS.get(attribute(group, "person-group-type"), "author")
        if attribute(group, "person-group-type") in {"assignee", "inventor"} and found.get(
            "author"
        ):
            continue
        names = _names(group)
        if not names and (words := words_of(group)):
            names = [{"literal": words}]
        found.setdefault(role, []).extend(names)
        grouped.update(group.iter())
    loose = [
        one
        for one in citation.iter("name", "string-name", "collab", "anonymous")
        if one not in grouped
    ]
    if loose and "author" not in found:
        found["author"] = [name for one in loose if (name := _name(one))]
    return {role: names for role, names in found.items() if names}


def _names(group: etree._Element) -> list[dict[str, str]]:
    names: list[dict[str, str]] = []
    inside: set[etree._Element] = set()
    for element in group.iter("name", "string-name", "collab", "anonymous", "name-alternatives"):
        if element in inside:
            continue
        if element.tag == "name-alternatives":
            inside.update(element.iter())
            first = next(iter(element.iter("name", "string-name")), None)
            element = first if first is not None else element  # noqa: PLW2901 - one of its forms
        elif element.tag == "collab":
            inside.update(element.iter())
        if name := _name(element):
            names.append(name)
    return names


def _name(element: etree._Element) -> dict[str, str]:
    if element.tag == "collab":
        own = element.find("named-content")
        words = words_of(element if own is None else own).strip(" ,;.")
        return {"literal": words} if words else {}
    family = words_of(element.find("surname"))
    given = words_of(element.find("given-names"))
    if not family:
        words = words_of(element) or given
        return {"literal": words} if words else {}
    name = {"family": family}
    if given:
        name["given"] = given
    if suffix := words_of(element.find("suffix")):
        name["suffix"] = suffix
    return name


def _titles(citation: etree._Element, csl: dict[str, Any]) -> dict[str, str]:
    """Return the title and the container, and correct the type where they tell it."""
    article = words_of(citation.find(".//article-title"))
    part = words_of(citation.find(".//chapter-title")) or words_of(citation.find(".//part-title"))
    data = words_of(citation.find(".//data-title"))
    source = words_of(citation.find(".//source"))
    translated = words_of(citation.find(".//trans-title"))
    title = article or part or data
    found: dict[str, str] = {}
    if title:
        found["title"] = title
        if source:
            found["container-title"] = source
        if csl["type"] == "book" and source:
            found["type"] = "chapter"
        elif (
            csl["type"] == "document"
            and article
            and source
            and citation.find(".//volume") is not None
        ):
            found["type"] = "article-journal"
    elif source and csl["type"] not in {"article-journal", "article-newspaper", "article-magazine"}:
        found["title"] = source
        if csl["type"] == "document" and citation.find(".//publisher-name") is not None:
            found["type"] = "book"
    elif source:
        found["container-title"] = source
        if translated:
            found["title"] = translated
    return found


def _page(citation: etree._Element) -> str:
    if pages := words_of(citation.find(".//page-range")):
        return pages
    first, last = words_of(citation.find(".//fpage")), words_of(citation.find(".//lpage"))
    if first:
        return f"{first}-{last}" if last and last != first else first
    return words_of(citation.find(".//elocation-id"))


def _issued(citation: etree._Element) -> dict[str, Any]:
    element = citation.find(".//year")
    text = "" if element is None else attribute(element, "iso-8601-date") or words_of(element)
    if not (year := _YEAR.search(text)):
        return {}
    parts = [int(year[0])]
    said = words_of(citation.find(".//month")).lower()
    month = _MONTHS.get(said[:3]) or (int(said) if said.isdecimal() and 0 < int(said) < 13 else 0)
    if month:
        parts.append(month)
        day = words_of(citation.find(".//day"))
        if day.isdecimal() and 0 < int(day) < 32:
            parts.append(int(day))
    return {"date-parts": [parts]}


def _identifiers(citation: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in citation.iter(
        "pub-id", "object-id", "ext-link", "uri", "comment", "elocation-id", "email", "article-id"
    ):
        kind = (attribute(element, "pub-id-type") or attribute(element, "ext-link-type")).lower()
        words = words_of(element)
        href = attribute(element, "href")
        if kind == "pmid" or element.tag == "pmid":
            found.setdefault("PMID", words.removeprefix("PMID:").strip())
        elif kind in {"pmc", "pmcid"}:
            found.setdefault("PMCID", words if words.upper().startswith("PMC") else f"PMC{words}")
        elif doi := _doi(kind, words, href):
            found.setdefault("DOI", doi)
        elif match := _PUBMED.search(f"{href} {words}"):
            found.setdefault("PMID", match[1])
        elif element.tag in {"ext-link", "uri"}:
            address = href or words
            if address.startswith(("http://", "https://")) and " " not in address:
                found.setdefault("URL", address)
    return {field: value for field, value in found.items() if value}


def _doi(kind: str, words: str, href: str) -> str:
    """Return the DOI that an element is or holds, or ""."""
    whole = (normalise_doi(words) or normalise_doi(href)) if kind == "doi" else None
    match = _DOI.search(f"{words} {href}")
    return whole or (match and normalise_doi(match[0])) or ""
