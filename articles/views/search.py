"""Finding a reference to cite, for the editor's dialog."""

from typing import Any

from django.http import JsonResponse
from django.views.decorators.http import require_GET

from articles.models import Reference
from articles.views.shared import DeskRequest, for_library

AT_MOST = 20


def as_result(reference: Reference) -> dict[str, Any]:
    """Return what the editor shows of a reference. Its notices are to be prefetched."""
    first, *others = reference.authors.split("; ")
    notices = sorted(reference.notices.all(), key=lambda row: (row.noticed_on, row.pk))
    return {
        "key": reference.key,
        "who": f"{first} et al" if others else first,
        "year": reference.year,
        "title": reference.title or reference.key,
        "where": reference.csl.get("container-title", "") or reference.csl.get("publisher", ""),
        "identified": reference.is_identified,
        "notice": notices[-1].get_kind_display() if notices else "",
    }


@for_library
@require_GET
def search(request: DeskRequest) -> JsonResponse:
    """Answer with at most 20 references that contain every word of `q`, newest first."""
    query = request.GET.get("q", "").strip()[:200]
    found = Reference.objects.matching(query).prefetch_related("notices")
    rows = list(found.order_by("-added_at", "-pk")[: AT_MOST + 1])
    return JsonResponse(
        {"results": [as_result(row) for row in rows[:AT_MOST]], "more": len(rows) > AT_MOST}
    )
