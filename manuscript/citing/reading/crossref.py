"""Works as Crossref's REST API answers them."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from manuscript.citing.identifiers import normalise_doi
from manuscript.citing.reading import dates, jsonfiles, notices, pages
from manuscript.citing.reading.record import MAX_SHOWN, Record
from manuscript.citing.reading.result import FailedRecord

TYPES = {
    "journal-article": "article-journal", "journal": "periodical", "journal-issue": "periodical",
    "journal-volume": "periodical", "book": "book", "monograph": "book", "edited-book": "book",
    "reference-book": "book", "book-set": "book", "book-series": "book", "book-chapter": "chapter",
    "book-section": "chapter", "book-part": "chapter", "book-track": "chapter", "reference-entry": "entry",
    "proceedings": "book", "proceedings-series": "book", "proceedings-article": "paper-conference",
    "report": "report", "report-series": "report", "report-component": "report", "dissertation": "thesis",
    "posted-content": "article", "dataset": "dataset", "database": "dataset", "standard": "standard",
    "standard-series": "standard", "peer-review": "review", "component": "document", "grant": "document",
    "other": "document",
}  # fmt: skip
_TEXTS = {
    "volume": "volume", "issue": "issue", "publisher": "publisher", "publisher-location": "publisher-place",
    "edition-number": "edition", "page": "page", "article-number": "number", "language": "language",
    "abstract": "abstract",
}  # fmt: skip
_GRAVE = {notices.RETRACTION, notices.EXPRESSION_OF_CONCERN}
_DATES = ("issued", "published", "published-print", "published-online", "posted", "created")


def read(text: str) -> Iterator[Record | FailedRecord]:
    """Yield a Record per work, or a failure for what is no object."""
    for number, item in enumerate(jsonfiles.records_of(jsonfiles.load(text)), 1):
        work = (
            item["message"]
            if isinstance(item, dict) and isinstance(item.get("message"), dict)
            else item
        )
        shown = json.dumps(work, ensure_ascii=False)[:MAX_SHOWN]
        place = f"record {number}"
        if not isinstance(work, dict) or not work:
            yield FailedRecord(
                place, "The record is not an object of Crossref fields.", shown, number
            )
            continue
        if work.get("DOI"):
            place += f", DOI {work['DOI']}"
        yield from_work(work, number=number, place=place, shown=shown)


def from_work(
    work: Mapping[str, Any], *, number: int = 1, place: str = "", shown: str = ""
) -> Record:
    """Return the record of one Crossref work, with the notices against it."""
    kind = str(work.get("type") or "")
    record = Record(number, place, shown, TYPES.get(kind, "document"))
    if kind not in TYPES:
        record.warn(
            "unknown-type",
            f"“{kind or 'no type'}” is not a type of Crossref; it is kept as a document.",
        )
    record.doi(str(work.get("DOI") or ""))
    title, subtitle = _first(work, "title"), _first(work, "subtitle")
    if title and subtitle and subtitle.lower() not in title.lower():
        title = f"{title}{'' if title[-1] in '?!:.' else ':'} {subtitle}"
    record.text_field("title", title)
    record.text_field("original-title", _first(work, "original-title"))
    _containers(record, work, kind)
    for role in ("author", "editor", "translator", "chair"):
        for person in _sequence(work, role):
            _person(record, role, person)
    record.date(
        "issued", next((date for field in _DATES if (date := _date(work.get(field)))), None)
    )
    for field, name in _TEXTS.items():
        value = work.get(field)
        record.text_field(name, str(value) if isinstance(value, str | int) else "")
    record.csl |= {"page": pages.full_pages(record.csl["page"])} if "page" in record.csl else {}
    record.serials(" ".join([*_list(work, "ISSN"), *_list(work, "ISBN")]))
    if work.get("URL"):
        record.addresses([str(work["URL"])])
    _updates(record, work)
    return record


def _containers(record: Record, work: Mapping[str, Any], kind: str) -> None:
    containers = [text for text in _list(work, "container-title") if text]
    if containers:
        record.text_field(
            "container-title", containers[-1] if kind == "book-chapter" else containers[0]
        )
    if kind == "book-chapter" and len(containers) > 1:
        record.text_field("collection-title", containers[0])
    short = _first(work, "short-container-title")
    if short != record.csl.get("container-title"):
        record.text_field("container-title-short", short)
    if kind == "posted-content":
        record.text_field("genre", str(work.get("subtype") or ""))
        for institution in _sequence(work, "institution"):
            if isinstance(institution, dict):
                record.text_field("container-title", str(institution.get("name") or ""))
        record.text_field("container-title", _first(work, "group-title"))


def _sequence(work: Mapping[str, Any], field: str) -> list[Any]:
    value = work.get(field)
    return value if isinstance(value, list) else []


def _list(work: Mapping[str, Any], field: str) -> list[str]:
    value = work.get(field)
    if isinstance(value, list):
        return [str(text) for text in value if text is not None]
    return [str(value)] if value else []


def _first(work: Mapping[str, Any], field: str) -> str:
    return next((text for text in _list(work, field) if text.strip()), "")


def _person(record: Record, role: str, person: Any) -> None:
    if not isinstance(person, dict):
        record.people(role, [str(person)])
        return
    parts = {part: str(person.get(part) or "") for part in ("family", "given", "suffix")}
    group = str(person.get("name") or "")
    if parts["family"] and parts["given"]:
        record.person(role, parts)
    elif parts["family"] and " " not in parts["family"].strip():
        record.person(role, {"family": parts["family"]})
    else:
        record.person(role, {"literal": group or parts["family"] or parts["given"]})


def _date(value: Any) -> dict[str, Any] | None:
    parts = value.get("date-parts") if isinstance(value, dict) else None
    if not isinstance(parts, list) or not parts or not isinstance(parts[0], list):
        return None
    numbers = [int(part) for part in parts[0] if str(part).isdecimal() and len(str(part)) < 6]
    return {"date-parts": [numbers[:3]]} if numbers else None


def _updates(record: Record, work: Mapping[str, Any]) -> None:
    """Take over the notices, unless the work is a notice itself.

    A notice carries `update-to` with another work's DOI; it may be marked `updated-by` a
    retraction because it is one, which does not retract it. A work that updates itself is the
    paper.
    """
    own = record.csl.get("DOI", "")
    about = [
        notices.kind_of(str(one.get("type") or ""))
        for one in _sequence(work, "update-to")
        if isinstance(one, dict) and (normalise_doi(str(one.get("DOI") or "")) or own) != own
    ]
    is_notice = any(kind in _GRAVE for kind in about)
    found = []
    for one in _sequence(work, "updated-by"):
        if not isinstance(one, dict):
            continue
        word = str(one.get("type") or one.get("label") or "")
        kind = notices.kind_of(word)
        if kind is None:
            _unknown(record, word, str(one.get("DOI") or ""))
        elif not (is_notice and kind in _GRAVE):
            found.append(_notice(kind, word, one))
    record.notices.extend(notices.worst_first(found))
    if is_notice or (about and notices.CORRECTION in about):
        record.is_notice("a retraction or concern" if is_notice else "a correction")


def _notice(kind: str, word: str, one: Mapping[str, Any]) -> dict[str, Any]:
    doi = normalise_doi(str(one.get("DOI") or "")) or ""
    source = " ".join(text for text in ("Crossref", str(one.get("source") or "")) if text)
    return notices.notice(
        kind,
        noticed_on=dates.whole_day(_date(one.get("updated"))),
        doi=doi,
        url=f"https://doi.org/{doi}" if doi else "",
        source=f"{source}: {one.get('label') or word}",
    )


def _unknown(record: Record, word: str, doi: str) -> None:
    if notices.is_known(word):
        record.warn(
            "newer-version",
            f"The publisher has a newer version of this source{': ' + doi if doi else ''}.",
        )
    else:
        record.warn(
            "unknown-notice",
            f"The publisher marks this source with “{word}”{': ' + doi if doi else ''}; look it up.",
        )
