"""EndNote's XML export."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from manuscript.citing.reading import dates, pages
from manuscript.citing.reading.record import MAX_SHOWN, Record
from manuscript.citing.reading.result import FailedRecord, ReferencesRefused
from manuscript.citing.reading.xmlfiles import find_text, text_of

_TYPES = {
    "journal article": "article-journal", "electronic article": "article-journal", "newspaper article": "article-newspaper",
    "magazine article": "article-magazine", "book": "book", "edited book": "book", "electronic book": "book",
    "book section": "chapter", "electronic book section": "chapter", "conference paper": "paper-conference",
    "conference proceedings": "paper-conference", "report": "report", "government document": "report",
    "thesis": "thesis", "web page": "webpage", "blog": "post-weblog", "online database": "dataset",
    "dataset": "dataset", "standard": "standard", "patent": "patent", "pamphlet": "pamphlet", "manuscript": "manuscript",
    "unpublished work": "manuscript", "encyclopedia": "entry-encyclopedia", "dictionary": "entry-dictionary",
    "personal communication": "personal_communication", "bill": "bill", "case": "legal_case",
    "legal rule or regulation": "regulation", "statute": "legislation", "computer program": "software",
    "audiovisual material": "motion_picture", "film or broadcast": "motion_picture", "generic": "document",
    "serial": "periodical", "press release": "article-newspaper", "map": "map", "preprint": "article",
}  # fmt: skip
_WHOLE_BOOKS = {"book", "report", "thesis", "pamphlet", "standard"}
_JOURNALS = {"article-journal", "article-magazine", "article-newspaper"}
_PUBMED = re.compile(r"nlm|pubmed|medline", re.IGNORECASE)
_PMCID = re.compile(r"PMC\d+", re.IGNORECASE)


def read(root: Element) -> Iterator[Record | FailedRecord]:
    """Yield a Record per `record`.

    :raises ReferencesRefused: when the file has none.
    """
    found = root.findall(".//record")
    if not found:
        raise ReferencesRefused("This XML holds no record of EndNote.")
    for number, element in enumerate(found, 1):
        yield _record(number, element)


def _record(number: int, element: Element) -> Record:
    kind_of = element.find("ref-type")
    name = (kind_of.get("name") or text_of(kind_of)) if kind_of is not None else ""
    place = f"record {number}"
    identity = find_text(element, "rec-number")
    shown = " ".join(tostring(element, encoding="unicode").split())[:MAX_SHOWN]
    record = Record(number, f"{place}, EndNote {identity}" if identity else place, shown)
    record.csl["type"] = _TYPES.get(name.lower(), "document")
    if name.lower() not in _TYPES:
        record.warn(
            "unknown-type",
            f"“{name or 'no type'}” is not a type of EndNote; it is kept as a document.",
        )
    for path, role in (("authors", "author"), ("secondary-authors", "editor"), ("tertiary-authors", "collection-editor"), ("translated-authors", "translator")):  # fmt: skip
        record.people(
            role, [text_of(one) for one in element.findall(f"contributors/{path}/author")]
        )
    _titles(record, element)
    _places(record, element)
    _identifiers(record, element)
    record.text_field("language", find_text(element, "language"))
    record.text_field("abstract", find_text(element, "abstract"))
    record.text_field(
        "keyword",
        ", ".join(filter(None, (text_of(one) for one in element.findall("keywords/keyword")))),
    )
    return record


def _titles(record: Record, element: Element) -> None:
    kind = record.csl["type"]
    record.text_field("title", find_text(element, "titles/title"))
    secondary, alternative = (
        find_text(element, "titles/secondary-title"),
        find_text(element, "titles/alt-title"),
    )
    full, short = (
        find_text(element, "periodical/full-title"),
        find_text(element, "periodical/abbr-1"),
    )
    if kind in _WHOLE_BOOKS:
        record.text_field("collection-title", secondary)
    else:
        record.text_field("container-title", full or secondary or alternative)
        for other in (short, alternative, secondary):
            if other != record.csl.get("container-title"):
                record.text_field("container-title-short", other if kind in _JOURNALS else "")
        record.text_field("collection-title", find_text(element, "titles/tertiary-title"))
    record.text_field("title-short", find_text(element, "titles/short-title"))
    record.text_field("original-title", find_text(element, "titles/translated-title"))


def _places(record: Record, element: Element) -> None:
    kind = record.csl["type"]
    record.date(
        "issued",
        dates.merged(find_text(element, "dates/year"), find_text(element, "dates/pub-dates/date")),
    )
    record.text_field("volume", find_text(element, "volume"))
    record.text_field(
        "issue", find_text(element, "number") if kind in _JOURNALS else find_text(element, "issue")
    )
    if kind not in _JOURNALS:
        record.text_field("number", find_text(element, "number"))
        record.text_field("edition", find_text(element, "edition"))
    start_and_end = find_text(element, "pages")
    if kind in _WHOLE_BOOKS and start_and_end.isdigit():
        record.text_field("number-of-pages", start_and_end)
    else:
        record.text_field("page", pages.full_pages(start_and_end))
    record.text_field("publisher", find_text(element, "publisher"))
    record.text_field("publisher-place", find_text(element, "pub-location"))
    record.text_field(
        "genre", find_text(element, "work-type") if kind in {"report", "thesis", "article"} else ""
    )


def _identifiers(record: Record, element: Element) -> None:
    record.serials(find_text(element, "isbn"))
    record.doi(find_text(element, "electronic-resource-num"))
    record.addresses([text_of(one) for one in element.findall("urls//url")])
    if accessed := dates.read_date(find_text(element, "access-date")):
        record.date("accessed", accessed)
    provider = " ".join(
        find_text(element, path) for path in ("remote-database-provider", "remote-database-name")
    )
    accession = find_text(element, "accession-num")
    if accession.isdigit() and (_PUBMED.search(provider) or "PMID" in find_text(element, "notes")):
        record.pmid(accession)
    custom = find_text(element, "custom2")
    if _PMCID.fullmatch(custom):
        record.pmcid(custom)
