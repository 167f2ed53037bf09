"""What one of two texts says and the other does not: numbers, doses, comparisons, negations, medicines, advice.

For an adaptation beside its source, in the same language or another, and for a version beside the one before. Each
fact is brought to one written form (`quantities`, `lexicon`, `drugs`), and within sections that correspond the two
multisets are subtracted. What is left is listed with its sentence, for a person to judge: it is advice, and no
difference is no proof, so the result also says how much was compared.

    found = parity(source, target, "en", "zh")
    found.differences    # in reading order, the source's first within a section
    found.compared       # {"number": (12, 11), ...}: how many facts of each kind each side has
    found.not_compared   # {"drug": "why not", ...}: kinds that this pair of languages cannot compare
    found.limits         # what the comparison does less well than within one language, in words
    found.by_section     # False where headings do not correspond and the texts were compared as wholes
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from manuscript.content import lexicon
from manuscript.content.drugs import DRUG, drugs
from manuscript.content.lexicon import COMPARISON, NEGATION, STRENGTH
from manuscript.content.lines import Part, parts
from manuscript.content.quantities import DOSE, NUMBER, quantities

Side = Literal["source", "target"]
KINDS: Final = (NUMBER, DOSE, COMPARISON, NEGATION, DRUG, STRENGTH)
NUMERALS: Final = frozenset({"en", "zh"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that only one side states: as written there, in its one form, and where.

    `kind` is one of `KINDS`; `side` is the one that states it; `section` is its heading there ("" before the first);
    `sentence` and `place` say where, as `content.claims` does.
    """

    kind: str
    text: str
    normalised: str
    side: Side
    section: str
    sentence: str
    place: str


@dataclass(frozen=True, slots=True)
class Parity:
    """The outcome of a comparison; see the module."""

    differences: tuple[Difference, ...]
    compared: dict[str, tuple[int, int]]
    not_compared: dict[str, str]
    limits: tuple[str, ...]
    by_section: bool


def parity(
    source_body: str,
    target_body: str,
    source_language: str,
    target_language: str,
    *,
    names: Iterable[str] = (),
) -> Parity:
    """Compare two canonical bodies. `names` are further names to follow, such as brands or glossary terms; they are
    looked for within one language only.

    :raises NotCanonical: if a body is none.
    """
    same = source_language == target_language
    names = tuple(names) if same else ()
    not_compared = _not_compared(source_language, target_language)
    before = _facts(parts(source_body), source_language, "source", names, same=same)
    after = _facts(parts(target_body), target_language, "target", names, same=same)
    pairs = _aligned(before, after)
    left: list[Difference] = []
    for ours, theirs in pairs:
        both = _left(ours, theirs) + _left(theirs, ours)
        left.extend(one for one in both if one.kind not in not_compared)
    counted = [Counter(one.kind for part in side for one in part.facts) for side in (before, after)]
    return Parity(
        differences=tuple(left),
        compared={
            kind: (counted[0][kind], counted[1][kind]) for kind in KINDS if kind not in not_compared
        },
        not_compared=not_compared,
        limits=_limits(source_language, target_language),
        by_section=len(pairs) > 1 or len(before) == len(after) == 1,
    )


@dataclass(frozen=True, slots=True)
class _Facts:
    level: int
    facts: tuple[Difference, ...]


def _facts(
    read: list[Part], language: str, side: Side, names: tuple[str, ...], *, same: bool
) -> list[_Facts]:
    """Return the facts of each section; a heading's own stand with its section."""
    found: list[_Facts] = []
    for part in read:
        lines = [("heading", part.heading), *((line.place, line.text) for line in part.lines)]
        facts = [
            Difference(kind, text, form, side, part.heading, sentence, place)
            for place, sentence in lines
            if sentence
            for kind, text, form in _of_sentence(sentence, language, names, same=same)
        ]
        found.append(_Facts(part.level, tuple(facts)))
    return found


def _of_sentence(
    sentence: str, language: str, names: tuple[str, ...], *, same: bool
) -> list[tuple[str, str, str]]:
    facts = [(one.start, one.kind, one.text, one.normalised) for one in quantities(sentence)]
    facts += [
        (one.start, one.kind, one.text, one.normalised if same else _across(one.normalised))
        for one in lexicon.weights(sentence, language)
    ]
    facts += [
        (one.start, DRUG, one.name, one.name.lower() if same else one.stem)
        for one in drugs(sentence, names=names)
    ]
    return [(kind, text, form) for _start, kind, text, form in sorted(facts)]


def _across(form: str) -> str:
    return lexicon.ACROSS.get(form, form)


def _aligned(
    before: list[_Facts], after: list[_Facts]
) -> list[tuple[list[Difference], list[Difference]]]:
    """Return the facts of corresponding sections: of all headings where their levels agree one by one, of the parts
    under the highest headings where their number agrees, else of the whole texts.
    """
    if [part.level for part in before] == [part.level for part in after]:
        return [
            (list(ours.facts), list(theirs.facts))
            for ours, theirs in zip(before, after, strict=True)
        ]
    ours, theirs = _merged(before), _merged(after)
    if len(ours) == len(theirs):
        return list(zip(ours, theirs, strict=True))
    return [
        (
            [one for part in before for one in part.facts],
            [one for part in after for one in part.facts],
        )
    ]


def _merged(parts: list[_Facts]) -> list[list[Difference]]:
    """Return the facts under each heading of the highest level, those before the first one first."""
    top = min((part.level for part in parts if part.level), default=0)
    found: list[list[Difference]] = [[]]
    for part in parts:
        if part.level == top and top:
            found.append([])
        found[-1].extend(part.facts)
    return found


def _left(ours: list[Difference], theirs: list[Difference]) -> list[Difference]:
    """Return the facts of `ours` that `theirs` has fewer of. Of several alike, those in a sentence that the other side
    does not have are the ones left. Medicines are compared as sets: how often one is named is a matter of style.
    """
    there = Counter((one.kind, one.normalised) for one in theirs)
    here = Counter((one.kind, one.normalised) for one in ours)
    sentences = {one.sentence for one in theirs}
    missing = Counter({
        fact: 1 if fact[0] == DRUG else count - there[fact]
        for fact, count in here.items()
        if (not there[fact] if fact[0] == DRUG else count > there[fact])
    })  # fmt: skip
    picked: set[int] = set()
    for index, one in sorted(
        enumerate(ours), key=lambda pair: (pair[1].sentence in sentences, pair[0])
    ):
        if missing[one.kind, one.normalised] > 0:
            missing[one.kind, one.normalised] -= 1
            picked.add(index)
    return [one for index, one in enumerate(ours) if index in picked]


def _not_compared(source: str, target: str) -> dict[str, str]:
    unknown = [
        language for language in dict.fromkeys((source, target)) if not lexicon.knows(language)
    ]
    if not unknown:
        return {}
    reason = f"There is no list of such words for {', '.join(unknown)}."
    return dict.fromkeys((COMPARISON, NEGATION, STRENGTH), reason)


def _limits(source: str, target: str) -> tuple[str, ...]:
    found: list[str] = []
    if source != target:
        found.append(
            "Medicines are compared by their name stem (such as -tinib), not name by name."
        )
        found.append(
            "Negations, comparisons and words of advice are counted, since languages place them differently."
        )
    if {source, target} - NUMERALS:
        found.append("Numbers written out as words are found in English and Chinese only.")
    return tuple(found)
