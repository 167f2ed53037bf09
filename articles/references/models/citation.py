from django.db import models

from articles.references.models.reference import Reference
from articles.texts.models.edition import Edition
from articles.texts.models.version import Version


class Citation(models.Model):
    """That a draft cites a reference, and in which order. Read from the body at each save."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="citations")
    reference = models.ForeignKey(Reference, models.PROTECT, related_name="citations")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "reference"], name="citation_once_per_edition"
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.reference.key}"


class CitedReference(models.Model):
    """That a Version cites a reference, under which number. Append-only.

    The reference as it stood is inside the Version; this row finds the Versions of a source.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="cited_references")
    reference = models.ForeignKey(Reference, models.PROTECT, related_name="cited_in")
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="reference_number_once"),
            models.UniqueConstraint(fields=["version", "reference"], name="cited_reference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.reference.key}"
