"""What is said of the review of a text: made here alone, and read by every page, list, feed, API and file.

Facts are of one submission of a Version, on one day. `gather` asks the database for what they are
made of, in the query that reads the rows anyway; `facts_of` makes them of such a row, without a
query. A row that was not gathered has no facts: that is an error, never "no alarm". Who signed and
what was published is added by `review.public.details`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from articles.models import ReferenceNotice, Version
from review.models import (
    GONE_STATES,
    OPEN_STATES,
    READABLE_STATES,
    REVIEWED_STATES,
    Notice,
    Publication,
    State,
    Submission,
)
from review.public.value import Value

Rows = TypeVar("Rows", bound="QuerySet[Any]")
HEAVY: Final = ("content", "rendered", "rendered_references")
"""What facts leave in the database."""


class Caveat(StrEnum):
    """What speaks against relying on a text, the gravest first. Derived, never stored."""

    SOURCE_ALARM = "SOURCE_ALARM"
    CAUTION = "CAUTION"
    REVIEW_OVERDUE = "REVIEW_OVERDUE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(Value):
    """What a list says of a text.

    `is_published`: the edition's publication is of this one, be it the text or that it was taken
    down. `edition_state` is the state of the one that it is of, or None where nothing is public.
    """

    submission_id: int
    version_id: int
    state: State
    number: int
    digest: str
    change_class: str
    frozen_at: datetime
    submitted_at: datetime
    review_started_at: datetime | None
    state_changed_at: datetime
    approved_at: datetime | None
    latest_full_review_on: date | None
    review_due_on: date | None
    is_overdue: bool
    is_published: bool
    edition_state: State | None
    has_retracted_source: bool
    caution_since: datetime | None
    newer_pending_since: datetime | None

    @property
    def is_approved(self) -> bool:
        """Tell whether the approval is in force."""
        return self.state == State.APPROVED

    @property
    def is_pending(self) -> bool:
        """Tell whether the board has yet to decide."""
        return self.state in OPEN_STATES

    @property
    def is_gone(self) -> bool:
        """Tell whether it was taken down: retracted, or withdrawn."""
        return self.state in GONE_STATES

    @property
    def is_reviewed(self) -> bool:
        """Tell whether its signatures count: it is approved, or a newer approval took its place."""
        return self.state in REVIEWED_STATES

    @property
    def is_edition_readable(self) -> bool:
        """Tell whether the edition has a text to read now."""
        return self.edition_state in READABLE_STATES

    @property
    def is_shown(self) -> bool:
        """Tell whether readers of the edition see exactly this text now."""
        return self.is_published and self.is_edition_readable

    @property
    def is_readable(self) -> bool:
        """Tell whether anybody may read it: `visibility.publicly_readable` in Python."""
        return self.is_shown or (self.is_reviewed and self.is_edition_readable)

    @property
    def is_under_caution(self) -> bool:
        """Tell whether a caution stands on it."""
        return self.caution_since is not None

    @property
    def has_newer_pending(self) -> bool:
        """Tell whether the board has a newer version of the same edition."""
        return self.newer_pending_since is not None

    @property
    def is_wording_only(self) -> bool:
        """Tell whether its approval is of a change of wording, and the whole text was read before."""
        return (
            self.change_class == Version.ChangeClass.EDITORIAL
            and self.approved_at is not None
            and self.latest_full_review_on is not None
            and self.latest_full_review_on < self.approved_at.date()
        )

    @property
    def decided_at(self) -> datetime:
        """Return when it was approved, or else submitted."""
        return self.approved_at or self.submitted_at

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """Return what speaks against relying on it, the gravest first."""
        found = (
            (Caveat.SOURCE_ALARM, self.has_retracted_source),
            (Caveat.CAUTION, self.is_under_caution),
            (Caveat.REVIEW_OVERDUE, self.is_overdue),
        )
        return tuple(caveat for caveat, holds in found if holds)


def gather(rows: Rows) -> Rows:
    """Annotate Publications or Submissions with what `facts_of` makes facts of."""
    of_publication = issubclass(rows.model, Publication)
    at = "submission__" if of_publication else ""
    shown = "submission" if of_publication else "edition__publication__submission"
    newer = newer_pending("submission_id" if of_publication else "pk")
    cautions = Notice.objects.cautions_in_force().filter(
        Q(edition__isnull=True) | Q(edition=OuterRef("edition_id")),
        article=OuterRef("edition__article_id"),
    )
    gathered: Rows = rows.select_related(f"{at}version").annotate(
        fact_retracted_source=Exists(retracted_source(f"{at}version_id")),
        fact_caution_since=Subquery(
            cautions.order_by("-published_at", "-pk").values("published_at")[:1]
        ),
        fact_newer_pending_since=Subquery(newer.order_by("-pk").values("submitted_at")[:1]),
        fact_shown=F(f"{shown}_id"),
        fact_shown_state=F(f"{shown}__state"),
    )
    return gathered


def retracted_source(version: str) -> "QuerySet[ReferenceNotice]":
    """Return, to be asked whether it exists, what retracts a source of the Version whose key the
    outer query has as `version`.
    """
    return ReferenceNotice.objects.retracting().filter(
        reference__cited_in__version=OuterRef(version)
    )


def newer_pending(submission: str) -> "QuerySet[Submission]":
    """Return, to be asked whether it exists, what the board has of the outer row's edition that is
    newer than the submission whose key that row has as `submission`.
    """
    rows = Submission.objects.is_open()
    return rows.filter(edition=OuterRef("edition_id"), pk__gt=OuterRef(submission))


def facts_of(row: Publication | Submission, *, on: date) -> Facts:
    """Return the facts of a gathered row on a day. No query.

    :raises AttributeError: if the row was not gathered.
    """
    return Facts(**told(row, on))


def facts_of_submissions(keys: Collection[int], *, on: date) -> dict[int, Facts]:
    """Return the facts of submissions by their keys. One query."""
    heavy = ("rule", "note", *(f"version__{name}" for name in HEAVY))
    rows = gather(Submission.objects.filter(pk__in=keys)).defer(*heavy)
    return {row.pk: facts_of(row, on=on) for row in rows}


def told(row: Publication | Submission, on: date) -> dict[str, Any]:
    """Return the fields of `Facts`, for it and what is made on top of it."""
    seen: Any = row  # the annotations of `gather`
    submission = row.submission if isinstance(row, Publication) else row
    version = submission.version
    shown_state: str | None = seen.fact_shown_state
    return {
        "submission_id": submission.pk,
        "version_id": version.pk,
        "state": State(submission.state),
        "number": version.number,
        "digest": version.digest,
        "change_class": version.change_class,
        "frozen_at": version.frozen_at,
        "submitted_at": submission.submitted_at,
        "review_started_at": submission.review_started_at,
        "state_changed_at": submission.state_changed_at,
        "approved_at": submission.approved_at,
        "latest_full_review_on": submission.latest_full_review_on,
        "review_due_on": submission.review_due_on,
        "is_overdue": submission.is_review_overdue(on),
        "is_published": seen.fact_shown == submission.pk,
        "edition_state": None if shown_state is None else State(shown_state),
        "has_retracted_source": seen.fact_retracted_source,
        "caution_since": seen.fact_caution_since,
        "newer_pending_since": seen.fact_newer_pending_since,
    }
