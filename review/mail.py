"""Telling people by e-mail: handlers of the outbox. Links open pages; no link changes anything."""

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from accounts.models import User
from accounts.models.user import Role
from kernel import outbox
from review.models import Assignment, Decision, Submission


def _link(submission_id: int) -> str:
    return settings.SITE_URL + reverse("review:submission", args=[submission_id])


@outbox.message
def submitted(*, submission_id: int) -> None:
    """Tell the chairs that a version came in."""
    submission = Submission.objects.select_related("version", "submitted_by").get(pk=submission_id)
    chairs = User.objects.active().with_role(Role.CHAIR).values_list("email", flat=True)
    send_mail(
        f"New for the board: {submission.version.title}",
        f"{submission.submitted_by} submitted version {submission.version.number} of "
        f"“{submission.version.title}”.\n\n{_link(submission.pk)}\n",
        None,
        list(chairs.order_by("pk")),
    )


@outbox.message
def assigned(*, assignment_id: int) -> None:
    """Tell a reviewer that the board asks for a review."""
    assignment = Assignment.objects.select_related(
        "submission__version", "reviewer", "capacity", "assigned_by"
    ).get(pk=assignment_id)
    version = assignment.submission.version
    due = f" by {assignment.due_on:%d %B %Y}" if assignment.due_on else ""
    send_mail(
        f"Please review: {version.title}",
        f"{assignment.assigned_by} asks you to review version {version.number} of "
        f"“{version.title}” as a reviewer for {assignment.capacity}{due}.\n\n"
        f"{_link(assignment.submission_id)}\n",
        None,
        [assignment.reviewer.email],
    )


@outbox.message
def decided(*, decision_id: int) -> None:
    """Tell the submission's editor what a reviewer decided."""
    decision = Decision.objects.select_related(
        "assignment__submission__version", "assignment__submission__submitted_by", "decided_by"
    ).get(pk=decision_id)
    submission = decision.assignment.submission
    send_mail(
        f"{decision.get_kind_display()}: {submission.version.title}",
        f"{decision.decided_by}: {decision.get_kind_display().lower()}, version "
        f"{submission.version.number} of “{submission.version.title}”.\n\n"
        f"{decision.comment}\n\n{_link(submission.pk)}\n",
        None,
        [submission.submitted_by.email],
    )
