"""The reference library: the list, one source, and the notices against it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.sources import as_result
from articles.desk.views import DeskRequest, for_library, paged, signed_in
from articles.models import Citation, CitedReference, Edition, Reference, Version
from articles.references import rules
from articles.references.actions.notices import record_notice
from articles.references.duplicates import duplicates_of
from articles.references.views.choosing_references import FILTERS, chosen_references
from articles.references.views.formatting_references import in_styles
from articles.references.views.reference_lists import FILES
from articles.references.views.source_forms import NoticeForm
from kernel.errors import NotAllowed
from kernel.forms import add_refusal

USES_SHOWN = 200
DUPLICATES_SHOWN = 20


def _counted(rows: QuerySet[Reference]) -> QuerySet[Reference]:
    """Annotate in how many drafts and versions each reference is cited."""
    counts = {
        name: Coalesce(
            Subquery(
                model.objects.filter(reference=OuterRef("pk"))
                .order_by()
                .values("reference")
                .annotate(times=Count("pk"))
                .values("times"),
                output_field=IntegerField(),
            ),
            0,
        )
        for name, model in (("in_drafts", Citation), ("in_versions", CitedReference))
    }
    return rows.annotate(**counts)


@for_library
def references(request: DeskRequest) -> HttpResponse:
    """List the library, newest first, with search, uses and notices. Merged references are left out."""
    rows, query, show = chosen_references(request)
    order = ("title_key", "year", "pk") if show == "double" else ("-added_at", "-pk")
    page, links = paged(request, _counted(rows).prefetch_related("notices").order_by(*order))
    context = {
        "section": "references",
        "heading": _("References"),
        "rows": [(row, as_result(row)) for row in page],
        "links": links,
        "query": query,
        "show": show,
        "filters": FILTERS.items(),
        "files": FILES,
        "asked": request.GET.urlencode(),
        "is_filtered": bool(query or show),
        "why_not_keep": rules.why_not_keep_references(request.user),
    }
    return render(request, "articles/references.html", context)


def visible_reference(request: DeskRequest, pk: int) -> Reference:
    """Return a reference that the user may see, with the one it was merged into.

    :raises Http404: if there is none, or the library is not theirs to read.
    """
    found = Reference.objects.select_related("added_by", "merged_into").filter(pk=pk).first()
    if found is None or not request.user.has_perm("articles.view_reference"):
        raise Http404
    return found


def moved_words(reference: Reference) -> str:
    """Return what people are told who come to a merged reference."""
    into = reference.merged_into.key if reference.merged_into else ""
    return _("“%(key)s” was merged into “%(into)s”: they are one source.") % {
        "key": reference.key,
        "into": into,
    }


@signed_in
def reference(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one source: as readers see it, its record, its notices and where it is cited.

    A merged one leads to what stands for it; `?own=1` shows the record that versions were frozen with.
    """
    found = visible_reference(request, pk)
    if found.merged_into is not None and "own" not in request.GET:
        messages.info(request, moved_words(found))
        return redirect("articles:reference", pk=found.merged_into.pk)
    return _page(request, found, NoticeForm())


@signed_in
def notice(request: DeskRequest, pk: int) -> HttpResponse:
    """Record a notice against a source. It shows at once wherever the source is cited."""
    reference = visible_reference(request, pk)
    if reason := rules.why_not_record_notice(request.user):
        raise NotAllowed(reason)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            recorded = record_notice(
                actor=request.user, reference_id=pk, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as exc:
            add_refusal(form, exc)
        else:
            messages.success(
                request, _("%(kind)s is recorded.") % {"kind": recorded.get_kind_display()}
            )
            return redirect("articles:reference", pk=pk)
    return _page(request, reference, form, status=400 if form.errors else 200)


def _page(
    request: DeskRequest, reference: Reference, form: NoticeForm, *, status: int = 200
) -> HttpResponse:
    shown = as_result(reference)
    context = {
        "section": "references",
        "heading": shown["title"],
        "reference": reference,
        "shown": shown,
        "typed": reference.csl.get("note", ""),
        "styles": in_styles(reference.csl),
        "notices": reference.notices.select_related("recorded_by").order_by("-noticed_on", "-pk"),
        "merged": reference.merged.order_by("pk"),
        "duplicates": [
            (row, as_result(row))
            for row in duplicates_of(reference)
            .prefetch_related("notices")
            .order_by("pk")[:DUPLICATES_SHOWN]
        ],
        **_uses(request, reference),
        "form": form,
        "why_not_keep": rules.why_not_keep_references(request.user),
        "why_not_notice": rules.why_not_record_notice(request.user),
    }
    return render(request, "articles/reference.html", context, status=status)


def _uses(request: DeskRequest, reference: Reference) -> dict[str, Any]:
    """Return the drafts that cite a source, and the versions that cite it or a record merged into it."""
    visible = Edition.objects.visible_to(request.user)
    editions = visible.filter(citations__reference=reference)
    one = Reference.objects.filter(pk=reference.pk) | Reference.objects.filter(
        merged_into=reference.pk
    )
    versions = Version.objects.filter(
        cited_references__reference__in=one, edition__in=visible
    ).distinct()
    return {
        "editions": editions.with_article().order_by("-updated_at", "-pk")[:USES_SHOWN],
        "versions": versions.select_related("edition__article")
        .without_text()
        .order_by("-pk")[:USES_SHOWN],
    }
