"""Recomputing everything that follows from frozen content."""

from collections.abc import Iterator

from accounts.models import AuditEntry
from accounts.verification import Finding
from articles.freezing import why_version_does_not_hold
from articles.models import CitedReference, Contribution, Version

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
