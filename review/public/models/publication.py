from django.db import models

from articles.models import Edition, Version, edition_text_columns, version_text_columns
from review.rounds.models.submission import OPEN_STATES, State, Submission

TEXT_COLUMNS = ("body_text", "title_folded", "body_folded")  # Long, and of use to a search alone.
# What a publication can be of: a text to read, or the word that there was one.
READABLE_STATES = [State.APPROVED, *OPEN_STATES]
GONE_STATES = [State.RETRACTED, State.WITHDRAWN]


class PublicationQuerySet(models.QuerySet["Publication"]):
    def readable(self) -> "PublicationQuerySet":
        """Return those with a text to read: approved, or pending and allowed to be public."""
        return self.filter(submission__state__in=READABLE_STATES)

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
        """Load what a list says of each publication."""
        return (
            self.without_text()
            .select_related("submission__version", "edition__article")
            .defer("submission__rule", "submission__note")
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
        """Tell whether the approval is in force: `PublicationQuerySet.approved` in Python."""
        return self.submission.state == State.APPROVED

    @property
    def is_readable(self) -> bool:
        """Tell whether there is a text to read: `PublicationQuerySet.readable` in Python."""
        return self.submission.state in READABLE_STATES
