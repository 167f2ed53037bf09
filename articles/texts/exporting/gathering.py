"""Everything that an export says, out of a draft or of a frozen Version."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.models import Article, Audience, Edition, Reference, ReferenceNotice, Version
from articles.texts.checks import cited_references
from articles.texts.freezing import (
    CALLOUT_LABELS,
    disclaimers_in_force,
    frozen_content,
    rendering_of,
)
from articles.texts.shown_figures import address, shown_figures, stored_name
from manuscript.content.citations import number
from manuscript.content.rendering import LABELS
from manuscript.exporting.text import ExportedFigure, ExportedReference, ExportedText, Standing
from manuscript.exporting.words import say

WIDE_ENOUGH = 1400
"""How many pixels an image needs on paper; the narrowest file that has them is taken."""


def of_version(
    version: Version, *, standing: Standing, page_address: str, verify_address: str
) -> ExportedText:
    """Return a frozen Version as it is exported, from its frozen content alone; `standing` is what
    the review says of it. Two queries besides what `version` was read with (edition, article,
    audience).
    """
    content = version.frozen
    return ExportedText(
        **_said(
            content,
            entries=version.rendered_references,
            article=version.edition.article,
            audience=version.edition.audience,
        ),
        standing=standing,
        address=page_address,
        verify_address=verify_address,
        changed_at=version.frozen_at,
        version=version.number,
        digest=version.digest,
        change_note=version.change_note,
    )


def of_draft(edition: Edition, *, page_address: str) -> ExportedText:
    """Return a draft as it is exported: never reviewed, whoever worked on it. Citations that point
    at nothing keep their number, and their entry says so. A constant number of queries.
    """
    known = cited_references(edition.body)
    missing = [key for key in number(edition.body) if key not in known]
    stubs = {key: Reference(key=key, csl={"type": "document"}) for key in missing}
    content = frozen_content(
        edition=edition,
        version=0,
        references={**known, **stubs},
        figures=shown_figures(edition.body),
        disclaimers=disclaimers_in_force(edition, timezone.now().date()),
        change_class="",
        change_note="",
    )
    entries = rendering_of(content, style=settings.CITATION_STYLE)["rendered_references"]
    for place, row in enumerate(content["references"]):
        if row["key"] in stubs:
            entries[place] = say(edition.language, "not-in-library", key=row["key"])
    said = _said(content, entries=entries, article=edition.article, audience=edition.audience)
    said["title"] = said["title"] or edition.article.question
    return ExportedText(
        **said,
        standing=Standing(state="draft", tone="draft", status=say(edition.language, "draft")),
        address=page_address,
        changed_at=edition.updated_at,
        draft=edition.draft_number,
    )


def _said(
    content: Mapping[str, Any], *, entries: Sequence[str], article: Article, audience: Audience
) -> dict[str, Any]:
    language = content["language"]
    notices = _notices([row["key"] for row in content["references"]], language)
    labels = CALLOUT_LABELS.get(language, CALLOUT_LABELS["en"])
    return {
        "title": content["title"],
        "heading": content["heading"],
        "summary": content["summary"],
        "body": content["body"],
        "language": language,
        "audience": audience.label,
        "audience_slug": audience.slug,
        "jurisdiction": content["jurisdiction"],
        "slug": article.slug,
        "site_name": settings.SITE_NAME,
        "references": tuple(
            ExportedReference(
                number=row["number"],
                key=row["key"],
                csl=row["csl"],
                entry=entry,
                notices=tuple(notices.get(row["key"], ())),
            )
            for row, entry in zip(content["references"], entries, strict=True)
        ),
        "figures": {row["key"]: _figure(row) for row in content["figures"]},
        "labels": {**LABELS, "table": say(language, "table"), **labels},
        "ai_provenance": {
            str(name): str(value) for name, value in content["ai_provenance"].items() if value
        },
        "disclaimers": tuple(content["disclaimers"]),
        "read_figure": _reader(content["figures"]),
    }


def _figure(facts: Mapping[str, Any]) -> ExportedFigure:
    served = address(facts["digest"], max(facts["widths"]), facts["media_type"])
    return ExportedFigure(
        key=facts["key"],
        digest=facts["digest"],
        media_type=facts["media_type"],
        width=facts["width"],
        height=facts["height"],
        credit=facts["credit"],
        licence=facts["licence"],
        address=f"{settings.SITE_URL}{served}",
    )


def _reader(figures: Sequence[Mapping[str, Any]]) -> Callable[[str], bytes | None]:
    """Return a function that reads a figure's file, wide enough for paper and no wider."""
    facts = {row["key"]: row for row in figures}

    def read(key: str) -> bytes | None:
        row = facts.get(key)
        if row is None:
            return None
        wide = [width for width in row["widths"] if width >= WIDE_ENOUGH]
        width = min(wide) if wide else max(row["widths"])
        name = stored_name(row["digest"], width, row["media_type"])
        try:
            with default_storage.open(name) as file:
                return bytes(file.read())
        except FileNotFoundError:
            return None  # The export says that the image is not available.

    return read


def _notices(keys: Sequence[str], language: str) -> dict[str, list[str]]:
    """Return what journals published against sources, in words, oldest first. One query."""
    found: dict[str, list[str]] = {}
    rows = ReferenceNotice.objects.filter(reference__key__in=keys).order_by("noticed_on", "pk")
    for key, kind, noticed_on in rows.values_list("reference__key", "kind", "noticed_on"):
        found.setdefault(key, []).append(
            say(language, "notice-on", kind=say(language, kind), date=noticed_on)
        )
    return found
