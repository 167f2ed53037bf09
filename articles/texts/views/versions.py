"""Versions: what was frozen."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from articles.desk.views import DeskRequest, paged, signed_in
from articles.models import Edition, Version
from articles.texts.shown_figures import with_credits
from articles.texts.views.frame import about, crumbs_of, visible_edition
from articles.texts.views.rendering import reference_rows
from manuscript.content.outline import outline


@signed_in
def versions(request: DeskRequest, pk: int) -> HttpResponse:
    """List the versions of an edition, newest first, with what the board made of each."""
    edition = visible_edition(request, pk)
    rows = (
        edition.versions.select_related("frozen_by")
        .prefetch_related("submissions")
        .without_text()
        .order_by("-number")
    )
    page, links = paged(request, rows)
    context = {
        **about(request, edition),
        "heading": _("Versions"),
        "page": page,
        "links": links,
    }
    return render(request, "articles/versions.html", context)


@signed_in
def version(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one version exactly as it was frozen."""
    version = get_object_or_404(
        Version.objects.filter(edition__in=Edition.objects.visible_to(request.user))
        .select_related("frozen_by", "edition__article__specialty", "edition__audience")
        .prefetch_related("submissions"),
        pk=pk,
    )
    content = version.frozen
    newest = version.edition.versions.order_by("-number").values_list("number", flat=True).first()
    context = {
        "section": "desk",
        "heading": version.title,
        "crumbs": [
            *crumbs_of(version.edition),
            {
                "label": _("Versions"),
                "url": reverse("articles:versions", args=[version.edition_id]),
            },
        ],
        "edition": version.edition,
        "version": version,
        "content": content,
        "newest": newest,
        "rendered": mark_safe(  # noqa: S308 - rendered at its freeze
            with_credits(version.rendered, content["figures"])
        ),
        "references": reference_rows(
            content["references"], version.rendered_references, content["body"]
        ),
        "headings": outline(content["body"]),
        "submissions": sorted(version.submissions.all(), key=lambda row: -row.pk),
    }
    return render(request, "articles/version.html", context)
