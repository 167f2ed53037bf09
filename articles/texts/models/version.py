import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.texts.models.edition import Contribution, Edition
from articles.texts.models.text_columns import version_text_columns


class VersionQuerySet(models.QuerySet["Version"]):
    def without_text(self) -> "VersionQuerySet":
        """Leave the texts in the database: what lists never show and what makes rows heavy."""
        return self.defer(*version_text_columns())


class Version(models.Model):
    """A frozen copy of an edition. Append-only: nothing ever changes it.

    `content` is the canonical JSON (RFC 8785) that signatures bind to, `digest` its SHA-256;
    `title`, `heading` and `summary` repeat it for lists. `rendered` is the same body as readers
    see it, made by renderer number `renderer`; `manage.py verify` makes it again and compares.
    """

    class ChangeClass(models.TextChoices):
        FIRST = "FIRST", "First version"
        SUBSTANTIVE = "SUBSTANTIVE", "Change of meaning"
        EDITORIAL = "EDITORIAL", "Wording or spelling only"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    draft_number = models.PositiveIntegerField(help_text="The draft that was frozen.")
    contribution = models.OneToOneField(
        Contribution, models.PROTECT, related_name="version", help_text="The freezing itself."
    )
    title = models.CharField(max_length=300)
    heading = models.CharField(max_length=300, blank=True)
    summary = models.TextField(blank=True)
    content = models.TextField()
    digest = models.CharField(max_length=64, unique=True)
    text_digest = models.CharField(
        max_length=64, help_text="Of the content without its number and change class."
    )
    rendered = models.TextField()
    rendered_references = models.JSONField(default=list)
    renderer = models.PositiveSmallIntegerField()
    citation_style = models.CharField(
        max_length=12, default="ama", help_text="Of the list of references as rendered."
    )
    change_class = models.CharField(max_length=12, choices=ChangeClass)
    change_note = models.TextField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField()
    objects = VersionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(number=1, change_class="FIRST")
                | Q(number__gt=1, change_class__in=["SUBSTANTIVE", "EDITORIAL"]),
                name="only_the_first_version_is_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    @property
    def frozen(self) -> dict[str, Any]:
        """Return the frozen content as a dict. Parses at each call."""
        return json.loads(self.content)  # type: ignore[no-any-return]
