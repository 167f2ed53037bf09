"""The history of a draft: every save, what it said, and restoring one as a new save."""

import json
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from reversion.models import Version as Saved

from accounts.errors import NotAllowed
from articles import rules
from articles.actions.drafts import save_draft
from articles.draft import DraftText
from articles.errors import StaleDraft
from articles.models import Edition
from articles.views.comparing import between_drafts
from articles.views.editions import conflict
from articles.views.shared import DeskRequest, about, paged, signed_in, visible_edition

FIELDS = ("title", "heading", "summary", "body", "jurisdiction", "ai_provenance")


@signed_in
def history(request: DeskRequest, pk: int) -> HttpResponse:
    """List every save of a draft, newest first, and which of them were frozen."""
    edition = visible_edition(request, pk)
    page, links = paged(request, _saves(edition))
    frozen = dict(edition.versions.order_by("number").values_list("draft_number", "number"))
    rows = []
    for saved in page:
        draft = _fields(saved)["draft_number"]
        rows.append(
            {
                "saved": saved,
                "draft": draft,
                "version": frozen.get(draft),
                "is_current": draft == edition.draft_number,
            }
        )
    context = {
        **about(request, edition),
        "heading": _("History of the draft"),
        "rows": rows,
        "links": links,
    }
    return render(request, "articles/history.html", context)


@signed_in
def revision(request: DeskRequest, pk: int, revision: int) -> HttpResponse:
    """Show what a draft said at one save, and how it differs from the draft of today."""
    edition = visible_edition(request, pk)
    saved = get_object_or_404(_saves(edition), pk=revision)
    draft = _fields(saved)["draft_number"]
    text = _text(saved)
    context = {
        **about(request, edition),
        "heading": _("Draft %(number)s") % {"number": draft},
        "saved": saved,
        "draft": draft,
        "text": text,
        "is_current": draft == edition.draft_number,
        "comparison": between_drafts(DraftText.of(edition), text, language=edition.language),
    }
    return render(request, "articles/revision.html", context)


@signed_in
@require_POST
def restore(request: DeskRequest, pk: int, revision: int) -> HttpResponse:
    """Save what a draft once said as a new draft. Nothing of the history goes."""
    edition = visible_edition(request, pk)
    if reason := rules.why_not_write(request.user):
        raise NotAllowed(reason)
    saved = get_object_or_404(_saves(edition), pk=revision)
    note = _("Restored draft %(number)s") % {"number": _fields(saved)["draft_number"]}
    opened = request.POST.get("draft_number", "")
    try:
        result = save_draft(
            actor=request.user,
            edition_id=pk,
            draft_number=int(opened) if opened.isdecimal() else 0,
            text=_text(saved),
            at=timezone.now(),
            note=note,
        )
    except StaleDraft as exc:
        return conflict(request, visible_edition(request, pk), exc, note=note)
    if result.changed:
        messages.success(
            request,
            _("%(what)s. It is draft %(number)s now.")
            % {"what": note, "number": result.edition.draft_number},
        )
    else:
        messages.info(request, _("The draft says exactly this already, so nothing was saved."))
    return redirect("articles:edition", pk=pk)


def _saves(edition: Edition) -> QuerySet[Saved]:
    return (  # type: ignore[no-any-return]
        Saved.objects.get_for_object(edition).select_related("revision__user").order_by("-pk")
    )


def _fields(saved: Saved) -> dict[str, Any]:
    """Return the fields of one save as they were written, not as today's model reads them."""
    return json.loads(saved.serialized_data)[0]["fields"]  # type: ignore[no-any-return]


def _text(saved: Saved) -> DraftText:
    fields = _fields(saved)
    return DraftText(**{name: fields[name] for name in FIELDS if name in fields})
