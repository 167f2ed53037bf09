"""Taking text down: before approval and after it."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from review.desk.common import (
    SignedInRequest,
    address_of,
    board,
    board_page,
    submission_crumbs,
    visible_submission,
)
from review.desk.form_page import PAGE_METHODS, form_page, typed
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
    form = WithdrawForm(typed(request))

    def show(status: int) -> HttpResponse:
        context = {
            "heading": _("Withdraw version %(number)s") % {"number": row.version.number},
            "crumbs": submission_crumbs(row),
            "submission": row,
            "form": form,
            "reason": reason,
            "shown": _what_readers_see(row),
        }
        return board(request, "review/withdraw.html", context, status=status)

    return form_page(
        request,
        form,
        reason=reason,
        require=lambda: row.require(State.SUBMITTED, State.UNDER_REVIEW),
        act=lambda fields: withdraw_submission(
            actor=request.user, submission_id=row.pk, notice=fields["notice"], at=at
        ),
        said=lambda _done: _("Version %(number)s is withdrawn.") % {"number": row.version.number},
        leads_to=lambda _done: address_of(row),
        show=show,
    )


@board_page
@require_http_methods(PAGE_METHODS)
def retract(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take an approved text down at once, with a notice that says why."""
    at = timezone.now()
    row = visible_submission(request, pk)
    reason = why_not_chair(request.user)
    form = RetractForm(typed(request))

    def show(status: int) -> HttpResponse:
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

    return form_page(
        request,
        form,
        reason=reason,
        require=lambda: row.require(State.APPROVED),
        act=lambda fields: retract_submission(
            actor=request.user, submission_id=row.pk, notice=fields["notice"], at=at
        ),
        said=lambda _done: (
            _("Version %(number)s is retracted. Readers see your notice in its place.")
            % {"number": row.version.number}
        ),
        leads_to=lambda _done: address_of(row),
        show=show,
    )


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
        "kind": "other" if publication.is_readable else "gone",
        "version": publication.submission.version,
    }
