from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef

from articles.models import (
    Edition,
    ReferenceNotice,
    Version,
    edition_text_columns,
    version_text_columns,
)
from review.rounds.models.submission import OPEN_STATES, State, Submission

PENDING_STATES = OPEN_STATES
TEXT_COLUMNS = ("body_text", "title_folded", "body_folded")  # Long, and of use to a search alone.
GONE_STATES = [State.RETRACTED, State.WITHDRAWN]


class PublicationQuerySet(models.QuerySet["Publication"]):
    def readable(self) -> "PublicationQuerySet":
        """Return those with a text to read: approved, or pending and allowed to be public."""
        return self.exclude(submission__state__in=GONE_STATES)

    def approved(self) -> "PublicationQuerySet":
        return self.filter(submission__state=State.APPROVED)

    def with_edition(self) -> "PublicationQuerySet":
        return self.select_related(
            "submission__version",
            "edition__audience",
            "edition__article__specialty",
        )

    def without_text(self) -> "PublicationQuerySet":
        """Leave the texts in the database: what lists never show and what makes rows heavy."""
        return self.defer(
            *TEXT_COLUMNS,
            *edition_text_columns("edition"),
            *version_text_columns("submission__version"),
        )

    def for_lists(self) -> "PublicationQuerySet":
        """Load what a list says of each publication, `with_flags` included."""
        return (
            self.with_flags()
            .without_text()
            .select_related("submission__version", "edition__article")
            .defer("submission__rule", "submission__note")
        )

    def with_flags(self) -> "PublicationQuerySet":
        """Annotate `newer_pending` and `source_alarm`, both derived, neither stored."""
        newer = Submission.objects.filter(
            edition=OuterRef("edition_id"), state__in=OPEN_STATES
        ).exclude(pk=OuterRef("submission_id"))
        return self.annotate(
            newer_pending=Exists(newer),
            source_alarm=Exists(
                ReferenceNotice.objects.retracting().filter(
                    reference__cited_in__version=OuterRef("submission__version_id")
                )
            ),
        )


class Publication(models.Model):
    """Which submission the public sees of an edition: one row per edition, moved by
    `review.public.actions.publishing.settle` alone, in the transaction that changed a submission.

    The approved submission, else a pending one where its rule allows, else a retracted or
    withdrawn one with its notice. The folded columns feed the full-text index in the database
    (migrations/0005_search_index.py).
    """

    edition = models.OneToOneField(
        Edition, models.PROTECT, primary_key=True, related_name="publication"
    )
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="publication")
    first_published_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # Since when the submission shown stands as it does.
    language = models.CharField(max_length=12)
    body_text = models.TextField()  # As written, for the snippets of a search.
    title_folded = models.TextField()
    body_folded = models.TextField()
    objects = PublicationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["language", "-changed_at", "-edition"], name="newest_first")
        ]

    def __str__(self) -> str:
        return f"{self.edition} shows {self.submission}"

    @property
    def version(self) -> Version:
        return self.submission.version

    @property
    def is_approved(self) -> bool:
        return self.submission.state == State.APPROVED

    @property
    def is_gone(self) -> bool:
        return self.submission.state in GONE_STATES

    def is_review_overdue(self, day: date) -> bool:
        """Tell whether the text should have been reviewed again before `day`."""
        return self.submission.is_review_overdue(day)
