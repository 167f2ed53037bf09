"""The rows of every room of this app: from a submission to what the public sees."""

from review.public.models.notice import Notice
from review.public.models.publication import GONE_STATES, READABLE_STATES, Publication
from review.rounds.models.assignment import Assignment
from review.rounds.models.rule import ReviewRule, RuleCapacity
from review.rounds.models.submission import (
    OPEN_STATES,
    REVIEWED_STATES,
    WAS_APPROVED_STATES,
    State,
    Submission,
    SubmissionQuerySet,
    review_overdue_on,
)
from review.signatures.models.signature import Signature
from review.verdicts.models.decision import Decision

__all__ = [
    "GONE_STATES",
    "OPEN_STATES",
    "READABLE_STATES",
    "REVIEWED_STATES",
    "WAS_APPROVED_STATES",
    "Assignment",
    "Decision",
    "Notice",
    "Publication",
    "ReviewRule",
    "RuleCapacity",
    "Signature",
    "State",
    "Submission",
    "SubmissionQuerySet",
    "review_overdue_on",
]
