"""References that may be one source: the same title and year, and no identifier against it.

A proposal and nothing more: two papers can share both.
"""

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.lookups import Exact, IsNull

from articles.models import Reference
from articles.references.models.reference import ReferenceQuerySet


def duplicates_of(reference: Reference) -> ReferenceQuerySet:
    """Return the references in use that may be the same source as this one."""
    rows = Reference.objects.in_use().exclude(pk=reference.pk)
    if not reference.title_key or reference.merged_into_id is not None:
        return rows.none()
    rows = rows.filter(title_key=reference.title_key, year=reference.year)
    # Identifiers are unique in the library: where both have one, they differ.
    for name in ("doi", "pmid"):
        if getattr(reference, name):
            rows = rows.filter(**{name: ""})
    return rows


def with_duplicates(rows: ReferenceQuerySet) -> ReferenceQuerySet:
    """Return those of `rows` that another reference in use may be the same source as."""
    others = (
        Reference.objects.in_use()
        .exclude(pk=OuterRef("pk"))
        .filter(title_key=OuterRef("title_key"))
        .filter(Q(year=OuterRef("year")) | Q(Q(year__isnull=True), IsNull(OuterRef("year"), True)))
    )
    for name in ("doi", "pmid"):
        others = others.filter(Q(**{name: ""}) | Q(Exact(OuterRef(name), Value(""))))
    return rows.exclude(title_key="").filter(Exists(others))
