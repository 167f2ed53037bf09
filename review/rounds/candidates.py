"""Who could review a submission, for many people at once.

`review.rounds.rules.why_not_review` asks the database about one person; this asks the same questions about
all of them in a fixed number of queries. A test holds the two to the same answer in every case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import Permission
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Credential, InterestDeclaration, User
from accounts.rules import why_interests_do_not_count
from articles.models import Contribution
from review.models import Assignment, State, Submission
from review.rounds.rules import independence_from


@dataclass(frozen=True)
class Candidate:
    """Somebody who might be asked: why they cannot be, if so, and what else a chair wants to know."""

    person: User
    reason: str | None
    is_asked: bool
    waiting: int
    interests_count: bool

    @property
    def can_be_asked(self) -> bool:
        """Tell whether `assign_reviewer` would take this person now."""
        return self.reason is None and not self.is_asked


def reviewers() -> "QuerySet[User]":
    """Return the people who hold the right to sign, and whose account is open, by name.

    A superuser without a reviewer's role is not among them.
    """
    return (
        User.objects.active()
        .filter(_holds_the_right())
        .annotate(
            waiting=Count(
                "assignments",
                filter=Q(
                    assignments__ended_at__isnull=True,
                    assignments__decision__isnull=True,
                    assignments__submission__state=State.UNDER_REVIEW,
                ),
            )
        )
        .order_by("name", "pk")
    )


def candidates(
    *, people: Sequence[User], submission: Submission, specialty_id: int, at: datetime
) -> list[Candidate]:
    """Return each of `people` with the reason that `why_not_review` gives, in the order given.

    Seven queries at most, however many people.
    """
    ids = [person.pk for person in people]
    may_sign = set(
        User.objects.filter(pk__in=ids)
        .filter(Q(is_superuser=True) | _holds_the_right())
        .values_list("pk", flat=True)
    )
    first: dict[int, Contribution] = {}
    for contribution in Contribution.objects.filter(
        edition=submission.edition_id,
        user__in=ids,
        pk__gt=independence_from(submission.edition),
    ).order_by("pk"):
        first.setdefault(contribution.user_id, contribution)
    qualified = set(
        Credential.objects.filter(user__in=ids, specialty=specialty_id)
        .valid_on(at.date())
        .values_list("user_id", flat=True)
    )
    asked = set(
        Assignment.objects.filter(submission=submission, ended_at__isnull=True).values_list(
            "reviewer_id", flat=True
        )
    )
    declarations: dict[int, InterestDeclaration] = {}
    for declaration in InterestDeclaration.objects.filter(user__in=ids).order_by(
        "declared_at", "pk"
    ):
        declarations[declaration.user_id] = declaration
    return [
        Candidate(
            person=person,
            reason=_reason(
                person,
                may_sign=person.pk in may_sign,
                contribution=first.get(person.pk),
                is_qualified=person.pk in qualified,
            ),
            is_asked=person.pk in asked,
            waiting=getattr(person, "waiting", 0),
            interests_count=why_interests_do_not_count(declarations.get(person.pk), at=at) is None,
        )
        for person in people
    ]


def _reason(
    person: User, *, may_sign: bool, contribution: Contribution | None, is_qualified: bool
) -> str | None:
    """Return what `why_not_review` says, in its order and its words."""
    if not person.is_active:
        return f"{person.name}'s account is closed."
    if not may_sign:
        return f"{person.name} is not a reviewer of the board."
    if contribution is not None:
        return (
            f"{person.name} {contribution.get_kind_display()} a draft of this edition on "
            f"{contribution.at:%d %B %Y}, and so is not independent of it."
        )
    if not is_qualified:
        return f"{person.name} has no verified credential in this specialty that is valid today."
    return None


def _holds_the_right() -> Exists | Q:
    """Return the condition that somebody was given the right to sign, directly or by a role."""
    right = Permission.objects.filter(codename="sign_submission", content_type__app_label="review")
    return Q(Exists(right.filter(user=OuterRef("pk")))) | Q(
        Exists(right.filter(group__user=OuterRef("pk")))
    )
