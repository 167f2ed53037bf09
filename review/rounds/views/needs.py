"""What each submission needs next, worked out in the database so that a list of any length costs
the same number of queries.
"""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, When

from review.models import Assignment, State, Submission, review_overdue_on
from review.public.facts import newer_pending, retracted_source


class Need(models.IntegerChoices):
    """What has to happen next, the most pressing first."""

    SOURCE_RETRACTED = 1, "Approved, and a source was retracted since"
    NOBODY_ASKED = 2, "Nobody asked yet"
    ANOTHER_REVIEWER = 3, "Another reviewer is needed"
    WAITING = 4, "Waiting for reviewers"
    CHANGES_REQUESTED = 5, "Changes requested from the editor"
    REVIEW_OVERDUE = 6, "Approved, review overdue"
    NEWER_PENDING = 7, "Approved, newer version pending"

    @property
    def code(self) -> str:
        """Return the name as it stands in an address."""
        return self.name.lower().replace("_", "-")

    @property
    def explanation(self) -> str:
        """Return what to do about it, in a sentence."""
        return EXPLANATIONS[self]


EXPLANATIONS = {
    Need.SOURCE_RETRACTED: "Readers rely on these now. Read them again, warn readers or retract.",
    Need.NOBODY_ASKED: "Ask reviewers to begin.",
    Need.ANOTHER_REVIEWER: "Everybody asked has answered, and the rule is not met.",
    Need.WAITING: "Reviewers are reading.",
    Need.CHANGES_REQUESTED: "The editor answers with a new version.",
    Need.REVIEW_OVERDUE: "Readers see them marked as overdue. The editor submits them anew.",
    Need.NEWER_PENDING: "Readers see these until the newer version is approved.",
}


def with_needs(rows: "QuerySet[Submission]", day: date) -> "QuerySet[Any]":
    """Annotate `need`, a Need or None, as of `day`."""
    same_edition = Submission.objects.filter(edition=OuterRef("edition_id"))
    waited_for = Assignment.objects.filter(
        submission=OuterRef("pk"), ended_at__isnull=True, decision__isnull=True
    )
    annotated = rows.annotate(
        is_waited_for=Exists(waited_for),
        is_answered=Exists(same_edition.filter(pk__gt=OuterRef("pk"))),
    )
    is_approved = Q(state=State.APPROVED)
    return annotated.annotate(
        need=Case(
            When(is_approved & Q(Exists(retracted_source("version_id"))), Need.SOURCE_RETRACTED),
            When(state=State.SUBMITTED, then=Need.NOBODY_ASKED),
            When(state=State.UNDER_REVIEW, is_waited_for=False, then=Need.ANOTHER_REVIEWER),
            When(state=State.UNDER_REVIEW, then=Need.WAITING),
            When(state=State.CHANGES_REQUESTED, is_answered=False, then=Need.CHANGES_REQUESTED),
            When(review_overdue_on(day), Need.REVIEW_OVERDUE),
            When(is_approved & Q(Exists(newer_pending("pk"))), Need.NEWER_PENDING),
            default=None,
            output_field=IntegerField(null=True),
        )
    )


def counts(rows: "QuerySet[Any]") -> dict[Need, int]:
    """Return how many of `rows`, annotated by `with_needs`, have each need. One query."""
    counted = (
        rows.filter(need__isnull=False)
        .order_by("need")
        .values_list("need")
        .annotate(number=Count("pk"))
    )
    return {Need(need): number for need, number in counted}
