"""Adding a file of references: first a report of what would be added, then the adding."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.desk import stash
from articles.desk.sources import as_result
from articles.desk.views import DeskRequest, for_library
from articles.models import Reference
from articles.references import rules
from articles.references.actions.notices import Taken
from articles.references.actions.reference_files import ImportOutcome, import_references
from articles.references.views.candidates import KINDS, shown_notices
from articles.references.views.search import described
from articles.references.views.source_forms import ReferenceFileForm
from kernel.errors import NotAllowed, WrongState
from manuscript.citing.reading import (
    ReadReferences,
    RecordWarning,
    ReferencesRefused,
    read_references,
)

KEPT_FILE = "references"
KEPT_RESULT = "result of references"
SHOWN = 200
"""How many of what went well are listed. What failed is listed whole."""


@for_library
def import_file(request: DeskRequest) -> HttpResponse:
    """Ask for a file; report what adding it would do; add it once confirmed."""
    if reason := rules.why_not_keep_references(request.user):
        raise NotAllowed(reason)
    if request.method != "POST":
        return _ask(request, ReferenceFileForm())
    if "kept" in request.POST:
        return _carried_on(request)
    form = ReferenceFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, form, status=400)
    file = form.cleaned_data["file"]
    data, name, kind = file.read(), file.name, form.cleaned_data["format"]
    try:
        read = read_references(data, format=kind, name=name)
    except ReferencesRefused as exc:
        form.add_error("file", str(exc))
        return _ask(request, form, status=400)
    now = timezone.now()
    outcome = import_references(actor=request.user, read=read, at=now, dry_run=True)
    kept = stash.keep(data, user=request.user, purpose=KEPT_FILE, now=now)
    return _report(request, read, outcome, kept=kept, name=name, kind=kind)


def _carried_on(request: DeskRequest) -> HttpResponse:
    """Add what was kept, and lead to what became of it."""
    kept, name = request.POST["kept"], request.POST.get("name", "")[:200]
    kind = request.POST.get("format", "auto")
    try:
        data = stash.fetch(kept, user=request.user, purpose=KEPT_FILE)
        read = read_references(data, format=kind, name=name)
    except (stash.StashGone, ReferencesRefused):
        form = ReferenceFileForm(initial={"format": kind})
        form.refused = _("The file is not kept here any more. Please choose it again.")
        return _ask(request, form, status=400)
    now = timezone.now()
    try:
        outcome = import_references(actor=request.user, read=read, at=now)
    except WrongState as exc:
        outcome = import_references(actor=request.user, read=read, at=now, dry_run=True)
        return _report(
            request, read, outcome, kept=kept, name=name, kind=kind, refusal=exc.reason, status=409
        )
    result = stash.keep(
        json.dumps(_remembered(read, outcome, name)).encode(),
        user=request.user,
        purpose=KEPT_RESULT,
        now=now,
    )
    stash.drop(kept, user=request.user, purpose=KEPT_FILE)
    address = reverse("articles:reference-import-result")
    return redirect(f"{address}?{urlencode({'of': result})}")


@for_library
@require_safe
def import_result(request: DeskRequest) -> HttpResponse:
    """Show what became of a file, for a day, to whoever imported it."""
    try:
        said = json.loads(
            stash.fetch(request.GET.get("of", ""), user=request.user, purpose=KEPT_RESULT)
        )
    except stash.StashGone:
        context = {"section": "references", "heading": _("Imported references"), "is_gone": True}
        return render(request, "articles/reference_import_result.html", context, status=404)
    wanted = {pk for name in ("added", "already") for pk in said[name][:SHOWN]}
    wanted |= {pk for pair in said["proposals"][:SHOWN] for pk in pair[:2]}
    wanted |= {pk for pk, _kind in said["noticed"]}
    rows = Reference.objects.prefetch_related("notices").in_bulk(wanted)
    shown = {pk: {"reference": row, "shown": as_result(row)} for pk, row in rows.items()}
    context = {
        "section": "references",
        "heading": _("Imported references"),
        "said": said,
        "added": [shown[pk] for pk in said["added"][:SHOWN] if pk in shown],
        "already": [shown[pk] for pk in said["already"][:SHOWN] if pk in shown],
        "noticed": [
            {**shown[pk], "kind": KINDS.get(kind, kind)}
            for pk, kind in said["noticed"]
            if pk in shown
        ],
        "proposals": [
            {"one": shown[one], "other": shown[other], "is_likely": likely}
            for one, other, likely in said["proposals"][:SHOWN]
            if one in shown and other in shown
        ],
        "open": Reference.objects.in_use()
        .filter(pk__in=said["added"][: 30 * SHOWN], is_identified=False)
        .count(),
        "most": SHOWN,
    }
    return render(request, "articles/reference_import_result.html", context)


def _remembered(read: ReadReferences, outcome: ImportOutcome, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "records": read.records,
        "added": [taken.reference.pk for taken in outcome.added],
        "already": sorted({taken.reference.pk for taken in outcome.already_there}),
        "noticed": [(taken.reference.pk, kind) for taken, kind in outcome.noticed],
        "notices_left": outcome.notices_left,
        "proposals": [(row.reference.pk, row.other.pk, row.is_likely) for row in outcome.proposals],
        "failed": [
            {"place": one.place, "reason": one.reason, "text": one.text} for one in outcome.failed
        ],
        "warnings": _grouped(read.warnings, read),
    }


def _ask(request: DeskRequest, form: ReferenceFileForm, *, status: int = 200) -> HttpResponse:
    context = {
        "section": "references",
        "heading": _("Import references"),
        "crumbs": [{"label": _("References"), "url": reverse("articles:references")}],
        "form": form,
    }
    return render(request, "articles/reference_import.html", context, status=status)


def _report(
    request: DeskRequest,
    read: ReadReferences,
    outcome: ImportOutcome,
    *,
    kept: str,
    name: str,
    kind: str,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    noticed = [taken for taken in (*outcome.added, *outcome.already_there) if taken.read.notices]
    context = {
        "section": "references",
        "heading": _("What is in “%(name)s”") % {"name": name},
        "read": read,
        "outcome": outcome,
        "added": [_shown(taken) for taken in outcome.added[:SHOWN]],
        "already": [_shown(taken) for taken in outcome.already_there[:SHOWN]],
        "noticed": [_shown(taken) for taken in noticed],
        "proposals": [
            {
                "shown": described(row.read.csl),
                "place": row.read.place,
                "other": row.other,
                "other_shown": described(row.other.csl),
                "is_likely": row.is_likely,
            }
            for row in outcome.proposals[:SHOWN]
        ],
        "open": sum(1 for taken in outcome.added if not taken.reference.is_identified),
        "warnings": _grouped(read.warnings, read),
        "kept": kept,
        "name": name,
        "kind": kind,
        "refusal": refusal,
        "most": SHOWN,
        "why_not_notice": rules.why_not_record_notice(request.user),
    }
    return render(request, "articles/reference_import_report.html", context, status=status)


def _shown(taken: Taken) -> dict[str, Any]:
    return {
        "place": taken.read.place,
        "shown": described(taken.read.csl),
        "reference": taken.reference,
        "notices": shown_notices(taken.read),
    }


def _grouped(warnings: Iterable[RecordWarning], read: ReadReferences) -> list[dict[str, Any]]:
    """Return the warnings by what they say, each with its record."""
    titles = {one.record: described(one.csl)["title"] for one in read.references if one.record}
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in warnings:
        groups[row.code].append(
            {"record": row.record, "title": titles.get(row.record, ""), "message": row.message}
        )
    return [
        {"title": WARNINGS.get(code, code.replace("-", " ").capitalize()), "rows": rows}
        for code, rows in sorted(groups.items(), key=lambda pair: -len(pair[1]))
    ]


WARNINGS = {
    "doi-as-title": "The title is the DOI; the real title is missing",
    "missing-title": "No title",
    "missing-year": "No year",
    "raw-tex": "TeX commands left in the text",
    "several-people-in-one-name": "One name seems to hold several people",
    "name-without-comma": "Family and given name cannot be told apart",
    "truncated-authors": "The list of authors is not complete",
    "repeated-id": "Two records have one key",
    "duplicate-in-file": "Two records have the same identifier",
    "unusual-doi": "A DOI of odd form",
    "unusual-url": "An address that is none",
    "unknown-type": "A type that the format does not have",
    "repeated-field": "A field stands twice in an entry",
    "missing-end": "A record without its last line",
    "title-says-retracted": "The title says that it was retracted, the file holds no notice",
    "is-a-notice": "A notice about another paper, not a study",
    "newer-version": "The publisher has a newer version",
    "unknown-notice": "A mark of the publisher that is not known",
    "encoding-guessed": "The file is not UTF-8",
}
