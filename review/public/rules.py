"""Who runs the board.

Reasons that button, page, API and action share, in words for whoever asks; None means that they may.
"""

from accounts.models import User


def why_not_chair(actor: User) -> str | None:
    """Return why `actor` may not run the board, or None."""
    if actor.has_perm("review.chair_submission"):
        return None
    return "Only a chair of the board does this."
