"""Recomputing everything that follows from frozen content."""

import hashlib
from collections.abc import Iterator

from django.core.files.storage import default_storage

from articles.models import CitedReference, Contribution, Figure, PlacedFigure, Version
from articles.texts.freezing import why_version_does_not_hold
from articles.texts.shown_figures import stored_name
from kernel.models import AuditEntry
from kernel.verification import UNREADABLE, Finding, unreadable

CONTRIBUTING = ("articles.edition.created", "articles.draft.saved")


def version_findings() -> Iterator[Finding]:
    """Yield every Version whose digest, rendering or references do not follow from its content,
    whose number leaves a gap, or whose freeze the audit trail does not know.
    """
    cited: dict[int, list[tuple[int, str]]] = {}
    rows = CitedReference.objects.order_by("version_id", "number")
    for version_id, number, key in rows.values_list("version_id", "number", "reference__key"):
        cited.setdefault(version_id, []).append((number, key))
    audited = {
        entry["subject"]: entry["data"].get("digest")
        for entry in AuditEntry.objects.filter(action="articles.version.frozen").values(
            "subject", "data"
        )
    }
    expected: dict[int, int] = {}
    versions = Version.objects.select_related("contribution").order_by("edition_id", "number")
    for version in versions.iterator(chunk_size=500):
        audited_digest = audited.pop(f"articles.version:{version.pk}", None)
        what = f"version {version.number} of edition {version.edition_id}"
        number = expected.get(version.edition_id, 1)
        if version.number != number:
            yield Finding(what, f"version {number} is missing before it")
        expected[version.edition_id] = version.number + 1
        if audited_digest != version.digest:
            yield Finding(what, "the audit trail knows another digest for it, or none")
        if reason := why_version_does_not_hold(version):
            yield Finding(what, reason)
            continue
        frozen = [(row["number"], row["key"]) for row in version.frozen["references"]]
        if frozen != cited.get(version.pk, []):
            yield Finding(what, "its cited references are not those of its content")
    for subject in audited:
        yield Finding(subject, "the audit trail knows it, but it is gone")


def contribution_findings() -> Iterator[Finding]:
    """Yield every save that the audit trail knows and the contributions do not."""
    known = {
        (f"articles.edition:{edition}", user, draft)
        for edition, user, draft in Contribution.objects.values_list(
            "edition_id", "user_id", "draft_number"
        )
    }
    entries = AuditEntry.objects.filter(action__in=CONTRIBUTING).order_by("position")
    for entry in entries.iterator(chunk_size=2000):
        draft = entry.data.get("draft_number", 1)
        if (entry.subject, entry.actor_id, draft) not in known:
            yield Finding(entry.subject, f"nobody is recorded as the author of draft {draft}")


def figure_findings() -> Iterator[Finding]:
    """Yield every Version that shows other figures than those in its content, and every shown
    figure of which a file is missing or the widest is not what was frozen. Three queries; one file
    at a time.
    """
    placed: dict[int, set[str]] = {}
    rows = PlacedFigure.objects.order_by("version_id", "figure_id")
    for version_id, found in rows.values_list("version_id", "figure__digest"):
        placed.setdefault(version_id, set()).add(found)
    versions = Version.objects.only("content", "number", "edition_id").order_by("pk")
    for version in versions.iterator(chunk_size=500):
        what = f"version {version.number} of edition {version.edition_id}"
        try:
            frozen = {row["digest"] for row in version.frozen["figures"]}
        except UNREADABLE as exc:
            yield Finding(what, f"its figures {unreadable(exc)}")
            continue
        if frozen != placed.get(version.pk, set()):
            yield Finding(what, "its placed figures are not those of its content")
    shown = Figure.objects.filter(placed_in__isnull=False).distinct().order_by("pk")
    for figure in shown.iterator(chunk_size=500):
        if reason := _why_files_do_not_hold(figure):
            yield Finding(f"figure {figure.key}", reason)


def _why_files_do_not_hold(figure: Figure) -> str | None:
    for width in figure.widths:
        name = stored_name(figure.digest, width, figure.media_type)
        if not default_storage.exists(name):
            return f"its file of {width} pixels is missing from the storage"
    widest = stored_name(figure.digest, figure.width, figure.media_type)
    try:
        with default_storage.open(widest) as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as exc:
        return f"its widest file {unreadable(exc)}"
    return None if found == figure.digest else "its widest file is not the one that was frozen"
