"""`manage.py import_article FILE|DIRECTORY`: files become drafts, with warnings."""

import hashlib
import json
import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils import timezone

from articles.imports.actions.imports import Origin, import_article
from articles.management.article_reports import as_json, as_text
from articles.management.bulk import Bulk, FileOutcome, files_in
from articles.management.people import CommandRefused, bytes_of, person_named
from articles.management.progress import Progress
from articles.models import Audience
from kernel.errors import NotAllowed
from manuscript.importing import (
    FORMATS,
    MAX_FILE_BYTES,
    TRACKED_CHANGES,
    ImportRefused,
    read_article,
)

REFUSED = 2
SOME_REFUSED = 3


class Command(BaseCommand):
    help = (
        "Import a file as a draft, or every file of a folder as a draft each. Exit code 2 and one "
        "line on stderr say why nothing could be imported; 3, that some files of a folder were "
        "refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the file to import, or a folder of files")
        parser.add_argument("--format", choices=FORMATS, default="auto")
        parser.add_argument(
            "--tracked-changes",
            choices=TRACKED_CHANGES,
            default="ask",
            help="what becomes of tracked changes: accept or reject them; ask refuses the file",
        )
        parser.add_argument("--audience", default="clinician", help="an audience's slug")
        parser.add_argument("--language", default="en", help="the language the text is in")
        parser.add_argument("--author", default="", help="the e-mail or exact name of an editor")
        parser.add_argument(
            "--ai-model", default="", help="the language model that had a part in the text"
        )
        parser.add_argument("--dry-run", action="store_true", help="read the file, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument(
            "--report", default="", help="of a folder: write a line of JSON for each file there"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            self._known_language(options["language"])
            if path.is_dir():
                self._import_folder(path, options)
            else:
                self._import_file(path, options)
        except (CommandRefused, ImportRefused, NotAllowed) as refusal:
            self._refuse(str(refusal))
        except ValidationError as invalid:
            self._refuse(" ".join(invalid.messages))

    def _refuse(self, reason: str) -> NoReturn:
        self.stderr.write(" ".join(reason.split()))
        sys.exit(REFUSED)

    def _import_file(self, path: Path, options: dict[str, Any]) -> None:
        author = None if options["dry_run"] else person_named(options["author"])
        audience = None if options["dry_run"] else _audience(options["audience"])
        data = bytes_of(path, most=MAX_FILE_BYTES)
        imported = read_article(
            data,
            format=options["format"],
            language=options["language"],
            name=path.name,
            tracked_changes=options["tracked_changes"],
        )
        edition = None
        if author and audience:
            edition = import_article(
                actor=author,
                imported=imported,
                audience=audience,
                language=options["language"],
                origin=Origin(
                    name=path.name,
                    format=options["format"],
                    digest=hashlib.sha256(data).hexdigest(),
                ),
                ai_provenance=_provenance(options["ai_model"], author.name),
                at=timezone.now(),
            ).pk
        if options["json"]:
            report = as_json(imported, edition)
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(imported, edition))

    def _import_folder(self, root: Path, options: dict[str, Any]) -> None:
        """Import every file; say what became of each, and how to go on after an interruption."""
        files = files_in(root)
        dry = options["dry_run"]
        author = None if dry else person_named(options["author"])
        bulk = Bulk(
            author=author,
            audience=None if dry else _audience(options["audience"]),
            language=options["language"],
            format=options["format"],
            tracked_changes=options["tracked_changes"],
            ai_provenance=_provenance(options["ai_model"], author.name if author else ""),
            clock=timezone.now,
        )
        outcomes: list[FileOutcome] = []
        interrupted = False
        with _report(options["report"]) as report, Progress(len(files), self.stderr) as progress:
            try:
                for outcome in bulk.import_each(root, files):
                    outcomes.append(outcome)
                    report.write(json.dumps(outcome.as_json(), ensure_ascii=False) + "\n")
                    report.flush()
                    progress.step(outcome.path)
            except KeyboardInterrupt:
                interrupted = True
        self._sum_up(outcomes, len(files), interrupted=interrupted, as_object=options["json"])
        if interrupted:
            sys.exit(130)
        if any(outcome.state == "refused" for outcome in outcomes):
            sys.exit(SOME_REFUSED)

    def _sum_up(
        self, outcomes: list[FileOutcome], total: int, *, interrupted: bool, as_object: bool
    ) -> None:
        times = Counter(outcome.state for outcome in outcomes)
        if as_object:
            summary = {
                "total": total,
                "imported": times["imported"],
                "read": times["read"],
                "there_already": times["there-already"],
                "refused": times["refused"],
                "interrupted": interrupted,
                "files": [outcome.as_json() for outcome in outcomes],
            }
            self.stdout.write(json.dumps(summary, ensure_ascii=False, indent=2))
            return
        for outcome in outcomes:
            self.stdout.write(_line(outcome))
        self.stdout.write(
            f"\n{total} files: {times['imported']} imported, {times['there-already']} there already, "
            f"{times['refused']} refused"
            + (f", {times['read']} read and not stored" if times["read"] else "")
            + "."
        )
        if interrupted:
            self.stdout.write(
                f"Interrupted after {len(outcomes)} of {total}. Start it again the same way: "
                "what is there already is left alone."
            )

    @staticmethod
    def _known_language(language: str) -> None:
        known = [code for code, _name in settings.LANGUAGES]
        if language not in known:
            raise CommandRefused(
                f"{language!r} is not a language of this site; it is one of {', '.join(known)}."
            )


def _line(outcome: FileOutcome) -> str:
    if outcome.state == "refused":
        return f"{outcome.path}: refused. {outcome.reason}"
    if outcome.state == "there-already":
        return f"{outcome.path}: there already, as edition {outcome.edition}"
    where = "not stored" if outcome.edition is None else f"edition {outcome.edition}"
    look = f", {outcome.warnings} things to look at" if outcome.warnings else ""
    return f"{outcome.path}: {where}{look}"


def _provenance(model: str, responsible: str) -> dict[str, str]:
    return {"model": model, "responsible": responsible} if model else {}


def _report(path: str) -> Any:
    """Return the report's file, opened to be added to; a null device without one.

    :raises CommandRefused: if it cannot be written.
    """
    try:
        return Path(path or "/dev/null").open("a", encoding="utf-8")
    except OSError as error:
        raise CommandRefused(f"The report {path} cannot be written: {error}.") from error


def _audience(slug: str) -> Audience:
    try:
        return Audience.objects.get(slug=slug)
    except Audience.DoesNotExist as error:
        known = ", ".join(
            Audience.objects.order_by("position", "pk").values_list("slug", flat=True)
        )
        raise CommandRefused(f"There is no audience {slug!r}; it is one of: {known}.") from error
