from django.conf import settings
from django.db import models


class PolicyVersion(models.Model):
    """One version of the editorial policy. Append-only: a change is a new version."""

    number = models.PositiveIntegerField(unique=True)
    text = models.TextField(help_text="In Markdown.")
    change_note = models.TextField(blank=True)
    in_force_from = models.DateField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Editorial policy, version {self.number}"
