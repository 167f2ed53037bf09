from typing import TYPE_CHECKING

import reversion
from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.texts.models.article import Article
from articles.texts.models.audience import Audience
from articles.texts.models.text_columns import edition_text_columns

if TYPE_CHECKING:
    from accounts.models import User


class EditionQuerySet(models.QuerySet["Edition"]):
    def visible_to(self, user: "User") -> "EditionQuerySet":
        """Return the drafts that `user` may know of: editors and chairs see them all."""
        return self.all() if user.has_perm("articles.view_edition") else self.none()

    def worked_on_by(self, user: "User") -> "EditionQuerySet":
        contributions = Contribution.objects.filter(user=user, edition=models.OuterRef("pk"))
        return self.filter(models.Exists(contributions))

    def with_article(self) -> "EditionQuerySet":
        return self.select_related("article__specialty", "audience", "updated_by")

    def without_text(self) -> "EditionQuerySet":
        """Leave the texts in the database: what lists never show and what makes rows heavy."""
        return self.defer(*edition_text_columns())


class Edition(models.Model):
    """One article in one language for one audience: the mutable draft.

    Only `articles/actions/` write it; django-reversion keeps what it said before.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="editions")
    language = models.CharField(max_length=12, choices=settings.LANGUAGES)
    audience = models.ForeignKey(Audience, models.PROTECT, related_name="editions")
    jurisdiction = models.CharField(
        max_length=12, blank=True, help_text="Country whose rules apply, such as CN; empty for all."
    )
    title = models.CharField("question", max_length=300, blank=True)
    heading = models.CharField("page heading", max_length=300, blank=True)
    summary = models.TextField(max_length=1000, blank=True)
    body = models.TextField(blank=True)
    ai_provenance = models.JSONField(
        default=dict, blank=True, help_text="Model, prompt, date and responsible editor."
    )
    source = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adaptations",
        help_text="The edition of the same article that this one translates or adapts.",
    )
    followed = models.ForeignKey(
        "articles.Version",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="followed_by",
        help_text="The version of the source that this text was last brought in line with.",
    )
    draft_number = models.PositiveIntegerField(
        default=1, help_text="Counts saves that changed something; the optimistic lock."
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "language", "audience"], name="one_edition_per_audience"
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=True) | ~Q(source=models.F("id")),
                name="edition_is_not_its_own_source",
            ),
        ]
        indexes = [models.Index(fields=["-updated_at", "-id"], name="edition_newest_first")]

    def __str__(self) -> str:
        return self.title or self.article.question

    def seen_in(self) -> list[int]:
        """Return the articles whose pages show this row."""
        return [self.article_id]


class Contribution(models.Model):
    """Who created, imported, edited or froze which draft, or changed a source that it cites.

    Append-only: independence rests on it.
    """

    class Kind(models.TextChoices):
        CREATED = "CREATED", "created"
        IMPORTED = "IMPORTED", "imported"
        EDITED = "EDITED", "edited"
        FROZE = "FROZE", "froze"
        SOURCE = "SOURCE", "changed a source of"

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="contributions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=8, choices=Kind)
    draft_number = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["CREATED", "IMPORTED", "EDITED", "FROZE", "SOURCE"]),
                name="contribution_kind_known",
            )
        ]
        indexes = [
            models.Index(fields=["edition", "draft_number", "user"], name="contribution_to_draft")
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_kind_display()} draft {self.draft_number}"


reversion.register(
    Edition,
    fields=["title", "heading", "summary", "body", "ai_provenance", "jurisdiction", "draft_number"],
)
