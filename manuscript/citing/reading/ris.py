"""RIS, as Zotero, EndNote, Embase, Scopus, Citavi and PubMed exports really write it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from manuscript.citing.reading import dates, pages
from manuscript.citing.reading.record import MAX_SHOWN, Record
from manuscript.citing.reading.result import FailedRecord

START = re.compile(r"^[ \t\ufeff]*TY {1,2}-", re.MULTILINE)
TYPES = {
    "ABST": "article-journal", "ADVS": "motion_picture", "AGGR": "dataset", "ANCIENT": "classic", "ART": "graphic",
    "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter",
    "CHART": "graphic", "CLSWK": "classic", "COMP": "software", "CONF": "paper-conference", "CPAPER": "paper-conference",
    "CTLG": "book", "DATA": "dataset", "DBASE": "dataset", "DICT": "entry-dictionary", "EBOOK": "book",
    "ECHAP": "chapter", "EDBOOK": "book", "EJOUR": "article-journal", "ELEC": "webpage", "ENCYC": "entry-encyclopedia",
    "EQUA": "figure", "FIGURE": "figure", "GOVDOC": "report", "GRNT": "report", "HEAR": "hearing", "ICOMM": "post",
    "INPR": "article-journal", "INTV": "interview", "JFULL": "article-journal", "JOUR": "article-journal",
    "LEGAL": "regulation", "MANSCPT": "manuscript", "MAP": "map", "MGZN": "article-magazine", "MPCT": "motion_picture",
    "MULTI": "webpage", "MUSIC": "musical_score", "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent",
    "PCOMM": "personal_communication", "POD": "song", "PREP": "article", "PRESS": "article-newspaper", "RPRT": "report",
    "SER": "book", "SLIDE": "graphic", "SOUND": "song", "STAND": "standard", "STAT": "legislation", "STD": "standard",
    "THES": "thesis", "UNBILL": "bill", "UNPB": "manuscript", "UNPD": "manuscript", "VIDEO": "motion_picture",
    "WEB": "webpage",
}  # fmt: skip

_LINE = re.compile(r"[ \t\ufeff]*([A-Z][A-Z0-9]) {1,2}-(?:[ \t](.*)|[ \t]*)$")
_END = re.compile(r"[ \t]*ER {1,2}-[ \t]*$")
_SEPARATE = {"KW", "AD", "N1", "U1", "U2", "U3"}
_WHOLE_BOOKS = {"book", "report", "thesis", "classic", "standard", "pamphlet"}
_PARTS = {"chapter", "entry-encyclopedia", "entry-dictionary", "paper-conference"}
_JOURNALS = {"article-journal", "article-magazine", "article-newspaper"}
_LABELLED_PMID = re.compile(r"\bPMID\s*[:=]?\s*(\d{1,9})\b", re.IGNORECASE)
_PUBMED = re.compile(r"\b(?:nlm|pubmed|medline)\b", re.IGNORECASE)
_PMCID = re.compile(r"PMC\d{1,9}", re.IGNORECASE)


@dataclass
class _Raw:
    line: int
    fields: list[tuple[str, list[str]]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    ended: bool = False

    def all(self, *tags: str) -> list[str]:
        """Return every value of these tags, in the order of the file."""
        return [
            joined for tag, values in self.fields if tag in tags if (joined := " ".join(values))
        ]

    def first(self, *tags: str) -> str:
        """Return the first value of the first tag that has one."""
        return next((found[0] for tag in tags if (found := self.all(tag))), "")


def read(text: str) -> Iterator[Record | FailedRecord]:
    """Yield a Record per TY, or a failure for tagged lines that no TY begins."""
    for number, raw in enumerate(_split(text), 1):
        place = f"record {number}, line {raw.line}"
        shown = "\n".join(raw.lines).strip()
        if not raw.fields or raw.fields[0][0] != "TY":
            reason = "These lines belong to no record: the line “TY  - ” is missing."
            yield FailedRecord(place, reason, shown[:MAX_SHOWN], number)
            continue
        record = _record(number, place, shown, raw)
        if not raw.ended:
            record.warn(
                "missing-end", "The record has no “ER” line; it was read to where the next begins."
            )
        yield record


def _split(text: str) -> Iterator[_Raw]:
    raw: _Raw | None = None
    for number, line in enumerate(text.split("\n"), 1):
        if _END.match(line):
            if raw:
                raw.ended = True
                yield raw
            raw = None
            continue
        match = _LINE.match(line)
        if match and match[1] == "TY" and raw:
            yield raw
            raw = None
        if match and match[1] != "ER":
            raw = raw or _Raw(number)
            raw.fields.append(
                (match[1], [match[2].strip()] if match[2] and match[2].strip() else [])
            )
        elif raw and raw.fields and line.strip():
            tag, values = raw.fields[-1]
            if tag in _SEPARATE:
                raw.fields.append((tag, [line.strip()]))
            else:
                values.append(line.strip())
        if raw:
            raw.lines.append(line)
    if raw:
        yield raw


def _record(number: int, place: str, text: str, raw: _Raw) -> Record:
    record = Record(number, place, text)
    kind = raw.first("TY").upper()
    record.csl["type"] = TYPES.get(kind, "document")
    if kind not in TYPES and kind != "GEN":
        record.warn(
            "unknown-type", f"“{kind or 'no type'}” is not a type of RIS; it is kept as a document."
        )
    record.identity = raw.first("ID")
    _titles(record, raw)
    record.people("author", raw.all("AU", "A1"))
    record.people("editor", raw.all("A2", "ED"))
    record.people("collection-editor", raw.all("A3"))
    record.people("translator", raw.all("A4", "TA"))
    _dates(record, raw)
    _places(record, raw)
    _identifiers(record, raw)
    record.text_field("abstract", raw.first("AB", "N2"))
    record.text_field("language", raw.first("LA"))
    record.text_field("keyword", ", ".join(dict.fromkeys(raw.all("KW"))))
    return record


def _titles(record: Record, raw: _Raw) -> None:
    kind = record.csl["type"]
    whole = kind in _WHOLE_BOOKS
    record.text_field("title", raw.first("TI", "T1", "CT", *(("BT", "T2") if whole else ())))
    record.text_field("title-short", _unlike(record, raw.first("ST")))
    record.text_field("original-title", raw.first("OP") if kind == "article-journal" else "")
    if whole:
        record.text_field("collection-title", _unlike(record, raw.first("T2", "T3", "JF")))
    elif kind in _PARTS:
        record.text_field("container-title", raw.first("T2", "BT", "C3", "JF", "JO"))
        record.text_field("collection-title", raw.first("T3"))
    else:
        record.text_field("container-title", raw.first("JF", "T2", "JO", "JA", "J2", "J1", "BT"))
        short = raw.first("J2", "JA", "JO", "J1")
        if short != record.csl.get("container-title"):
            record.text_field("container-title-short", short)


def _unlike(record: Record, text: str) -> str:
    return "" if text == record.csl.get("title") else text


def _dates(record: Record, raw: _Raw) -> None:
    record.date("issued", dates.merged(raw.first("PY", "Y1"), raw.first("DA") or raw.first("Y1")))
    if accessed := dates.read_date(raw.first("Y2")):
        record.date("accessed", accessed if len(accessed.get("date-parts", [[]])[0]) == 3 else None)


def _places(record: Record, raw: _Raw) -> None:
    record.text_field("volume", raw.first("VL"))
    record.text_field("issue", raw.first("IS"))
    kind = record.csl["type"]
    if kind in _WHOLE_BOOKS and "-" not in raw.first("SP") and not raw.first("EP"):
        record.text_field("number-of-pages", raw.first("SP"))
    else:
        record.text_field("page", pages.full_pages(raw.first("SP"), raw.first("EP")))
    if kind in _JOURNALS:  # EndNote: article number
        record.text_field("number", raw.first("C7"))
    else:  # EndNote puts the day of the online version into a journal's ET
        record.text_field("edition", raw.first("ET"))
    record.text_field("publisher", raw.first("PB"))
    record.text_field("publisher-place", raw.first("CY", "PP"))
    if kind in {"report", "thesis", "article", "standard", "patent"}:
        record.text_field("genre", raw.first("M3"))
        record.text_field("number", raw.first("M1") if kind != "thesis" else "")
    record.serials(" ".join(raw.all("SN")))


def _identifiers(record: Record, raw: _Raw) -> None:
    record.doi(raw.first("DO"))
    record.addresses([*raw.all("UR"), *raw.all("L2", "LK", "L1"), *raw.all("M3")])
    number = raw.first("AN")
    if number.isdigit() and _PUBMED.search(" ".join(raw.all("DP", "DB", "UR"))):
        record.pmid(number)
    for value in raw.all("C5"):  # Embase: "Medline PMID"
        if value.isdigit() and 4 <= len(value) <= 8:
            record.pmid(value)
    for value in raw.all("AN", "C2", "C5", "N1", "M1", "M2", "U1"):
        if match := _LABELLED_PMID.search(value):
            record.pmid(match[1])
        if _PMCID.fullmatch(value):
            record.pmcid(value)
