"""The checks of a draft: what keeps it from being frozen, and advice. The desk, the API and the freeze share them.

`problems(edition)` and `problems_of(material)` run every check, `blocking_problems(edition)` those that the freeze
refuses on. Each check is one function with a code; `docs/checks.md` has a line for each, and a test holds both against
each other.
"""

from dataclasses import dataclass
from itertools import groupby

from articles.models import Edition, Reference
from articles.texts.checks.material import Material, material_of
from articles.texts.checks.problem import Check, Problem, Severity
from articles.texts.checks.reading import (
    abbreviation_not_expanded,
    missing_treatment_part,
    reading_grade,
    undefined_term,
)
from articles.texts.checks.sources import (
    dangling_citation,
    merged_reference,
    reference_never_cited,
    repeated_source,
    retracted_source_without_comment,
    source_under_notice,
    unidentified_reference,
)
from articles.texts.checks.structure import (
    dangling_figure,
    empty_body,
    empty_section,
    empty_summary,
    empty_title,
    missing_alt,
)
from articles.texts.checks.wording import (
    absolute_wording,
    doubled_term,
    fused_words,
    long_sentence,
    uncited_claim,
)
from articles.texts.draft import DraftText
from manuscript.content.citations import cited_keys
from manuscript.content.readability import SectionReading

BLOCKING: tuple[Check, ...] = (
    empty_title,
    empty_body,
    dangling_citation,
    merged_reference,
    unidentified_reference,
    retracted_source_without_comment,
    dangling_figure,
    missing_alt,
    empty_section,
)
ADVISORY: tuple[Check, ...] = (
    uncited_claim,
    absolute_wording,
    source_under_notice,
    repeated_source,
    reference_never_cited,
    missing_treatment_part,
    empty_summary,
    reading_grade,
    undefined_term,
    abbreviation_not_expanded,
    long_sentence,
    fused_words,
    doubled_term,
)
CHECKS: tuple[Check, ...] = BLOCKING + ADVISORY


def _found(checks: tuple[Check, ...], material: Material) -> list[Problem]:
    found = [problem for check in checks for problem in check(material)]
    return sorted(found, key=lambda problem: problem.order)


@dataclass(frozen=True)
class Report:
    """What all checks say of one draft: what blocks, the advice, and how hard each section reads."""

    blocking: list[Problem]
    advice: list[Problem]
    readings: list[SectionReading]
    reading_grade: int | None

    @property
    def groups(self) -> list[tuple[Check, list[Problem]]]:
        """Return the advice by check, in the order of the checks."""
        places = {check.code: place for place, check in enumerate(ADVISORY)}
        ordered = sorted(self.advice, key=lambda problem: places[problem.code])
        return [
            (ADVISORY[place], list(found))
            for place, found in groupby(ordered, key=lambda problem: places[problem.code])
        ]


def report_of(edition: Edition, text: DraftText | None = None) -> Report:
    """Return what all checks say of a draft, or of `text` typed into it (tidied). Six queries at most."""
    material = material_of(edition, text)
    return Report(
        _found(BLOCKING, material),
        _found(ADVISORY, material),
        material.readings,
        material.reading_grade,
    )


def problems_of(material: Material) -> list[Problem]:
    """Return what every check finds: what blocks first, each in reading order. No query."""
    return _found(BLOCKING, material) + _found(ADVISORY, material)


def problems(edition: Edition, text: DraftText | None = None) -> list[Problem]:
    """Return what every check finds in a draft, or in `text` typed into it (tidied). Six queries at most."""
    return problems_of(material_of(edition, text))


def blocking_problems(edition: Edition) -> list[Problem]:
    """Return what keeps this draft from being frozen, in reading order. Three queries at most."""
    return _found(BLOCKING, material_of(edition, advice=False))


def cited_references(body: str) -> dict[str, Reference]:
    """Return the references that `body` cites, by key. One query."""
    keys = cited_keys(body)
    return {row.key: row for row in Reference.objects.filter(key__in=keys)} if keys else {}


def only_unidentified(found: list[Problem]) -> bool:
    """Tell whether sources to be identified are all that blocks a freeze."""
    return bool(found) and all(row.code == unidentified_reference.code for row in found)


__all__ = [
    "ADVISORY",
    "BLOCKING",
    "CHECKS",
    "Check",
    "Material",
    "Problem",
    "Report",
    "Severity",
    "blocking_problems",
    "cited_references",
    "material_of",
    "only_unidentified",
    "problems",
    "problems_of",
    "report_of",
]
