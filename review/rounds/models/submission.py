from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from articles.models import Edition, Version, edition_text_columns, version_text_columns
from kernel.errors import WrongState

if TYPE_CHECKING:
    from accounts.models import User


class State(models.TextChoices):
    """Where a submission stands. The first three are the reader's stepper."""

    SUBMITTED = "SUBMITTED", gettext_lazy("Submitted")
    UNDER_REVIEW = "UNDER_REVIEW", gettext_lazy("Under review")
    APPROVED = "APPROVED", gettext_lazy("Approved")
    CHANGES_REQUESTED = "CHANGES_REQUESTED", gettext_lazy("Changes requested")
    WITHDRAWN = "WITHDRAWN", gettext_lazy("Withdrawn")
    SUPERSEDED = "SUPERSEDED", gettext_lazy("Superseded")
    RETRACTED = "RETRACTED", gettext_lazy("Retracted")


OPEN_STATES = [State.SUBMITTED, State.UNDER_REVIEW]
WAS_APPROVED_STATES = [State.APPROVED, State.SUPERSEDED, State.RETRACTED]
# Whose signatures count as a review: the approval holds, or a newer one took its place.
REVIEWED_STATES = [State.APPROVED, State.SUPERSEDED]


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, user: "User") -> "SubmissionQuerySet":
        """Return what `user` may know of: chairs and editors all, reviewers what they are asked."""
        if user.has_perm("review.view_submission"):
            return self.all()
        if not user.is_authenticated:
            return self.none()
        return self.filter(pk__in=user.assignments.values("submission"))

    def is_open(self) -> "SubmissionQuerySet":
        return self.filter(state__in=OPEN_STATES)

    def with_edition(self) -> "SubmissionQuerySet":
        return self.select_related(
            "version", "edition__article__specialty", "edition__audience", "submitted_by"
        )

    def without_text(self) -> "SubmissionQuerySet":
        """Leave the texts in the database: what lists never show and what makes rows heavy."""
        return self.defer(*version_text_columns("version"), *edition_text_columns("edition"))

    def with_reviewers(self) -> "SubmissionQuerySet":
        """Fetch who was asked, in that order, and what they decided. One query."""
        from review.rounds.models.assignment import Assignment

        return self.prefetch_related(
            models.Prefetch("assignments", Assignment.objects.with_people())
        )

    def for_lists(self) -> "SubmissionQuerySet":
        """Load what a list says of each submission, its reviewers and signatures. Three queries."""
        from review.signatures.models.signature import Signature

        signatures = Signature.objects.order_by("signed_at", "pk")
        return (
            self.with_edition()
            .without_text()
            .with_reviewers()
            .prefetch_related(models.Prefetch("signatures", signatures))
        )


def review_overdue_on(day: date) -> Q:
    """Return the condition of `Submission.is_review_overdue`, for the database."""
    return Q(state=State.APPROVED, review_due_on__lt=day)


class Submission(models.Model):
    """One Version put before the board. Only `review/actions/` change its state; the database
    refuses a change of anything else.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="submissions")
    # Repeats the version's edition for the two constraints below; only `submit_version` sets it.
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="submissions")
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    rule = models.JSONField(help_text="The rule in force when it was submitted.")
    note = models.TextField(blank=True, help_text="What the editor told the board.")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    state = models.CharField(max_length=20, choices=State, default=State.SUBMITTED)
    state_changed_at = models.DateTimeField()
    review_started_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    latest_full_review_on = models.DateField(
        null=True, help_text="The reader's 'last reviewed': a whole-text review, not a typo fix."
    )
    review_due_on = models.DateField(null=True)
    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="submission_state_known"
            ),
            models.UniqueConstraint(
                fields=["edition"],
                condition=Q(state__in=["SUBMITTED", "UNDER_REVIEW"]),
                name="one_open_submission_per_edition",
            ),
            models.UniqueConstraint(
                fields=["edition"], condition=Q(state="APPROVED"), name="one_approved_per_edition"
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=~Q(state__in=["WITHDRAWN", "CHANGES_REQUESTED"]),
                name="a_version_is_approved_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["APPROVED", "SUPERSEDED", "RETRACTED"], approved_at__isnull=False
                )
                | Q(
                    state__in=["SUBMITTED", "UNDER_REVIEW", "CHANGES_REQUESTED", "WITHDRAWN"],
                    approved_at__isnull=True,
                ),
                name="approval_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["state", "submitted_at", "id"], name="board_queue")]
        permissions = [
            ("chair_submission", "Can assign reviewers, withdraw and retract"),
            ("sign_submission", "Can sign a review"),
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.get_state_display()}"

    def seen_in(self) -> list[int]:
        """Return the articles whose pages show this row."""
        return [self.edition.article_id]

    def require(self, *states: State) -> None:
        """Refuse to go on unless the state is one of `states`.

        :raises WrongState: with the current state.
        """
        if self.state not in states:
            raise WrongState(
                f"This submission is {self.get_state_display().lower()} now.", current=self.state
            )

    def is_review_overdue(self, day: date) -> bool:
        """Tell whether an approved text should have been reviewed again before `day`."""
        return (
            self.state == State.APPROVED
            and self.review_due_on is not None
            and self.review_due_on < day
        )
