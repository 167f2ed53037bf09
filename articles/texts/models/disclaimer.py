from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.texts.models.audience import Audience


class DisclaimerQuerySet(models.QuerySet["Disclaimer"]):
    def in_force_on(self, day: date) -> "DisclaimerQuerySet":
        return self.filter(in_force_from__lte=day).filter(
            Q(in_force_to__isnull=True) | Q(in_force_to__gte=day)
        )


class Disclaimer(models.Model):
    """What the publisher states about a text, by language, jurisdiction and audience, dated.

    The ones in force are copied into each Version at its freeze.
    """

    language = models.CharField(max_length=12, choices=settings.LANGUAGES)
    jurisdiction = models.CharField(
        max_length=12, blank=True, help_text="Country code such as CN; empty for everywhere."
    )
    audience = models.ForeignKey(
        Audience, models.PROTECT, null=True, blank=True, help_text="Empty for every audience."
    )
    text = models.TextField()
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True, blank=True)
    objects = DisclaimerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(in_force_to__isnull=True)
                | Q(in_force_to__gte=models.F("in_force_from")),
                name="disclaimer_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        where = self.jurisdiction or "everywhere"
        return f"{self.language}, {where}, {self.audience or 'every audience'}"
