"""What is done to what the public sees, as the trail calls it."""

from kernel.events import Event, Reach


class PublicEvent(Event):
    """All of it reaches readers."""

    PUBLICATION_MOVED = "review.publication.moved", Reach.ARTICLES
    PUBLICATION_ENDED = "review.publication.ended", Reach.ARTICLES
    NOTICE_PUBLISHED = "review.notice.published", Reach.ARTICLES
