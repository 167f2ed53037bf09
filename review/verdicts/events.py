"""What reviewers find, as the trail calls it."""

from kernel.events import Event, Reach


class VerdictEvent(Event):
    """A pending text may be public, with how many have decided."""

    CHANGES_REQUESTED = "review.submission.changes_requested", Reach.ARTICLES
    RECUSED = "review.reviewer.recused", Reach.ARTICLES
