from django.conf import settings
from django.db import models

from articles.texts.models.version import Version


class Figure(models.Model):
    """One image, as it was decoded and written anew: nothing is left in it but the picture.

    Its files lie in the default storage under its digest, one for each of `widths`; another
    picture is another figure. What it shows in words stands in each text, in that text's language.
    """

    class MediaType(models.TextChoices):
        WEBP = "image/webp", "WebP"
        SVG = "image/svg+xml", "SVG"

    key = models.CharField(
        max_length=80, unique=True, help_text="What a figure in a text names, such as lung-scan."
    )
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the widest file.")
    media_type = models.CharField(max_length=20, choices=MediaType)
    width = models.PositiveIntegerField(help_text="In pixels.")
    height = models.PositiveIntegerField(help_text="In pixels.")
    widths = models.JSONField(default=list, help_text="Of the files, in pixels, narrowest first.")
    size = models.PositiveIntegerField(help_text="Of the widest file, in bytes.")
    name = models.CharField(max_length=200, blank=True, help_text="The file's name as it came.")
    credit = models.CharField(max_length=300, blank=True, help_text="Who made it.")
    licence = models.CharField(
        max_length=200, blank=True, help_text="Why it may be shown, such as CC BY 4.0."
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-added_at", "-id"], name="figure_newest_first")]

    def __str__(self) -> str:
        return self.key


class PlacedFigure(models.Model):
    """That a Version shows a figure. Append-only; its facts as they stood are in the Version."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="placed_figures")
    figure = models.ForeignKey(Figure, models.PROTECT, related_name="placed_in")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "figure"], name="placed_figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.figure} in {self.version}"
