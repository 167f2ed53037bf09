"""Freezing a draft into a version."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.views import DeskRequest, signed_in
from articles.models import Edition, Version
from articles.texts import rules
from articles.texts.actions.freezing import freeze
from articles.texts.actions.working_copies import unsaved_in
from articles.texts.checks import blocking_problems, only_unidentified
from articles.texts.draft import DraftText
from articles.texts.errors import FreezeRefused
from articles.texts.forms import FreezeForm
from articles.texts.views.comparing import between_drafts, text_of
from articles.texts.views.frame import about, visible_edition
from kernel.errors import NotAllowed, WrongState
from kernel.forms import add_refusal


@signed_in
def freeze_draft(request: DeskRequest, pk: int) -> HttpResponse:
    """Show what would be frozen and what stands against it; freeze it on POST."""
    edition = visible_edition(request, pk)
    if reason := rules.why_not_freeze(request.user):
        raise NotAllowed(reason)
    newest = edition.versions.order_by("-number").first()
    is_first = newest is None
    if request.method != "POST":
        form = FreezeForm(edition=edition, is_first=is_first)
        return _page(request, edition, newest, form)
    form = FreezeForm(request.POST, edition=edition, is_first=is_first)
    if not form.is_valid():
        return _page(request, edition, newest, form, status=400)
    try:
        version = freeze(
            actor=request.user,
            edition_id=pk,
            draft_number=form.cleaned_data["draft_number"],
            change_note=form.cleaned_data["change_note"],
            change_class=form.cleaned_data.get("change_class", ""),
            at=timezone.now(),
        )
    except ValidationError as exc:
        add_refusal(form, exc)
        return _page(request, edition, newest, form, status=400)
    except FreezeRefused:
        return _page(request, edition, newest, form, status=409)
    except WrongState as exc:
        edition = visible_edition(request, pk)
        newest = edition.versions.order_by("-number").first()
        typed = request.POST.copy()
        typed["draft_number"] = str(edition.draft_number)
        is_own = (
            request.POST["draft_number"] != typed["draft_number"]
            and edition.updated_by_id == request.user.pk
        )
        refusal = _("You saved this draft in another window.") if is_own else exc.reason
        form = FreezeForm(typed, edition=edition, is_first=newest is None)
        return _page(request, edition, newest, form, status=409, refusal=refusal)
    messages.success(
        request,
        _("Version %(number)s is frozen. Nothing changes it any more.")
        % {"number": version.number},
    )
    return redirect("articles:edition", pk=pk)


def _page(
    request: DeskRequest,
    edition: Edition,
    newest: Version | None,
    form: FreezeForm,
    *,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    before = text_of(newest) if newest else DraftText()
    number = newest.number + 1 if newest else 1
    problems = blocking_problems(edition)
    context = {
        **about(request, edition),
        "heading": _("Freeze as version %(number)s") % {"number": number},
        "newest": newest,
        "number": number,
        "form": form,
        "problems": problems,
        "only_unidentified": only_unidentified(problems),
        "refusal": refusal,
        "unsaved": unsaved_in(edition),
        "comparison": between_drafts(before, DraftText.of(edition), language=edition.language),
    }
    return render(request, "articles/freeze.html", context, status=status)
