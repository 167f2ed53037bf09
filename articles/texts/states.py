"""What a state of an edition says: a draft, a save of one, or a Version.

What a Version says is frozen; a draft and a save cite the library as it stands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from articles.models import Edition, Version
from articles.texts.checks import cited_references
from articles.texts.draft import DraftText
from articles.texts.freezing import disclaimers_in_force, figure_facts
from articles.texts.shown_figures import shown_figures


@dataclass(frozen=True, kw_only=True)
class State:
    """What a state of an edition says, with all that readers are shown beside its words.

    `disclaimers` is None where a state has none of its own: a save was never shown to readers.
    `entries` are the formatted references of a Version, by key.
    """

    text: DraftText
    language: str
    sources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    entries: Mapping[str, str] = field(default_factory=dict)
    figures: Sequence[Mapping[str, Any]] = ()
    disclaimers: Sequence[Mapping[str, str]] | None = None
    follows: Mapping[str, Any] | None = None


def text_of(version: Version) -> DraftText:
    """Return the text that a version froze."""
    return frozen_text(version.frozen)


def frozen_text(content: Mapping[str, Any]) -> DraftText:
    """Return the text in a version's frozen content."""
    return DraftText(
        **{name: content[name] for name in ("title", "heading", "summary", "body")},
        jurisdiction=content["jurisdiction"],
        ai_provenance=content["ai_provenance"],
    )


def version_state(version: Version) -> State:
    """Return what a version says. No query."""
    content = version.frozen
    keys = [row["key"] for row in content["references"]]
    return State(
        text=frozen_text(content),
        language=content["language"],
        sources={row["key"]: row["csl"] for row in content["references"]},
        entries=dict(zip(keys, version.rendered_references, strict=False)),
        figures=content.get("figures", []),
        disclaimers=content["disclaimers"],
        follows=content.get("follows"),
    )


def save_state(edition: Edition, text: DraftText) -> State:
    """Return what a text, now or once typed into `edition`, says with the library as it stands.

    Two queries.
    """
    return State(
        text=text,
        language=edition.language,
        sources={key: row.csl for key, row in cited_references(text.body).items()},
        figures=[figure_facts(figure) for figure in shown_figures(text.body)],
    )


def draft_state(edition: Edition, day: date) -> State:
    """Return what a draft says, as it would be frozen on `day`. A few queries."""
    return replace(
        save_state(edition, DraftText.of(edition)),
        disclaimers=disclaimers_in_force(edition, day),
    )
