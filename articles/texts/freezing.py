"""What is frozen: the canonical content of a Version, made from a draft and its references.

The fields and their order of meaning come from `docs/frozen-content.md`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from articles.models import Audience, Disclaimer, Edition, Figure, Reference, Version
from articles.texts.shown_figures import images_of
from kernel.canonical import canonical_json, digest, sha256
from kernel.verification import UNREADABLE, unreadable
from manuscript.citing.formatting import format_references
from manuscript.content.citations import number
from manuscript.content.rendering import RENDERER, render

SCHEMA = 1
# What tells two versions of the same text apart; everything else is the text.
OF_THE_VERSION = ("version", "change_class", "change_note")
CALLOUT_LABELS = {
    "en": {"note": "Note", "caution": "Caution", "warning": "Warning"},
    "zh": {
        "note": "提示",
        "caution": "注意",
        "warning": "警告",
        "too-long": "这两份文本太长，无法逐词比较。",
    },
}


def fallback_chain(audience: Audience) -> list[Audience]:
    """Return `audience` and what it falls back to, nearest first. A query for each step."""
    chain = [audience]
    while (parent := chain[-1].falls_back_to) and parent not in chain:
        chain.append(parent)
    return chain


def disclaimers_in_force(edition: Edition, day: date) -> list[dict[str, str]]:
    """Return the disclaimers that fit an edition on `day`: the general one and, where the
    edition has a jurisdiction, that jurisdiction's. The nearest audience wins, then the newest.
    """
    nearness: dict[int | None, int] = {
        audience.pk: place for place, audience in enumerate(fallback_chain(edition.audience))
    }
    nearness[None] = len(nearness)
    candidates = Disclaimer.objects.in_force_on(day).filter(
        language=edition.language, jurisdiction__in={"", edition.jurisdiction}
    )
    best: dict[str, Disclaimer] = {}
    for row in sorted(
        (row for row in candidates if row.audience_id in nearness),
        key=lambda row: (nearness[row.audience_id], -row.in_force_from.toordinal(), -row.pk),
    ):
        best.setdefault(row.jurisdiction, row)
    return [
        {"language": row.language, "jurisdiction": row.jurisdiction, "text": row.text}
        for _place, row in sorted(best.items())
    ]


def frozen_content(
    *,
    edition: Edition,
    version: int,
    references: Mapping[str, Reference],
    figures: Sequence[Figure],
    disclaimers: Sequence[Mapping[str, str]],
    change_class: str,
    change_note: str,
) -> dict[str, Any]:
    """Return what a Version of this draft says. `references` holds every cited key, `figures`
    every figure that the body shows, in order.
    """
    return {
        "schema": SCHEMA,
        "article": edition.article_id,
        "edition": edition.pk,
        "language": edition.language,
        "audience": edition.audience.slug,
        "jurisdiction": edition.jurisdiction,
        "version": version,
        "title": edition.title,
        "heading": edition.heading,
        "summary": edition.summary,
        "body": edition.body,
        "references": [
            {"number": place, "key": key, "csl": references[key].csl}
            for key, place in number(edition.body).items()
        ],
        "figures": [figure_facts(figure) for figure in figures],
        "follows": _followed(edition),
        "ai_provenance": edition.ai_provenance,
        "disclaimers": [dict(row) for row in disclaimers],
        "change_class": change_class,
        "change_note": change_note,
    }


def figure_facts(figure: Figure) -> dict[str, Any]:
    """Return what is frozen of a figure besides the words that the text has for it."""
    return {
        "key": figure.key,
        "digest": figure.digest,
        "media_type": figure.media_type,
        "width": figure.width,
        "height": figure.height,
        "widths": figure.widths,
        "credit": figure.credit,
        "licence": figure.licence,
    }


def _followed(edition: Edition) -> dict[str, Any] | None:
    """Return which version of which edition an adaptation follows, or None."""
    if edition.followed is None:
        return None
    version = edition.followed
    return {"edition": version.edition_id, "version": version.number, "digest": version.digest}


def text_digest(content: Mapping[str, Any]) -> str:
    """Return the digest of the text alone: equal content has the equal digest."""
    return digest({key: value for key, value in content.items() if key not in OF_THE_VERSION})


def rendering_of(
    content: Mapping[str, Any], *, style: str, dangling: Callable[[str], str] | None = None
) -> dict[str, Any]:
    """Return how readers see frozen content, as fields of a Version; `style` is the references'.

    What is frozen has no dangling citation. Of what is not, `dangling` writes each.
    """
    numbers = {row["key"]: row["number"] for row in content["references"]}
    labels = CALLOUT_LABELS.get(content["language"], CALLOUT_LABELS["en"])
    return {
        "rendered": render(
            content["body"],
            numbers,
            labels=labels,
            figures=images_of(content["figures"]),
            dangling=dangling,
        ),
        "rendered_references": format_references(
            [row["csl"] for row in content["references"]], style
        ),
        "renderer": RENDERER,
        "citation_style": style,
    }


def version_fields(content: Mapping[str, Any], *, style: str) -> dict[str, Any]:
    """Return every field of a Version that follows from its content and the style of its list."""
    canonical = canonical_json(content)
    return {
        "number": content["version"],
        "title": content["title"],
        "heading": content["heading"],
        "summary": content["summary"],
        "content": canonical.decode(),
        "digest": sha256(canonical),
        "text_digest": text_digest(content),
        "change_class": content["change_class"],
        "change_note": content["change_note"],
        **rendering_of(content, style=style),
    }


def why_version_does_not_hold(version: Version) -> str | None:
    """Return what is wrong with a stored Version, or None. Recomputes all that follows from it."""
    try:
        content = version.frozen
        follows = version_fields(content, style=version.citation_style)
    except UNREADABLE as exc:
        return f"its content {unreadable(exc)}"
    freezing = version.contribution
    if (freezing.edition_id, freezing.user_id, freezing.kind, freezing.at) != (
        version.edition_id,
        version.frozen_by_id,
        "FROZE",
        version.frozen_at,
    ):
        return "it names another contribution than its freezing"
    for name, value in follows.items():
        if name in {"rendered", "rendered_references", "renderer"} and version.renderer != RENDERER:
            continue
        if getattr(version, name) != value:
            return f"{name} does not follow from the frozen content"
    if content["edition"] != version.edition_id:
        return "the content belongs to another edition"
    return None
