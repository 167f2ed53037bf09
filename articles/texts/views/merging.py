"""A draft that moved on while somebody wrote: both texts as one, with a choice wherever they differ."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles.desk.views import DeskRequest, signed_in
from articles.models import Edition
from articles.texts import rules
from articles.texts.actions.drafts import save_draft
from articles.texts.draft import DraftText
from articles.texts.errors import StaleDraft
from articles.texts.forms import DraftForm
from articles.texts.freezing import CALLOUT_LABELS, figure_facts
from articles.texts.merging import Line, MergedDraft, draft_as, merge_drafts
from articles.texts.shown_figures import images_of, shown_figures
from articles.texts.views.editing import editor_page
from articles.texts.views.frame import about, visible_edition
from kernel.errors import NotAllowed
from kernel.forms import add_refusal
from manuscript.content import steps
from manuscript.content.citations import number
from manuscript.content.difference import shown_difference
from manuscript.content.merged import Choice, Origin, Part, Place
from manuscript.content.schema import ContentRefused

STORED = re.compile(r"[0-9]{1,9}")
"""The number of a stored draft, as the page for merging sends it back."""
LONG = 1200
"""Characters of a stretch that nobody changed from which it is folded away."""


@dataclass(frozen=True)
class Row:
    """A stretch of the merged text on the page: settled, or a place with a choice. Single fields are plain text."""

    html: str = ""
    is_place: bool = False
    is_long: bool = False
    origin: str = ""
    name: str = ""
    count: int = 0
    theirs: str = ""
    mine: str = ""
    chosen: str = ""
    can_be_both: bool = True


def conflict(
    request: DeskRequest,
    edition: Edition,
    *,
    typed: DraftText,
    opened: int,
    note: str = "",
    status: int = 409,
    refusal: ValidationError | None = None,
) -> HttpResponse:
    """Answer with one text of what is stored and what was typed into draft `opened`.

    `typed` is tidied. The page carries it along, so that whatever happens next, nothing typed is lost.
    """
    stored = DraftText.of(edition)
    merged = merge_drafts(draft_as(edition, opened), stored, typed)
    carried = DraftForm.initial_of(typed, draft_number=opened)
    form = DraftForm(initial={**carried, "note": note})
    if refusal is not None:
        form = DraftForm({**carried, "note": note})
        add_refusal(form, refusal, DraftForm.NAMES)
    context = {
        **about(request, edition),
        "heading": str(edition),
        "form": form,
        "carried": [form[name].as_hidden() for name in carried],
        "is_own": edition.updated_by_id == request.user.pk,
        "rows": _rows(merged, edition, stored, typed, request.POST),
        "choices": len(merged.lines) + len(merged.body.places),
        "next_number": edition.draft_number + 1,
    }
    return render(request, "articles/merge.html", context, status=status)


@signed_in
@require_POST
def merge(request: DeskRequest, pk: int) -> HttpResponse:
    """Save the merged text with the choices made. A save in between shows the page again.

    Choices are named by what they are between, so those that still stand stay made.
    """
    edition = visible_edition(request, pk)
    if reason := rules.why_not_write(request.user):
        raise NotAllowed(reason)
    form = DraftForm(request.POST)
    seen = request.POST.get("stored_number", "")
    if not form.is_valid() or not STORED.fullmatch(seen):
        return editor_page(request, edition, form, status=400)
    typed, opened = form.text.tidied(), form.cleaned_data["draft_number"]
    note = form.cleaned_data["note"]
    merged = merge_drafts(draft_as(edition, opened), DraftText.of(edition), typed)
    try:
        saved = save_draft(
            actor=request.user,
            edition_id=pk,
            draft_number=int(seen),
            text=merged.text(_choices(request.POST)),
            at=timezone.now(),
            note=note or _("Merged with draft %(number)s") % {"number": seen},
            empties_copy=True,
        )
    except StaleDraft:
        edition = visible_edition(request, pk)
        return conflict(request, edition, typed=typed, opened=opened, note=note)
    except (ContentRefused, ValidationError) as exc:
        refusal = exc if isinstance(exc, ValidationError) else ValidationError({"body": str(exc)})
        return conflict(
            request, edition, typed=typed, opened=opened, note=note, status=400, refusal=refusal
        )
    number_now = saved.edition.draft_number
    messages.success(
        request, _("The merged text is saved as draft %(number)s.") % {"number": number_now}
    )
    return redirect("articles:edit", pk=pk)


def _choices(posted: Mapping[str, str]) -> dict[str, Choice]:
    known = set(Choice)
    return {
        name.removeprefix("choice-"): Choice(value)
        for name, value in posted.items()
        if name.startswith("choice-") and value in known
    }


def _rows(
    merged: MergedDraft,
    edition: Edition,
    stored: DraftText,
    typed: DraftText,
    posted: Mapping[str, str],
) -> list[Row]:
    """Return what the page shows, in reading order; choices made before stay made."""
    choices = _choices(posted)
    shown = _Shown(edition, stored.body + typed.body)
    rows = [
        _line(line, choices.get(line.name, line.default), count)
        for count, line in enumerate(merged.lines, start=1)
    ]
    count = len(rows)
    for part in merged.body.parts:
        if isinstance(part, Place):
            count += 1
            rows.append(_place(part, shown, choices.get(part.name, part.default), count))
        else:
            rows.append(_part(part, shown))
    return rows


class _Shown:
    """Shows stretches of a body as changed from others, with the figures that they hold."""

    def __init__(self, edition: Edition, bodies: str) -> None:
        self._labels = CALLOUT_LABELS.get(edition.language, CALLOUT_LABELS["en"])
        self._figures = images_of(figure_facts(row) for row in shown_figures(bodies))
        self._numbers = number(bodies)

    def __call__(self, before: str, after: str) -> SafeString:
        found = shown_difference(
            before,
            after,
            numbers_before=self._numbers,
            numbers_after=self._numbers,
            labels=self._labels,
            figures=self._figures,
            step=steps.none,
        )
        return mark_safe(found.html)  # noqa: S308 - written from canonical bodies


def _part(part: Part, shown: _Shown) -> Row:
    if part.origin is Origin.SAME:
        return Row(shown(part.html, part.html), is_long=len(part.html) > LONG, origin="same")
    return Row(shown(part.before, part.html), origin=part.origin.value)


def _place(place: Place, shown: _Shown, choice: Choice, count: int) -> Row:
    if place.is_whole:
        return Row(
            is_place=True,
            origin=_("the whole text, which is too long to merge part by part"),
            name=place.name,
            count=count,
            theirs=shown(place.theirs, place.theirs),
            mine=shown(place.mine, place.mine),
            chosen=choice.value,
            can_be_both=False,
        )
    before = place.before
    return Row(
        is_place=True,
        name=place.name,
        count=count,
        theirs=shown(before, place.theirs) if before else shown(place.theirs, place.theirs),
        mine=shown(before or place.theirs, place.mine) if place.mine else "",
        chosen=choice.value,
        can_be_both=bool(place.theirs and place.mine),
    )


def _line(line: Line, choice: Choice, count: int) -> Row:
    name = DraftForm.NAMES.get(line.name, line.name)
    return Row(
        is_place=True,
        origin=str(DraftForm.base_fields[name].label),
        name=line.name,
        count=count,
        theirs=_words(line.theirs),
        mine=_words(line.mine),
        chosen=choice.value,
        can_be_both=False,
    )


def _words(value: Any) -> str:
    """Return a single field as text to be escaped by the template."""
    return ", ".join(map(str, value.values())) if isinstance(value, dict) else str(value)
