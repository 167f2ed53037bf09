from django.conf import settings
from django.db import models

from articles.references.models.reference import Reference


class ReferenceChange(models.Model):
    """Who changed what a source says, or found it to be another, and when. Append-only: whoever did
    wrote a part of what cites it (law 5).
    """

    reference = models.ForeignKey(Reference, models.PROTECT, related_name="changes")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["reference", "changed_at"], name="changes_of_reference")]

    def __str__(self) -> str:
        return f"{self.reference.key}, {self.changed_at:%Y-%m-%d}"
