"""Checks of single sentences: what they claim, how they are written."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.texts.checks import words
from articles.texts.checks.material import Material, Spot
from articles.texts.checks.problem import Problem, advisory
from manuscript.content import lexicon
from manuscript.content.lines import PROSE, Line, Part
from manuscript.content.quantities import DOSE, quantities
from manuscript.content.readability import sentence_length

LIMITS = {"en": (30, 45), "zh": (70, 110)}
"""The length of a sentence from which to remark on it: where the audience has a reading grade, and elsewhere."""
NEAR = 60
SHORTEST_CLAIM = {"en": 4, "zh": 6}


@advisory(
    "uncited-claim",
    title=gettext_lazy("A clinical sentence without a source"),
    why=gettext_lazy("A reviewer signs for every sentence and needs to see what it rests on."),
)
def uncited_claim(material: Material) -> Iterator[Problem]:
    """A sentence with a dose, percentage, number with a unit, comparison, effect or advice, and no citation in it, nor
    at the end of its paragraph, in the words that lead into its list, or in the caption or head of its table.
    """
    for part in material.parts:
        covered = _covered(part)
        for line in part.lines:
            if line.citations or line.passage in covered or line.kind not in {*PROSE, "row"}:
                continue
            if what := _claims(line.text, material.language):
                yield Problem(
                    field="body",
                    message=_(
                        "This sentence makes a clinical claim (“%(what)s”) and cites nothing."
                    )
                    % {"what": what},
                    remedy=_("Cite the source, or say it without the claim."),
                    section=part.heading,
                    sentence=line.text,
                    words=line.text,
                    order=line.order,
                )


def _covered(part: Part) -> set[int]:
    """Return the passages whose sentences a citation elsewhere stands for."""
    last = {line.passage: line for line in part.lines}
    covered = {passage for passage, line in last.items() if line.citations}
    leads, table = False, False
    for passage, line in last.items():
        if line.kind in {"caption", "head"}:
            table = table or bool(line.citations)
        elif line.kind == "row" and table:
            covered.add(passage)
        elif line.kind == "li":
            if leads:
                covered.add(passage)
        elif line.kind in PROSE:
            leads = bool(line.citations) and line.text.rstrip().endswith((":", "："))
    return covered


def _claims(text: str, language: str) -> str:
    """Return the words that make a sentence a clinical claim, or nothing."""
    if text.rstrip("”\"'’)） ").endswith(("?", "？")):
        return ""
    if sentence_length(text, language) < SHORTEST_CLAIM.get(language, 4):
        return ""
    for quantity in quantities(text):
        if quantity.kind == DOSE or re.search(
            r"\d (?:%|hour|day|week|month|year|times)", quantity.normalised
        ):
            return quantity.text
    for found in lexicon.weights(text, language):
        weak = found.normalised in {"may", "consider", "≈"}
        if found.kind != lexicon.NEGATION and not weak:
            return found.text
    match = words.of(words.EFFECT, language).search(text)
    return match[0] if match else ""


@advisory(
    "absolute-wording",
    title=gettext_lazy("Absolute wording"),
    why=gettext_lazy("No treatment works for everybody or is without risk; a promise misleads."),
)
def absolute_wording(material: Material) -> Iterator[Problem]:
    """Words such as "always safe", "100% effective", "cure" or 根治, where the sentence does not deny them."""
    pattern = words.of(words.ABSOLUTE, material.language)
    denied, advice = (words.of(lists, material.language) for lists in (words.DENIED, words.ADVICE))
    for spot in material.spots:
        if spot.text.rstrip().endswith(("?", "？")):
            continue
        for match in pattern.finditer(spot.text):
            before = _before(spot.text, match.start())
            is_adverb = match[0].lower() in words.ADVERBS
            if denied.search(before) or (is_adverb and advice.search(before)):
                continue
            yield Problem(
                message=_("“%(words)s” promises more than evidence can.") % {"words": match[0]},
                remedy=_("Say how often, in whom, and compared with what."),
                **_at(spot, match[0]),  # type: ignore[arg-type]
            )


def _before(text: str, place: int) -> str:
    """Return the words before a place: enough of them to see what they do to what follows."""
    return f"{'a ' if place > NEAR else ''}{text[max(0, place - NEAR) : place]}"


@advisory(
    "fused-words",
    title=gettext_lazy("Words that ran together"),
    why=gettext_lazy("A space was lost, often in pasting."),
)
def fused_words(material: Material) -> Iterator[Problem]:
    """Two words written as one, by the rules of `manuscript.importing.proofreading`."""
    for spot, text, proposal in _proofread(material, "fused-words"):
        fused = proposal.replace(" ", "", 1)
        yield Problem(
            message=_("“%(words)s” looks like two words.") % {"words": fused},
            remedy=_("Write “%(proposal)s”, if that is what is meant.") % {"proposal": proposal},
            **_at(spot, fused if fused in spot.text else text),  # type: ignore[arg-type]
        )


@advisory(
    "doubled-term",
    title=gettext_lazy("A word twice"),
    why=gettext_lazy("It reads as a slip, or as a name that explains itself."),
)
def doubled_term(material: Material) -> Iterator[Problem]:
    """A word twice in a row, or a term with itself in parentheses."""
    for spot, text, proposal in _proofread(material, "doubled-term"):
        yield Problem(
            message=_("“%(words)s” says the same twice.") % {"words": text},
            remedy=_("Write “%(proposal)s” once.") % {"proposal": proposal},
            **_at(spot, text),  # type: ignore[arg-type]
        )


def _proofread(material: Material, code: str) -> Iterator[tuple[Spot, str, str]]:
    """Yield each warning of the importers' proofreading of `code`: where, what stands there, what is proposed."""
    for line, found, text, proposal in material.proofread:
        if found == code and proposal:
            yield material.spots[line], text, proposal


@advisory(
    "long-sentence",
    title=gettext_lazy("A long sentence"),
    why=gettext_lazy("Its beginning is forgotten before its end is reached."),
)
def long_sentence(material: Material) -> Iterator[Problem]:
    """A sentence longer than `LIMITS`, for the audience; languages without limits are not checked."""
    limits = LIMITS.get(material.language)
    if limits is None:
        return
    limit = limits[0 if material.reading_grade else 1]
    for part, line in material.lines:
        if line.kind in PROSE and (length := sentence_length(line.text, material.language)) > limit:
            unit = _("characters") if material.language == "zh" else _("words")
            yield Problem(
                message=_("This sentence has %(length)s %(unit)s.")
                % {"length": length, "unit": unit},
                remedy=_("Make two of it, each with one thought."),
                **_of(part, line),  # type: ignore[arg-type]
            )


def _at(spot: Spot, said: str) -> dict[str, object]:
    """Return where a Problem is: `said` within a spot."""
    return {
        "field": spot.field, "section": spot.section, "sentence": spot.text, "words": said, "order": spot.order,
    }  # fmt: skip


def _of(part: Part, line: Line) -> dict[str, object]:
    """Return where a Problem is: a whole line."""
    return _at(Spot("body", part.heading, line.text, line.order), line.text)
