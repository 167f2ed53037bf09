"""One edition: where it stands, and writing it."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Max
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import NotAllowed
from articles import rules
from articles.actions.drafts import save_draft
from articles.checks import blocking_problems
from articles.content.plain import word_count
from articles.draft import DraftText
from articles.errors import StaleDraft
from articles.forms import DraftForm
from articles.models import Edition, Reference
from articles.views.comparing import between_drafts
from articles.views.search import as_result
from articles.views.shared import (
    DeskRequest,
    about,
    add_errors,
    crumbs_of,
    signed_in,
    visible_edition,
)
from articles.views.standing import standing_of

CITED = re.compile(r'data-refs="([^"]*)"')


@signed_in
def edition(request: DeskRequest, pk: int) -> HttpResponse:
    """Show where an edition stands and the one thing to do next."""
    edition = visible_edition(request, pk)
    standing = standing_of(edition, blocking_problems(edition))
    remarks = []
    if standing.next_step in ("answer", "write", "freeze") and standing.latest:
        remarks = list(
            standing.latest.assignments.select_related("decision__decided_by", "capacity")
            .filter(decision__kind="REQUEST_CHANGES")
            .order_by("pk")
        )
    contributors = (
        edition.contributions.values("user__name")
        .annotate(times=Count("pk"), latest=Max("at"))
        .order_by("-latest", "user")
    )
    context = {
        **about(request, edition),
        "heading": str(edition),
        "crumbs": crumbs_of(edition)[:2],
        "standing": standing,
        "remarks": remarks,
        "contributors": contributors,
        "words": word_count(edition.body),
        "why_not_freeze": rules.why_not_freeze(request.user),
    }
    return render(request, "articles/edition.html", context)


@signed_in
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Write a draft. A save over somebody else's answers 409 with both texts."""
    edition = visible_edition(request, pk)
    if reason := rules.why_not_write(request.user):
        raise NotAllowed(reason)
    if request.method != "POST":
        initial = DraftForm.initial_of(DraftText.of(edition), draft_number=edition.draft_number)
        return _editor(request, edition, DraftForm(initial=initial))
    form = DraftForm(request.POST)
    if form.is_valid():
        try:
            saved = save_draft(
                actor=request.user,
                edition_id=pk,
                draft_number=form.cleaned_data["draft_number"],
                text=form.text,
                at=timezone.now(),
                note=form.cleaned_data["note"],
            )
        except ValidationError as exc:
            add_errors(form, exc, DraftForm.NAMES)
        except StaleDraft as exc:
            return conflict(
                request, visible_edition(request, pk), exc, note=form.cleaned_data["note"]
            )
        else:
            if saved.changed:
                messages.success(
                    request,
                    _("Draft %(number)s is saved.") % {"number": saved.edition.draft_number},
                )
            else:
                messages.info(request, _("Nothing had changed, so nothing was saved."))
            return redirect("articles:edit", pk=pk)
    return _editor(request, edition, form, status=400)


def conflict(
    request: DeskRequest, edition: Edition, stale: StaleDraft, *, note: str = ""
) -> HttpResponse:
    """Answer 409 with what is stored now, what was typed, and the difference between them.

    The form below holds the typed text under the newer draft's number, so that saving it again
    is deliberate.
    """
    initial = DraftForm.initial_of(stale.typed, draft_number=stale.draft_number)
    form = DraftForm(initial={**initial, "note": note})
    is_own = edition.updated_by_id == request.user.pk
    context = {
        "stale": stale,
        "reason": _("You saved this draft in another window.") if is_own else stale.reason,
        "comparison": between_drafts(stale.stored, stale.typed, language=edition.language),
    }
    return _editor(request, edition, form, status=409, **context)


def _editor(
    request: DeskRequest, edition: Edition, form: DraftForm, *, status: int = 200, **extra: object
) -> HttpResponse:
    body = form["body"].value() or ""
    keys = {key for keys in CITED.findall(body) for key in keys.split()}
    cited = Reference.objects.filter(key__in=keys).prefetch_related("notices")
    context = {
        **about(request, edition),
        "heading": str(edition),
        "form": form,
        "media": form["body"].field.widget.media_with_nonce(str(request.csp_nonce)),  # type: ignore[attr-defined]
        "known": {row["key"]: row for row in map(as_result, cited)},
        "problems": blocking_problems(edition),
        **extra,
    }
    return render(request, "articles/edit.html", context, status=status)
