from datetime import datetime

from django.db import models
from django.db.models import Q


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    def waiting(self) -> "OutboxMessageQuerySet":
        """Return what is neither delivered nor given up."""
        return self.filter(delivered_at__isnull=True, given_up_at__isnull=True)

    def due(self, now: datetime) -> "OutboxMessageQuerySet":
        return self.waiting().filter(due_at__lte=now)

    def given_up(self) -> "OutboxMessageQuerySet":
        return self.filter(given_up_at__isnull=False)


class OutboxMessage(models.Model):
    """Something to be told to the world outside, committed with the change that it tells of.

    Delivered at least once: a worker that dies between telling and noting it tells it again.
    """

    handler = models.CharField(
        max_length=100, help_text="Who tells it, such as review.mail.decided."
    )
    payload = models.JSONField(default=dict, help_text="Which rows it is about.")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField(
        help_text="When it is tried next; while it is being tried, when the try counts as lost."
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True, help_text="Of the newest try that failed.")
    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(given_up_at__isnull=True),
                name="outbox_message_is_delivered_or_given_up",
            )
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(delivered_at__isnull=True, given_up_at__isnull=True),
                name="outbox_waiting",
            ),
            models.Index(
                fields=["given_up_at"],
                condition=Q(given_up_at__isnull=False),
                name="outbox_given_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.handler} {self.payload}"
