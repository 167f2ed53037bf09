"""What is done to submissions, as the trail calls it."""

from kernel.events import Event, Reach


class RoundEvent(Event):
    """A pending text may be public, with its state and how many were asked."""

    SUBMITTED = "review.submission.submitted", Reach.ARTICLES
    WITHDRAWN = "review.submission.withdrawn", Reach.ARTICLES
    RETRACTED = "review.submission.retracted", Reach.ARTICLES
    REVIEWER_ASSIGNED = "review.reviewer.assigned", Reach.ARTICLES
    REVIEWER_TAKEN_OFF = "review.reviewer.taken_off", Reach.ARTICLES
    RULE_ADDED = "review.reviewrule.added", Reach.SITE
    RULE_CHANGED = "review.reviewrule.changed", Reach.SITE
    RULE_DELETED = "review.reviewrule.deleted", Reach.SITE
