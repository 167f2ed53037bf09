from django.conf import settings
from django.db import models
from django.db.models import Q

from review.rounds.models.assignment import Assignment


class Decision(models.Model):
    """A reviewer's finding on a submission. Append-only; one per assignment."""

    class Kind(models.TextChoices):
        APPROVE = "APPROVE", "Approved"
        REQUEST_CHANGES = "REQUEST_CHANGES", "Asked for changes"
        RECUSE = "RECUSE", "Stepped aside"

    assignment = models.OneToOneField(Assignment, models.PROTECT, related_name="decision")
    kind = models.CharField(max_length=16, choices=Kind)
    comment = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["APPROVE", "REQUEST_CHANGES", "RECUSE"]),
                name="decision_kind_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind="REQUEST_CHANGES", comment=""),
                name="changes_are_named_when_requested",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decided_by}: {self.get_kind_display()}"
