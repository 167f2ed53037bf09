"""The reference library: the list, one source, and the notices against it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts.errors import NotAllowed
from articles import rules
from articles.actions.references import record_notice
from articles.citing.ama import format_references
from articles.models import Citation, CitedReference, Edition, Reference, Version
from articles.views.search import as_result
from articles.views.shared import DeskRequest, add_errors, for_library, paged, signed_in
from articles.views.source_forms import NoticeForm

USES_SHOWN = 200


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
    """List the library, newest first, with search, uses and notices."""
    query = request.GET.get("q", "").strip()
    show = request.GET.get("show", "")
    rows = Reference.objects.matching(query)
    if show == "open":
        rows = rows.filter(is_identified=False)
    elif show == "noticed":
        rows = rows.filter(notices__isnull=False).distinct()
    page, links = paged(
        request, _counted(rows).prefetch_related("notices").order_by("-added_at", "-pk")
    )
    context = {
        "section": "references",
        "heading": _("References"),
        "rows": [(row, as_result(row)) for row in page],
        "links": links,
        "query": query,
        "show": show,
        "is_filtered": bool(query or show),
        "why_not_keep": rules.why_not_keep_references(request.user),
    }
    return render(request, "articles/references.html", context)


def visible_reference(request: DeskRequest, pk: int) -> Reference:
    """Return a reference that the user may see.

    :raises Http404: if there is none, or the library is not theirs to read.
    """
    found = Reference.objects.select_related("added_by").filter(pk=pk).first()
    if found is None or not request.user.has_perm("articles.view_reference"):
        raise Http404
    return found


@signed_in
def reference(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one source: as readers see it, its record, its notices and where it is cited."""
    return _page(request, visible_reference(request, pk), NoticeForm())


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
            add_errors(form, exc)
        else:
            messages.success(
                request, _("%(kind)s is recorded.") % {"kind": recorded.get_kind_display()}
            )
            return redirect("articles:reference", pk=pk)
    return _page(request, reference, form, status=400 if form.errors else 200)


def _page(
    request: DeskRequest, reference: Reference, form: NoticeForm, *, status: int = 200
) -> HttpResponse:
    editions = Edition.objects.visible_to(request.user).filter(citations__reference=reference)
    versions = Version.objects.filter(
        cited_references__reference=reference,
        edition__in=Edition.objects.visible_to(request.user),
    )
    context = {
        "section": "references",
        "heading": reference.title or reference.key,
        "reference": reference,
        "shown": as_result(reference),
        "formatted": mark_safe(format_references([reference.csl])[0]),  # noqa: S308 - cleaned
        "notices": reference.notices.select_related("recorded_by").order_by("-noticed_on", "-pk"),
        "editions": editions.with_article().order_by("-updated_at", "-pk")[:USES_SHOWN],
        "versions": versions.defer("content", "rendered", "rendered_references").order_by("-pk")[
            :USES_SHOWN
        ],
        "form": form,
        "why_not_keep": rules.why_not_keep_references(request.user),
        "why_not_notice": rules.why_not_record_notice(request.user),
    }
    return render(request, "articles/reference.html", context, status=status)
