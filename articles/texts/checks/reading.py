"""Checks of whether the audience can read the text, and of whether a text on a treatment says all it should."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.texts.checks import words
from articles.texts.checks.material import Material
from articles.texts.checks.problem import Problem, advisory
from manuscript.content.drugs import drugs
from manuscript.content.readability import MARGIN, sentence_length
from manuscript.content.sentences import spans
from manuscript.content.terms import (
    EVERYBODY,
    PROFESSIONALS,
    Abbreviation,
    Use,
    abbreviations,
    used_terms,
)


@advisory(
    "reading-grade",
    title=gettext_lazy("Harder to read than its audience asks for"),
    why=gettext_lazy("A text above the level of its readers loses them."),
)
def reading_grade(material: Material) -> Iterator[Problem]:
    """A section whose Flesch-Kincaid grade is more than `MARGIN` above the audience's; English only."""
    target = material.reading_grade
    if target is None:
        return
    for section in material.readings:
        reading = section.reading
        if reading.measure != "grade" or reading.value is None or reading.value <= target + MARGIN:
            continue
        part = next(row for row in material.parts if row.order == section.order)
        longest = max(part.lines, key=lambda line: sentence_length(line.text, material.language))
        yield Problem(
            field="body",
            message=_("%(section)s reads at grade %(grade)s (SMOG %(smog)s); the aim for “%(audience)s” is %(target)s.")
            % {
                "section": f"“{section.heading}”" if section.heading else _("The beginning"),
                "grade": reading.value, "smog": reading.smog, "audience": material.audience, "target": target,
            },
            remedy=_("Use shorter sentences and shorter words. Its longest sentence is marked."),
            section=section.heading,
            sentence=longest.text,
            words=longest.text,
            order=section.order,
        )  # fmt: skip


@advisory(
    "abbreviation-not-expanded",
    title=gettext_lazy("An abbreviation that is not explained"),
    why=gettext_lazy("Whoever meets it for the first time has to stop and look it up."),
)
def abbreviation_not_expanded(material: Material) -> Iterator[Problem]:
    """An abbreviation whose long form does not stand beside it where it is first used. What nobody of the audience
    expands (`content.terms`) is left alone.
    """
    known = PROFESSIONALS if material.is_professional else EVERYBODY
    glossary = {term.abbreviation: term for term in material.terms if term.abbreviation}
    for found in abbreviations(material.parts):
        if found.text in known or found.explained_at_first_use:
            continue
        term = glossary.get(found.text)
        yield Problem(
            message=_abbreviation_message(found),
            remedy=_("Write “%(term)s (%(short)s)” where it is first used.")
            % {"term": term.term if term else _("the long form"), "short": found.text},
            insertion=_bracketed(term.term, material.language) if term else "",
            **_use(material, found.first, found.text),  # type: ignore[arg-type]
        )


def _abbreviation_message(found: Abbreviation) -> str:
    shown = {"short": found.text, "uses": found.uses}
    if found.explained:
        return _("“%(short)s” is used before it is explained.") % shown
    return _("“%(short)s” is used and nowhere explained.") % shown


@advisory(
    "undefined-term",
    title=gettext_lazy("A technical term that is not explained"),
    why=gettext_lazy("Readers who are not professionals may not know it; the glossary does."),
)
def undefined_term(material: Material) -> Iterator[Problem]:
    """A term of the glossary that a text for others than professionals uses and nowhere explains."""
    if material.is_professional:
        return
    for found in used_terms(material.parts, material.terms):
        if not found.explained:
            said = found.first.line.text[found.first.start : found.first.end]
            yield Problem(
                message=_("“%(term)s” is used and nowhere explained.") % {"term": said},
                remedy=_("Explain it where it is first used: %(definition)s")
                % {"definition": found.term.definition},
                insertion=_bracketed(found.term.definition, material.language),
                **_use(material, found.first, said),  # type: ignore[arg-type]
            )


def _bracketed(text: str, language: str) -> str:
    """Return the first sentence of an explanation as it stands in parentheses after a word; nothing of an empty one."""
    if not text.strip():
        return ""
    start, end = spans(text)[0]
    text = text[start:end].rstrip(".。")
    if language == "zh":
        return f"（{text}）"
    lower = text[0].lower() + text[1:] if text[1:2].islower() or text[1:2] == " " else text
    return f" ({lower})"


def _use(material: Material, use: Use, said: str) -> dict[str, object]:
    section = next((part.heading for part, line in material.lines if line is use.line), "")
    return {
        "field": "body", "section": section, "sentence": use.line.text, "words": said, "order": use.line.order,
    }  # fmt: skip


MISSING = {
    "benefits": (
        gettext_lazy("what the treatment can do"),
        gettext_lazy("Say what it helps with, in how many people, and compared with what."),
    ),
    "risks": (
        gettext_lazy("its risks"),
        gettext_lazy("Say what harm it can do, how often, and what to watch for."),
    ),
    "alternatives": (
        gettext_lazy("alternatives"),
        gettext_lazy("Name what else can be done."),
    ),
    "no treatment": (
        gettext_lazy("what happens without treatment"),
        gettext_lazy("Say what is known of the course without it, or that nothing is."),
    ),
    "uncertainty": (
        gettext_lazy("what is not known"),
        gettext_lazy("Say what studies have not shown, or how sure the evidence is."),
    ),
}


@advisory(
    "missing-treatment-part",
    title=gettext_lazy("A text on a treatment that leaves something out"),
    why=gettext_lazy(
        "A choice needs benefits, risks, alternatives, doing nothing, and what is not known."
    ),
)
def missing_treatment_part(material: Material) -> Iterator[Problem]:
    """Where the question or a heading speaks of a treatment or a medicine, each of five parts that no sentence has a
    word for (`words.PARTS`). It reads words, not meaning: a part can be there in other words.
    """
    sign = treatment_sign(material)
    if not sign or not material.parts or material.language not in words.TREATMENT:
        return
    everything = "\n".join(spot.text for spot in material.spots)
    for name, lists in words.PARTS.items():
        if not re.search(lists[material.language], everything, re.IGNORECASE):
            what, remedy = MISSING[name]
            yield Problem(
                field="body",
                message=_("Nothing here speaks of %(what)s.") % {"what": what},
                remedy=f"{remedy} "
                + _("(“%(sign)s” in the question or a heading makes this a text on a treatment.)")
                % {"sign": sign},
                order=10**6,
            )  # fmt: skip


def treatment_sign(material: Material) -> str:
    """Return the word of the question, or else of a heading, by which this is a text on a treatment, or nothing."""
    pattern = words.of(words.TREATMENT, material.language)
    headings = (part.heading for part in material.parts)
    for text in (material.text.title, material.text.heading, *headings):
        if found := drugs(text):
            return found[0].name
        if match := pattern.search(text):
            return match[0]
    return ""
