"""Who may sign.

Reasons that button, page, API and action share, in words for whoever asks; None means that they may.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from accounts.models import Interest, InterestDeclaration, User
from accounts.rules import months_after, newest_declaration, why_interests_do_not_count
from articles.models import Article, Version
from manuscript.content.plain import plain_text
from review.models import Assignment, Submission
from review.rounds.rules import why_not_review
from review.verdicts.rules import why_not_decide

# Interests count as current for as long after their end as the ICMJE disclosure form asks back.
INTEREST_MONTHS = 36


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
    newest = person.password_changes.order_by("-pk").first()
    if newest is None or newest.changed_by_id in {None, person.pk}:
        return None
    return "An administrator chose your password. Choose one of your own before you sign."


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
