"""What is done to the library of sources, as the trail calls it."""

from kernel.events import Event, Reach


class ReferenceEvent(Event):
    """A record's words are frozen with each Version; a notice against it shows at once."""

    ADDED = "articles.reference.added"
    ADDED_TOGETHER = "articles.references.added"
    CHANGED = "articles.reference.changed"
    MERGED = "articles.reference.merged", Reach.ARTICLES
    NOTICE_RECORDED = "articles.reference.notice_recorded", Reach.ARTICLES
