"""What changed between two states of an edition, word by word."""

import re
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from articles.content.citations import number
from articles.content.difference import difference
from articles.draft import DraftText
from articles.freezing import CALLOUT_LABELS
from articles.models import Edition, Version
from articles.views.shared import DeskRequest, about, signed_in, visible_edition

STEP = re.compile(r'(?<= id="change-)\d+(?=")')


@dataclass(frozen=True)
class Part:
    """One field that differs: its name and its difference as safe HTML."""

    name: str
    html: str


@dataclass(frozen=True)
class Comparison:
    """The fields that differ, the body's difference as safe HTML, and how many steps there are."""

    parts: list[Part] = field(default_factory=list)
    body: str = ""
    body_differs: bool = False
    changes: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether both sides say the same."""
        return not self.parts and not self.body_differs


def between_drafts(before: DraftText, after: DraftText, *, language: str) -> Comparison:
    """Return what changed from one text to another. Both are as stored (tidied)."""
    parts: list[Part] = []
    changes = 0
    for name, old, new in _lines(before, after):
        if old == new:
            continue
        found = difference(_paragraph(old), _paragraph(new))
        parts.append(Part(name, _renumbered(found.html, changes)))
        changes += found.changes
    body = difference(
        before.body,
        after.body,
        numbers_before=number(before.body),
        numbers_after=number(after.body),
        labels=CALLOUT_LABELS.get(language, CALLOUT_LABELS["en"]),
    )
    return Comparison(
        parts=parts,
        body=_renumbered(body.html, changes),
        body_differs=before.body != after.body,
        changes=changes + body.changes,
    )


def text_of(version: Version) -> DraftText:
    """Return the text that a version froze."""
    content = version.frozen
    return DraftText(
        **{name: content[name] for name in ("title", "heading", "summary", "body")},
        jurisdiction=content["jurisdiction"],
        ai_provenance=content["ai_provenance"],
    )


@signed_in
def compare(request: DeskRequest, pk: int) -> HttpResponse:
    """Compare two versions of an edition, or one with the draft; newest against draft at first."""
    edition = visible_edition(request, pk)
    numbers = list(edition.versions.order_by("-number").values_list("number", flat=True))
    newest = str(numbers[0]) if numbers else "draft"
    before = request.GET.get("from", newest)
    after = request.GET.get("to", "draft")
    sides = {name: _side(edition, name, set(numbers)) for name in {before, after}}
    context = {
        **about(request, edition),
        "heading": _("Compare"),
        "choices": ["draft", *map(str, numbers)],
        "before": before,
        "after": after,
        "has_versions": bool(numbers),
        "comparison": between_drafts(sides[before], sides[after], language=edition.language),
    }
    return render(request, "articles/compare.html", context)


def _side(edition: Edition, name: str, numbers: set[int]) -> DraftText:
    """Return the text called `name`: "draft" or a version's number.

    :raises Http404: if there is no such version.
    """
    if name == "draft":
        return DraftText.of(edition)
    if not name.isdecimal() or int(name) not in numbers:
        raise Http404
    return text_of(edition.versions.get(number=int(name)))


def _lines(before: DraftText, after: DraftText) -> list[tuple[str, str, str]]:
    return [
        (_("Question"), before.title, after.title),
        (_("Page heading"), before.heading, after.heading),
        (_("Summary"), before.summary, after.summary),
        (_("Jurisdiction"), before.jurisdiction, after.jurisdiction),
        (
            _("Language model"),
            _provenance(before.ai_provenance),
            _provenance(after.ai_provenance),
        ),
    ]


def _provenance(facts: dict[str, Any]) -> str:
    return ", ".join(str(value) for value in facts.values())


def _paragraph(text: str) -> str:
    """Return plain text as a canonical body of one paragraph, line breaks kept."""
    lines = [escape(line, quote=False) for line in text.split("\n") if line]
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def _renumbered(html: str, offset: int) -> str:
    """Return a difference's HTML with its steps counted on from `offset`."""
    return STEP.sub(lambda found: str(int(found[0]) + offset), html)
