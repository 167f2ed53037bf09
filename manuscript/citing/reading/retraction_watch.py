"""The Retraction Watch database as a CSV file: a paper and its notices per original DOI or PMID."""

import csv
import io
import re
from collections.abc import Iterator

from manuscript.citing.identifiers import normalise_doi, normalise_pmid
from manuscript.citing.reading import notices
from manuscript.citing.reading.record import MAX_SHOWN, Record
from manuscript.citing.reading.result import FailedRecord, ReferencesRefused

START = re.compile(r"[\"']?Record ID[\"']?,[\"']?Title", re.IGNORECASE)
_NEEDED = {"Record ID", "Title", "OriginalPaperDOI", "RetractionDate", "RetractionNature"}
_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b")


def read(text: str) -> Iterator[Record | FailedRecord]:
    """Yield a Record per original paper with all its notices, and a failure per row about none.

    :raises ReferencesRefused: when the columns are not those of Retraction Watch.
    """
    rows = csv.DictReader(io.StringIO(text), restval="")
    missing = _NEEDED - set(rows.fieldnames or ())
    if missing:
        raise ReferencesRefused(
            f"The columns {', '.join(sorted(missing))} of Retraction Watch are missing."
        )
    papers: dict[str, Record] = {}
    count = 0
    for row in rows:
        place = f"line {rows.line_num}, Record ID {row['Record ID']}"
        shown = ", ".join(value for value in row.values() if isinstance(value, str) and value)[
            :MAX_SHOWN
        ]
        doi = normalise_doi(row["OriginalPaperDOI"] or "") or ""
        pmid = normalise_pmid(row.get("OriginalPaperPubMedID") or "") or ""
        nature = row["RetractionNature"] or ""
        kind = notices.kind_of(nature)
        if not (doi or pmid) or kind is None:
            count += 1
            why = (
                "names no DOI or PMID of the paper"
                if kind
                else f"has a nature not known, “{nature}”"
            )
            yield FailedRecord(place, f"The row {why}.", shown, count)
            continue
        key = doi or pmid
        if key not in papers:
            count += 1
            papers[key] = _paper(count, place, shown, row, doi, pmid)
        own = normalise_doi(row.get("RetractionDOI") or "") or ""
        papers[key].notices.append(
            notices.notice(
                kind,
                noticed_on=_day(row["RetractionDate"] or ""),
                doi=own,
                url=f"https://doi.org/{own}" if own else "",
                source=f"Retraction Watch: {nature}; {(row.get('Reason') or '').strip(' ;')}",
            )
        )
    for paper in papers.values():
        paper.notices = notices.worst_first(paper.notices)
        yield paper


def _paper(number: int, place: str, shown: str, row: dict[str, str], doi: str, pmid: str) -> Record:
    record = Record(number, place, shown, "article-journal")
    record.text_field("title", row["Title"])
    record.text_field("container-title", row.get("Journal"))
    record.text_field("publisher", row.get("Publisher"))
    record.doi(doi)
    record.pmid(pmid)
    if day := _day(row.get("OriginalPaperDate") or ""):
        record.date("issued", {"date-parts": [[int(part) for part in day.split("-")]]})
    for name in (row.get("Author") or "").split(";"):
        if name.strip() and name.strip().lower() != "unavailable":
            record.person("author", {"literal": name.strip()})
    return record


def _day(text: str) -> str | None:
    match = _DATE.match(text.strip())
    return f"{int(match[3]):04}-{int(match[1]):02}-{int(match[2]):02}" if match else None
