"""A folder of files becomes drafts, one file after the other: each for itself, none of them twice."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from articles.imports.actions.imports import Origin, import_article
from articles.management.people import CommandRefused, bytes_of
from articles.models import Audience, ImportRecord
from manuscript.importing import MAX_FILE_BYTES, ImportedArticle, ImportRefused, read_article


@dataclass(frozen=True)
class FileOutcome:
    """What became of one file: `state` is imported, there-already, refused or, in a dry run, read."""

    path: str
    state: str
    edition: int | None = None
    title: str = ""
    warnings: int = 0
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as a line of the report has it."""
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Bulk:
    """How the files of a folder are read and whose drafts they become; `author` is None in a dry run."""

    author: User | None
    audience: Audience | None
    language: str
    format: str
    tracked_changes: str
    clock: Callable[[], datetime]
    ai_provenance: Mapping[str, str] = field(default_factory=dict)

    def import_each(self, root: Path, files: list[Path]) -> Iterator[FileOutcome]:
        """Import `files`, yielding what became of each as soon as it is stored.

        A file whose very bytes were imported before, in the same language for the same audience, is
        left alone: so a run that was interrupted can simply be started again.
        """
        for path in files:
            yield self._import_one(path, str(path.relative_to(root)))

    def _import_one(self, path: Path, name: str) -> FileOutcome:
        try:
            data = bytes_of(path, most=MAX_FILE_BYTES)
            digest = hashlib.sha256(data).hexdigest()
            if (known := self._imported_before(digest)) is not None:
                return FileOutcome(name, "there-already", edition=known)
            imported = read_article(
                data,
                format=self.format,
                language=self.language,
                name=path.name,
                tracked_changes=self.tracked_changes,
            )
            edition = self._store(imported, Origin(name=name, format=self.format, digest=digest))
        except (CommandRefused, ImportRefused) as refusal:
            return FileOutcome(name, "refused", reason=str(refusal))
        except ValidationError as invalid:
            return FileOutcome(name, "refused", reason=" ".join(invalid.messages))
        return FileOutcome(
            name,
            "read" if edition is None else "imported",
            edition=edition,
            title=imported.title,
            warnings=len(imported.warnings),
        )

    def _imported_before(self, digest: str) -> int | None:
        if self.audience is None:
            return None
        return (
            ImportRecord.objects.filter(
                digest=digest, edition__language=self.language, edition__audience=self.audience
            )
            .order_by("pk")
            .values_list("edition", flat=True)
            .first()
        )

    def _store(self, imported: ImportedArticle, origin: Origin) -> int | None:
        if self.author is None or self.audience is None:
            return None
        return import_article(
            actor=self.author,
            imported=imported,
            audience=self.audience,
            language=self.language,
            origin=origin,
            ai_provenance=self.ai_provenance,
            at=self.clock(),
        ).pk


def files_in(root: Path) -> list[Path]:
    """Return the files under `root` in a fixed order, hidden ones left out.

    :raises CommandRefused: if there are none, or the folder cannot be read.
    """
    try:
        found = sorted(
            path
            for path in root.rglob("*")
            if path.is_file()
            and not any(part.startswith(".") for part in path.relative_to(root).parts)
        )
    except OSError as error:
        raise CommandRefused(f"The folder {root} cannot be read: {error}.") from error
    if not found:
        raise CommandRefused(f"There is no file in {root}.")
    return found
