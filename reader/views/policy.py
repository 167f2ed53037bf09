"""The editorial policy, newest in force first."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from reader.context import page_context
from reader.models import PolicyVersion
from reader.views.answers import conditional_page


@require_safe
@conditional_page
def policy(request: HttpRequest) -> HttpResponse:
    """Show the newest version of the policy that is in force today."""
    today = timezone.now().date()
    versions = _versions()
    shown = next((row for row in versions if row.in_force_from <= today), None)
    return _answer(request, shown, versions)


@require_safe
@conditional_page
def policy_version(request: HttpRequest, number: int) -> HttpResponse:
    """Show one version of the policy."""
    versions = _versions()
    shown = next((row for row in versions if row.number == number), None)
    if shown is None:
        raise Http404
    return _answer(request, shown, versions)


def _versions() -> list[PolicyVersion]:
    return list(PolicyVersion.objects.order_by("-number"))


def _answer(
    request: HttpRequest, shown: PolicyVersion | None, versions: list[PolicyVersion]
) -> HttpResponse:
    today = timezone.now().date()
    in_force = next((row for row in versions if row.in_force_from <= today), None)
    context = page_context(
        request,
        shown=shown,
        text=markdown(shown.text) if shown else "",
        versions=versions,
        in_force=in_force,
        is_future=bool(shown and shown.in_force_from > today),
        nav="policy",
    )
    return render(request, "reader/policy.html", context)


def markdown(text: str) -> SafeString:
    """Return Markdown as HTML; tags in it are shown as they were typed, not obeyed."""
    rendered = str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))
    return mark_safe(rendered)  # noqa: S308
