"""What readers see, as one number that moves with every change of it."""

from django.db.models import Q

from kernel.models import PublicationEntry


def stamp(article_id: int | None = None) -> int:
    """Return the key of the newest entry: of the article's and the site's where one is named, else of
    all. 0 where nothing was ever published. One query.

    Read before an answer is made: an answer that is newer than its stamp is asked for again, never
    the other way round.
    """
    entries = PublicationEntry.objects.order_by("-pk")
    if article_id is not None:
        entries = entries.filter(Q(article_id=article_id) | Q(article_id__isnull=True))
    return entries.values_list("pk", flat=True).first() or 0
