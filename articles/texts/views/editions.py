"""One edition: where it stands, and writing it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Max
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.import_words import grouped
from articles.desk.views import DeskRequest, signed_in
from articles.models import Edition, ImportRecord, WorkingCopy
from articles.texts import rules
from articles.texts.actions.drafts import SavedDraft, save_draft
from articles.texts.actions.working_copies import unsaved_in, working_copy_of
from articles.texts.checks import blocking_problems
from articles.texts.draft import DraftText
from articles.texts.errors import StaleDraft
from articles.texts.forms import DraftForm
from articles.texts.views.editing import editor_page
from articles.texts.views.frame import about, crumbs_of, visible_edition
from articles.texts.views.merging import conflict
from articles.texts.views.standing import standing_of
from kernel.errors import NotAllowed
from kernel.forms import add_refusal
from manuscript.content.plain import word_count
from manuscript.importing.result import Warning_


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
        "unsaved": unsaved_in(edition),
        **_import_of(edition),
    }
    return render(request, "articles/edition.html", context)


def _import_of(edition: Edition) -> dict[str, Any]:
    """Return where an imported edition came from, and what the importer had to say. One query."""
    record = ImportRecord.objects.filter(edition=edition).first()
    if record is None:
        return {}
    return {
        "import_record": record,
        "import_groups": grouped(Warning_(**row) for row in record.warnings),
    }


@signed_in
def edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Write a draft. A save over somebody else's answers 409 with both texts as one.

    What was typed and not saved is shown again. The page's script saves without leaving it: it
    asks for JSON and gets the number of the draft, or why there is none.
    """
    edition = visible_edition(request, pk)
    if reason := rules.why_not_write(request.user):
        raise NotAllowed(reason)
    if request.method != "POST":
        return _opened(request, edition)
    form = DraftForm(request.POST)
    if form.is_valid():
        at = timezone.now()
        try:
            saved = save_draft(
                actor=request.user,
                edition_id=pk,
                draft_number=form.cleaned_data["draft_number"],
                text=form.text,
                at=at,
                note=form.cleaned_data["note"],
                empties_copy=True,
            )
        except ValidationError as exc:
            add_refusal(form, exc, DraftForm.NAMES)
        except StaleDraft as exc:
            if _wants_json(request):
                return JsonResponse({"reason": exc.reason, "current": exc.current}, status=409)
            return conflict(
                request,
                visible_edition(request, pk),
                typed=exc.typed,
                opened=form.cleaned_data["draft_number"],
                note=form.cleaned_data["note"],
            )
        else:
            return _saved(request, saved)
    if _wants_json(request):
        errors = {name: [str(reason) for reason in form.errors[name]] for name in form.errors}
        return JsonResponse({"errors": errors}, status=400)
    return editor_page(request, edition, form, status=400)


def _opened(request: DeskRequest, edition: Edition) -> HttpResponse:
    """Show the stored draft, or what this person typed and did not save."""
    stored = DraftText.of(edition)
    initial = DraftForm.initial_of(stored, draft_number=edition.draft_number)
    copy = working_copy_of(request.user, edition)
    typed = _typed(copy, initial) if copy else None
    if copy is None or typed == stored:
        return editor_page(request, edition, DraftForm(initial=initial))
    if typed is not None and copy.draft_number != edition.draft_number:
        opened, note = copy.draft_number, copy.text.get("note", "")
        return conflict(request, edition, typed=typed, opened=opened, note=note, status=200)
    form = DraftForm(initial={**initial, **copy.text, "draft_number": copy.draft_number})
    return editor_page(request, edition, form, kept=copy)


def _typed(copy: WorkingCopy, initial: dict[str, object]) -> DraftText | None:
    """Return what was typed as it would be stored, or None where it could not be."""
    form = DraftForm({**initial, **copy.text})
    if not form.is_valid():
        return None
    try:
        return form.text.tidied()
    except ValidationError:
        return None


def _saved(request: DeskRequest, saved: SavedDraft) -> HttpResponse:
    number = saved.edition.draft_number
    if _wants_json(request):
        return JsonResponse({"draft_number": number, "changed": saved.changed})
    if saved.changed:
        messages.success(request, _("Draft %(number)s is saved.") % {"number": number})
    else:
        messages.info(request, _("Nothing had changed, so nothing was saved."))
    return redirect("articles:edit", pk=saved.edition.pk)


def _wants_json(request: DeskRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
