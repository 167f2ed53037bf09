"""The page on which a draft is written, whatever led to it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from articles.desk.sources import as_result
from articles.desk.views import DeskRequest
from articles.models import Edition, Reference
from articles.texts.actions.working_copies import company_of
from articles.texts.checks import report_of
from articles.texts.forms import DraftForm
from articles.texts.views.frame import about
from manuscript.content.citations import keys_as_typed


def editor_page(
    request: DeskRequest, edition: Edition, form: DraftForm, *, status: int = 200, **extra: object
) -> HttpResponse:
    """Show `form` in the editor, with what the page knows of the sources that its text cites."""
    keys = keys_as_typed(form["body"].value() or "")
    cited = Reference.objects.filter(key__in=keys).prefetch_related("notices")
    context = {
        **about(request, edition),
        "heading": str(edition),
        "form": form,
        "media": form["body"].field.widget.media_with_nonce(str(request.csp_nonce)),  # type: ignore[attr-defined]
        "known": {row["key"]: row for row in map(as_result, cited)},
        "report": report_of(edition),
        "company": company_of(request.user, edition, at=timezone.now()),
        **extra,
    }
    return render(request, "articles/edit.html", context, status=status)
