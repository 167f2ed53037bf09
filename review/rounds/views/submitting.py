"""Putting a version before the board."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.models import Edition, Version
from articles.texts.actions.working_copies import unsaved_in
from review.desk.common import (
    SignedInRequest,
    address_of,
    board,
    board_page,
)
from review.desk.form_page import PAGE_METHODS, form_page, typed
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
    form = SubmitForm(typed(request))

    def show(status: int) -> HttpResponse:
        context = {
            "heading": _("Send version %(number)s to the board") % {"number": version.number},
            "version": version,
            "text": readable(version),
            "form": form,
            "reason": reason,
            **_what_it_meets(version),
        }
        return board(request, "review/submit.html", context, status=status)

    return form_page(
        request,
        form,
        reason=reason,
        act=lambda fields: submit_version(
            actor=request.user, version_id=version.pk, note=fields["note"], at=at
        ),
        said=lambda _done: (
            _("Version %(number)s is before the board.") % {"number": version.number}
        ),
        leads_to=address_of,
        show=show,
    )


def _what_it_meets(version: Version) -> dict[str, Any]:
    """Return what a version meets at the board: unsaved words, the rule, what becomes public, what was
    sent before.
    """
    rule = ReviewRule.objects.in_force_for(
        article=version.edition.article, audience=version.edition.audience
    ).frozen()
    taken = Publication.objects.filter(
        edition=version.edition_id, submission__state__in=[State.APPROVED, State.RETRACTED]
    )
    return {
        "unsaved": unsaved_in(version.edition),
        "rule": rule_in_words(rule),
        "becomes_public": rule["pending_is_public"] and not taken.exists(),
        "earlier": Submission.objects.filter(edition=version.edition_id)
        .select_related("version")
        .without_text()
        .order_by("-pk"),
    }
