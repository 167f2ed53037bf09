"""Working through the sources that are still to be identified, one after the other."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from articles.desk.sources import as_result
from articles.desk.views import DeskRequest, for_library
from articles.models import Edition, Reference
from articles.references import rules
from articles.references.actions.merging import merge_references, resolve_reference
from articles.references.actions.references import same_source
from articles.references.identifying import (
    Candidate,
    best,
    from_crossref,
    from_library,
    read_typed,
    words_of,
)
from articles.references.lookups import LookupFailed, lookups, why_not_look_up
from articles.references.models.reference import ReferenceQuerySet
from articles.references.views.candidates import formatted, shown_candidates
from articles.references.views.carrying import NotCarried, brought_back
from articles.references.views.finding import say_notices
from articles.references.views.references import moved_words, visible_reference
from articles.texts.checks.web_pages import needed_of_web_page
from articles.texts.views.frame import crumbs_of
from kernel.errors import NotAllowed, WrongState
from manuscript.citing.matching import match
from manuscript.citing.reading import ReadReference


@dataclass(frozen=True)
class Queue:
    """The sources to be identified: all, or those that one draft cites."""

    rows: ReferenceQuerySet
    edition: Edition | None

    def address(self, **where: object) -> str:
        """Return the address of a place in the queue."""
        query = {"edition": self.edition.pk} if self.edition else {}
        said = urlencode(query | {name: value for name, value in where.items() if value})
        return reverse("articles:reference-identify") + (f"?{said}" if said else "")


def _queue(request: DeskRequest, edition: str) -> Queue:
    """Return the queue, of one draft where `edition` is its id."""
    rows = Reference.objects.in_use().filter(is_identified=False)
    if not edition:
        return Queue(rows, None)
    visible = Edition.objects.visible_to(request.user).with_article()
    found = get_object_or_404(visible, pk=_number(edition))
    return Queue(rows.filter(citations__edition=found), found)


@for_library
@require_safe
def identify(request: DeskRequest) -> HttpResponse:
    """Show the next source to be identified: what was typed, and what it may be."""
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    queue = _queue(request, request.GET.get("edition", ""))
    at, after = (_number(request.GET.get(name, "")) for name in ("at", "after"))
    rows = queue.rows.order_by("pk")
    found = rows.filter(pk=at).first() if at else rows.filter(pk__gt=after).first()
    if found is None and after:
        return _end(request, queue)
    if found is None:
        found = rows.first()
    if found is None:
        return _end(request, queue)
    return identify_page(request, queue, found)


@for_library
@require_safe
def candidates(request: DeskRequest, pk: int) -> HttpResponse:
    """Answer with what Crossref proposes for one source, as a part of its page."""
    reference = visible_reference(request, pk)
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    queue = _queue(request, request.GET.get("edition", ""))
    context = {"reference": reference, "queue": _places(queue, reference), **_asked(reference)}
    return render(request, "articles/_crossref.html", context)


def _asked(reference: Reference) -> dict[str, Any]:
    """Return what Crossref proposes that the library has not proposed already."""
    if not words_of(reference.csl):
        return {"problem": _("There are no words to ask Crossref for. Give it a title first.")}
    try:
        found = from_crossref(reference.csl, lookups())
    except LookupFailed as exc:
        return {"problem": str(exc)}
    known = {
        one.reference.pk for one in from_library(reference.csl, but=reference.pk) if one.reference
    }
    fresh = [
        one
        for one in best(found)
        if not (one.reference and (one.reference.pk in known or one.reference.pk == reference.pk))
    ]
    return {"proposed": shown_candidates(fresh)}


@for_library
@require_POST
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    """Say what a source is: a reference of the library (`into`), or a record that was looked up (`carried`).

    The first merges the two, which cannot be undone; the second corrects the record, or merges it where the library
    has that source.
    """
    reference = visible_reference(request, pk)
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    queue = _queue(request, request.POST.get("edition", ""))
    if reference.merged_into is not None:
        messages.info(request, moved_words(reference))
        return redirect(queue.address(after=pk))
    try:
        if "into" in request.POST:
            into = get_object_or_404(Reference, pk=_number(request.POST["into"]))
            kept = merge_references(
                actor=request.user, reference_id=pk, into_id=into.pk, at=timezone.now()
            )
        else:
            read = brought_back(request.POST.get("carried", ""))
            resolved = resolve_reference(
                actor=request.user, reference_id=pk, read=read, at=timezone.now()
            )
            kept = resolved.reference
            say_notices(request, resolved.notices)
    except NotCarried:
        problem = _("The record lay here for too long. Look it up again.")
        return identify_page(request, queue, reference, problem=problem, status=400)
    except ValidationError as exc:
        problem = " ".join(exc.messages)
        return identify_page(request, queue, reference, problem=problem, status=400)
    except WrongState as exc:
        return identify_page(request, queue, reference, problem=exc.reason, status=409)
    messages.success(
        request,
        _("Identified: “%(title)s” (%(key)s).")
        % {"title": kept.title or kept.csl.get("DOI", ""), "key": kept.key},
    )
    return redirect(queue.address(after=pk))


@for_library
@require_POST
def look_up(request: DeskRequest, pk: int) -> HttpResponse:
    """Show the record behind a DOI or PMID that somebody gives for a source, to be confirmed."""
    reference = visible_reference(request, pk)
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    queue = _queue(request, request.POST.get("edition", ""))
    text = request.POST.get("identifier", "").strip()[:500]
    typed = read_typed(text)
    if not typed.identifier:
        problem = _("“%(text)s” is neither a DOI nor a PMID.") % {"text": text[:80]}
        return identify_page(
            request, queue, reference, problem=problem, identifier=text, status=400
        )
    try:
        found = _behind(reference, typed.csl, typed.identifier)
    except LookupFailed as exc:
        return identify_page(
            request, queue, reference, problem=str(exc), identifier=text, status=400
        )
    return identify_page(request, queue, reference, identifier=text, looked_up=found)


def _behind(reference: Reference, csl: dict[str, Any], identifier: str) -> Candidate:
    """Return the library's reference with an identifier, or the record that is looked up.

    :raises LookupFailed: where it is not there, and nobody answers.
    """
    fields = {"doi": csl.get("DOI", ""), "pmid": csl.get("PMID", "")}
    if existing := same_source(fields, but=reference.pk):
        likeness = match(reference.csl, existing.csl)
        return Candidate(
            csl=existing.csl,
            score=likeness.score,
            reasons=likeness.reasons,
            reference=existing,
        )
    read: ReadReference = lookups().lookup(identifier)
    likeness = match(reference.csl, read.csl)
    return Candidate(csl=read.csl, score=likeness.score, reasons=likeness.reasons, read=read)


def identify_page(
    request: DeskRequest,
    queue: Queue,
    reference: Reference,
    *,
    problem: str = "",
    identifier: str = "",
    looked_up: Candidate | None = None,
    status: int = 200,
) -> HttpResponse:
    """Show one source of the queue. Constant queries."""
    total = queue.rows.count()
    context = {
        "section": "references",
        "crumbs": crumbs_of(queue.edition) if queue.edition else _library_crumbs(),
        "heading": _("Identify sources"),
        "reference": reference,
        "shown": as_result(reference),
        "formatted": formatted(reference.csl),
        "needed": needed_of_web_page(reference.csl),
        "typed": str(reference.csl.get("note", "")),
        "drafts": Edition.objects.visible_to(request.user)
        .filter(citations__reference=reference)
        .with_article()
        .order_by("pk")[:10],
        "queue": _places(queue, reference),
        "total": total,
        "position": queue.rows.filter(pk__lte=reference.pk).count(),
        "candidates": shown_candidates(from_library(reference.csl, but=reference.pk)),
        "looked_up": shown_candidates([looked_up])[0] if looked_up else None,
        "why_not_look_up": why_not_look_up(),
        "problem": problem,
        "identifier": identifier,
        "is_asking": request.GET.get("crossref") == "1",
    }
    if context["is_asking"]:
        context["crossref"] = _asked(reference)
    return render(request, "articles/identify.html", context, status=status)


def _places(queue: Queue, reference: Reference) -> dict[str, Any]:
    candidates = reverse("articles:reference-candidates", args=[reference.pk])
    edition = f"?edition={queue.edition.pk}" if queue.edition else ""
    return {
        "edition": queue.edition,
        "here": queue.address(at=reference.pk),
        "skip": queue.address(after=reference.pk),
        "edit": _edit_address(queue, reference),
        "ask": queue.address(at=reference.pk, crossref=1),
        "candidates": candidates + edition,
    }


def _edit_address(queue: Queue, reference: Reference) -> str:
    asked = {"queue": queue.edition.pk if queue.edition else "all"}
    return f"{reverse('articles:reference-edit', args=[reference.pk])}?{urlencode(asked)}"


def after_editing(request: DeskRequest, pk: int) -> str:
    """Return where an edit that was begun in the queue (`?queue=`) leads: to the next source of it; else nothing."""
    asked = request.GET.get("queue", "")
    if asked != "all" and not asked.isdecimal():
        return ""
    return _queue(request, "" if asked == "all" else asked).address(after=pk)


def _library_crumbs() -> list[dict[str, str]]:
    return [{"label": _("References"), "url": reverse("articles:references")}]


def _end(request: DeskRequest, queue: Queue) -> HttpResponse:
    context = {
        "section": "references",
        "crumbs": crumbs_of(queue.edition) if queue.edition else _library_crumbs(),
        "heading": _("Identify sources"),
        "edition": queue.edition,
        "left": queue.rows.count(),
        "again": queue.address(),
    }
    return render(request, "articles/identify_end.html", context)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 18 else 0
