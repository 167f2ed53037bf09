"""What the checks say of a draft: the panel beside the text as it is typed, and a page of the saved one."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from articles.desk.views import DeskRequest, signed_in
from articles.models import Edition
from articles.texts.checks import report_of
from articles.texts.draft import DraftText
from articles.texts.views.frame import about, visible_edition

TYPED = ("title", "heading", "summary", "body")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def checks(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the checks of the saved draft; answer a POST of the fields as typed with the panel alone.

    A POST stores nothing. What cannot be a draft at all (a body too large, a title too long) answers 400 with the
    panel saying why.
    """
    edition = visible_edition(request, pk)
    if request.method == "POST":
        return _panel(request, edition)
    context = {
        **about(request, edition),
        "heading": _("Checks of draft %(number)s") % {"number": edition.draft_number},
        "report": report_of(edition),
    }
    return render(request, "articles/checks.html", context)


def _panel(request: DeskRequest, edition: Edition) -> HttpResponse:
    typed = {name: request.POST.get(name, getattr(edition, name)) for name in TYPED}
    context: dict[str, object] = {"edition": edition, "is_live": True}
    try:
        text = DraftText(**typed).tidied()
    except ValidationError as exc:
        context["refused"] = [reason for found in exc.message_dict.values() for reason in found]
        return render(request, "articles/_checks_report.html", context, status=400)
    context["report"] = report_of(edition, text)
    return render(request, "articles/_checks_report.html", context)
