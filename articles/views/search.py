"""Finding a reference to cite, for the editor's dialog."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.views.decorators.http import require_GET

from articles.actions.references import fields_of
from articles.checks.material import Source, SourceNotice
from articles.citing.findable import called
from articles.models import Reference, ReferenceNotice
from articles.views.shared import DeskRequest, for_library

AT_MOST = 20
KIND = ReferenceNotice.Kind
WORST_FIRST = (KIND.RETRACTION, KIND.EXPRESSION_OF_CONCERN, KIND.CORRECTION)


def as_result(reference: Reference) -> dict[str, Any]:
    """Return what the editor shows of a reference. Its notices are to be prefetched."""
    return _result(reference, reference.notices.all())


def described(csl: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the editor shows of a source that the library does not have."""
    try:
        fields = fields_of(csl)
    except ValidationError:
        fields = {"csl": dict(csl), "title": str(csl.get("title", ""))}
    return _result(Reference(key="", **fields), ())


def _result(reference: Reference, notices: Iterable[ReferenceNotice]) -> dict[str, Any]:
    first, *others = reference.authors.split("; ")
    csl = reference.csl
    return {
        "key": reference.key,
        "who": f"{first} et al" if others else first,
        "year": reference.year,
        "title": reference.title or called(csl) or reference.key or str(csl.get("DOI") or ""),
        "where": csl.get("container-title", "") or csl.get("publisher", ""),
        "identified": reference.is_identified,
        "notice": worst_notice(notices),
    }


def worst_notice(notices: Iterable[ReferenceNotice]) -> str:
    """Return the gravest notice in force, in a word: a correction never hides a retraction.

    What a later reinstatement lifted is said to be reinstated.
    """
    rows = list(notices)
    source = Source(
        pk=0, key="", notices=tuple(SourceNotice(row.kind, row.noticed_on) for row in rows)
    )
    for kind in WORST_FIRST:
        if source.notice_in_force(kind):
            return str(kind.label)
    return str(KIND.REINSTATEMENT.label) if rows else ""


@for_library
@require_GET
def search(request: DeskRequest) -> JsonResponse:
    """Answer with at most 20 references that contain every word of `q`, newest first; merged ones left out."""
    query = request.GET.get("q", "").strip()[:200]
    found = Reference.objects.in_use().matching(query).prefetch_related("notices")
    rows = list(found.order_by("-added_at", "-pk")[: AT_MOST + 1])
    return JsonResponse(
        {"results": [as_result(row) for row in rows[:AT_MOST]], "more": len(rows) > AT_MOST}
    )
