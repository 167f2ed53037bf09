"""Deciding which numbers are citations. A number that may belong to the text stays text.

[1] and its relatives, superscripts behind a word and what the source marked up as a citation are citations by
their form. A bare number ("… is required 7", "… thrombocytopenia) 3, but") or one in parentheses is a citation
only on the evidence of the whole document:

- it follows a word or closing punctuation, and ends the block, or a comma, a full stop or the like follows;
- the word before it is none that counts ("Type 2", "Phase 3", "JAK 1", "aged 65", "of 3", "May 5") and is not
  written with a number elsewhere in the document ("IL-6" makes "IL 6" text);
- the document has a list of references with that label; or, without a list, the numbers so found form a dense
  range from 1 (three quarters of it at least) in at least two places where little but a citation stands;
- the document does not cite in brackets or superscripts, and the list is not a scale ("Mild 1, Moderate 2").

What misses this by little is left as text and noted as `possible-citation`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from manuscript.importing.markers import Candidate

_COUNTING = frozenset(
    """type phase stage grade class step chapter section table figure fig figs box part cycle visit appendix version no nos
    number category tier factor question rule criterion footnote reference ref refs source citation see page pages p pp vol
    volume issue article rev exon chromosome lead zone segment vertebra interleukin interferon vitamin omega genotype serotype
    priority covid sars cov hepatitis hhv ecog nyha gold child-pugh kdigo apache sofa gcs meld edss asa inr bmi ldl hdl ph
    lvef ef anc wbc crp esr haq vas nrs fev nihss mmse phq gad timi qsofa apgar bishop jak il cd hla hpv hiv hsv tlr her cox
    cyp ck sglt mda brca glp pd tnf tgf pde dpp alk figura tabelle abbildung stufe grad typ klasse tag woche monat jahr alter
    étape jour semaine mois année âge grado tipo fase semana mes año edad tabla
    t b h n g f q r s v x y z i u d k""".split()
)  # fmt: skip
"""Words that a number belongs to: "Type 2", "Phase 3", "JAK 1"."""

_MAYBE_COUNTING = frozenset(
    """day week month year hour minute age aged dose level score point group cohort arm line study trial model regimen mode
    domain channel item option note variant subtype receptor rib nerve influenza diabetes schedule""".split()
)  # fmt: skip
"""Words that a number may belong to: "group 2", but also "… in a large trial 2"."""

_FUNCTION = frozenset(
    """a an the of in on at to by for from with without within into over under above below than least most about around
    approximately nearly almost only up per every each all between and or but nor plus minus times is are was were be been
    being equals equal equalled reached remained became totalled averaged rose fell increased decreased reduced dropped
    received took takes take taking give gives given gave used uses use using had has have having contains include includes
    included involving after before until since during through versus vs via as like any other another some these those
    this that which first last next past additional another further exactly roughly maximum minimum mean median average
    january february march april may june july august september october november december jan feb mar apr jun jul aug sep
    sept oct nov dec one two three four five six seven eight nine ten und oder von zu mit bei für auf über unter nach et ou de
    des du à au aux pour par avec sur y o en con por para entre e di da per tra a""".split()
)  # fmt: skip
_ABBREVIATIONS = frozenset(
    "no. nos. fig. figs. vs. approx. ca. p. pp. vol. ch. art. ref. refs. tab. eq. sec. st. dr. mr. mrs. e.g. i.e. nr. abb. cf. est. max. min. av. ed. para.".split()
)
_UNITS = frozenset(
    "m cm mm km dm µm μm nm s sec min h hr hrs kg g mg µg l dl ml ft in ha mol mmol log r i x χ η p n".split()
)
_STRIP = "([{“‘\"'«（【*_)]}”’»）】.,;:!?。，…%"
_CLOSING = (")", "”", '"', "]", "）", "»", "】")
_INTERVAL = frozenset({"ci", "ci,", "ci:", "interval", "range", "iqr", "between", "区间"})
_NUMBERED = re.compile(r"\b([^\W\d_]{1,20})[-‐‑]?\d{1,3}\b")
_DENSE = 0.75


def numbered_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the names that `texts` write with a number: "jak" for JAK1, "il" for IL-6, "covid" for COVID-19."""
    return frozenset(
        word.lower()
        for text in texts
        for word in _NUMBERED.findall(text)
        if sum(char.isupper() for char in word) > 1 or word.istitle()
    )


def decide(
    found: Sequence[Candidate], declared: frozenset[str], numbered: frozenset[str]
) -> tuple[set[int], list[int]]:
    """Return the positions in `found` that are citations, and those that may be.

    `declared`: the labels of the document's own list of references; `numbered`: see `numbered_words`.
    """
    accepted, possible = _by_form(found, declared)
    loose = [
        at
        for at, candidate in enumerate(found)
        if candidate.style in {"bare", "paren", "glued"}
        and not belongs_to_text(candidate, numbered)
    ]
    strong = [at for at in loose if is_strong(found[at])]
    doubtful = [at for at, candidate in enumerate(found) if _is_doubtful(candidate)]
    if accepted:
        known = declared or _labels(found, accepted)
        known |= dense_range(known | _labels(found, strong))
        possible += [at for at in strong if known.issuperset(found[at].labels)]
    else:
        dense = declared or dense_range(_labels(found, loose + doubtful))
        firm = [at for at in strong if dense.issuperset(found[at].labels)]
        if len(firm) > 1 or (declared and _labels(found, firm) == declared):
            accepted = {at for at in loose if dense.issuperset(found[at].labels)}
        possible += [at for at in strong if at not in accepted]
    known = declared or _labels(found, accepted)
    if known:
        near = known | dense_range(known | _labels(found, doubtful))
        possible += [at for at in doubtful if near.issuperset(found[at].labels)]
    if len(known) > 1:
        possible += [
            at
            for at, candidate in enumerate(found)
            if candidate.style == "fused" and known.issuperset(candidate.labels)
        ]
    return accepted, sorted(set(possible) - accepted)


def _by_form(found: Sequence[Candidate], declared: frozenset[str]) -> tuple[set[int], list[int]]:
    """Return the citations that their form tells, and the superscripts that may be some."""
    accepted = {
        at
        for at, candidate in enumerate(found)
        if candidate.style in {"marked", "bracket"} and not _is_interval(candidate)
    }
    raised = [
        at
        for at, candidate in enumerate(found)
        if candidate.style == "superscript" and not _is_exponent(candidate)
    ]
    dense = declared or dense_range(_labels(found, raised))
    accepted |= {at for at in raised if dense.issuperset(found[at].labels)}
    return accepted, [at for at in raised if at not in accepted]


def _labels(found: Sequence[Candidate], places: Iterable[int]) -> frozenset[str]:
    return frozenset(label for at in places for label in found[at].labels)


def dense_range(labels: Iterable[str]) -> set[str]:
    """Return the labels that belong to the longest dense range from 1.

    >>> sorted(dense_range({"1", "2", "4", "65"}))
    ['1', '2', '4']
    """
    numbers = sorted(int(label) for label in labels if label.isdecimal())
    if not numbers or numbers[0] != 1:
        return set()
    best = max(number for count, number in enumerate(numbers, 1) if count / number >= _DENSE)
    return {str(number) for number in numbers if number <= best}


def is_strong(candidate: Candidate) -> bool:
    """Whether little but a citation stands there: the end of a block, or either side of the end of a sentence."""
    return candidate.closes or candidate.ends or candidate.finishes or candidate.style == "glued"


def belongs_to_text(candidate: Candidate, numbered: frozenset[str]) -> bool:
    """Whether the word in front of the number makes it part of the text."""
    after = candidate.after
    if not after or after.lower() in _ABBREVIATIONS:
        return True
    if candidate.style == "bare" and not candidate.closes and not _followed_by_stop(candidate):
        return True
    word = after.strip(_STRIP).lower()
    if candidate.closes and candidate.style != "glued":
        return False
    if after.endswith(_CLOSING):
        return False
    tail = word.rpartition("-")[2] or word
    return (
        not word
        or not word[-1].isalnum()
        or any(char.isdigit() for char in tail)
        or word in _COUNTING
        or word in _FUNCTION
        or (word in numbered and len(word) < 8)
        or _may_count(candidate)
        or (word.removesuffix("s") in _COUNTING | _MAYBE_COUNTING and len(candidate.labels) > 1)
    )


def _is_doubtful(candidate: Candidate) -> bool:
    """Whether the number stands as a citation does, behind a word that may count it ("trial 2, but")."""
    return (
        candidate.style == "bare"
        and (candidate.ends or candidate.stopped)
        and _may_count(candidate)
    )


def _may_count(candidate: Candidate) -> bool:
    word = candidate.after.strip(_STRIP).lower()
    return word in _MAYBE_COUNTING and not candidate.closes


def _followed_by_stop(candidate: Candidate) -> bool:
    """Whether punctuation or the end follows; in front of a mere word only a closed sentence makes a citation."""
    return candidate.ends or candidate.stopped


def _is_interval(candidate: Candidate) -> bool:
    return (
        candidate.style == "bracket"
        and len(candidate.labels) > 1
        and candidate.after.lower().strip("%(") in _INTERVAL
    )


def _is_exponent(candidate: Candidate) -> bool:
    """Whether a superscript is a power (m², 10³, R²), an isotope (¹⁸F) or a charge."""
    after = candidate.after.rpartition("/")[2]
    if not after or candidate.leads:
        return True
    word = after.strip("([{“*_")
    return (
        word[-1:].isdigit()
        or word.lower() in _UNITS
        or (len(word) < 3 and word.isalpha() and word.isascii())
    )


def is_scale(endings: Sequence[tuple[int, int]]) -> bool:
    """Whether a list is a scale: items of few words that count up or down at their ends.

    `endings`: for each item, how many words it has and the number it ends with.
    """
    numbers = [number for _, number in endings]
    steps = {second - first for first, second in pairwise(numbers)}
    short = sum(words <= 4 for words, _ in endings)
    return len(endings) > 2 and steps in ({1}, {-1}) and short * 4 >= len(endings) * 3
