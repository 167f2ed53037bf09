"""Who may put a version before the board, take it back and be asked to review it.

Reasons that button, page, API and action share, in words for whoever asks; None means that they may.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from accounts.models import Credential, User
from articles.models import Contribution, Edition, Version
from review.models import WAS_APPROVED_STATES, Decision, Signature, Submission
from review.public.rules import why_not_chair


def why_not_submit(*, actor: User, version: Version) -> str | None:
    """Return why `actor` may not put `version` before the board, or None."""
    if not actor.has_perm("review.add_submission"):
        return "Only editors put a version before the board."
    return None


def why_not_withdraw(*, actor: User, submission: Submission) -> str | None:
    """Return why `actor` may not withdraw an open submission, or None.

    Its editor may before anybody decided; a chair always.
    """
    if actor.has_perm("review.chair_submission"):
        return None
    if actor.pk != submission.submitted_by_id:
        return "Only the editor who submitted it or a chair withdraws a submission."
    if Decision.objects.filter(assignment__submission=submission).exists():
        return "A reviewer has decided already; only a chair withdraws it now."
    return None


def independence_from(edition: Edition) -> int:
    """Return the key of the contribution that froze the last approved Version, 0 without one.

    Whoever contributed after it is not independent of what is under review. Keys are given out
    while the edition is locked, so they tell the order; clocks do not, nor do draft numbers (a
    draft can be frozen again once a source that it cites has changed).
    """
    newest = Submission.objects.filter(edition=edition, state__in=WAS_APPROVED_STATES).aggregate(
        frozen=Max("version__contribution")
    )
    return newest["frozen"] or 0


def why_not_independent(*, person: User, edition: Edition) -> str | None:
    """Return what `person` did to any draft since the last approved Version, or None (law 5)."""
    contribution = (
        Contribution.objects.filter(edition=edition, user=person, pk__gt=independence_from(edition))
        .order_by("pk")
        .first()
    )
    if contribution is None:
        return None
    return (
        f"{person.name} {contribution.get_kind_display()} a draft of this edition on "
        f"{contribution.at:%d %B %Y}, and so is not independent of it."
    )


def qualifying_credential(*, person: User, specialty_id: int, day: date) -> Credential | None:
    """Return the verified, unexpired credential that qualifies `person` in a specialty."""
    return (
        Credential.objects.filter(user=person, specialty_id=specialty_id)
        .valid_on(day)
        .select_related("specialty")
        .order_by("-verified_at", "-pk")
        .first()
    )


def why_not_review(
    *, person: User, submission: Submission, specialty_id: int, at: datetime
) -> str | None:
    """Return why `person` cannot be relied on for this text in this capacity, or None: the
    qualification, interests and independence that both assigning and signing ask for.
    """
    if not person.is_active:
        return f"{person.name}'s account is closed."
    if not person.has_perm("review.sign_submission"):
        return f"{person.name} is not a reviewer of the board."
    if reason := why_not_independent(person=person, edition=submission.edition):
        return reason
    if not qualifying_credential(person=person, specialty_id=specialty_id, day=at.date()):
        return f"{person.name} has no verified credential in this specialty that is valid today."
    return None


def why_not_assign(
    *, actor: User, reviewer: User, submission: Submission, specialty_id: int, at: datetime
) -> str | None:
    """Return why `actor` may not ask `reviewer` for this review, or None."""
    return why_not_chair(actor) or why_not_review(
        person=reviewer, submission=submission, specialty_id=specialty_id, at=at
    )


def standing(signatures: Sequence[Signature]) -> list[Signature]:
    """Return the signatures whose signers are still reviewers of the board.

    Evidence stays, but an approval to come does not rest on somebody who was let go.
    """
    return [
        signature
        for signature in signatures
        if signature.signer.is_active and signature.signer.has_perm("review.sign_submission")
    ]


def missing_for_approval(*, rule: dict[str, Any], signatures: Sequence[Signature]) -> list[str]:
    """Return what the rule in force still wants, in words; an empty list means it is met.

    Each person counts once, in the capacity in which they signed.
    """
    signers: dict[int, str] = {
        signature.signer_id: signature.signed["capacity"]["specialty"] for signature in signatures
    }
    missing: list[str] = []
    for capacity in rule["capacities"]:
        have = sum(1 for specialty in signers.values() if specialty == capacity["specialty"])
        if have < capacity["count"]:
            missing.append(f"{capacity['count'] - have} × {capacity['name']}")
    short = rule["approvals_needed"] - len(signers)
    if short > 0:
        missing.append(f"{short} more signature{'s' if short > 1 else ''}")
    return missing
