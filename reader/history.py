"""The public versions of an edition, and which of their texts may still be read.

Public are the submissions that are or were approved, the one that readers see now, and those that
a withdrawal notice explains. While an edition is taken down none of its texts is served, earlier
ones included: what was wrong with the newest is likely wrong with them. A retracted or withdrawn
text is never served again.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from articles.models import Version
from articles.texts.freezing import CALLOUT_LABELS
from articles.texts.shown_figures import images_of
from manuscript.content.citations import number
from manuscript.content.difference import Difference, shown_difference
from reader.article_page import signature_card
from review.models import WAS_APPROVED_STATES, Notice, Publication, Signature, State, Submission

READABLE_STATES = {State.APPROVED, State.SUPERSEDED}


@dataclass(slots=True)
class PublicVersion:
    """One public version: its submission, signatures if it was approved, and notices on it."""

    submission: Submission
    is_readable: bool
    signatures: list[dict[str, Any]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Return the version's number."""
        return self.submission.version.number


def public_versions(publication: Publication) -> list[PublicVersion]:
    """Return the public versions of an edition, newest first. Three queries."""
    public = (
        Q(state__in=WAS_APPROVED_STATES)
        | Q(pk=publication.submission_id)
        | Q(state=State.WITHDRAWN, notices__isnull=False)
    )
    rows = (
        Submission.objects.filter(public, edition=publication.edition_id)
        .select_related("version")
        .without_text()
        .defer("rule")
        .distinct()
        .order_by("-version__number", "-pk")
    )
    # A version withdrawn and submitted again stands once, in its newest submission.
    newest: dict[int, Submission] = {}
    for submission in rows:
        newest.setdefault(submission.version_id, submission)
    found = [
        PublicVersion(submission, _is_readable(submission, publication))
        for submission in newest.values()
    ]
    ids = [version.submission.pk for version in found]
    signed: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for signature in Signature.objects.filter(submission__in=ids).order_by("signed_at", "pk"):
        signed[signature.submission_id].append(signature_card(signature.signed))
    notices: dict[int, list[Notice]] = defaultdict(list)
    for notice in Notice.objects.filter(submission__in=ids).order_by("published_at", "pk"):
        if notice.submission_id is not None:
            notices[notice.submission_id].append(notice)
    for version in found:
        # Signatures count as a review only where they led to an approval (law 2).
        if version.submission.state in WAS_APPROVED_STATES:
            version.signatures = signed[version.submission.pk]
            for card in version.signatures:
                card["version_number"] = version.number
                card["void"] = version.submission.state == State.RETRACTED
        version.notices = notices[version.submission.pk]
    return found


def _is_readable(submission: Submission, publication: Publication) -> bool:
    if publication.is_gone:
        return False
    return submission.state in READABLE_STATES or submission.pk == publication.submission_id


def general_notices(publication: Publication) -> list[Notice]:
    """Return cautions, their liftings and corrections on the edition, newest first. One query."""
    rows = Notice.objects.concerning(publication.edition_id).filter(submission__isnull=True)
    return list(rows.order_by("-published_at", "-pk"))


def compare(before: Version, after: Version) -> Difference:
    """Return what changed in the body between two versions whose content was read."""
    old, new = before.frozen, after.frozen
    return shown_difference(
        old["body"],
        new["body"],
        numbers_before=number(old["body"]),
        numbers_after=number(new["body"]),
        labels=CALLOUT_LABELS.get(new["language"], CALLOUT_LABELS["en"]),
        figures=images_of([*old["figures"], *new["figures"]]),
    )


def changed_lines(before: Version, after: Version) -> list[dict[str, str]]:
    """Return which of question, heading and summary differ, with what they said."""
    return [
        {"name": name, "before": getattr(before, name), "after": getattr(after, name)}
        for name in ("title", "heading", "summary")
        if getattr(before, name) != getattr(after, name)
    ]


def pair(versions: Sequence[PublicVersion], asked: str) -> tuple[int, int] | None:
    """Return the two version numbers of `3..4`, older first, or None if they cannot be compared."""
    before, dots, after = asked.partition("..")
    numbers = {str(version.number): version.number for version in versions if version.is_readable}
    if not dots or before == after or not {before, after} <= numbers.keys():
        return None
    low, high = sorted((numbers[before], numbers[after]))
    return low, high
