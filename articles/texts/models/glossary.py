from django.conf import settings
from django.db import models


class GlossaryTerm(models.Model):
    """A term and its meaning in plain words."""

    term = models.CharField(max_length=120)
    language = models.CharField(max_length=12, choices=settings.LANGUAGES, default="en")
    definition = models.TextField()
    abbreviation = models.CharField(max_length=30, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "term"], name="glossary_term_once")
        ]

    def __str__(self) -> str:
        return self.term
