"""Who may decide on a submission.

Reasons that button, page, API and action share, in words for whoever asks; None means that they may.
"""

from accounts.models import User
from review.models import Assignment, Decision


def why_not_decide(*, actor: User, assignment: Assignment | None) -> str | None:
    """Return why `actor` may not decide under `assignment`, or None."""
    if assignment is None or assignment.reviewer_id != actor.pk:
        return "You have not been asked to review this submission."
    if assignment.ended_at is not None:
        return "You are no longer asked to review this submission."
    if Decision.objects.filter(assignment=assignment).exists():
        return "You have decided on this submission already."
    return None
