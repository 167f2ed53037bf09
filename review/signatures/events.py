"""What signing does, as the trail calls it."""

from kernel.events import Event, Reach


class SignatureEvent(Event):
    """Readers see who signed, and that it sufficed."""

    SIGNED = "review.submission.signed", Reach.ARTICLES
    APPROVED = "review.submission.approved", Reach.ARTICLES
