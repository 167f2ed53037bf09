"""All that a check may need of a draft, gathered once: the checks themselves ask nothing of the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from articles.models import (
    Edition,
    Figure,
    GlossaryTerm,
    ImportRecord,
    Reference,
    ReferenceNotice,
    notice_in_force,
)
from articles.texts.checks.web_pages import needed_of_web_page
from articles.texts.draft import DraftText
from manuscript.citing.findable import called
from manuscript.content import tree
from manuscript.content.citations import cited_keys
from manuscript.content.figures import FigurePlace, figure_keys
from manuscript.content.inline import text_of
from manuscript.content.lines import Line, Part, parts
from manuscript.content.readability import SectionReading, readings
from manuscript.content.schema import HEADINGS, LEAVES
from manuscript.content.sentences import spans
from manuscript.content.terms import Term
from manuscript.content.tree import Element
from manuscript.importing.notes import Notes
from manuscript.importing.page import Page
from manuscript.importing.proofreading import proofread

KIND = ReferenceNotice.Kind


@dataclass(frozen=True)
class SourceNotice:
    """What was published against a source, and when."""

    kind: str
    noticed_on: date


@dataclass(frozen=True, kw_only=True)
class Source:
    """What the checks know of one reference. `stands_for` is the reference it was merged into, or itself."""

    pk: int
    key: str
    title: str = ""
    is_identified: bool = True
    doi: str = ""
    pmid: str = ""
    title_key: str = ""
    stands_for: int = 0
    called: str = ""
    web_page_needs: str = ""
    notices: tuple[SourceNotice, ...] = ()

    def notice_in_force(self, kind: str) -> date | None:
        """Return the day of the newest notice of `kind` that no later reinstatement has lifted, or None."""
        return notice_in_force(self.notices, kind)

    @property
    def is_retracted(self) -> bool:
        """Return whether its newest notices make it a retracted source."""
        return self.notice_in_force(KIND.RETRACTION) is not None


@dataclass(frozen=True)
class Spot:
    """A stretch of the draft's words and where it is: a field, or a sentence of the body."""

    field: str
    section: str
    text: str
    order: int


@dataclass(frozen=True)
class Outlined:
    """A heading or a figure in the order of the body; `is_empty` tells of a heading that nothing stands under."""

    section: str
    order: int
    figure: FigurePlace | None = None
    is_empty: bool = False


@dataclass(frozen=True, kw_only=True)
class Material:
    """A draft and what surrounds it. `figures` are the keys, of those that the body shows, that the library has."""

    text: DraftText
    language: str = "en"
    audience: str = ""
    reading_grade: int | None = None
    is_professional: bool = True
    sources: Mapping[str, Source] = field(default_factory=dict)
    figures: frozenset[str] = frozenset()
    terms: tuple[Term, ...] = ()
    import_warnings: tuple[Mapping[str, Any], ...] = ()

    @cached_property
    def parts(self) -> list[Part]:
        """Return the body by headings, with its sentences."""
        return parts(self.text.body)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Return the number of each cited key."""
        return {key: place for place, key in enumerate(cited_keys(self.text.body), start=1)}

    @cached_property
    def lines(self) -> list[tuple[Part, Line]]:
        """Return every line of the body with the part it stands in."""
        return [(part, line) for part in self.parts for line in part.lines]

    @cached_property
    def first_cited(self) -> dict[str, tuple[Part, Line | None]]:
        """Return where each key is first cited: in a line, or in the heading of a part."""
        found: dict[str, tuple[Part, Line | None]] = {}
        for part in self.parts:
            for citation in part.citations:
                for key in citation.keys:
                    found.setdefault(key, (part, None))
            for line in part.lines:
                for key in line.keys:
                    found.setdefault(key, (part, line))
        return found

    @cached_property
    def readings(self) -> list[SectionReading]:
        """Return how hard each section reads."""
        return readings(self.parts, self.language)

    @cached_property
    def spots(self) -> list[Spot]:
        """Return all words of the draft: title, heading, sentences of the summary, headings and lines of the body."""
        found = [
            Spot(name, "", getattr(self.text, name), order)
            for order, name in ((-3, "title"), (-2, "heading"))
        ]
        summary = self.text.summary
        found += [Spot("summary", "", summary[start:end], -1) for start, end in spans(summary)]
        for part in self.parts:
            found.append(Spot("body", part.heading, part.heading, part.order))
            found += [Spot("body", part.heading, line.text, line.order) for line in part.lines]
        return [spot for spot in found if spot.text]

    @cached_property
    def proofread(self) -> list[tuple[int, str, str, str]]:
        """Return what the importers' proofreading finds: the index of the spot, the code, what stands there, a proposal."""
        notes = Notes()
        proofread(Page("\n".join(" ".join(spot.text.split("\n")) for spot in self.spots), notes))
        return [(row.line - 1, row.code, row.text, row.proposal) for row in notes.listed()]

    @cached_property
    def outlined(self) -> list[Outlined]:
        """Return the headings and figures of the body in order."""
        items = list(_items(tree.blocks(self.text.body)))
        orders = [part.order for part in self.parts if part.level]
        section, seen = "", 0
        found: list[Outlined] = []
        for index, (tag, element) in enumerate(items):
            if tag in HEADINGS:
                section, seen = text_of(element.children), seen + 1
                following = items[index + 1][0] if index + 1 < len(items) else "h0"
                is_empty = following.startswith("h") and following <= tag
                found.append(Outlined(section, orders[seen - 1], is_empty=is_empty))
            elif tag == "figure":
                place = FigurePlace(
                    element.attributes["data-figure"],
                    element.attributes.get("data-alt", ""),
                    text_of(element.children),
                )
                found.append(Outlined(section, orders[seen - 1] if seen else 0, figure=place))
        return found


def _items(elements: list[Element]) -> list[tuple[str, Element]]:
    """Return the headings, figures and other leaves in reading order, each with its tag."""
    found: list[tuple[str, Element]] = []
    for element in elements:
        if element.tag == "figure" or element.tag in LEAVES:
            found.append((element.tag, element))
        else:
            found += _items([child for child in element.children if isinstance(child, Element)])
    return found


def source_of(reference: Reference) -> Source:
    """Return what the checks know of a reference; its notices must have been prefetched."""
    return Source(
        pk=reference.pk,
        key=reference.key,
        title=reference.title,
        is_identified=reference.is_identified,
        doi=reference.doi,
        pmid=reference.pmid,
        title_key=reference.title_key,
        stands_for=reference.merged_into_id or reference.pk,
        called=called(reference.csl),
        web_page_needs=needed_of_web_page(reference.csl),
        notices=tuple(SourceNotice(row.kind, row.noticed_on) for row in reference.notices.all()),
    )


def material_of(
    edition: Edition, text: DraftText | None = None, *, advice: bool = True
) -> Material:
    """Return what the checks need of `edition`, or of `text` typed into it and not saved; `text` must be tidied.

    At most three queries, for references, their notices and figures; with `advice` at most three more, for the
    audience (none where it was selected), the glossary and the import.
    """
    text = text or DraftText.of(edition)
    keys, shown = cited_keys(text.body), figure_keys(text.body)
    rows = Reference.objects.filter(key__in=keys).prefetch_related("notices") if keys else []
    figures = Figure.objects.filter(key__in=shown).values_list("key", flat=True) if shown else []
    facts: dict[str, Any] = {
        "text": text,
        "language": edition.language,
        "sources": {row.key: source_of(row) for row in rows},
        "figures": frozenset(figures),
    }
    if not advice:
        return Material(**facts)
    glossary = GlossaryTerm.objects.filter(language=edition.language).values_list(
        "term", "abbreviation", "definition"
    )
    warnings = ImportRecord.objects.filter(edition=edition).values_list("warnings", flat=True)
    return Material(
        **facts,
        audience=edition.audience.label,
        reading_grade=edition.audience.reading_grade,
        is_professional=edition.audience.is_professional,
        terms=tuple(Term(*row) for row in glossary.order_by("term", "pk")),
        import_warnings=tuple(row for found in warnings for row in found),
    )
