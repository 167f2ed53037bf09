from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One thing that was done. Append-only; each entry's digest covers the one before.

    Written by `kernel.audit.record` alone.
    """

    position = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="audit_entries"
    )
    action = models.CharField(max_length=60, help_text="Such as review.submission.approved.")
    subject = models.CharField(max_length=80, help_text="Such as articles.version:12.")
    data = models.JSONField(default=dict)
    previous_digest = models.CharField(max_length=64, unique=True)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name_plural = "audit entries"
        indexes = [models.Index(fields=["subject", "position"], name="audit_of_subject")]

    def __str__(self) -> str:
        return f"{self.position}: {self.action} {self.subject}"
