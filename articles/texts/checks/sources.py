"""Checks of what the body cites."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.texts.checks import words
from articles.texts.checks.material import KIND, Material, Source
from articles.texts.checks.problem import Problem, advisory, blocking
from manuscript.content.lines import Line, Part


def _cited(material: Material) -> Iterator[tuple[int, Source]]:
    """Yield the cited sources that the library has, by number."""
    for key, number in material.numbers.items():
        if source := material.sources.get(key):
            yield number, source


def _first(material: Material, key: str) -> dict[str, object]:
    """Return where `key` is first cited, as fields of a Problem."""
    place = material.first_cited.get(key)
    return _where(*place) if place else {}


def _where(part: Part, line: Line | None) -> dict[str, object]:
    text = line.text if line else part.heading
    order = line.order if line else part.order
    return {"section": part.heading, "sentence": text, "words": text, "order": order}


@blocking(
    "dangling-citation",
    title=gettext_lazy("A citation that points nowhere"),
    why=gettext_lazy("Readers could not find what the sentence rests on."),
)
def dangling_citation(material: Material) -> Iterator[Problem]:
    """A citation must point at a reference of the library."""
    for key, number in material.numbers.items():
        if key not in material.sources:
            yield Problem(
                field="body",
                message=_("The citation “%(key)s” points at no reference.") % {"key": key},
                remedy=_("Add the reference to the library, or cite another."),
                citation_number=number,
                **_first(material, key),  # type: ignore[arg-type]
            )


@blocking(
    "merged-reference",
    title=gettext_lazy("A source that was merged into another"),
    why=gettext_lazy("Two records of one source would stand in the list."),
)
def merged_reference(material: Material) -> Iterator[Problem]:
    """A draft cites the record that stands for a source. Saving the draft brings it in line; somebody merged while it
    was being saved.
    """
    for number, source in _cited(material):
        if source.stands_for not in (0, source.pk):
            yield Problem(
                field="body",
                message=_("Source cited as %(number)s (%(key)s) was merged into another.")
                % {"number": number, "key": source.key},
                remedy=_("Save the draft once more: it then cites the one that stands for it."),
                reference_id=source.stands_for,
                citation_number=number,
                **_first(material, source.key),  # type: ignore[arg-type]
            )


@blocking(
    "unidentified-reference",
    title=gettext_lazy("A source still to be identified"),
    why=gettext_lazy("Readers and reviewers must be able to find the source itself."),
)
def unidentified_reference(material: Material) -> Iterator[Problem]:
    """A cited source must be findable by a reader."""
    for number, source in _cited(material):
        if not source.is_identified:
            yield Problem(
                field="body",
                message=_("Source cited as %(number)s (%(called)s) is still to be identified.")
                % {"number": number, "called": source.called or source.key},
                remedy=source.web_page_needs
                or _(
                    "Give it a DOI, a PMID, or a web address with its title and site in the library."
                ),
                reference_id=source.pk,
                citation_number=number,
                **_first(material, source.key),  # type: ignore[arg-type]
            )


@blocking(
    "retracted-source-without-comment",
    title=gettext_lazy("A retracted source, cited without saying so"),
    why=gettext_lazy("Readers would take as evidence what its journal has taken back."),
)
def retracted_source_without_comment(material: Material) -> Iterator[Problem]:
    """Wherever a retracted source is cited, the same paragraph, list item or table row, or the heading above it, must
    say so in one of the words of `words.RETRACTED`.
    """
    retracted = {
        source.key: (number, source) for number, source in _cited(material) if source.is_retracted
    }
    if not retracted:
        return
    said = words.of(words.RETRACTED, material.language)
    for part in material.parts:
        heading_says = said.search(part.heading)
        paragraphs: dict[int, list[str]] = {}
        for line in part.lines:
            paragraphs.setdefault(line.passage, []).append(line.text)
        places: list[tuple[str, Line | None]] = [
            (key, None) for citation in part.citations for key in citation.keys
        ]
        places += [(key, line) for line in part.lines for key in line.keys]
        for key, place in places:
            text = " ".join(paragraphs[place.passage]) if place else ""
            if key not in retracted or heading_says or said.search(text):
                continue
            number, source = retracted[key]
            yield Problem(
                field="body",
                message=_(
                    "Source %(number)s (%(key)s) was retracted, and the text does not say so here."
                )
                % {"number": number, "key": key},
                remedy=_("Say in this paragraph that it was retracted, or cite another source."),
                reference_id=source.pk,
                citation_number=number,
                **_where(part, place),  # type: ignore[arg-type]
            )


@advisory(
    "source-under-notice",
    title=gettext_lazy("A source under a notice"),
    why=gettext_lazy("What you took from it may be what the notice is about."),
)
def source_under_notice(material: Material) -> Iterator[Problem]:
    """An expression of concern or a correction that stands against a cited source, or a retraction that the text names everywhere;
    elsewhere it blocks.
    """
    kinds = (
        (KIND.RETRACTION, _("Source %(number)s (%(key)s) was retracted on %(day)s.")),
        (KIND.EXPRESSION_OF_CONCERN, _("Against source %(number)s (%(key)s) stands an expression of concern of %(day)s.")),
        (KIND.CORRECTION, _("Source %(number)s (%(key)s) was corrected on %(day)s.")),
    )  # fmt: skip
    blocking = {one.reference_id for one in retracted_source_without_comment(material)}
    for number, source in _cited(material):
        if source.pk in blocking:
            continue
        for kind, message in kinds:
            if day := source.notice_in_force(kind):
                shown = {"number": number, "key": source.key, "day": date_format(day, "j F Y")}
                yield Problem(
                    field="body",
                    message=message % shown,
                    remedy=_("Read the notice and see whether your sentence still holds."),
                    reference_id=source.pk,
                    citation_number=number,
                    **_first(material, source.key),  # type: ignore[arg-type]
                )
                break


@advisory(
    "repeated-source",
    title=gettext_lazy("One source under two numbers"),
    why=gettext_lazy("It looks like two studies that agree."),
)
def repeated_source(material: Material) -> Iterator[Problem]:
    """Two cited references with one DOI, PMID or title, or merged into one, are one source."""
    seen: dict[tuple[str, str], tuple[int, Source]] = {}
    for number, source in _cited(material):
        twins = [(seen[fact], fact[0]) for fact in _identities(source) if fact in seen]
        for fact in _identities(source):
            seen.setdefault(fact, (number, source))
        if twins:
            (earlier, twin), shared = twins[0]
            yield Problem(
                field="body",
                message=_("Sources %(one)s (%(first)s) and %(two)s (%(second)s) have the same %(what)s.")
                % {"one": earlier, "two": number, "first": twin.key, "second": source.key, "what": shared},
                remedy=_("Cite one of them in both places, or merge them in the library."),
                reference_id=source.pk,
                citation_number=number,
                **_first(material, source.key),  # type: ignore[arg-type]
            )  # fmt: skip


def _identities(source: Source) -> list[tuple[str, str]]:
    """Return what two entries for one source would share: its name in words, and the value."""
    facts = (
        (_("entry in the library"), str(source.stands_for or "")),
        (_("DOI"), source.doi),
        (_("PMID"), source.pmid),
        (_("title"), source.title_key),
    )
    return [(name, value) for name, value in facts if value]


@advisory(
    "reference-never-cited",
    title=gettext_lazy("A source that nothing cites"),
    why=gettext_lazy(
        "The text that was imported listed it; what it supported may have lost its citation."
    ),
)
def reference_never_cited(material: Material) -> Iterator[Problem]:
    """What the importer listed as never cited and the draft still does not cite, by DOI, PMID or title."""
    cited = [source for _number, source in _cited(material)]
    for warning in material.import_warnings:
        text = str(warning.get("text", ""))
        if warning.get("code") != "reference-never-cited" or _names_any(text.casefold(), cited):
            continue
        yield Problem(
            field="body",
            message=_("The imported list names a source that the text does not cite: %(source)s.")
            % {"source": text.rstrip(".")[:200]},
            remedy=_("Cite it where it supports the text, or leave it out."),
            order=10**6,
        )


def _names_any(text: str, sources: list[Source]) -> bool:
    return any(
        (source.doi and source.doi.casefold() in text)
        or (len(source.title) > 15 and source.title.casefold() in text)
        for source in sources
    )
