"""Where an edition stands, for the desk: its draft, its newest version, and what the board has.

The board's rows are reached by the names of their relations alone (`submissions`), because
imports point left.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Edition, Version
from articles.texts.checks import Problem, only_unidentified
from articles.texts.staleness import has_source_moved, with_source_moved

BEFORE_THE_BOARD = ("SUBMITTED", "UNDER_REVIEW")
STATES = {
    "draft": gettext_lazy("Draft only"),
    "frozen": gettext_lazy("Frozen, not sent yet"),
    "board": gettext_lazy("Before the board"),
    "changes": gettext_lazy("Changes requested"),
    "approved": gettext_lazy("Approved"),
    "newer": gettext_lazy("Newer draft than approved"),
    "gone": gettext_lazy("Withdrawn or retracted"),
}


def with_standing(editions: QuerySet[Edition]) -> QuerySet[Edition]:
    """Annotate the newest version, the newest submission's state, the approved version, and what
    tells whether the source moved on.
    """
    versions = Version.objects.filter(edition=OuterRef("pk"))
    newest = versions.order_by("-number")
    sent = versions.filter(submissions__isnull=False).order_by("-submissions__pk")
    approved = versions.filter(submissions__state="APPROVED").order_by("-number")
    return with_source_moved(editions).annotate(
        newest_number=Subquery(newest.values("number")[:1]),
        newest_draft=Subquery(newest.values("draft_number")[:1]),
        newest_was_sent=Exists(
            versions.filter(number=OuterRef("newest_number"), submissions__isnull=False)
        ),
        sent_number=Subquery(sent.values("number")[:1]),
        sent_state=Subquery(sent.values("submissions__state")[:1]),
        approved_number=Subquery(approved.values("number")[:1]),
        approved_draft=Subquery(approved.values("draft_number")[:1]),
    )


def in_state(editions: QuerySet[Edition], state: str) -> QuerySet[Edition]:
    """Return those of annotated `editions` in one of `STATES`; all of them for an unknown one."""
    conditions = {
        "draft": Q(newest_number=None),
        "frozen": Q(newest_number__isnull=False, newest_was_sent=False),
        "board": Q(sent_state__in=BEFORE_THE_BOARD),
        "changes": Q(sent_state="CHANGES_REQUESTED"),
        "approved": Q(approved_number__isnull=False),
        "newer": Q(approved_draft__lt=F("draft_number")),
        "gone": Q(sent_state__in=["WITHDRAWN", "RETRACTED"]),
    }
    return editions.filter(conditions[state]) if state in conditions else editions


@dataclass(frozen=True)
class Badge:
    """A state and its words, for `_status_badge.html`."""

    code: str
    label: str


WORDS = {
    "SUBMITTED": gettext_lazy("Version %(number)s submitted"),
    "UNDER_REVIEW": gettext_lazy("Version %(number)s under review"),
    "CHANGES_REQUESTED": gettext_lazy("Changes requested to version %(number)s"),
    "WITHDRAWN": gettext_lazy("Version %(number)s withdrawn"),
    "RETRACTED": gettext_lazy("Version %(number)s retracted"),
}


def badges(edition: Edition) -> list[Badge]:
    """Return what an annotated edition's state is called, the most public first."""
    row = edition.__dict__
    found: list[Badge] = []
    if row["approved_number"]:
        found.append(
            Badge("APPROVED", _("Version %(number)s approved") % {"number": row["approved_number"]})
        )
    if row["sent_state"] in WORDS:
        label = str(WORDS[row["sent_state"]]) % {"number": row["sent_number"]}
        found.append(Badge(row["sent_state"], label))
    if row["newest_number"] is None:
        found.append(Badge("DRAFT", _("Draft, never frozen")))
    elif edition.draft_number > row["newest_draft"]:
        label = _("Draft newer than version %(number)s") % {"number": row["newest_number"]}
        found.append(Badge("DRAFT", label))
    elif not row["newest_was_sent"]:
        label = _("Version %(number)s not sent yet") % {"number": row["newest_number"]}
        found.append(Badge("DRAFT", label))
    if has_source_moved(edition):
        label = _("Source moved on to version %(number)s") % {"number": row["source_current"]}
        found.append(Badge("SOURCE_MOVED", label))
    return found


@dataclass(frozen=True)
class Standing:
    """One edition with its versions (newest first), submissions (newest first) and problems."""

    edition: Edition
    versions: list[Version]
    submissions: list[Any]
    problems: list[Problem]

    @cached_property
    def newest(self) -> Version | None:
        """Return the newest version."""
        return self.versions[0] if self.versions else None

    @cached_property
    def next_number(self) -> int:
        """Return the number that the next version would have."""
        return self.newest.number + 1 if self.newest else 1

    @cached_property
    def only_unidentified(self) -> bool:
        """Tell whether sources to be identified are all that blocks a freeze."""
        return only_unidentified(self.problems)

    @cached_property
    def draft_is_newer(self) -> bool:
        """Tell whether the draft was saved since the newest version was frozen."""
        return self.newest is None or self.edition.draft_number > self.newest.draft_number

    @cached_property
    def latest(self) -> Any:
        """Return the newest submission, or None."""
        return self.submissions[0] if self.submissions else None

    @cached_property
    def is_before_the_board(self) -> bool:
        """Tell whether the board has a version to decide on."""
        return any(row.state in BEFORE_THE_BOARD for row in self.submissions)

    @cached_property
    def next_step(self) -> str:
        """Return the one thing to do next: "write", "answer", "freeze", "send", "wait", "done"."""
        newest_state = next(
            (row.state for row in self.submissions if row.version_id == self._newest_pk), ""
        )
        if self.draft_is_newer:
            return "write" if self.problems else "freeze"
        if self.is_before_the_board:
            return "wait"
        if newest_state in ("", "WITHDRAWN"):
            return "send"
        return "answer" if newest_state == "CHANGES_REQUESTED" else "done"

    @cached_property
    def _newest_pk(self) -> int | None:
        return self.newest.pk if self.newest else None


def standing_of(edition: Edition, problems: list[Problem]) -> Standing:
    """Return where `edition` stands. Two queries, however many versions there are."""
    versions = edition.versions.select_related("frozen_by").without_text().order_by("-number")
    submissions = edition.submissions.select_related("version").order_by("-pk")
    return Standing(edition, list(versions), list(submissions), problems)
