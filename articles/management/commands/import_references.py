"""`manage.py import_references FILE`: a file of references goes into the library, with warnings."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.management.people import CommandRefused, bytes_of, person_named
from articles.references.actions.reference_files import ImportOutcome, import_references
from kernel.errors import NotAllowed, WrongState
from manuscript.citing.reading import (
    FORMATS,
    MAX_BYTES,
    FailedRecord,
    ReadReferences,
    ReferencesRefused,
    read_references,
)

REFUSED = 2


class Command(BaseCommand):
    help = (
        "Import references from RIS, BibTeX, NBIB, EndNote XML, CSL-JSON, Crossref JSON or PubMed"
        " XML. Exit code 2 and one line on stderr say why a file cannot be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the file to import")
        parser.add_argument("--format", choices=FORMATS, default="auto")
        parser.add_argument("--author", default="", help="the e-mail or exact name of an editor")
        parser.add_argument("--dry-run", action="store_true", help="read the file, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        outcome = None
        try:
            read = read_references(
                bytes_of(path, most=MAX_BYTES), format=options["format"], name=path.name
            )
            if not options["dry_run"]:
                outcome = import_references(
                    actor=person_named(options["author"]), read=read, at=timezone.now()
                )
        except (CommandRefused, ReferencesRefused, NotAllowed, WrongState) as refusal:
            self.stderr.write(" ".join(str(refusal).split()))
            sys.exit(REFUSED)
        failed = outcome.failed if outcome else read.failed
        if options["json"]:
            self.stdout.write(json.dumps(as_json(read, failed), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(read, failed, outcome))


def as_json(read: ReadReferences, failed: tuple[FailedRecord, ...]) -> dict[str, Any]:
    """Return the report as `--json` prints it."""
    return {
        "records": read.records,
        "references": [
            {"csl": one.csl, "notices": [dict(notice) for notice in one.notices]}
            for one in read.references
        ],
        "failed": [{"place": one.place, "reason": one.reason, "text": one.text} for one in failed],
        "warnings": [
            {"code": one.code, "record": one.record, "message": one.message}
            for one in read.warnings
        ],
    }


def as_text(
    read: ReadReferences, failed: tuple[FailedRecord, ...], outcome: ImportOutcome | None
) -> str:
    """Return the report as people read it."""
    numbers = (
        f"{_counted(len(read.references), 'reference')}, {len(failed)} failed,"
        f" {_counted(len(read.warnings), 'warning')}"
    )
    lines = [f"{_counted(read.records, 'record')} of {read.format}: {numbers}"]
    for one in read.references:
        title = one.csl.get("title") or one.csl.get("DOI") or one.csl.get("URL") or "(no title)"
        marks = "".join(f" [{notice['kind'].replace('_', ' ').lower()}]" for notice in one.notices)
        lines.append(f"  {one.record}. {_short(str(title))}{marks}")
    if failed:
        lines += ["", "Not imported:"]
        lines += [f"  {one.place}: {one.reason}\n    {_short(one.text)}" for one in failed]
    if read.warnings:
        lines += ["", "To look at:"]
        lines += [
            f"  record {one.record}: {one.code}: {one.message}"
            if one.record
            else f"  the file: {one.code}: {one.message}"
            for one in read.warnings
        ]
    return "\n".join([*lines, "", *_done(outcome)])


def _done(outcome: ImportOutcome | None) -> list[str]:
    if outcome is None:
        return ["Nothing was written."]
    already = f"{len(outcome.already_there)} were in the library already"
    added = f"Added {_counted(len(outcome.added), 'reference')}"
    lines = [f"{added}; {already}; recorded {_counted(len(outcome.noticed), 'notice')}."]
    lines += [
        f"  record {one.read.record}: already there as {one.reference.key}"
        for one in outcome.already_there
    ]
    if outcome.notices_left:
        lines.append(f"The notices in the file were not recorded. {outcome.notices_left}")
    lines += [
        f"  {one.reference.key} and {one.other.key} share title and year"
        f"{' and authors' if one.is_likely else ''}; they may be one source."
        for one in outcome.proposals
    ]
    return lines


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 100 else words[:99] + "…"
