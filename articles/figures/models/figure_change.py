from django.conf import settings
from django.db import models

from articles.figures.models.figure import Figure


class FigureChange(models.Model):
    """Who changed what is said of a figure, and when. Append-only: whoever did wrote a part of what
    shows it (law 5).
    """

    figure = models.ForeignKey(Figure, models.PROTECT, related_name="changes")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["figure", "changed_at"], name="changes_of_figure")]

    def __str__(self) -> str:
        return f"{self.figure}, {self.changed_at:%Y-%m-%d}"
