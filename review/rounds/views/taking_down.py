"""Taking text down: before approval and after it."""

from typing import Any

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
from review.models import Publication, State, Submission
from review.public.rules import why_not_chair
from review.rounds.actions.withdrawing import retract_submission, withdraw_submission
from review.rounds.forms import RetractForm, WithdrawForm
from review.rounds.rules import why_not_withdraw


@board_page
@require_http_methods(PAGE_METHODS)
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a submission back before it is approved, with or without a notice to readers."""
    at = timezone.now()
    row = visible_submission(request, pk)
    reason = why_not_withdraw(actor=request.user, submission=row)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = BAD_INPUT
        if form.is_valid():
            try:
                withdraw_submission(
                    actor=request.user,
                    submission_id=row.pk,
                    notice=form.cleaned_data["notice"],
                    at=at,
                )
            except REFUSALS as refusal:
                status = refuse(form, refusal)
            else:
                messages.success(
                    request,
                    _("Version %(number)s is withdrawn.") % {"number": row.version.number},
                )
                return redirect("review:submission", pk=row.pk)
    elif reason:
        status = FORBIDDEN
    else:
        row.require(State.SUBMITTED, State.UNDER_REVIEW)
    context = {
        "heading": _("Withdraw version %(number)s") % {"number": row.version.number},
        "crumbs": submission_crumbs(row),
        "submission": row,
        "form": form,
        "reason": reason,
        "shown": _what_readers_see(row),
    }
    return board(request, "review/withdraw.html", context, status=status)


@board_page
@require_http_methods(PAGE_METHODS)
def retract(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an approved text down at once, with a notice that says why."""
    at = timezone.now()
    row = visible_submission(request, pk)
    reason = why_not_chair(request.user)
    form = RetractForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = BAD_INPUT
        if form.is_valid():
            try:
                retract_submission(
                    actor=request.user,
                    submission_id=row.pk,
                    notice=form.cleaned_data["notice"],
                    at=at,
                )
            except REFUSALS as refusal:
                status = refuse(form, refusal)
            else:
                messages.success(
                    request,
                    _("Version %(number)s is retracted. Readers see your notice in its place.")
                    % {"number": row.version.number},
                )
                return redirect("review:submission", pk=row.pk)
    elif reason:
        status = FORBIDDEN
    else:
        row.require(State.APPROVED)
    context = {
        "at": at,
        "heading": _("Retract version %(number)s") % {"number": row.version.number},
        "crumbs": submission_crumbs(row),
        "submission": row,
        "form": form,
        "reason": reason,
        "pending": Submission.objects.filter(edition=row.edition_id).is_open().first(),
    }
    return board(request, "review/retract.html", context, status=status)


def _what_readers_see(row: Submission) -> dict[str, Any]:
    """Return what the public sees of the edition now: this text, an approved one, or nothing."""
    publication = (
        Publication.objects.filter(edition=row.edition_id)
        .select_related("submission__version")
        .first()
    )
    if publication is None:
        return {"kind": "nothing"}
    if publication.submission_id == row.pk:
        return {"kind": "this"}
    return {
        "kind": "gone" if publication.is_gone else "other",
        "version": publication.submission.version,
    }
