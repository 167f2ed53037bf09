"""What readers and editors do on the public side, as the trail calls it."""

from kernel.events import Event, Reach


class ReaderEvent(Event):
    """The questions page shows none of what was asked before it is answered elsewhere."""

    POLICY_PUBLISHED = "reader.policy.published", Reach.SITE
    QUESTION_ASKED = "reader.question.asked"
    QUESTION_HANDLED = "reader.question.handled"
