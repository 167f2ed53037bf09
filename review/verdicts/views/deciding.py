"""What a reviewer answers who does not sign: a request for changes, or stepping aside."""

from collections.abc import Callable

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
from review.models import Decision, State, Submission
from review.rounds.assignments import open_assignment
from review.verdicts.actions.deciding import recuse, request_changes
from review.verdicts.forms import RecuseForm, RequestChangesForm
from review.verdicts.rules import why_not_decide


@board_page
@require_http_methods(PAGE_METHODS)
def ask_for_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Send a submission back to its editor with what has to change."""
    row = visible_submission(request, pk)
    return _decision_page(
        request,
        row,
        RequestChangesForm(typed(request)),
        template="review/request_changes.html",
        decide=request_changes,
        said=_("Sent back to %(editor)s with your words.") % {"editor": row.submitted_by},
    )


@board_page
@require_http_methods(PAGE_METHODS)
def step_aside(request: SignedInRequest, pk: int) -> HttpResponse:
    """Step aside from a review."""
    return _decision_page(
        request,
        visible_submission(request, pk),
        RecuseForm(typed(request)),
        template="review/recuse.html",
        decide=recuse,
        said=_("You stepped aside. The chair will ask somebody else."),
    )


def _decision_page(
    request: SignedInRequest,
    row: Submission,
    form: RequestChangesForm | RecuseForm,
    *,
    template: str,
    decide: Callable[..., Decision],
    said: str,
) -> HttpResponse:
    """Show the form of a decision, or in its place why this person does not decide; take the decision."""
    at = timezone.now()
    reason = why_not_decide(
        actor=request.user, assignment=open_assignment(submission=row, reviewer=request.user)
    )

    def show(status: int) -> HttpResponse:
        context = {
            "crumbs": submission_crumbs(row),
            "submission": row,
            "form": form,
            "reason": reason,
        }
        return board(request, template, context, status=status)

    return form_page(
        request,
        form,
        reason=reason,
        require=lambda: row.require(State.UNDER_REVIEW),
        act=lambda fields: decide(
            actor=request.user, submission_id=row.pk, comment=fields["comment"], at=at
        ),
        said=lambda _decision: said,
        leads_to=lambda _decision: address_of(row),
        show=show,
    )
