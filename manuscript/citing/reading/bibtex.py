"""BibTeX and BibLaTeX, split by bibtexparser; every block that fails is shown."""

import logging
import re
from collections.abc import Iterator, Mapping
from itertools import islice

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares import RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware
from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import (
    DuplicateBlockKeyBlock,
    DuplicateFieldKeyBlock,
    Entry,
    ParsingFailedBlock,
)

from manuscript.citing.reading import dates, names, pages
from manuscript.citing.reading.record import MAX_SHOWN, Record
from manuscript.citing.reading.result import MAX_RECORDS, FailedRecord, ReferencesRefused
from manuscript.citing.reading.tex import from_tex, has_tex

# It logs what it also returns; the returned blocks are shown to the editor.
logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)

_OPENING = re.compile(r"@\w*[ \t]*[{(]")
START = re.compile(r"@[A-Za-z]+[ \t\n]*[{(]")
TYPES = {
    "article": "article-journal", "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book",
    "booklet": "pamphlet", "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "incollection": "chapter", "inproceedings": "paper-conference", "conference": "paper-conference",
    "proceedings": "book", "mvproceedings": "book", "manual": "report", "mastersthesis": "thesis",
    "phdthesis": "thesis", "thesis": "thesis", "techreport": "report", "report": "report", "online": "webpage",
    "www": "webpage", "electronic": "webpage", "webpage": "webpage", "misc": "document", "unpublished": "manuscript",
    "dataset": "dataset", "software": "software", "patent": "patent", "periodical": "periodical",
    "inreference": "entry-encyclopedia", "reference": "book", "standard": "standard", "review": "review",
    "legislation": "legislation", "jurisdiction": "legal_case", "video": "motion_picture", "movie": "motion_picture",
    "audio": "song", "image": "graphic", "letter": "personal_communication", "artwork": "graphic",
}  # fmt: skip
_THESES = {"mastersthesis": "Master's thesis", "phdthesis": "PhD thesis"}
_ONE_LINE = re.compile(r"(?<=[})])[ \t]*(?=@[A-Za-z]+[ \t]*[{(][^\s{}\"=]*,)")
_CONTAINED = {"chapter", "paper-conference", "entry-encyclopedia"}
_INHERITED = ("publisher", "year", "date", "editor", "series", "address", "location", "isbn", "volume", "edition")  # fmt: skip
_ONE_GROUP = re.compile(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}")


def read(text: str) -> Iterator[Record | FailedRecord]:
    """Yield a Record per entry, and a failure per entry that has no end or cannot be taken apart."""
    # Before it is taken apart: what fails at each mark costs far more than it is long.
    if sum(1 for _ in islice(_OPENING.finditer(text), MAX_RECORDS + 1)) > MAX_RECORDS:
        raise ReferencesRefused(f"The file holds more than {MAX_RECORDS:,} records; split it.")
    library = parse_string(
        _ONE_LINE.sub("\n", text),
        parse_stack=[ResolveStringReferencesMiddleware(), RemoveEnclosingMiddleware()],
    )
    found: list[tuple[Entry, str] | ParsingFailedBlock] = []
    for block in library.blocks:
        if isinstance(block, Entry):
            found.append((block, ""))
        elif isinstance(block, ParsingFailedBlock):
            entry, warning = _recovered(block)
            found.append((entry, warning) if entry else block)
    entries = {
        one[0].key.lower(): _fields(one[0])
        for one in reversed([f for f in found if isinstance(f, tuple)])
    }
    number = 0
    for one in found:
        if isinstance(one, tuple):
            number += 1
            yield _record(number, one[0], one[1], entries)
        else:
            yield _failed(one)


def _recovered(block: ParsingFailedBlock) -> tuple[Entry | None, str]:
    """Return the whole entry that bibtexparser set aside, and what is wrong with it."""
    entry = block.ignore_error_block
    if not isinstance(entry, Entry):
        return None, ""
    if isinstance(block, DuplicateBlockKeyBlock):
        RemoveEnclosingMiddleware().transform_entry(entry, Library())
        return entry, ""
    if isinstance(block, DuplicateFieldKeyBlock):
        RemoveEnclosingMiddleware().transform_entry(entry, Library())
        twice = ", ".join(sorted(block.duplicate_keys))
        return entry, f"The entry has {twice} more than once; the first is used."
    return None, ""


def _failed(block: ParsingFailedBlock) -> FailedRecord:
    raw = (block.raw or "").strip()
    key = re.match(r"@\w+\s*[{(]\s*([^,\s]+)", raw)
    place = f"line {(block.start_line or 0) + 1}" + (f", entry {key[1]}" if key else "")
    return FailedRecord(
        place,
        "The entry cannot be read: a brace or quotation mark is missing, or it never ends.",
        raw[:MAX_SHOWN],
    )


def _fields(entry: Entry) -> dict[str, str]:
    fields: dict[str, str] = {}
    for field in entry.fields:
        value = str(field.value)
        while _outer(value):  # {{…}} protects capitals; inside, it is one group
            if field.key.lower() in {"author", "editor", "translator"}:
                break
            value = value[1:-1]
        fields.setdefault(field.key.lower(), value.strip())
    return fields


def _outer(value: str) -> bool:
    return value.startswith("{") and value.endswith("}") and bool(_ONE_GROUP.fullmatch(value))


def _record(
    number: int, entry: Entry, warning: str, entries: Mapping[str, Mapping[str, str]]
) -> Record:
    fields = _fields(entry)
    kind = entry.entry_type.lower()
    place = f"line {(entry.start_line or 0) + 1}, entry {entry.key or '(without a key)'}"
    record = Record(number, place, (entry.raw or "").strip(), TYPES.get(kind, "document"))
    if fields.get("entrysubtype", "").lower() == "preprint":
        record.csl["type"] = "article"
    record.identity = entry.key
    if entry.key:
        record.csl["citation-key"] = entry.key
    if kind not in TYPES:
        record.warn("unknown-type", f"“@{kind}” is not a type of BibTeX; it is kept as a document.")
    if warning:
        record.warn("repeated-field", warning)
    parent = entries.get(fields.get("crossref", "").lower(), {})
    for field in _INHERITED:
        if field in parent:
            fields.setdefault(field, parent[field])
    if "title" in parent and record.csl["type"] in _CONTAINED:
        fields.setdefault("booktitle", parent["title"])
    for role in ("author", "editor", "translator"):
        _people(record, role, fields.get(role, ""))
    _titles(record, fields)
    _dates(record, fields)
    _places(record, kind, fields)
    _identifiers(record, fields)
    _kept(record, fields)
    return record


def _text(fields: Mapping[str, str], *keys: str) -> str:
    return next((found for key in keys if (found := from_tex(fields.get(key, "")))), "")


def _people(record: Record, role: str, value: str) -> None:
    if not value.strip():
        return
    for one in split_multiple_persons_names(" ".join(value.split())):
        if names.is_others(from_tex(one)):
            if role == "author":
                record.go_on()
        elif _outer(one):
            record.person(role, {"literal": from_tex(one)})
        else:
            record.person(role, _person(one))


def _person(text: str) -> dict[str, str]:
    try:
        parts = parse_single_name_into_parts(text)
    except InvalidNameError:
        return {"literal": from_tex(text)}
    family = from_tex(" ".join(parts.last))
    person = {
        "family": family,
        "given": from_tex(" ".join(parts.first)),
        "suffix": from_tex(" ".join(parts.jr)),
        "non-dropping-particle": from_tex(" ".join(parts.von)),
    }
    if not person["given"] and not person["suffix"] and not person["non-dropping-particle"]:
        return {"literal": family or from_tex(text)}
    return person


def _titles(record: Record, fields: Mapping[str, str]) -> None:
    title, subtitle = _text(fields, "title"), _text(fields, "subtitle")
    if title and subtitle and subtitle not in title:
        title = f"{title}{'' if title[-1] in '?!:' else ':'} {subtitle}"
    record.text_field("title", title)
    record.text_field("title-short", _text(fields, "shorttitle"))
    record.text_field("original-title", _text(fields, "origtitle"))
    record.text_field(
        "container-title",
        _text(fields, "journaltitle", "journal", "booktitle", "maintitle", "issuetitle"),
    )
    record.text_field("container-title-short", _text(fields, "shortjournal", "journalabbr"))
    record.text_field("collection-title", _text(fields, "series"))
    if has_tex(container := str(record.csl.get("container-title", ""))):
        record.warn("raw-tex", f"The journal or book still holds TeX: “{container[:160]}”.")


def _dates(record: Record, fields: Mapping[str, str]) -> None:
    date, year = _text(fields, "date"), _text(fields, "year")
    if date:
        beginning, _, end = date.partition("/")
        issued = dates.read_date(beginning)
        if (
            issued
            and "date-parts" in issued
            and (ending := dates.read_date(end))
            and "date-parts" in ending
        ):
            issued["date-parts"] += ending["date-parts"]
        record.date("issued", issued)
    month = " ".join(part for part in (_text(fields, "month"), _text(fields, "day")) if part)
    if year or month:
        month = re.sub(r"[#\"“”]", " ", month)
        whole = dates.merged(year, " ".join(month.split()))
        numbers = month.split()
        if numbers and all(one.isdigit() for one in numbers) and dates.year_of(whole):
            whole = dates.read_date(f"{dates.year_of(whole)}-{'-'.join(month.split())}") or whole
        record.date("issued", whole)
    record.date("accessed", dates.read_date(_text(fields, "urldate", "accessed", "lastchecked")))


def _places(record: Record, kind: str, fields: Mapping[str, str]) -> None:
    in_journal = record.csl["type"] in {"article-journal", "periodical", "review"}
    record.text_field("volume", _text(fields, "volume"))
    record.text_field("issue", _text(fields, "issue", *(("number",) if in_journal else ())))
    if not in_journal:
        field = "collection-number" if "series" in fields else "number"
        record.text_field(field, _text(fields, "number"))
    record.text_field("page", pages.full_pages(_text(fields, "pages")))
    record.text_field("number-of-pages", _text(fields, "pagetotal"))
    record.text_field("number", _text(fields, "eid", "articleno", "article-number"))
    record.text_field("edition", _text(fields, "edition"))
    record.text_field(
        "publisher", _text(fields, "publisher", "institution", "school", "organization")
    )
    record.text_field("publisher-place", _text(fields, "location", "address"))
    record.text_field("genre", _text(fields, "type") or _THESES.get(kind, ""))
    record.text_field("version", _text(fields, "version"))
    record.text_field("chapter-number", _text(fields, "chapter"))
    record.serials(" ".join(fields.get(key, "") for key in ("issn", "isbn")))


def _identifiers(record: Record, fields: Mapping[str, str]) -> None:
    record.doi(_verbatim(fields, "doi"))
    record.pmid(_verbatim(fields, "pmid"))
    record.pmcid(_verbatim(fields, "pmcid"))
    eprint, archive = (
        _verbatim(fields, "eprint"),
        _text(fields, "eprinttype", "archiveprefix").lower(),
    )
    if archive == "pubmed":
        record.pmid(eprint)
    if archive == "arxiv" and eprint:
        record.text_field("number", f"arXiv:{eprint.removeprefix('arXiv:')}")
        record.text_field("publisher", "arXiv")
        if record.csl["type"] == "document":
            record.csl["type"] = "article"
    record.addresses(
        [_verbatim(fields, "url"), _verbatim(fields, "howpublished"), _verbatim(fields, "link")]
    )
    if record.csl["type"] == "document" and "URL" in record.csl and "howpublished" in fields:
        record.csl["type"] = "webpage"


def _verbatim(fields: Mapping[str, str], key: str) -> str:
    value = re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", fields.get(key, "").strip())
    return re.sub(r"\\([_%&#$~{}])", r"\1", re.sub(r"[{}]", "", value)) if value else ""


def _kept(record: Record, fields: Mapping[str, str]) -> None:
    record.text_field("abstract", _text(fields, "abstract"))
    record.text_field("language", _text(fields, "langid", "language"))
    record.text_field("keyword", _text(fields, "keywords"))
    record.text_field("note", _text(fields, "note"))
