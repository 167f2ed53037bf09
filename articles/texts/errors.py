"""What the desk refuses."""

from collections.abc import Sequence

from articles.texts.checks import Problem
from articles.texts.draft import DraftText
from kernel.errors import WrongState


class StaleDraft(WrongState):
    """The draft moved on since it was opened. Both texts are kept: `current` here, `typed` there."""

    def __init__(
        self, reason: str, *, draft_number: int, stored: DraftText, typed: DraftText
    ) -> None:
        super().__init__(reason, current=f"draft {draft_number}")
        self.draft_number = draft_number
        self.stored = stored
        self.typed = typed


class FreezeRefused(WrongState):
    """Blocking checks fail; `problems` says which and how to mend them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(
            "This draft cannot be frozen yet: " + " ".join(problem.message for problem in problems),
            current="draft",
        )
        self.problems = list(problems)
