"""Reading files of references: bytes to checked CSL-JSON, notices and warnings. Knows no Django.

Nothing is dropped: a record that cannot be read is among `failed` with its place, the reason and
its text. Nothing is silently repaired either: what looks wrong is a warning. The codes:

========================== =======================================================================
doi-as-title               the title is the DOI; the real title is missing
missing-title              there is no title
missing-year               there is no date of publication
mojibake-title, -author,   a wrong encoding damaged it; the message shows the likely reading
-container-title, …
raw-tex                    TeX commands are left in a title or name
several-people-in-one-name one name seems to hold several people
name-without-comma         family and given name cannot be told apart; the name stays as written
truncated-authors          the list ends in "and others"; `custom` says `authors-et-al`
repeated-id                two records of the file have one key or ID
duplicate-in-file          two records have the same DOI or PMID
unusual-doi                a DOI of odd form, or text that is none (kept under `custom`)
unusual-url                an address that is none (kept under `custom`)
unknown-type               a type that the format does not have; kept as a document
repeated-field             a BibTeX entry has a field twice; the first is used
missing-end                a RIS record without its ER line
title-says-retracted       the title is marked as retracted, but the file has no notice
is-a-notice                the record is a retraction, concern or correction of another paper
newer-version              the publisher has a newer version
unknown-notice             a mark of the publisher that is not known
encoding-guessed           the file is not UTF-8 (record 0: the whole file)
========================== =======================================================================
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from manuscript.citing.reading import (
    bibtex,
    crossref,
    csljson,
    endnote,
    esummary,
    jsonfiles,
    nbib,
    pubmed,
    retraction_watch,
    ris,
    xmlfiles,
)
from manuscript.citing.reading.decoding import MAX_BYTES, decode
from manuscript.citing.reading.record import Record
from manuscript.citing.reading.result import (
    MAX_RECORDS,
    FailedRecord,
    ReadReference,
    ReadReferences,
    RecordWarning,
    ReferencesRefused,
)

__all__ = [
    "FORMATS", "MAX_BYTES", "MAX_RECORDS", "FailedRecord", "ReadReference", "ReadReferences", "RecordWarning",
    "ReferencesRefused", "read_references",
]  # fmt: skip

FORMATS: Final = ("auto", "ris", "bibtex", "nbib", "endnote", "csl", "crossref", "pubmed", "esummary", "retraction-watch")  # fmt: skip

_OF_TEXT = {
    "ris": ris.read,
    "bibtex": bibtex.read,
    "nbib": nbib.read,
    "csl": csljson.read,
    "crossref": crossref.read,
    "esummary": esummary.read,
    "retraction-watch": retraction_watch.read,
}
_OF_XML = {"pubmed": pubmed.read, "endnote": endnote.read}
_STARTS = (("ris", ris.START), ("nbib", nbib.START), ("bibtex", bibtex.START))
_NAMES = {
    "ris": "RIS", "bibtex": "BibTeX", "nbib": "NBIB", "endnote": "EndNote XML", "csl": "CSL-JSON",
    "crossref": "Crossref JSON", "pubmed": "PubMed XML", "esummary": "PubMed esummary JSON",
    "retraction-watch": "Retraction Watch CSV",
}  # fmt: skip
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_references(data: bytes, *, format: str = "auto", name: str = "") -> ReadReferences:  # noqa: A002 - the option's name
    """Return every reference in a file, what failed and what to look at.

    `format` is one of `FORMATS`; "pubmed" also reads esummary JSON. `name`, the file's name, helps
    only to say what cannot be read.

    :raises ReferencesRefused: when the whole file cannot be read, in one line.
    """
    if format not in FORMATS:
        raise ReferencesRefused(
            f"The format {format!r} is not known; it is one of {', '.join(FORMATS)}."
        )
    text, encoding = decode(data)
    kind = _format_of(text, name) if format == "auto" else format
    if kind == "pubmed" and text.lstrip()[:1] == "{":
        kind = "esummary"
    if kind in _OF_XML:
        # The declared encoding was used for decoding; the parser gets plain UTF-8.
        root = xmlfiles.parse(_DECLARATION.sub("", text, count=1).strip().encode())
        if kind == "pubmed" and root.tag not in pubmed.ROOTS:
            raise ReferencesRefused(f"This XML is not PubMed's: its root is “{root.tag}”.")
        found = _OF_XML[kind](root)
    else:
        found = _OF_TEXT[kind](text)
    read = _gathered(found, kind)
    if not read.references and not read.failed:
        raise ReferencesRefused(f"The file holds no record of {_NAMES[kind]}.")
    if encoding == "utf-8":
        return read
    guessed = RecordWarning(
        "encoding-guessed",
        0,
        f"The file is not UTF-8; it was read as {encoding}. Compare accents and signs with the source.",
    )
    return ReadReferences(
        read.references,
        read.failed,
        (guessed, *read.warnings) if not encoding.startswith("utf-") else read.warnings,
        kind,
    )


def _format_of(text: str, name: str) -> str:
    start = text.lstrip()
    if start[:1] in "{[" and not re.match(r"\{\\rtf", start):
        return jsonfiles.kind_of(jsonfiles.load(text))
    if start[:1] == "<":
        tag = re.search(
            r"<([A-Za-z][\w:-]*)[\s>/]",
            re.sub(r"<\?.*?\?>|<!.*?>", "", start[:5000], flags=re.DOTALL),
        )
        if tag and tag[1] in pubmed.ROOTS:
            return "pubmed"
        if tag and tag[1] in {"xml", "records", "record"} and "<record" in text:
            return "endnote"
        raise ReferencesRefused(
            f"This looks like {tag[1] if tag else 'broken'} XML or HTML, which is not a format of references here."
        )
    if retraction_watch.START.match(start):
        return "retraction-watch"
    places = [(match.start(), kind) for kind, pattern in _STARTS if (match := pattern.search(text))]
    if places:
        return min(places)[1]
    if re.match(r"[\"']?(?:Key|Title|Authors?|PMID|Item Type)[\"']?[,;\t]", start, re.IGNORECASE):
        raise ReferencesRefused(
            "This looks like a table (CSV); export the references as RIS, BibTeX or CSL-JSON instead."
        )
    what = f"The file {name}" if name else "The file"
    raise ReferencesRefused(
        f"{what} is in none of the formats that are read: {', '.join(_NAMES.values())}."
    )


def _gathered(found: Iterable[Record | FailedRecord], kind: str) -> ReadReferences:
    references: list[ReadReference] = []
    failed: list[FailedRecord] = []
    warnings: list[RecordWarning] = []
    seen: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, one in enumerate(found, 1):
        if position > MAX_RECORDS:
            raise ReferencesRefused(f"The file holds more than {MAX_RECORDS:,} records; split it.")
        done = one.finish() if isinstance(one, Record) else one
        if isinstance(done, FailedRecord):
            failed.append(done)
            continue
        if isinstance(one, Record):
            warnings += one.warnings
            warnings += _repetitions(one, done, seen)
        references.append(done)
    return ReadReferences(tuple(references), tuple(failed), tuple(warnings), kind)


def _repetitions(
    record: Record, done: ReadReference, seen: dict[tuple[str, str], list[int]]
) -> Iterable[RecordWarning]:
    """Yield a warning where an earlier record has the same key, DOI or PMID."""
    for field, value in (
        ("ID", record.identity),
        ("DOI", done.csl.get("DOI", "")),
        ("PMID", done.csl.get("PMID", "")),
    ):
        if not value:
            continue
        earlier = seen[field, value]
        if earlier:
            code = "repeated-id" if field == "ID" else "duplicate-in-file"
            yield RecordWarning(
                code,
                record.number,
                f"Record {earlier[0]} of this file has the same {field}, “{value[:120]}”.",
            )
        earlier.append(record.number)
