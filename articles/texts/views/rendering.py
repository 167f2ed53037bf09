"""A text as readers would see it, for previews: what would be frozen, shown through what
freezing uses, with citations that point nowhere shown as such.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.models import Edition, Reference
from articles.texts.checks import cited_references
from articles.texts.freezing import disclaimers_in_force, frozen_content, rendering_of
from articles.texts.journal_notices import notices_of_keys
from articles.texts.shown_figures import shown_figures, with_credits
from manuscript.content.citations import mentions, number


@dataclass(frozen=True)
class Shown:
    """What a page shows of a text: its body and its numbered references, safe HTML both."""

    body: SafeString
    references: list[dict[str, Any]]
    disclaimers: list[dict[str, str]]
    dangling: list[str]


def shown_draft(edition: Edition, day: date) -> Shown:
    """Return a draft as readers would see it on `day`. Constant queries."""
    known = cited_references(edition.body)
    numbers = number(edition.body)
    dangling = [key for key in numbers if key not in known]
    stubs = {key: Reference(key=key, csl={"type": "document"}) for key in dangling}
    content = frozen_content(
        edition=edition,
        version=0,
        references={**known, **stubs},
        figures=shown_figures(edition.body),
        disclaimers=disclaimers_in_force(edition, day),
        change_class="",
        change_note="",
    )
    cited = [row for row in content["references"] if row["key"] in known]
    for place, row in enumerate(cited, start=1):
        row["number"] = place
    rendered = rendering_of(
        {**content, "references": cited}, style=settings.CITATION_STYLE, dangling=_nowhere
    )
    return Shown(
        body=mark_safe(  # noqa: S308 - rendered from a canonical body
            with_credits(rendered["rendered"], content["figures"])
        ),
        references=reference_rows(cited, rendered["rendered_references"], content["body"]),
        disclaimers=content["disclaimers"],
        dangling=dangling,
    )


def reference_rows(
    cited: Sequence[Mapping[str, Any]], entries: Sequence[str], body: str
) -> list[dict[str, Any]]:
    """Return what `_reference_list.html` shows: one row per reference that stands in frozen
    content, with its formatted entry and the notices of today. One query.
    """
    counts = mentions(body)
    notices = notices_of_keys([row["key"] for row in cited])
    return [
        {
            "number": row["number"],
            "text": mark_safe(entry),  # noqa: S308 - cleaned by manuscript.citing.formatting
            "pmid": row["csl"].get("PMID", ""),
            "notices": notices.get(row["key"], ()),
            "places": [
                f"cite-{row['number']}-{place}" for place in range(1, counts.get(row["key"], 0) + 1)
            ],
        }
        for row, entry in zip(cited, entries, strict=False)
    ]


def _nowhere(key: str) -> str:
    reason = _("“%(key)s” is not in the reference library.") % {"key": key}
    return format_html('<span class="citation__nowhere" title="{}">[?]</span>', reason)
