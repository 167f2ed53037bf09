"""PubMed's esummary JSON."""

import json
from collections.abc import Iterator
from typing import Any

from manuscript.citing.reading import dates, jsonfiles, notices, pages
from manuscript.citing.reading.languages import short_code
from manuscript.citing.reading.names import name_of
from manuscript.citing.reading.record import MAX_SHOWN, Record
from manuscript.citing.reading.result import FailedRecord, ReferencesRefused


def read(text: str) -> Iterator[Record | FailedRecord]:
    """Yield a Record per PMID, or a failure where PubMed gave an error.

    :raises ReferencesRefused: when it is no esummary answer.
    """
    answer = jsonfiles.load(text)
    result = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(result, dict):
        raise ReferencesRefused("This JSON is no answer of PubMed's esummary.")
    uids = result.get("uids") or [key for key in result if key.isdigit()]
    for number, uid in enumerate(uids, 1):
        place = f"record {number}, PMID {uid}"
        item = result.get(str(uid))
        shown = json.dumps(item, ensure_ascii=False)[:MAX_SHOWN]
        if not isinstance(item, dict) or item.get("error"):
            reason = str(item.get("error")) if isinstance(item, dict) else "PubMed gave no answer."
            yield FailedRecord(place, reason, shown, number)
        else:
            yield _record(number, place, shown, str(uid), item)


def _record(number: int, place: str, shown: str, uid: str, item: dict[str, Any]) -> Record:
    record = Record(number, place, shown, "article-journal")
    if item.get("doctype") in {"book", "chapter"}:
        record.csl["type"] = str(item["doctype"])
    kinds = item.get("pubtype")
    types = [str(one) for one in kinds] if isinstance(kinds, list) else []
    if "Preprint" in types:
        record.csl["type"] = "article"
    record.pmid(uid)
    _identifiers(record, item)
    record.text_field("title", str(item.get("title") or item.get("booktitle") or ""))
    record.text_field("original-title", str(item.get("vernaculartitle") or ""))
    if item.get("title") and item.get("booktitle"):
        record.text_field("container-title", str(item["booktitle"]))
    record.text_field(
        "container-title", str(item.get("fulljournalname") or item.get("source") or "")
    )
    if item.get("source") != record.csl.get("container-title"):
        record.text_field("container-title-short", str(item.get("source") or ""))
    _people(record, item)
    record.date("issued", dates.read_date(str(item.get("pubdate") or item.get("epubdate") or "")))
    for field in ("volume", "issue", "edition"):
        record.text_field(field, str(item.get(field) or ""))
    record.text_field("page", pages.full_pages(str(item.get("pages") or "")))
    record.text_field("publisher", str(item.get("publishername") or ""))
    record.text_field("publisher-place", str(item.get("publisherlocation") or ""))
    record.serials(f"{item.get('issn') or ''} {item.get('essn') or ''}")
    languages = item.get("lang")
    if isinstance(languages, list) and languages:
        record.text_field("language", short_code(str(languages[0])))
    _status(record, item, types)
    return record


def _objects(item: dict[str, Any], field: str) -> list[dict[str, Any]]:
    value = item.get(field)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _identifiers(record: Record, item: dict[str, Any]) -> None:
    for one in _objects(item, "articleids"):
        value = str(one.get("value") or "")
        if one.get("idtype") == "doi":
            record.doi(value)
        elif one.get("idtype") in {"pmc", "pmcid"} and value.upper().startswith("PMC"):
            record.pmcid(value)


def _people(record: Record, item: dict[str, Any]) -> None:
    for one in _objects(item, "authors"):
        name, kind = str(one.get("name") or ""), str(one.get("authtype") or "").lower()
        role = "editor" if "editor" in kind else "author"
        if name:
            record.person(role, {"literal": name} if "collective" in kind else name_of(name))


def _status(record: Record, item: dict[str, Any], types: list[str]) -> None:
    status = notices.PubMedStatus(types)
    for one in _objects(item, "references"):
        relation = str(one.get("reftype") or "").replace(" ", "").lower()
        if kind := status.IN.get(relation):
            status.link(kind, str(one.get("refsource") or ""), str(one.get("pmid") or ""))
        elif relation in status.OF and not status.notice_of:
            status.notice_of = status.OF[relation]
    record.settle(status)
