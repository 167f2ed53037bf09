"""Signing: the exact text, what a signature states, and the password again."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.reauthentication import confirm_password
from accounts.rules import newest_declaration
from review.desk.common import (
    SignedInRequest,
    address_of,
    board,
    board_page,
    submission_crumbs,
    visible_submission,
)
from review.desk.form_page import PAGE_METHODS, form_page, typed
from review.desk.texts import readable
from review.models import Assignment, Signature, State, Submission
from review.rounds.assignments import open_assignment
from review.rounds.rules import missing_for_approval, qualifying_credential
from review.rounds.views.people import listed
from review.signatures.actions.signing import Signed, sign_submission
from review.signatures.forms import SignForm
from review.signatures.payload import meaning
from review.signatures.rules import current_interests, why_not_sign


@board_page
@require_http_methods(PAGE_METHODS)
def sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the exact text and what a signature states; sign it when the password is right.

    A refused signature redisplays the page with the reason and the comment: 403 where the person
    may not sign or the password is wrong, 409 where the text or the state moved on.
    """
    at = timezone.now()
    row = visible_submission(request, pk)
    assignment = open_assignment(submission=row, reviewer=request.user)
    reason = why_not_sign(actor=request.user, submission=row, assignment=assignment, at=at)
    form = SignForm(typed(request), initial={"digest": row.version.digest})

    def act(fields: dict[str, Any]) -> Signed:
        confirmed = confirm_password(
            user=request.user, password=fields["password"], at=at, request=request
        )
        return sign_submission(
            actor=request.user,
            submission_id=row.pk,
            digest=fields["digest"],
            confirmed=confirmed,
            comment=fields["comment"],
            at=at,
        )

    def show(status: int) -> HttpResponse:
        # The page shows the text again as it stands, so its form carries that text's digest.
        shown = visible_submission(request, pk) if form.is_bound else row
        if form.is_bound:
            form.data = {**form.data.dict(), "digest": shown.version.digest}  # type: ignore[attr-defined]
        context = {
            "heading": _("Sign version %(number)s") % {"number": shown.version.number},
            "crumbs": submission_crumbs(shown),
            "submission": shown,
            "text": readable(shown.version),
            "form": form,
            "reason": reason,
            **_what_is_recorded(request.user, shown, assignment, at=at),
        }
        return board(request, "review/sign.html", context, status=status)

    return form_page(
        request,
        form,
        reason=reason,
        require=lambda: row.require(State.UNDER_REVIEW),
        act=act,
        said=lambda signed: _what_came_of_it(row, signed),
        leads_to=lambda _signed: address_of(row),
        show=show,
    )


def _what_is_recorded(
    person: User, row: Submission, assignment: Assignment | None, *, at: datetime
) -> dict[str, Any]:
    """Return what a signature would say beside the digest, where there is somebody to sign."""
    if assignment is None:
        return {}
    declaration = newest_declaration(person)
    return {
        "assignment": assignment,
        "meaning": meaning(submission=row, capacity=assignment.capacity.name),
        "credential": qualifying_credential(
            person=person, specialty_id=assignment.capacity_id, day=at.date()
        ),
        "declaration": declaration,
        "interests": current_interests(declaration, day=at.date()) if declaration else [],
    }


def _what_came_of_it(row: Submission, signed: Signed) -> str:
    """Return what a signer is told: that the text is approved, or what is still missing."""
    number = row.version.number
    if signed.approved:
        return _("You signed version %(number)s. It is approved, and readers see it now.") % {
            "number": number
        }
    missing = missing_for_approval(
        rule=row.rule, signatures=list(Signature.objects.filter(submission=row).order_by("pk"))
    )
    return _(
        "You signed version %(number)s. It is not approved yet; still missing: %(missing)s."
    ) % {"number": number, "missing": listed(missing)}
