"""From a submission to what the public sees."""

from review.models.assignment import Assignment, Decision
from review.models.notice import Notice
from review.models.publication import Publication
from review.models.rule import ReviewRule, RuleCapacity
from review.models.signature import Signature
from review.models.submission import Submission

__all__ = [
    "Assignment",
    "Decision",
    "Notice",
    "Publication",
    "ReviewRule",
    "RuleCapacity",
    "Signature",
    "Submission",
]
