"""Signing: the exact text, what a signature states, and the password again."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.reauthentication import confirm_password
from accounts.rules import newest_declaration
from review.desk.common import (
    BAD_INPUT,
    FORBIDDEN,
    PAGE_METHODS,
    REFUSALS,
    SignedInRequest,
    board,
    board_page,
    refuse,
    submission_crumbs,
    visible_submission,
)
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
    form = SignForm(initial={"digest": row.version.digest})
    status = 200
    if request.method == "POST":
        form = SignForm(request.POST)
        status = BAD_INPUT
        if form.is_valid():
            try:
                signed = sign_submission(
                    actor=request.user,
                    submission_id=row.pk,
                    digest=form.cleaned_data["digest"],
                    confirmed=confirm_password(
                        user=request.user,
                        password=form.cleaned_data["password"],
                        at=at,
                        request=request,
                    ),
                    comment=form.cleaned_data["comment"],
                    at=at,
                )
            except REFUSALS as refusal:
                status = refuse(form, refusal)
                row = visible_submission(request, pk)
            else:
                _tell_signed(request, row, signed)
                return redirect("review:submission", pk=row.pk)
        # The page shows the text again as it stands, so its form carries that text's digest.
        form.data = {**form.data.dict(), "digest": row.version.digest}  # type: ignore[attr-defined]
    elif reason:
        status = FORBIDDEN
    else:
        row.require(State.UNDER_REVIEW)
    context = {
        "heading": _("Sign version %(number)s") % {"number": row.version.number},
        "crumbs": submission_crumbs(row),
        "submission": row,
        "text": readable(row.version),
        "form": form,
        "reason": reason,
        **_what_is_recorded(request.user, row, assignment, at=at),
    }
    return board(request, "review/sign.html", context, status=status)


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


def _tell_signed(request: SignedInRequest, row: Submission, signed: Signed) -> None:
    number = row.version.number
    if signed.approved:
        messages.success(
            request,
            _("You signed version %(number)s. It is approved, and readers see it now.")
            % {"number": number},
        )
        return
    missing = missing_for_approval(
        rule=row.rule, signatures=list(Signature.objects.filter(submission=row).order_by("pk"))
    )
    messages.success(
        request,
        _("You signed version %(number)s. It is not approved yet; still missing: %(missing)s.")
        % {"number": number, "missing": listed(missing)},
    )
