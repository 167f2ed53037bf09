"""The library of figures: the list, one figure, and adding one."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from articles.desk.views import DeskRequest, for_figures, paged, signed_in
from articles.figures import rules
from articles.figures.actions.figures import add_figure, change_figure
from articles.figures.views.figure_forms import FigureFactsForm, FigureForm
from articles.models import Edition, Figure, Version
from articles.texts.shown_figures import address, drafts_showing
from kernel.errors import NotAllowed, WrongState
from kernel.forms import add_refusal

PER_PAGE = 24
AT_MOST = 12
MOST_KEYS = 200
USES_SHOWN = 200


def thumbnail(figure: Figure, *, least: int = 320) -> str:
    """Return the address of the narrowest file of a figure that has `least` pixels, or its widest."""
    width = next((width for width in figure.widths if width >= least), figure.widths[-1])
    return address(figure.digest, width, figure.media_type)


def as_result(figure: Figure) -> dict[str, Any]:
    """Return what the editor shows of a figure."""
    return {
        "key": figure.key,
        "address": thumbnail(figure, least=900),
        "small": thumbnail(figure),
        "width": figure.width,
        "height": figure.height,
        "credit": figure.credit,
        "licence": figure.licence,
        "name": figure.name,
    }


def matching(query: str) -> QuerySet[Figure]:
    """Return the figures whose key, file name, credit or licence contain every word."""
    rows = Figure.objects.all()
    for word in query.split():
        rows = rows.filter(
            Q(key__icontains=word)
            | Q(name__icontains=word)
            | Q(credit__icontains=word)
            | Q(licence__icontains=word)
        )
    return rows


@for_figures
def figures(request: DeskRequest) -> HttpResponse:
    """List the library, newest first; for POST, add a figure and answer in JSON."""
    if request.method == "POST":
        return _uploaded(request)
    query = request.GET.get("q", "").strip()[:200]
    rows = matching(query).annotate(in_versions=Count("placed_in"))
    page, links = paged(request, rows.order_by("-added_at", "-pk"), per_page=PER_PAGE)
    context = {
        "section": "figures",
        "heading": _("Figures"),
        "rows": [(row, thumbnail(row)) for row in page],
        "links": links,
        "query": query,
        "why_not_keep": rules.why_not_keep_figures(request.user),
    }
    return render(request, "articles/figures.html", context)


@for_figures
@require_GET
def search(request: DeskRequest) -> JsonResponse:
    """Answer with figures: those called `key` (any number of them), or at most 12 that contain
    every word of `q`, newest first.
    """
    if keys := request.GET.getlist("key")[:MOST_KEYS]:
        found = Figure.objects.filter(key__in=keys).order_by("pk")
        return JsonResponse({"results": [as_result(row) for row in found], "more": False})
    query = request.GET.get("q", "").strip()[:200]
    rows = list(matching(query).order_by("-added_at", "-pk")[: AT_MOST + 1])
    return JsonResponse(
        {"results": [as_result(row) for row in rows[:AT_MOST]], "more": len(rows) > AT_MOST}
    )


def _added(request: DeskRequest, form: FigureForm) -> tuple[Figure, str] | None:
    """Add what a form brought; return the figure and what to say of it. None: `form` says why not.

    :raises NotAllowed: if the user does not keep figures.
    """
    if reason := rules.why_not_keep_figures(request.user):
        raise NotAllowed(reason)
    if not form.is_valid():
        return None
    data, at = form.cleaned_data, timezone.now()
    try:
        figure = add_figure(
            actor=request.user,
            data=data["file"].read(),
            name=data["file"].name,
            key=data["key"],
            credit=data["credit"],
            licence=data["licence"],
            at=at,
        )
    except ValidationError as exc:
        add_refusal(form, exc)
        return None
    except WrongState as exc:
        form.add_error("key", exc.reason)
        return None
    if figure.added_at == at:
        return figure, _("“%(key)s” is in the library.") % {"key": figure.key}
    return figure, _(
        "The library had this picture already, as “%(key)s”. It stays as it was, with its credit and licence."
    ) % {"key": figure.key}


def _uploaded(request: DeskRequest) -> JsonResponse:
    form = FigureForm(request.POST, request.FILES)
    try:
        added = _added(request, form)
    except NotAllowed as exc:
        return JsonResponse({"errors": {"file": [str(exc)]}}, status=HTTPStatus.FORBIDDEN)
    if added is None:
        errors = {name: [str(error) for error in found] for name, found in form.errors.items()}
        return JsonResponse({"errors": errors}, status=HTTPStatus.BAD_REQUEST)
    figure, said = added
    return JsonResponse({"figure": as_result(figure), "said": said}, status=HTTPStatus.CREATED)


@for_figures
def new(request: DeskRequest) -> HttpResponse:
    """Add a figure without the editor; its page then says what to write into a text."""
    if reason := rules.why_not_keep_figures(request.user):
        raise NotAllowed(reason)
    posted = request.method == "POST"
    form = FigureForm(request.POST, request.FILES) if posted else FigureForm()
    if posted and (added := _added(request, form)):
        figure, said = added
        messages.success(request, said)
        return redirect("articles:figure", pk=figure.pk)
    context = {
        "section": "figures",
        "heading": _("Add a figure"),
        "crumbs": [{"label": _("Figures"), "url": reverse("articles:figures")}],
        "form": form,
    }
    return render(request, "articles/figure_form.html", context, status=400 if form.errors else 200)


@signed_in
def figure(request: DeskRequest, pk: int) -> HttpResponse:
    """Show one figure: the picture, what is known of it and where it is used; change its words."""
    figure = Figure.objects.select_related("added_by").filter(pk=pk).first()
    if figure is None or not request.user.has_perm("articles.view_figure"):
        raise Http404
    why_not_keep = rules.why_not_keep_figures(request.user)
    facts = {"credit": figure.credit, "licence": figure.licence}
    form = FigureFactsForm(request.POST if request.method == "POST" else None, initial=facts)
    if request.method == "POST":
        if why_not_keep:
            raise NotAllowed(why_not_keep)
        if form.is_valid():
            try:
                change_figure(
                    actor=request.user, figure_id=pk, at=timezone.now(), **form.cleaned_data
                )
            except ValidationError as exc:
                add_refusal(form, exc)
            else:
                messages.success(request, _("Credit and licence are saved."))
                return redirect("articles:figure", pk=pk)
    visible = Edition.objects.visible_to(request.user)
    drafts = drafts_showing(
        visible.select_related("article", "audience").without_text(), figure.key
    )
    versions = Version.objects.filter(placed_figures__figure=figure, edition__in=visible)
    context = {
        "section": "figures",
        "heading": figure.key,
        "crumbs": [{"label": _("Figures"), "url": reverse("articles:figures")}],
        "figure": figure,
        "address": address(figure.digest, figure.width, figure.media_type),
        "editions": drafts.order_by("-updated_at", "-pk")[:USES_SHOWN],
        "versions": versions.without_text().order_by("-pk")[:USES_SHOWN],
        "form": form,
        "why_not_keep": why_not_keep,
    }
    return render(request, "articles/figure.html", context, status=400 if form.errors else 200)
