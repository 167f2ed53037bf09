from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy

from articles.models import Article, Edition
from review.rounds.models.submission import Submission


class NoticeQuerySet(models.QuerySet["Notice"]):
    """The one rule of which notices are in force, as SQL; tests/review/test_notices.py says it in Python."""

    def concerning(self, edition_id: int) -> "NoticeQuerySet":
        """Return every notice that ever was published on an edition or on its whole article."""
        return self.filter(article__editions=edition_id).filter(
            Q(edition__isnull=True) | Q(edition=edition_id)
        )

    def cautions_in_force(self) -> "NoticeQuerySet":
        """Return the cautions that no later lifting of the same reach or a wider one has ended."""
        return self.filter(_caution_in_force())

    def in_force_on(self, submission: Submission) -> "NoticeQuerySet":
        """Return what readers of a submission's text are told, newest first.

        Corrections stay; cautions until they are lifted. A retraction or withdrawal concerns the
        submission that it was written on, and nothing that came later.
        """
        in_force = (
            Q(kind=Notice.Kind.CORRECTION)
            | Q(kind__in=[Notice.Kind.RETRACTION, Notice.Kind.WITHDRAWAL], submission=submission)
            | _caution_in_force()
        )
        rows = self.concerning(submission.edition_id).filter(in_force)
        return rows.order_by("-published_at", "-pk")


def _caution_in_force() -> Q:
    later = Q(published_at__gt=OuterRef("published_at")) | Q(
        published_at=OuterRef("published_at"), pk__gt=OuterRef("pk")
    )
    lifted = Notice.objects.filter(
        later,
        Q(edition__isnull=True) | Q(edition=OuterRef("edition_id")),
        kind=Notice.Kind.CAUTION_LIFTED,
        article=OuterRef("article_id"),
    )
    return Q(~Exists(lifted), kind=Notice.Kind.CAUTION)


class Notice(models.Model):
    """A public, dated statement on an article. Append-only; a caution is lifted by a newer one."""

    class Kind(models.TextChoices):
        CORRECTION = "CORRECTION", gettext_lazy("Correction")
        CAUTION = "CAUTION", gettext_lazy("Caution")
        CAUTION_LIFTED = "CAUTION_LIFTED", gettext_lazy("Caution lifted")
        RETRACTION = "RETRACTION", gettext_lazy("Retraction")
        WITHDRAWAL = "WITHDRAWAL", gettext_lazy("Withdrawal")

    article = models.ForeignKey(Article, models.PROTECT, related_name="notices")
    edition = models.ForeignKey(
        Edition, models.PROTECT, null=True, related_name="notices", help_text="Empty: all of them."
    )
    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="notices")
    kind = models.CharField(max_length=16, choices=Kind)
    text = models.TextField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    objects = NoticeQuerySet.as_manager()

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
