"""How the desk shows a source in a line."""

from collections.abc import Iterable
from typing import Any

from articles.models import Reference, ReferenceNotice, notice_in_force
from manuscript.citing.findable import called

KIND = ReferenceNotice.Kind
WORST_FIRST = (KIND.RETRACTION, KIND.EXPRESSION_OF_CONCERN, KIND.CORRECTION)


def as_result(reference: Reference) -> dict[str, Any]:
    """Return what the editor shows of a reference. Its notices are to be prefetched."""
    return shown_source(reference, reference.notices.all())


def shown_source(reference: Reference, notices: Iterable[ReferenceNotice]) -> dict[str, Any]:
    """Return what the editor shows of a reference with these notices, stored or not."""
    first, *others = reference.authors.split("; ")
    csl = reference.csl
    return {
        "key": reference.key,
        "who": f"{first} et al" if others else first,
        "year": reference.year,
        "title": reference.title or called(csl) or reference.key or str(csl.get("DOI") or ""),
        "where": csl.get("container-title", "") or csl.get("publisher", ""),
        "identified": reference.is_identified,
        "notice": worst_notice(notices),
    }


def worst_notice(notices: Iterable[ReferenceNotice]) -> str:
    """Return the gravest notice in force, in a word: a correction never hides a retraction.

    What a later reinstatement lifted is said to be reinstated.
    """
    rows = list(notices)
    for kind in WORST_FIRST:
        if notice_in_force(rows, kind):
            return str(kind.label)
    return str(KIND.REINSTATEMENT.label) if rows else ""
