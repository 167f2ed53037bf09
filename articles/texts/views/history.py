"""The history of an edition: every save and every version, what each said, and restoring one."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from reversion.models import Version as Saved

from articles.desk.views import DeskRequest, paged, signed_in
from articles.models import Edition, Version
from articles.texts import rules
from articles.texts.actions.drafts import save_draft
from articles.texts.comparison import between_states
from articles.texts.draft import DraftText
from articles.texts.errors import StaleDraft
from articles.texts.merging import fields_of
from articles.texts.merging import text_of as text_of_save
from articles.texts.saves import Size, saves_of, size_of_change
from articles.texts.states import draft_state, save_state
from articles.texts.states import text_of as text_of_version
from articles.texts.views.frame import about, visible_edition
from articles.texts.views.merging import conflict
from kernel.errors import NotAllowed


@dataclass(frozen=True)
class SaveRow:
    """A save in the list, with the one before it to compare with."""

    saved: Saved
    draft: int
    before: int | None
    size: Size
    is_current: bool


@dataclass(frozen=True)
class VersionRow:
    """A version in the list, above the save that it froze."""

    version: Version


@signed_in
def history(request: DeskRequest, pk: int) -> HttpResponse:
    """List the saves of a draft, newest first, each with the versions that were frozen of it."""
    edition = visible_edition(request, pk)
    page, links = paged(request, saves_of(edition))
    context = {
        **about(request, edition),
        "heading": _("History"),
        "rows": _rows(edition, page),
        "links": links,
    }
    return render(request, "articles/history.html", context)


@signed_in
def revision(request: DeskRequest, pk: int, revision: int) -> HttpResponse:
    """Show what a draft said at one save, and how it differs from the draft of today."""
    edition = visible_edition(request, pk)
    saved = get_object_or_404(saves_of(edition), pk=revision)
    draft = fields_of(saved)["draft_number"]
    text = text_of_save(saved)
    context = {
        **about(request, edition),
        "heading": _("Draft %(number)s") % {"number": draft},
        "saved": saved,
        "draft": draft,
        "text": text,
        "before": saves_of(edition)
        .filter(revision_id__lt=saved.revision_id)
        .values_list("pk", flat=True)
        .first(),
        "is_current": draft == edition.draft_number,
        "comparison": between_states(
            draft_state(edition, timezone.localdate()), save_state(edition, text)
        ),
    }
    return render(request, "articles/revision.html", context)


@signed_in
@require_POST
def restore(request: DeskRequest, pk: int, revision: int) -> HttpResponse:
    """Save what a draft once said as a new draft. Nothing of the history goes."""
    edition = visible_edition(request, pk)
    saved = get_object_or_404(saves_of(edition), pk=revision)
    number = fields_of(saved)["draft_number"]
    note = _("Restored draft %(number)s") % {"number": number}
    return _restored(request, edition, text_of_save(saved), note, restored=number)


@signed_in
@require_POST
def restore_version(request: DeskRequest, pk: int, number: int) -> HttpResponse:
    """Save what a version says as a new draft. The version stays as it is."""
    edition = visible_edition(request, pk)
    version = get_object_or_404(edition.versions, number=number)
    note = _("Restored version %(number)s") % {"number": number}
    return _restored(
        request, edition, text_of_version(version), note, restored=version.draft_number
    )


def _restored(
    request: DeskRequest, edition: Edition, text: DraftText, note: str, *, restored: int
) -> HttpResponse:
    if reason := rules.why_not_write(request.user):
        raise NotAllowed(reason)
    typed = request.POST.get("draft_number", "")
    opened = int(typed) if typed.isdecimal() and len(typed) < 10 else 0
    try:
        result = save_draft(
            actor=request.user,
            edition_id=edition.pk,
            draft_number=opened,
            text=text,
            at=timezone.now(),
            note=note,
            restored_draft=restored,
        )
    except StaleDraft as exc:
        edition = visible_edition(request, edition.pk)
        opened = opened or edition.draft_number
        return conflict(request, edition, typed=exc.typed, opened=opened, note=note)
    if result.changed:
        messages.success(
            request,
            _(
                "%(what)s. It is draft %(number)s now. What the draft said before is draft "
                "%(before)s, below it in the history: restore that to undo."
            )
            % {"what": note, "number": result.edition.draft_number, "before": opened},
        )
    else:
        messages.info(request, _("The draft says exactly this already, so nothing was saved."))
    return redirect("articles:history", pk=edition.pk)


def _rows(edition: Edition, page: Page[Saved]) -> list[SaveRow | VersionRow]:
    """Return one page of saves with the versions of their drafts. Three queries at most."""
    saves = list(page)
    if not saves:
        return []
    older = saves_of(edition).filter(revision_id__lt=saves[-1].revision_id).first()
    newer = (
        saves_of(edition)
        .filter(revision_id__gt=saves[0].revision_id)
        .order_by("revision_id")
        .first()
    )
    fields = [fields_of(saved) for saved in [*saves, *([older] if older else [])]]
    versions = edition.versions.select_related("frozen_by").without_text()
    if newer is not None:
        versions = versions.filter(draft_number__lt=fields_of(newer)["draft_number"])
    if older is not None:
        versions = versions.filter(draft_number__gte=fields[len(saves) - 1]["draft_number"])
    waiting = list(
        versions.prefetch_related("submissions").order_by("-draft_number", "-number")[:100]
    )
    rows: list[SaveRow | VersionRow] = []
    for place, saved in enumerate(saves):
        draft = fields[place]["draft_number"]
        while waiting and waiting[0].draft_number >= draft:
            rows.append(VersionRow(waiting.pop(0)))
        before = saves[place + 1] if place + 1 < len(saves) else older
        rows.append(
            SaveRow(
                saved=saved,
                draft=draft,
                before=before.pk if before else None,
                size=size_of_change(fields[place + 1] if before else None, fields[place]),
                is_current=draft == edition.draft_number,
            )
        )
    return rows + [VersionRow(version) for version in waiting]
