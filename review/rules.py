"""Why somebody may not do something to a submission, in words for them: the reasons that
button, page, API and action share. None means that they may.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Max

from accounts.actions import audit
from accounts.models import AuditEntry, Credential, Interest, InterestDeclaration, User
from accounts.rules import months_after, newest_declaration, why_interests_do_not_count
from articles.content.plain import plain_text
from articles.models import Article, Contribution, Edition, Version
from review.models import Assignment, Decision, Signature, Submission
from review.models.submission import WAS_APPROVED_STATES

# Interests count as current for as long after their end as the ICMJE disclosure form asks back.
INTEREST_MONTHS = 36


def why_not_submit(*, actor: User, version: Version) -> str | None:
    """Return why `actor` may not put `version` before the board, or None."""
    if not actor.has_perm("review.add_submission"):
        return "Only editors put a version before the board."
    return None


def why_not_chair(actor: User) -> str | None:
    """Return why `actor` may not run the board, or None."""
    if actor.has_perm("review.chair_submission"):
        return None
    return "Only a chair of the board does this."


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


def current_interests(declaration: InterestDeclaration, *, day: date) -> list[Interest]:
    """Return the declared interests that still count on `day`."""
    return [
        interest
        for interest in declaration.interests.order_by("pk")
        if interest.to_on is None or months_after(interest.to_on, INTEREST_MONTHS) >= day
    ]


# "Ltd" and the like say nothing about which company is meant.
COMPANY_FORMS = re.compile(
    r"[\s,]+(inc|ltd|llc|llp|plc|corp|corporation|company|co|gmbh|ag|sa|s\.a|nv|bv|kg|limited)\.?$"
)


def folded(text: str) -> str:
    """Return `text` for comparing names: compatibility forms, case, marks and spaces folded."""
    plain = unicodedata.normalize("NFKC", text.replace("®", "").replace("™", "")).casefold()
    return " ".join(plain.split())


def words_of(version: Version) -> str:
    """Return everything that a version says, folded for comparison."""
    content = version.frozen
    parts = [content["title"], content["heading"], content["summary"], plain_text(content["body"])]
    return folded(" ".join(parts))


def conflicting_interest(
    *, interests: Sequence[Interest], version: Version, article: Article
) -> Interest | None:
    """Return the first interest whose product or company the text or its question names."""
    if not interests:
        return None
    text = f"{words_of(version)} {folded(article.question)}"
    for interest in interests:
        names = (folded(interest.product), COMPANY_FORMS.sub("", folded(interest.company)))
        for name in filter(None, names):
            # Not inside a longer Latin word; Chinese puts no spaces between words.
            if re.search(rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])", text):
                return interest
    return None


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


def interests_that_count(*, person: User, since: datetime, at: datetime) -> list[Interest]:
    """Return the interests that count against `person` for a review that began at `since`.

    Those of the declaration in force then and of every later one: whoever has been asked to
    review may add to a declaration, but not take anything back by declaring anew.
    """
    declarations = InterestDeclaration.objects.filter(user=person, declared_at__lte=at)
    before = declarations.filter(declared_at__lte=since).order_by("-declared_at", "-pk").first()
    later = declarations.filter(declared_at__gt=since).order_by("declared_at", "pk")
    return [
        interest
        for declaration in [*([before] if before else []), *later]
        for interest in current_interests(declaration, day=at.date())
    ]


def why_password_is_not_ones_own(person: User) -> str | None:
    """Return why `person`'s password proves nothing, or None: an administrator has set it last."""
    newest = (
        AuditEntry.objects.filter(
            subject=audit.subject_of(person),
            action__in=[
                "accounts.user.added",
                "accounts.password.set",
                "accounts.password.changed",
            ],
        )
        .order_by("-position")
        .first()
    )
    if newest is None or newest.actor_id in {None, person.pk}:
        return None
    return "An administrator chose your password. Choose one of your own before you sign."


def why_not_decide(*, actor: User, assignment: Assignment | None) -> str | None:
    """Return why `actor` may not decide under `assignment`, or None."""
    if assignment is None or assignment.reviewer_id != actor.pk:
        return "You have not been asked to review this submission."
    if assignment.ended_at is not None:
        return "You are no longer asked to review this submission."
    if Decision.objects.filter(assignment=assignment).exists():
        return "You have decided on this submission already."
    return None


def why_not_sign(
    *, actor: User, submission: Submission, assignment: Assignment | None, at: datetime
) -> str | None:
    """Return why `actor` may not sign this submission now, or None.

    Asked of everybody alike: being a superuser gives no way round any of it.
    """
    if reason := why_not_decide(actor=actor, assignment=assignment):
        return reason
    assert assignment is not None
    if reason := why_not_review(
        person=actor, submission=submission, specialty_id=assignment.capacity_id, at=at
    ):
        return reason
    if reason := why_password_is_not_ones_own(actor):
        return reason
    declaration = newest_declaration(actor)
    if reason := why_interests_do_not_count(declaration, at=at):
        return reason
    assert declaration is not None
    conflict = conflicting_interest(
        interests=interests_that_count(person=actor, since=assignment.assigned_at, at=at),
        version=submission.version,
        article=submission.edition.article,
    )
    if conflict is not None:
        return (
            f"You declared an interest that this text is about: {conflict}. "
            "Step aside, and the chair will ask somebody else."
        )
    return None


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
