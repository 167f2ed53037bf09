from django.conf import settings
from django.db import models
from django.db.models import Q

from articles.models import Article, Edition
from review.rounds.models.submission import Submission


class Notice(models.Model):
    """A public, dated statement on an article. Append-only; a caution is lifted by a newer one."""

    class Kind(models.TextChoices):
        CORRECTION = "CORRECTION", "Correction"
        CAUTION = "CAUTION", "Caution"
        CAUTION_LIFTED = "CAUTION_LIFTED", "Caution lifted"
        RETRACTION = "RETRACTION", "Retraction"
        WITHDRAWAL = "WITHDRAWAL", "Withdrawal"

    article = models.ForeignKey(Article, models.PROTECT, related_name="notices")
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, related_name="notices", help_text="Empty: all of them."
    )
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="notices")
    kind = models.CharField(max_length=16, choices=Kind)
    text = models.TextField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        "CORRECTION",
                        "CAUTION",
                        "CAUTION_LIFTED",
                        "RETRACTION",
                        "WITHDRAWAL",
                    ]
                ),
                name="notice_kind_known",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="notice_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.article}"

    def seen_in(self) -> list[int]:
        """Return the articles whose pages show this row."""
        return [self.article_id]
