"""What a reviewer answers who does not sign: a request for changes, or stepping aside."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

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
from review.models import State, Submission
from review.rounds.assignments import open_assignment
from review.verdicts.actions.deciding import recuse, request_changes
from review.verdicts.forms import RecuseForm, RequestChangesForm
from review.verdicts.rules import why_not_decide


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
    reason = why_not_decide(
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
