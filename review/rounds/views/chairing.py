"""What a chair does to one submission: ask reviewers, and take them off."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Specialty
from review.desk.common import (
    SignedInRequest,
    address_of,
    board,
    board_page,
    submission_crumbs,
    visible_submission,
)
from review.desk.form_page import PAGE_METHODS, form_page, typed
from review.models import Assignment, Decision, Signature, State, Submission
from review.public.rules import why_not_chair
from review.rounds.actions.assigning import assign_reviewer, end_assignment
from review.rounds.candidates import Candidate, candidates, reviewers
from review.rounds.forms import AssignForm, ConfirmForm
from review.rounds.views.people import reviewer_lines, rule_in_words, still_missing


@board_page
@require_http_methods(PAGE_METHODS)
def assign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask a reviewer in one capacity: `capacity` (a specialty's number) chooses which."""
    at = timezone.now()
    row = visible_submission(request, pk)
    reason = why_not_chair(request.user)
    sent = typed(request)
    capacity = _capacity(row, request.GET if sent is None else sent)
    form = AssignForm(sent, reviewers=reviewers(), initial={"capacity": capacity.pk})
    form.fields["due_on"].widget.attrs["min"] = f"{at:%Y-%m-%d}"

    def show(status: int) -> HttpResponse:
        may_look = reason is None
        context = {
            "heading": _("Ask a reviewer"),
            "crumbs": submission_crumbs(row),
            "submission": row,
            "form": form,
            "reason": reason,
            "capacity": capacity,
            "capacities": Specialty.objects.order_by("name", "pk") if may_look else [],
            "candidates": _candidates(row, capacity, at=at) if may_look else [],
            "chosen": request.POST.get("reviewer", ""),
            "rule": rule_in_words(row.rule),
            "reviewers": reviewer_lines(row, day=at.date()),
            "missing": still_missing(row),
        }
        return board(request, "review/assign.html", context, status=status)

    return form_page(
        request,
        form,
        reason=reason,
        require=lambda: row.require(State.SUBMITTED, State.UNDER_REVIEW),
        act=lambda fields: assign_reviewer(
            actor=request.user,
            submission_id=row.pk,
            reviewer_id=fields["reviewer"].pk,
            capacity_id=fields["capacity"].pk,
            due_on=fields["due_on"],
            at=at,
        ),
        said=lambda asked: (
            _("%(reviewer)s is asked to review as a reviewer for %(capacity)s.")
            % {"reviewer": asked.reviewer, "capacity": asked.capacity}
        ),
        leads_to=lambda _asked: address_of(row),
        show=show,
    )


def _capacity(row: Submission, sent: "dict[str, str]") -> Specialty:
    """Return the capacity asked for, else the first that the rule still wants, else the article's."""
    if (number := sent.get("capacity", "")).isdecimal() and (
        chosen := Specialty.objects.filter(pk=int(number)).first()
    ):
        return chosen
    signed = [
        signature.signed["capacity"]["specialty"]
        for signature in Signature.objects.filter(submission=row).order_by("pk")
    ]
    asked = Assignment.objects.filter(
        submission=row, ended_at__isnull=True, decision__isnull=True
    ).values_list("capacity__slug", flat=True)
    taken = [*signed, *asked]
    for wanted in row.rule["capacities"]:
        if taken.count(wanted["specialty"]) < wanted["count"] and (
            found := Specialty.objects.filter(slug=wanted["specialty"]).first()
        ):
            return found
    return row.edition.article.specialty


def _candidates(row: Submission, capacity: Specialty, *, at: datetime) -> list[Candidate]:
    """Return the reviewers, those who can be asked first and of them the least busy first."""
    found = candidates(people=list(reviewers()), submission=row, specialty_id=capacity.pk, at=at)
    return sorted(
        found, key=lambda one: (not one.can_be_asked, not one.interests_count, one.waiting)
    )


@board_page
@require_http_methods(PAGE_METHODS)
def take_off(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a reviewer off a submission."""
    at = timezone.now()
    assignment = get_object_or_404(
        Assignment.objects.filter(
            submission__in=Submission.objects.visible_to(request.user)
        ).select_related("reviewer", "capacity", "submission__version"),
        pk=pk,
    )
    row = assignment.submission
    reason = why_not_chair(request.user)
    form = ConfirmForm(typed(request))

    def show(status: int) -> HttpResponse:
        context = {
            "heading": _("Take %(reviewer)s off") % {"reviewer": assignment.reviewer},
            "crumbs": submission_crumbs(row),
            "submission": row,
            "assignment": assignment,
            "has_decided": Decision.objects.filter(assignment=assignment).exists(),
            "form": form,
            "reason": reason,
        }
        return board(request, "review/end_assignment.html", context, status=status)

    return form_page(
        request,
        form,
        reason=reason,
        require=lambda: row.require(State.SUBMITTED, State.UNDER_REVIEW),
        act=lambda _fields: end_assignment(actor=request.user, assignment_id=assignment.pk, at=at),
        said=lambda _done: (
            _("%(reviewer)s is no longer asked.") % {"reviewer": assignment.reviewer}
        ),
        leads_to=lambda _done: address_of(row),
        show=show,
    )
