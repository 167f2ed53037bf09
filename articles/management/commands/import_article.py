"""`manage.py import_article FILE`: a file becomes a draft, with warnings."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.errors import NotAllowed
from accounts.models import User
from accounts.models.user import Role
from articles.actions.imports import import_article
from articles.importing import (
    FORMATS,
    MAX_BYTES,
    ImportedArticle,
    ImportRefused,
    counts,
    read_article,
)
from articles.models import Audience

REFUSED = 2


class Command(BaseCommand):
    help = "Import a page as a draft. Exit code 2 and one line on stderr say why it cannot be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the file to import")
        parser.add_argument("--format", choices=FORMATS, default="auto")
        parser.add_argument("--audience", default="clinician", help="an audience's slug")
        parser.add_argument("--language", default="en", help="the language the text is in")
        parser.add_argument("--author", default="", help="the e-mail or exact name of an editor")
        parser.add_argument("--dry-run", action="store_true", help="read the file, write nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        dry = options["dry_run"]
        try:
            language = _known_language(options["language"])
            author = None if dry else _author(options["author"])
            audience = None if dry else _audience(options["audience"])
            imported = read_article(
                _bytes_of(path), format=options["format"], language=language, name=path.name
            )
            edition = None
            if author and audience:
                edition = import_article(
                    actor=author,
                    imported=imported,
                    audience=audience,
                    language=language,
                    source_name=path.name,
                    at=timezone.now(),
                ).pk
        except (ImportRefused, NotAllowed) as refusal:
            self._refuse(str(refusal))
        except ValidationError as invalid:
            self._refuse(" ".join(invalid.messages))
        if options["json"]:
            report = as_json(imported, edition)
            self.stdout.write(json.dumps(report, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(as_text(imported, edition))

    def _refuse(self, reason: str) -> None:
        self.stderr.write(" ".join(reason.split()))
        sys.exit(REFUSED)


def as_json(imported: ImportedArticle, edition: int | None) -> dict[str, Any]:
    """Return the report as `--json` prints it."""
    return {
        "edition": edition,
        "title": imported.title,
        "heading": imported.heading,
        **counts(imported),
        "references": [
            {"csl": reference.csl, "identified": reference.identified}
            for reference in imported.references
        ],
        "disclaimers": [
            {"language": one.language, "jurisdiction": one.jurisdiction, "text": one.text}
            for one in imported.disclaimers
        ],
        "updated_on": imported.updated_on.isoformat() if imported.updated_on else None,
        "warnings": [
            {
                "code": warning.code,
                "line": warning.line,
                "text": warning.text,
                "proposal": warning.proposal,
            }
            for warning in imported.warnings
        ],
    }


def as_text(imported: ImportedArticle, edition: int | None) -> str:
    """Return the report as people read it."""
    numbers = ", ".join(
        f"{number} {name.replace('_', ' ')}" for name, number in counts(imported).items()
    )
    lines = [imported.title]
    if imported.heading:
        lines.append(f"  heading: {imported.heading}")
    lines.append(f"  {numbers}")
    if imported.updated_on:
        lines.append(f"  last updated {imported.updated_on.isoformat()}")
    lines += [
        f"  disclaimer ({one.language}{', ' + one.jurisdiction if one.jurisdiction else ''}): "
        f"{_short(one.text)}"
        for one in imported.disclaimers
    ]
    for reference in imported.references:
        state = "identified" if reference.identified else "to be identified"
        csl = reference.csl
        words = csl.get("title") or csl.get("URL") or csl.get("note") or ""
        lines.append(f"  reference {reference.label} ({state}): {_short(str(words))}")
    if imported.warnings:
        lines += ["", f"{len(imported.warnings)} things to look at:"]
    for warning in imported.warnings:
        proposal = f"  → {warning.proposal}" if warning.proposal else ""
        lines.append(f"line {warning.line}: {warning.code}: {_short(warning.text)}{proposal}")
    lines += [
        "",
        "Nothing was written." if edition is None else f"The draft is edition {edition}.",
    ]
    return "\n".join(lines)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 100 else words[:99] + "…"


def _bytes_of(path: Path) -> bytes:
    """Return what the file holds, looking at its size first.

    :raises ImportRefused: when it cannot be read or is too large.
    """
    try:
        if not path.is_file():
            raise ImportRefused(f"There is no file {path}.")
        if (size := path.stat().st_size) > MAX_BYTES:
            raise ImportRefused(
                f"The file has {size / 1024 / 1024:.1f} MB; at most {MAX_BYTES // 1024 // 1024} MB are read."
            )
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        if isinstance(error, ImportRefused):
            raise
        raise ImportRefused(f"The file {path} cannot be read: {error}.") from error


def _known_language(language: str) -> str:
    known = [code for code, _name in settings.LANGUAGES]
    if language not in known:
        raise ImportRefused(
            f"{language!r} is not a language of this site; it is one of {', '.join(known)}."
        )
    return language


def _audience(slug: str) -> Audience:
    try:
        return Audience.objects.get(slug=slug)
    except Audience.DoesNotExist as error:
        known = ", ".join(
            Audience.objects.order_by("position", "pk").values_list("slug", flat=True)
        )
        raise ImportRefused(f"There is no audience {slug!r}; it is one of: {known}.") from error


def _author(name: str) -> User:
    """Return the active user that `--author` names; without it, the only active editor.

    :raises ImportRefused: when there is none, or more than one.
    """
    if name:
        people = list(User.objects.active().filter(email__iexact=name).order_by("pk")[:2])
        people = people or list(User.objects.active().filter(name=name).order_by("pk")[:10])
        if not people:
            inactive = User.objects.filter(email__iexact=name) | User.objects.filter(name=name)
            what = "is not active" if inactive.exists() else "is not known, by e-mail or exact name"
            raise ImportRefused(f"The author {name!r} {what}.")
        if len(people) > 1:
            emails = ", ".join(person.email for person in people)
            raise ImportRefused(f"Several people are called {name!r}; give an e-mail: {emails}.")
        return people[0]
    editors = list(User.objects.active().with_role(Role.EDITOR).order_by("pk")[:2])
    if len(editors) != 1:
        how = "no active editor" if not editors else "more than one active editor"
        raise ImportRefused(f"There is {how}; name the author with --author.")
    return editors[0]
