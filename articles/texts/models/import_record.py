from django.db import models

from articles.texts.models.edition import Edition


class ImportRecord(models.Model):
    """Where an imported draft came from, and what the importer had to say about it."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="import_record")
    name = models.CharField(max_length=255, blank=True, help_text="The file's name.")
    format = models.CharField(max_length=12)
    digest = models.CharField(
        max_length=64, db_index=True, help_text="SHA-256 of what was brought, byte for byte."
    )
    licence = models.TextField(blank=True, help_text="What the source says of its reuse.")
    warnings = models.JSONField(default=list, blank=True)
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name or f"{self.format} of {self.imported_at:%Y-%m-%d}"
