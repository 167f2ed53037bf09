"""CSL-JSON, as Zotero, Mendeley and doi.org give it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from manuscript.citing.reading import jsonfiles, pages
from manuscript.citing.reading.crossref import TYPES as CROSSREF_TYPES
from manuscript.citing.reading.record import MAX_SHOWN, Record
from manuscript.citing.reading.result import FailedRecord
from manuscript.citing.vocabulary import NAMES, TYPES

_NOTED = re.compile(r"^\s*(PMID|PMCID|DOI|ISBN|ISSN)\s*:\s*(\S+)\s*$", re.IGNORECASE)
_OWN = {"DOI", "PMID", "PMCID", "URL", "type", "page", "note", *NAMES}


def read(text: str) -> Iterator[Record | FailedRecord]:
    """Yield a Record per item, or a failure for what is no object."""
    for number, item in enumerate(jsonfiles.records_of(jsonfiles.load(text)), 1):
        shown = json.dumps(item, ensure_ascii=False)[:MAX_SHOWN]
        place = f"record {number}"
        if not isinstance(item, dict):
            yield FailedRecord(place, "The record is not an object of CSL fields.", shown, number)
            continue
        if item.get("id") not in (None, ""):
            place += f", id {item['id']}"
        yield _record(number, place, shown, item)


def _record(number: int, place: str, shown: str, item: dict[str, Any]) -> Record:
    record = Record(number, place, shown)
    record.identity = str(item.get("id") or "")
    kind = item.get("type")
    kind = kind if isinstance(kind, str) else ""
    if kind in TYPES:
        record.csl["type"] = kind
    elif kind in CROSSREF_TYPES:
        record.csl["type"] = CROSSREF_TYPES[kind]
    else:
        record.warn(
            "unknown-type", f"“{kind or 'no type'}” is not a type of CSL; it is kept as a document."
        )
    record.csl |= {key: value for key, value in item.items() if key not in _OWN}
    for role in NAMES & set(item):
        record.csl[role] = (
            [_name(name) for name in item[role]] if isinstance(item[role], list) else item[role]
        )
        _without_others(record, role)
    for key in ("DOI", "PMID", "PMCID"):
        value = item.get(key)
        if value is not None:
            {"DOI": record.doi, "PMID": record.pmid, "PMCID": record.pmcid}[key](_one(value))
    if isinstance(item.get("page"), str):
        record.text_field("page", pages.full_pages(item["page"]))
    elif item.get("page") is not None:
        record.csl["page"] = item["page"]
    if item.get("URL"):
        record.csl["URL"] = _one(item["URL"])
        record.addresses([record.csl["URL"]])
    _note(record, item.get("note"))
    return record


def _one(value: Any) -> str:
    return str(value[0] if isinstance(value, list) and value else value)


def _name(name: Any) -> Any:
    """Keep a name's own parts; what is no name is left for the check to refuse."""
    if isinstance(name, dict):
        return {key: value for key, value in name.items() if value not in (None, "")}
    return name


def _without_others(record: Record, role: str) -> None:
    """Take "others" at the end of a list as the mark that it goes on."""
    people = record.csl[role]
    if not isinstance(people, list) or not people or not isinstance(people[-1], dict):
        return
    words = " ".join(str(part) for part in people[-1].values()).strip(" .").lower()
    if words in {"others", "et al", "and others"}:
        record.csl[role] = people[:-1]
        if role == "author":
            record.go_on()


def _note(record: Record, note: Any) -> None:
    """Read the identifiers that Zotero keeps in a note, a line each; other words stay a note."""
    if not isinstance(note, str):
        if note is not None:
            record.csl["note"] = note
        return
    kept = []
    for line in note.split("\n"):
        match = _NOTED.match(line)
        field = match[1].upper() if match else ""
        if match and field in {"PMID", "PMCID", "DOI"} and field not in record.csl:
            {"PMID": record.pmid, "PMCID": record.pmcid, "DOI": record.doi}[field](match[2])
            if field in record.csl:
                continue
        kept.append(line)
    record.text_field("note", " ".join(kept))
