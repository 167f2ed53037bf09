"""What a check finds, and what a check is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar

from django.utils.functional import Promise

from articles.texts.checks.material import Material


class Severity(StrEnum):
    """Whether a finding keeps a draft from being frozen, or is advice."""

    BLOCKING = "blocking"
    ADVISORY = "advisory"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One finding: where it is, why it matters, and how to mend it, in words.

    Where: `field` of the draft; in the body the heading of its `section`, the `sentence` (or table row, caption) and
    the `words` in it, each empty where it does not apply; `order` sorts by place. About a source, it names the
    reference to mend, where the library has it, and the number that the text shows for it. `insertion` is text that
    mends it when it is put right after the words. The check that found it sets `code`, `severity` and `why`.
    """

    field: str
    message: str
    remedy: str
    code: str = ""
    severity: Severity = Severity.BLOCKING
    why: str = ""
    section: str = ""
    sentence: str = ""
    words: str = ""
    insertion: str = ""
    reference_id: int | None = None
    citation_number: int | None = None
    order: int = 0


Find = Callable[[Material], Iterator[Problem]]


@dataclass(frozen=True)
class Check:
    """One rule: its code, what its findings are called together, why it is checked, and the function that finds them."""

    code: str
    severity: Severity
    title: str | Promise
    why: str | Promise
    find: Find
    do_not_call_in_templates: ClassVar = True

    def __call__(self, material: Material) -> Iterator[Problem]:
        """Yield what this check finds in a draft."""
        for problem in self.find(material):
            yield replace(problem, code=self.code, severity=self.severity, why=str(self.why))


def blocking(code: str, *, title: str | Promise, why: str | Promise) -> Callable[[Find], Check]:
    """Make a function a check whose findings keep a draft from being frozen."""
    return lambda find: Check(code, Severity.BLOCKING, title, why, find)


def advisory(code: str, *, title: str | Promise, why: str | Promise) -> Callable[[Find], Check]:
    """Make a function a check whose findings are advice."""
    return lambda find: Check(code, Severity.ADVISORY, title, why, find)
