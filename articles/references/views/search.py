"""Finding a reference to cite, for the editor's dialog."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.views.decorators.http import require_GET

from articles.desk.sources import as_result, shown_source
from articles.desk.views import DeskRequest, for_library
from articles.models import Reference
from articles.references.actions.references import fields_of

AT_MOST = 20


def described(csl: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the editor shows of a source that the library does not have."""
    try:
        fields = fields_of(csl)
    except ValidationError:
        fields = {"csl": dict(csl), "title": str(csl.get("title", ""))}
    return shown_source(Reference(key="", **fields), ())


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
