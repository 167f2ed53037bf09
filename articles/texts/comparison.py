"""What changed between two states of a text: its fields, its body word by word, the sources that it
cites, its figures, and what stands beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles.texts.draft import DraftText
from articles.texts.freezing import CALLOUT_LABELS
from articles.texts.shown_figures import images_of
from articles.texts.states import State
from manuscript.citing.formatting import entry_text, format_references
from manuscript.content import steps
from manuscript.content.citations import number
from manuscript.content.difference import difference, is_too_long, shown_difference
from manuscript.content.figures import FigureImage


@dataclass(frozen=True)
class Part:
    """One field that differs: its name and its difference as safe HTML."""

    name: str
    html: str


@dataclass(frozen=True)
class Entry:
    """One source or figure that came, went or changed, its difference as safe HTML."""

    kind: str
    key: str
    html: str


@dataclass(frozen=True)
class Comparison:
    """The fields that differ, the body's difference as safe HTML, and how many steps there are.

    Of a body that is too long to be compared in detail, the HTML says so.
    """

    parts: list[Part] = field(default_factory=list)
    body: str = ""
    body_differs: bool = False
    changes: int = 0
    is_too_long: bool = False
    references: list[Entry] = field(default_factory=list)
    figures: list[Entry] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Tell whether both sides say the same."""
        return not (self.parts or self.body_differs or self.references or self.figures)


def between_drafts(
    before: DraftText,
    after: DraftText,
    *,
    language: str,
    figures: Mapping[str, FigureImage] | None = None,
) -> Comparison:
    """Return what changed from one text to another. Both are as stored (tidied)."""
    return _with_body(_fields(before, after), before.body, after.body, language, figures or {})


def between_states(before: State, after: State) -> Comparison:
    """Return everything that changed from one state to another."""
    pairs = _fields(before.text, after.text)
    if before.disclaimers is not None and after.disclaimers is not None:
        pairs.append((_("Disclaimers"), _joined(before.disclaimers), _joined(after.disclaimers)))
    found = _with_body(
        pairs,
        before.text.body,
        after.text.body,
        after.language,
        {**images_of(before.figures), **images_of(after.figures)},
    )
    references = _entries(*_changed_sources(before, after), found.changes)
    changes = found.changes + len(references)
    figures = _entries(_figure_lines(before), _figure_lines(after), changes)
    return replace(found, references=references, figures=figures, changes=changes + len(figures))


def changed_fields(before: DraftText, after: DraftText) -> list[Part]:
    """Return the fields beside the body that differ, without steps."""
    return [
        Part(name, difference(_paragraph(old), _paragraph(new), step=steps.none).html)
        for name, old, new in _fields(before, after)
        if old != new
    ]


def _parts(pairs: Sequence[tuple[str, str, str]]) -> tuple[list[Part], int]:
    parts: list[Part] = []
    changes = 0
    for name, old, new in pairs:
        if old == new:
            continue
        found = difference(_paragraph(old), _paragraph(new), step=steps.after(changes))
        parts.append(Part(name, found.html))
        changes += found.changes
    return parts, changes


def _with_body(
    pairs: Sequence[tuple[str, str, str]],
    before: str,
    after: str,
    language: str,
    figures: Mapping[str, FigureImage],
) -> Comparison:
    parts, changes = _parts(pairs)
    body = shown_difference(
        before,
        after,
        numbers_before=number(before),
        numbers_after=number(after),
        labels=CALLOUT_LABELS.get(language, CALLOUT_LABELS["en"]),
        figures=figures,
        step=steps.after(changes),
    )
    return Comparison(
        parts=parts,
        body=body.html,
        body_differs=before != after,
        changes=changes + body.changes,
        is_too_long=is_too_long(before, after),
    )


def _fields(before: DraftText, after: DraftText) -> list[tuple[str, str, str]]:
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


def _entries(before: Mapping[str, str], after: Mapping[str, str], offset: int) -> list[Entry]:
    """Return the lines that differ by key: those of `after` in order, then what went. One step
    each.
    """
    found: list[Entry] = []
    for key in [*after, *(key for key in before if key not in after)]:
        old, new = before.get(key, ""), after.get(key, "")
        if old == new:
            continue
        kind = "changed" if key in before and key in after else "added" if new else "removed"
        step = steps.only(offset + len(found) + 1)
        changed = difference(_paragraph(old), _paragraph(new), step=step)
        found.append(Entry(kind, key, changed.html))
    return found


def _changed_sources(before: State, after: State) -> tuple[dict[str, str], dict[str, str]]:
    """Return the formatted entries of the sources that differ, by key; those alike are left out,
    because formatting takes longer than all the rest.
    """
    differing = [
        key
        for key in dict.fromkeys([*before.sources, *after.sources])
        if before.sources.get(key) != after.sources.get(key)
    ]
    return _lines(before, differing), _lines(after, differing)


def _lines(state: State, keys: Sequence[str]) -> dict[str, str]:
    numbers = number(state.text.body)
    cited = [key for key in numbers if key in keys and key in state.sources]
    missing = [key for key in cited if key not in state.entries]
    made = zip(
        missing,
        format_references([state.sources[key] for key in missing], settings.CITATION_STYLE),
        strict=True,
    )
    entries = {**state.entries, **dict(made)}
    return {key: f"{entry_text(entries[key])} [{key}]" for key in cited}


def _figure_lines(state: State) -> dict[str, str]:
    """Return what is known of each figure besides the words that the text has for it."""
    return {
        row["key"]: "\n".join(
            filter(
                None,
                [
                    f"{row['key']}, {row['width']} × {row['height']} px",
                    _("Picture %(digest)s") % {"digest": row["digest"][:8]},
                    row["credit"] and _("Credit: %(credit)s") % {"credit": row["credit"]},
                    row["licence"] and _("Licence: %(licence)s") % {"licence": row["licence"]},
                ],
            )
        )
        for row in state.figures
    }


def _provenance(facts: Mapping[str, Any]) -> str:
    return ", ".join(str(value) for value in facts.values())


def _joined(disclaimers: Sequence[Mapping[str, str]]) -> str:
    return "\n".join(f"{row['jurisdiction']} {row['text']}".strip() for row in disclaimers)


def _paragraph(text: str) -> str:
    """Return plain text as a canonical body of one paragraph, line breaks kept."""
    lines = [escape(line, quote=False) for line in text.split("\n") if line]
    return f"<p>{'<br>'.join(lines)}</p>" if lines else ""


def shown(body: str, state: State, *, side: str) -> SafeString:
    """Return `body`, a state's or a section of it, as safe HTML without ids, so that several can
    stand on one page. Citations have the numbers that they have in the whole text; `side` goes
    into the names of tables, so that two of one name are told apart.
    """
    numbers = number(state.text.body)
    html = difference(
        body,
        body,
        numbers_before=numbers,
        numbers_after=numbers,
        labels=CALLOUT_LABELS.get(state.language, CALLOUT_LABELS["en"]),
        figures=images_of(state.figures),
        tables_of=f"{side}: ",
    ).html
    return mark_safe(html)  # noqa: S308 - written from a canonical body
