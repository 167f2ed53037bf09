from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import Specialty
from review.rounds.models.submission import Submission


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def with_people(self) -> "AssignmentQuerySet":
        """Return them in the order they were made, with reviewer, capacity and decision."""
        return self.select_related("reviewer", "capacity", "decision").order_by("pk")


class Assignment(models.Model):
    """One reviewer asked to review one submission in one capacity.

    Taking a reviewer off again sets `ended_at`; the row stays.
    """

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments"
    )
    capacity = models.ForeignKey(Specialty, models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    due_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "reviewer"],
                condition=Q(ended_at__isnull=True),
                name="assigned_once_per_submission",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} as {self.capacity}"
