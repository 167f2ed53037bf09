"""The public versions of an edition, and which of their texts may still be read.

Public are the submissions that are or were approved, the one that readers see now, and those that
a withdrawal notice explains. Which of their texts may be read: `review.public.visibility`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from articles.models import Version
from articles.texts.freezing import CALLOUT_LABELS
from articles.texts.shown_figures import images_of
from manuscript.content.citations import number
from manuscript.content.difference import Difference, shown_difference
from review.models import WAS_APPROVED_STATES, Notice, Publication, State, Submission
from review.public.details import NoticeFacts, SignatureFacts, notice_facts, signatures_of
from review.public.facts import Facts, facts_of, gather
from review.public.value import Value


@dataclass(frozen=True, slots=True)
class PublicVersion(Value):
    """One public version: what is said of it, who signed it if it was approved, and the notices that
    were written on it.
    """

    version: Version
    facts: Facts
    signatures: tuple[SignatureFacts, ...]
    notices: tuple[NoticeFacts, ...]

    @property
    def number(self) -> int:
        """Return the version's number."""
        return self.facts.number


def public_versions(publication: Publication, *, on: date) -> list[PublicVersion]:
    """Return the public versions of an edition, newest first. Three queries."""
    public = (
        Q(state__in=WAS_APPROVED_STATES)
        | Q(pk=publication.submission_id)
        | Q(state=State.WITHDRAWN, notices__isnull=False)
    )
    rows = (
        gather(Submission.objects.filter(public, edition=publication.edition_id))
        .without_text()
        .defer("rule")
        .distinct()
        .order_by("-version__number", "-pk")
    )
    # A version withdrawn and submitted again stands once, in its newest submission.
    newest: dict[int, Submission] = {}
    for submission in rows:
        newest.setdefault(submission.version_id, submission)
    shown = list(newest.values())
    signatures = signatures_of(shown)
    notices: dict[int, list[NoticeFacts]] = defaultdict(list)
    rows_of_notices = Notice.objects.filter(submission__in=shown)
    for notice in rows_of_notices.order_by("published_at", "pk"):
        assert notice.submission_id is not None
        notices[notice.submission_id].append(notice_facts(notice))
    return [
        PublicVersion(
            version=row.version,
            facts=facts_of(row, on=on),
            # Signatures count as a review only where they led to an approval (law 2).
            signatures=signatures[row.pk] if row.state in WAS_APPROVED_STATES else (),
            notices=tuple(notices[row.pk]),
        )
        for row in shown
    ]


def general_notices(publication: Publication) -> list[NoticeFacts]:
    """Return cautions, their liftings and corrections on the edition, newest first. One query."""
    rows = Notice.objects.concerning(publication.edition_id).filter(submission__isnull=True)
    return [notice_facts(row) for row in rows.order_by("-published_at", "-pk")]


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
    numbers = {
        str(version.number): version.number for version in versions if version.facts.is_readable
    }
    if not dots or before == after or not {before, after} <= numbers.keys():
        return None
    low, high = sorted((numbers[before], numbers[after]))
    return low, high
