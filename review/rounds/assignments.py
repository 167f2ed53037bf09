"""Who is asked to review what."""

from accounts.models import User
from review.models import Assignment, Submission


def open_assignment(*, submission: Submission, reviewer: User) -> Assignment | None:
    """Return the newest assignment of `reviewer` to `submission`, or None."""
    return (
        Assignment.objects.filter(submission=submission, reviewer=reviewer)
        .select_related("capacity")
        .order_by("-pk")
        .first()
    )
