"""Which references of the library a query asks for: on the list, and in what is taken away."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from articles.models import Reference
from articles.references.duplicates import with_duplicates
from articles.references.models.reference import ReferenceQuerySet

FILTERS = {
    "": gettext_lazy("All references"),
    "open": gettext_lazy("To be identified"),
    "noticed": gettext_lazy("With a notice"),
    "double": gettext_lazy("Possible duplicates"),
}


def chosen_references(request: HttpRequest) -> tuple[ReferenceQuerySet, str, str]:
    """Return the references in use that the query asks for, with its words and its filter."""
    query = request.GET.get("q", "").strip()[:200]
    show = request.GET.get("show", "")
    rows = Reference.objects.in_use().matching(query)
    if show == "open":
        rows = rows.filter(is_identified=False)
    elif show == "noticed":
        rows = rows.filter(notices__isnull=False).distinct()
    elif show == "double":
        rows = with_duplicates(rows)
    return rows, query, show
