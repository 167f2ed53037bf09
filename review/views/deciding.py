"""What a reviewer answers: a signature, a request for changes, or stepping aside."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.rules import newest_declaration
from review import rules
from review.actions.deciding import open_assignment, recuse, request_changes
from review.actions.signing import Signed, sign_submission
from review.forms import RecuseForm, RequestChangesForm, SignForm
from review.models import Assignment, Signature, Submission
from review.models.submission import State
from review.signing import meaning
from review.views.common import (
    BAD_INPUT,
    FORBIDDEN,
    REFUSALS,
    SignedInRequest,
    board,
    board_page,
    refuse,
    submission_crumbs,
    visible_submission,
)
from review.views.people import listed
from review.views.texts import readable

PAGE_METHODS = ["GET", "HEAD", "POST"]


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
    reason = rules.why_not_sign(actor=request.user, submission=row, assignment=assignment, at=at)
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
                    password=form.cleaned_data["password"],
                    comment=form.cleaned_data["comment"],
                    at=at,
                    request=request,
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
        "credential": rules.qualifying_credential(
            person=person, specialty_id=assignment.capacity_id, day=at.date()
        ),
        "declaration": declaration,
        "interests": rules.current_interests(declaration, day=at.date()) if declaration else [],
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
    missing = rules.missing_for_approval(
        rule=row.rule, signatures=list(Signature.objects.filter(submission=row).order_by("pk"))
    )
    messages.success(
        request,
        _("You signed version %(number)s. It is not approved yet; still missing: %(missing)s.")
        % {"number": number, "missing": listed(missing)},
    )


@board_page
@require_http_methods(PAGE_METHODS)
def ask_for_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a submission back to its editor with what has to change."""
    at = timezone.now()
    row = visible_submission(request, pk)
    form = RequestChangesForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = BAD_INPUT
        if form.is_valid():
            try:
                request_changes(
                    actor=request.user,
                    submission_id=row.pk,
                    comment=form.cleaned_data["comment"],
                    at=at,
                )
            except REFUSALS as refusal:
                status = refuse(form, refusal)
            else:
                messages.success(
                    request,
                    _("Sent back to %(editor)s with your words.") % {"editor": row.submitted_by},
                )
                return redirect("review:submission", pk=row.pk)
    return _decision_page(request, "review/request_changes.html", row, form, status)


@board_page
@require_http_methods(PAGE_METHODS)
def step_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    """Step aside from a review."""
    at = timezone.now()
    row = visible_submission(request, pk)
    form = RecuseForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = BAD_INPUT
        if form.is_valid():
            try:
                recuse(
                    actor=request.user,
                    submission_id=row.pk,
                    comment=form.cleaned_data["comment"],
                    at=at,
                )
            except REFUSALS as refusal:
                status = refuse(form, refusal)
            else:
                messages.success(request, _("You stepped aside. The chair will ask somebody else."))
                return redirect("review:submission", pk=row.pk)
    return _decision_page(request, "review/recuse.html", row, form, status)


def _decision_page(
    request: SignedInRequest,
    template: str,
    row: Submission,
    form: RequestChangesForm | RecuseForm,
    status: int,
) -> HttpResponse:
    """Show the form of a decision, or in its place why this person does not decide."""
    reason = rules.why_not_decide(
        actor=request.user, assignment=open_assignment(submission=row, reviewer=request.user)
    )
    if not form.is_bound:
        if reason:
            status = FORBIDDEN
        else:
            row.require(State.UNDER_REVIEW)
    context = {
        "crumbs": submission_crumbs(row),
        "submission": row,
        "form": form,
        "reason": reason,
    }
    return board(request, template, context, status=status)
