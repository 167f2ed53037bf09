"""NBIB, the MEDLINE format that PubMed exports."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from manuscript.citing.reading import dates, notices, pages
from manuscript.citing.reading.languages import short_code
from manuscript.citing.reading.names import name_of, without_others
from manuscript.citing.reading.record import MAX_SHOWN, Record
from manuscript.citing.reading.result import FailedRecord

START = re.compile(r"^[ \t\ufeff]*PMID ?- ?\d", re.MULTILINE)
_LINE = re.compile(r"\ufeff?([A-Z][A-Z0-9]{1,3}) {0,2}- ?(.*)$")
_IDENTIFIER = re.compile(r"(\S+)\s*\[(\w+)\]")
_GROUP_NAMES = {"CN"}
_KINDS = {"book": "book", "book chapter": "chapter", "preprint": "article"}


@dataclass
class _Raw:
    line: int
    fields: list[tuple[str, str]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def all(self, *tags: str) -> list[str]:
        return [value for tag, value in self.fields if tag in tags and value]

    def first(self, *tags: str) -> str:
        return next((found[0] for tag in tags if (found := self.all(tag))), "")


def read(text: str) -> Iterator[Record | FailedRecord]:
    """Yield a Record per PMID, or a failure for lines that belong to none."""
    for number, raw in enumerate(_split(text), 1):
        place = f"record {number}, line {raw.line}"
        shown = "\n".join(raw.lines).strip()
        if not raw.first("PMID") and not raw.first("TI", "BTI"):
            reason = "These lines belong to no record: PMID and title are missing."
            yield FailedRecord(place, reason, shown[:MAX_SHOWN], number)
        else:
            yield _record(number, place, shown, raw)


def _split(text: str) -> Iterator[_Raw]:
    raw: _Raw | None = None
    blank = False
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            blank = True
            continue
        match = _LINE.match(line)
        begins = bool(match and match[1] == "PMID")
        # A blank line alone ends nothing: some exports put one inside a record.
        if raw and (begins or (blank and match and match[1] == "OWN" and raw.all("OWN"))):
            yield raw
            raw = None
        if match:
            raw = raw or _Raw(number)
            raw.fields.append((match[1], match[2].strip()))
        elif raw and raw.fields:
            tag, value = raw.fields[-1]
            raw.fields[-1] = (tag, f"{value} {line.strip()}".strip())
        if raw:
            raw.lines.append(line)
        blank = False
    if raw:
        yield raw


def _record(number: int, place: str, text: str, raw: _Raw) -> Record:
    types = [one.lower() for one in raw.all("PT")]
    kind = next((_KINDS[one] for one in types if one in _KINDS), "article-journal")
    if raw.first("BTI") and not raw.first("JT", "TA"):
        kind = "chapter" if raw.first("TI") else "book"
    record = Record(number, place, text, kind)
    record.text_field("title", raw.first("TI", "BTI"))
    record.text_field("original-title", raw.first("TT"))
    record.text_field(
        "container-title", raw.first("JT", "TA", *(("BTI",) if kind == "chapter" else ()))
    )
    if raw.first("TA") != record.csl.get("container-title"):
        record.text_field("container-title-short", raw.first("TA"))
    record.text_field("collection-title", raw.first("CTI"))
    _people(record, raw)
    record.date("issued", dates.read_date(raw.first("DP")) or dates.read_date(raw.first("DEP")))
    record.text_field("volume", raw.first("VI"))
    record.text_field("issue", raw.first("IP"))
    record.text_field("page", pages.full_pages(raw.first("PG")))
    record.text_field("edition", raw.first("EN"))
    record.text_field("publisher", raw.first("PB"))
    if kind in {"book", "chapter"}:
        record.text_field("publisher-place", raw.first("PL"))
    record.serials(" ".join(raw.all("IS", "ISBN")))
    record.pmid(raw.first("PMID"))
    record.pmcid(raw.first("PMC"))
    for value in raw.all("AID", "LID"):
        for found, scheme in _IDENTIFIER.findall(value):
            if scheme.lower() == "doi":
                record.doi(found)
    record.text_field("language", short_code(raw.first("LA")))
    record.text_field("abstract", raw.first("AB"))
    record.text_field("keyword", ", ".join(one.strip("*") for one in raw.all("OT")))
    _status(record, raw)
    return record


def _people(record: Record, raw: _Raw) -> None:
    """Full names where there are any; each is followed by its short form, which says it again."""
    for full, short, role in (("FAU", "AU", "author"), ("FED", "ED", "editor")):
        answered = True
        for tag, value in raw.fields:
            groups = role == "author" and tag in _GROUP_NAMES
            if not value or not (groups or tag in {full, short}):
                continue
            name, more = without_others(value)
            if more and role == "author":
                record.go_on()
            if tag == short and not answered:
                answered = True
            elif groups:
                record.person(role, {"literal": name})
            else:
                record.person(role, name_of(name))
                answered = tag != full


def _status(record: Record, raw: _Raw) -> None:
    status = notices.PubMedStatus(raw.all("PT"))
    for tag, kind in status.NBIB.items():
        for value in raw.all(tag):
            status.link(kind, value)
    if raw.all("ROF") and not status.notice_of:
        status.notice_of = "a retraction"
    if raw.all("ECF") and not status.notice_of:
        status.notice_of = "an expression of concern"
    record.settle(status)
