"""How the desk shows a source that may be meant: formatted, with its score, reasons and notices."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString

from articles.desk.sources import as_result
from articles.models import ReferenceNotice
from articles.references.identifying import Candidate
from articles.references.views.carrying import carried
from articles.references.views.formatting_references import formatted_entry
from articles.references.views.search import described
from manuscript.citing.reading import ReadReference

KINDS = dict(ReferenceNotice.Kind.choices)


def formatted(csl: Mapping[str, Any]) -> SafeString:
    """Return one source in the site's style, as safe HTML; the words as typed where it has no details."""
    return formatted_entry(csl, settings.CITATION_STYLE)


def shown_notices(read: ReadReference) -> list[dict[str, Any]]:
    """Return the notices that came with a record, in words."""
    return [
        {
            "label": str(KINDS.get(str(one["kind"]), one["kind"])),
            "date": str(one["noticed_on"] or ""),
            "doi": str(one["doi"]),
            "is_grave": str(one["kind"]) == ReferenceNotice.Kind.RETRACTION,
        }
        for one in read.notices
    ]


def shown_candidate(candidate: Candidate) -> dict[str, Any]:
    """Return what the pages show of a candidate, and how it is taken."""
    reference, read = candidate.reference, candidate.read
    return {
        "csl": candidate.csl,
        "formatted": formatted(candidate.csl),
        "score": candidate.score,
        "reasons": candidate.reasons,
        "is_likely": candidate.is_likely,
        "reference": reference,
        "shown": as_result(reference) if reference else described(candidate.csl),
        "notices": shown_notices(read) if read else [],
        "carried": carried(read) if read else "",
    }


def shown_candidates(candidates: Sequence[Candidate]) -> list[dict[str, Any]]:
    """Return what the pages show of candidates, in their order."""
    return [shown_candidate(candidate) for candidate in candidates]
