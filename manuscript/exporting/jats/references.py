"""One source of the list of references: CSL-JSON as an element citation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from lxml import etree

from manuscript.citing.formatting import entry_text
from manuscript.exporting.characters import words
from manuscript.exporting.jats.build import HREF, node
from manuscript.exporting.text import ExportedReference

_TYPES: Final = {
    "article-journal": "journal",
    "article": "preprint",
    "article-magazine": "periodical",
    "article-newspaper": "newspaper",
    "review": "journal",
    "book": "book",
    "chapter": "book",
    "entry-encyclopedia": "book",
    "entry-dictionary": "book",
    "paper-conference": "confproc",
    "thesis": "thesis",
    "report": "report",
    "webpage": "webpage",
    "post": "webpage",
    "post-weblog": "webpage",
    "patent": "patent",
    "dataset": "data",
    "software": "software",
    "personal_communication": "commun",
    "standard": "standard",
    "legislation": "legal",
    "motion_picture": "video",
}
_IN_JOURNALS: Final = frozenset(
    {"article-journal", "article-magazine", "article-newspaper", "review", "article"}
)
_PARTS: Final = frozenset({"chapter", "entry-encyclopedia", "entry-dictionary", "paper-conference"})
_PEOPLE: Final = (
    ("author", "author"),
    ("editor", "editor"),
    ("translator", "translator"),
)
_FIELDS: Final = (
    ("event-title", "conf-name"),
    ("event-place", "conf-loc"),
    ("edition", "edition"),
    ("publisher", "publisher-name"),
    ("publisher-place", "publisher-loc"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("supplement-number", "supplement"),
    ("collection-title", "series"),
    ("version", "version"),
    ("ISBN", "isbn"),
    ("ISSN", "issn"),
)
_IDS: Final = (("DOI", "doi"), ("PMID", "pmid"), ("PMCID", "pmcid"))
_PAGES: Final = re.compile(r"(\w+)\s*[-\u2010-\u2015]\s*(\w+)")


def reference(listed: etree._Element, source: ExportedReference) -> None:
    """Append one source to the list of references."""
    csl = source.csl
    ref = node(listed, "ref", id=f"ref-{source.number}")
    node(ref, "label", str(source.number))
    kind = str(csl.get("type", "document"))
    citation = node(ref, "element-citation", **{"publication-type": _TYPES.get(kind, "other")})
    truncated = csl.get("custom", {}).get("authors-et-al") is True
    for field, role in _PEOPLE:
        if people := csl.get(field):
            _people(citation, role, people, et_al=truncated and field == "author")
    _titles(citation, kind, csl)
    for field, tag in _FIELDS:
        if value := words(str(csl.get(field, ""))):
            node(citation, tag, value)
    if kind == "patent" and csl.get("number"):
        node(citation, "patent", words(str(csl["number"])))
    _date(citation, csl.get("issued", {}))
    _pages(citation, csl)
    _identifiers(citation, csl)
    if not len(citation):  # JATS wants something; the formatted entry says what little is known
        node(citation, "comment", words(entry_text(source.entry)) or source.key)
    for notice in source.notices:
        node(node(ref, "note", **{"content-type": "notice"}), "p", words(notice))


def _people(
    citation: etree._Element, role: str, people: Sequence[Mapping[str, str]], *, et_al: bool
) -> None:
    group = node(citation, "person-group", **{"person-group-type": role})
    for person in people:
        if literal := words(person.get("literal", "")):
            node(group, "collab", literal)
            continue
        parts = ("dropping-particle", "non-dropping-particle", "family")
        name = node(group, "name")
        node(name, "surname", words(" ".join(filter(None, map(person.get, parts)))))
        if given := words(person.get("given", "")):
            node(name, "given-names", given)
        if suffix := words(person.get("suffix", "")):
            node(name, "suffix", suffix)
    if et_al:
        node(group, "etal")


def _titles(citation: etree._Element, kind: str, csl: Mapping[str, Any]) -> None:
    title = words(str(csl.get("title", "")))
    container = words(str(csl.get("container-title") or csl.get("container-title-short") or ""))
    if title and kind in _PARTS and container:
        node(citation, "article-title" if kind == "paper-conference" else "chapter-title", title)
    elif title and kind == "dataset":
        node(citation, "data-title", title)
    elif title and (kind in _IN_JOURNALS or container):
        node(citation, "article-title", title)
    elif title:
        container = title
    if container:
        node(citation, "source", container)


def _date(citation: etree._Element, issued: Mapping[str, Any]) -> None:
    parts = (issued.get("date-parts") or [[]])[0]
    for tag, value in zip(("year", "month", "day"), parts, strict=False):
        element = node(citation, tag, str(value))
        if tag == "year":
            element.set("iso-8601-date", "-".join(f"{int(part):02}" for part in parts))
    if not parts and (literal := words(str(issued.get("literal", "")))):
        node(citation, "string-date", literal)


def _pages(citation: etree._Element, csl: Mapping[str, Any]) -> None:
    pages = words(str(csl.get("page", "")))
    if not pages:
        if (number := words(str(csl.get("number", "")))) and csl.get("type") in _IN_JOURNALS:
            node(citation, "elocation-id", number)
    elif found := _PAGES.fullmatch(pages):
        node(citation, "fpage", found[1])
        node(citation, "lpage", found[2])
    elif pages.isalnum():
        node(citation, "elocation-id" if not pages.isdecimal() else "fpage", pages)
    else:
        node(citation, "page-range", pages)


def _identifiers(citation: etree._Element, csl: Mapping[str, Any]) -> None:
    for field, kind in _IDS:
        if value := words(str(csl.get(field, ""))):
            node(citation, "pub-id", value, **{"pub-id-type": kind})
    if address := words(str(csl.get("URL", ""))):
        link = node(citation, "ext-link", address, **{"ext-link-type": "uri"})
        link.set(HREF, address)
    accessed = (csl.get("accessed", {}).get("date-parts") or [[]])[0]
    if accessed:
        on = "-".join(f"{int(part):02}" for part in accessed)
        node(
            citation,
            "date-in-citation",
            on,
            **{"content-type": "access-date", "iso-8601-date": on},
        )
    if note := words(str(csl.get("note", ""))):
        node(citation, "comment", note)
