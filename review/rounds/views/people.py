"""Who reviews a submission and how far they are; what is still missing, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from review.models import OPEN_STATES, Assignment, Decision, Submission
from review.rounds.rules import missing_for_approval

BADGES = {
    Decision.Kind.APPROVE: ("APPROVED", "Signed"),
    Decision.Kind.REQUEST_CHANGES: ("CHANGES_REQUESTED", "Asked for changes"),
    Decision.Kind.RECUSE: ("RECUSED", "Stepped aside"),
}


@dataclass(frozen=True)
class ReviewerLine:
    """One reviewer of a submission, as lists and the review room show them."""

    assignment: Assignment
    name: str
    capacity: str
    code: str
    label: str
    comment: str
    decided_at: datetime | None
    due_on: date | None
    is_waited_for: bool
    is_late: bool


def reviewer_line(assignment: Assignment, *, is_open: bool, day: date) -> ReviewerLine:
    """Return how one assignment stands. Reads its reviewer, capacity and decision."""
    decision: Decision | None = getattr(assignment, "decision", None)
    waited_for = is_open and decision is None and assignment.ended_at is None
    if decision is not None:
        code, label = BADGES[Decision.Kind(decision.kind)]
    elif assignment.ended_at is not None:
        code, label = "DECLINED", "Taken off"
    elif waited_for:
        code, label = "ASSIGNED", "Asked"
    else:
        code, label = "NOT_CHECKED", "Did not decide"
    return ReviewerLine(
        assignment=assignment,
        name=assignment.reviewer.name,
        capacity=assignment.capacity.name,
        code=code,
        label=label,
        comment=decision.comment if decision else "",
        decided_at=decision.decided_at if decision else None,
        due_on=assignment.due_on,
        is_waited_for=waited_for,
        is_late=waited_for and assignment.due_on is not None and assignment.due_on < day,
    )


def reviewer_lines(submission: Submission, *, day: date) -> list[ReviewerLine]:
    """Return the reviewers of a submission whose assignments are prefetched."""
    is_open = submission.state in OPEN_STATES
    return [
        reviewer_line(assignment, is_open=is_open, day=day)
        for assignment in submission.assignments.all()
    ]


def still_missing(submission: Submission) -> list[str]:
    """Return what an open submission still wants; nothing for one that is decided."""
    if submission.state not in OPEN_STATES:
        return []
    return missing_for_approval(rule=submission.rule, signatures=list(submission.signatures.all()))


def listed(parts: Sequence[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    if len(parts) <= 1:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def rule_in_words(rule: Mapping[str, Any]) -> list[str]:
    """Return what a frozen rule asks for, a sentence each."""
    needed = rule["approvals_needed"]
    people = "One person has to sign" if needed == 1 else f"{needed} different people have to sign"
    capacities = [f"{row['count']} for {row['name']}" for row in rule["capacities"]]
    among = f", among them {listed(capacities)}" if capacities else ""
    months = rule["months_to_next_review"]
    return [
        f"{people}{among}.",
        "Until then readers may see it under a caution, unless an approved version stands."
        if rule["pending_is_public"]
        else "Until then readers do not see it.",
        f"The next review is due {months} month{'' if months == 1 else 's'} after approval.",
    ]
