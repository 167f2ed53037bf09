"""Locking an edition."""

from articles.models import Edition


def lock_edition(edition_id: int) -> Edition:
    """Return an edition whose row is locked until the transaction ends, as it stands then.

    Two steps on purpose. PostgreSQL, having waited for the lock, compares a join with the row as
    it was before: had the other writer changed `updated_by`, a joined query would find nothing.

    :raises Edition.DoesNotExist: if there is none.
    """
    Edition.objects.select_for_update().get(pk=edition_id)
    return Edition.objects.select_related("article", "audience", "updated_by").get(pk=edition_id)
