"""References taken away: as RIS, BibTeX or CSL-JSON, or as a formatted list to copy.

Of the whole library or what its filters show, of an article, a draft, or a version as it was frozen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.desk.views import DeskRequest, for_library, signed_in
from articles.models import Article, Edition, Reference, Version
from articles.references.views.choosing_references import chosen_references
from articles.references.views.formatting_references import formatted_entry
from articles.texts.views.frame import crumbs_of, visible_edition
from manuscript.citing.formatting import NAMES, STYLES
from manuscript.citing.writing import FILE_TYPES, write_references

MOST_FORMATTED = 500
FILES = {"ris": "RIS", "bibtex": "BibTeX", "csl-json": "CSL-JSON"}


@dataclass(frozen=True)
class Listed:
    """References in order, with what they are called on a page and in a file."""

    title: str
    name: str
    rows: Sequence[tuple[str, Mapping[str, Any]]]
    crumbs: Sequence[Mapping[str, str]] = ()
    is_numbered: bool = False


def _answer(request: DeskRequest, listed: Listed, form: str) -> HttpResponse:
    """Answer with a file, or with the page to copy from where `form` is empty.

    :raises Http404: if there is no such form.
    """
    if not form:
        return _page(request, listed)
    if form not in FILE_TYPES:
        raise Http404
    ending, media_type = FILE_TYPES[form]
    content = write_references(
        [csl for _key, csl in listed.rows], form, keys=[key for key, _csl in listed.rows]
    )
    response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    disposition = content_disposition_header(as_attachment=True, filename=f"{listed.name}{ending}")
    response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _page(request: DeskRequest, listed: Listed) -> HttpResponse:
    style = request.GET.get("style", settings.CITATION_STYLE)
    if style not in STYLES:
        raise Http404
    shown = listed.rows[:MOST_FORMATTED]
    entries = [formatted_entry(csl, style) for _key, csl in shown]
    asked = request.GET.copy()
    asked.pop("style", None)
    context = {
        "section": "references",
        "crumbs": listed.crumbs,
        "heading": listed.title,
        "entries": entries,
        "is_numbered": listed.is_numbered,
        "left_out": len(listed.rows) - len(shown),
        "total": len(listed.rows),
        "style": style,
        "styles": NAMES.items(),
        "files": FILES,
        "asked": asked.urlencode(),
    }
    return render(request, "articles/reference_list.html", context)


@for_library
@require_safe
def of_library(request: DeskRequest, form: str = "") -> HttpResponse:
    """Take away the library, or what its filters show."""
    rows, query, show = chosen_references(request)
    listed = Listed(
        title=_("References, as filtered") if query or show else _("The whole library"),
        name="references",
        rows=list(rows.order_by("key").values_list("key", "csl")),
        crumbs=[{"label": _("References"), "url": reverse("articles:references")}],
    )
    return _answer(request, listed, form)


@signed_in
@require_safe
def of_article(request: DeskRequest, pk: int, form: str = "") -> HttpResponse:
    """Take away what the drafts of an article cite."""
    article = get_object_or_404(Article, pk=pk)
    editions = Edition.objects.visible_to(request.user).filter(article=article)
    if not editions.exists():
        raise Http404
    rows = Reference.objects.filter(citations__edition__in=editions).distinct()
    listed = Listed(
        title=_("References of the article"),
        name=f"{article.slug}-references",
        rows=list(rows.order_by("key").values_list("key", "csl")),
        crumbs=[{"label": article.question, "url": reverse("articles:article", args=[article.pk])}],
    )
    return _answer(request, listed, form)


@signed_in
@require_safe
def of_edition(request: DeskRequest, pk: int, form: str = "") -> HttpResponse:
    """Take away what a draft cites, in its order."""
    edition = visible_edition(request, pk)
    cited = edition.citations.order_by("number", "pk")
    listed = Listed(
        title=_("References of the draft"),
        name=f"{edition.article.slug}-{edition.language}-references",
        rows=list(cited.values_list("reference__key", "reference__csl")),
        crumbs=crumbs_of(edition),
        is_numbered=True,
    )
    return _answer(request, listed, form)


@signed_in
@require_safe
def of_version(request: DeskRequest, pk: int, form: str = "") -> HttpResponse:
    """Take away what a version cites, as it was frozen."""
    visible = Edition.objects.visible_to(request.user)
    versions = Version.objects.filter(edition__in=visible).select_related("edition__article")
    version = get_object_or_404(versions, pk=pk)
    edition = version.edition
    listed = Listed(
        title=_("References of version %(number)s") % {"number": version.number},
        name=f"{edition.article.slug}-{edition.language}-version-{version.number}-references",
        rows=[(row["key"], row["csl"]) for row in version.frozen["references"]],
        crumbs=[
            *crumbs_of(edition),
            {
                "label": _("Version %(number)s") % {"number": version.number},
                "url": reverse("articles:version", args=[version.pk]),
            },
        ],
        is_numbered=True,
    )
    return _answer(request, listed, form)
