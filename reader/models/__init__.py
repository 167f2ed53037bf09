"""What readers send, and the policy they can hold the publisher to."""

from reader.models.policy import PolicyVersion
from reader.models.question import Question

__all__ = ["PolicyVersion", "Question"]
