"""Putting a version before the board."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models import Edition, Version
from articles.texts.actions.working_copies import unsaved_in
from review.desk.common import (
    BAD_INPUT,
    FORBIDDEN,
    PAGE_METHODS,
    REFUSALS,
    SignedInRequest,
    board,
    board_page,
    refuse,
)
from review.desk.texts import readable
from review.models import Publication, ReviewRule, State, Submission
from review.rounds.actions.submitting import submit_version
from review.rounds.forms import SubmitForm
from review.rounds.rules import why_not_submit
from review.rounds.views.people import rule_in_words


@board_page
@require_http_methods(PAGE_METHODS)
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show what would be sent and under which rule; send it."""
    at = timezone.now()
    version = get_object_or_404(
        Version.objects.filter(edition__in=Edition.objects.visible_to(request.user)).select_related(
            "edition__article__specialty", "edition__audience", "frozen_by"
        ),
        pk=pk,
    )
    reason = why_not_submit(actor=request.user, version=version)
    form = SubmitForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = BAD_INPUT
        if form.is_valid():
            try:
                sent = submit_version(
                    actor=request.user,
                    version_id=version.pk,
                    note=form.cleaned_data["note"],
                    at=at,
                )
            except REFUSALS as refusal:
                status = refuse(form, refusal)
            else:
                messages.success(
                    request,
                    _("Version %(number)s is before the board.") % {"number": version.number},
                )
                return redirect("review:submission", pk=sent.pk)
    elif reason:
        status = FORBIDDEN
    rule = ReviewRule.objects.in_force_for(
        article=version.edition.article, audience=version.edition.audience
    )
    context = {
        "heading": _("Send version %(number)s to the board") % {"number": version.number},
        "version": version,
        "text": readable(version),
        "form": form,
        "reason": reason,
        "unsaved": unsaved_in(version.edition),
        "rule": rule_in_words(rule.frozen()),
        "becomes_public": rule.frozen()["pending_is_public"]
        and not Publication.objects.filter(
            edition=version.edition_id,
            submission__state__in=[State.APPROVED, State.RETRACTED],
        ).exists(),
        "earlier": Submission.objects.filter(edition=version.edition_id)
        .select_related("version")
        .without_text()
        .order_by("-pk"),
    }
    return board(request, "review/submit.html", context, status=status)
