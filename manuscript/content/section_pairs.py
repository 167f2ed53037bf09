"""Which section of one text became which of a later state of it, or is rendered by which of its adaptation.

Sections are what an adaptation is followed up by: a reader of two languages compares them one at a time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from manuscript.content.alignment import align
from manuscript.content.characters import WORD
from manuscript.content.citations import cited_keys
from manuscript.content.rising import rising
from manuscript.content.sections import Section

Places = tuple[int | None, int | None]

_ALIKE: Final = 0.4
"""Share of words in common from which two sections of one text are one section that changed."""

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_MANY: Final = 60_000
"""Pairs of sections up to which all are weighed; a larger text is paired by the order of its headings alone."""


def same_text(before: Sequence[Section], after: Sequence[Section]) -> dict[int, int]:
    """Return which section of one state of a text became which of another, by position.

    Those called the same belong together; between them, those that share enough words; at last, those called the same
    that changed places.
    """
    became = _called_the_same(before, after)
    words = [Counter(WORD.findall(part.text)) for part in before]
    new_words = [Counter(WORD.findall(part.text)) for part in after]

    def alike(b: int, a: int) -> float | None:
        if before[b].level != after[a].level:
            return None
        share = _share(words[b], new_words[a])
        return share if share >= _ALIKE else None

    for old, new in _gaps(len(before), len(after), became):
        became |= _paired(old, new, alike)
    return became | _once(before, after, became)


def adaptation(
    source: Sequence[Section],
    target: Sequence[Section],
    *,
    same_language: bool,
    followed: Sequence[Section] | None = None,
) -> dict[int, int]:
    """Return which section of a source is rendered by which of its adaptation, by position.

    In one language, those called the same belong together. Else, and between them, the level and the order of the
    headings decide, and what needs no translation: the sources cited and the numbers. With `followed`, the sections of
    the source as it stood when the adaptation was made, a section added to the source since pairs with none of these.
    """
    rendered: dict[int, int] = {}
    spoken_for: set[int] = set()
    if followed is not None:
        made = adaptation(followed, target, same_language=same_language)
        became = same_text(followed, source)
        rendered = {now: made[then] for then, now in became.items() if then in made}
        spoken_for = set(made.values()) - set(rendered.values())
    elif same_language:
        rendered = _called_the_same(source, target)
    facts = [_facts(part) for part in source], [_facts(part) for part in target]

    def likely(s: int, t: int) -> float | None:
        one, other = source[s], target[t]
        if one.level != other.level:
            return None
        (keys, numbers), (other_keys, other_numbers) = facts[0][s], facts[1][t]
        named = 2.0 if one.title == other.title else 0.0
        return 1.0 + 2 * _share(keys, other_keys) + _share(numbers, other_numbers) + named

    for ours, theirs in _gaps(len(source), len(target), rendered, without=spoken_for):
        rendered |= _paired(ours, theirs, likely)
    return rendered


def in_order(before: int, after: int, became: Mapping[int, int]) -> list[Places]:
    """Return every position of both sides once: those of `after` in order, with what has no partner on that side
    behind the partner of what stands before it.
    """
    origin = {a: b for b, a in became.items()}
    waiting: dict[int, list[int]] = {}
    last = -1
    for b in range(before):
        if b in became:
            last = became[b]
        else:
            waiting.setdefault(last, []).append(b)
    rows: list[Places] = [(b, None) for b in waiting.get(-1, [])]
    for a in range(after):
        rows.append((origin.get(a), a))
        rows += [(b, None) for b in waiting.get(a, [])]
    return rows


def moved(became: Mapping[int, int]) -> set[int]:
    """Return the sections that changed places: those outside the longest rising line of pairs."""
    line = _paired(
        sorted(became), sorted(became.values()), lambda b, a: 1.0 if became[b] == a else None
    )
    return set(became) - set(line)


def _called_the_same(before: Sequence[Section], after: Sequence[Section]) -> dict[int, int]:
    titles: tuple[list[Hashable], list[Hashable]] = (
        [part.title for part in before],
        [part.title for part in after],
    )
    return {
        stretch.b1 + step: stretch.a1 + step
        for stretch in align(*titles)
        if stretch.same
        for step in range(stretch.b2 - stretch.b1)
    }


def _once(
    before: Sequence[Section], after: Sequence[Section], became: Mapping[int, int]
) -> dict[int, int]:
    """Pair what is left over on both sides and called the same, where that is said once on each."""
    taken = set(became.values())
    left = [b for b in range(len(before)) if b not in became]
    right = [a for a in range(len(after)) if a not in taken]
    counts = Counter(before[b].title for b in left), Counter(after[a].title for a in right)
    where = {after[a].title: a for a in right if counts[1][after[a].title] == 1}
    return {
        b: where[before[b].title]
        for b in left
        if counts[0][before[b].title] == 1 and before[b].title in where
    }


def _gaps(
    before: int, after: int, became: Mapping[int, int], *, without: AbstractSet[int] = frozenset()
) -> list[tuple[list[int], list[int]]]:
    """Return the positions without a partner on both sides, by the pair that they stand behind; those of `after` in
    `without` are left out.
    """
    taken = set(became.values())
    left: dict[int, list[int]] = {}
    right: dict[int, list[int]] = {}
    last = -1
    for b in range(before):
        last = became.get(b, last)
        if b not in became:
            left.setdefault(last, []).append(b)
    last = -1
    for a in range(after):
        if a in taken:
            last = a
        elif a not in without:
            right.setdefault(last, []).append(a)
    return [(left[place], right[place]) for place in left if place in right]


def _paired(
    before: list[int], after: list[int], weight: Callable[[int, int], float | None]
) -> dict[int, int]:
    """Return the pairs of these positions, rising on both sides, that weigh most together."""
    if len(before) * len(after) > _MANY:
        return {b: a for b, a in zip(before, after, strict=False) if weight(b, a) is not None}
    line = rising(len(before), len(after), lambda b, a: weight(before[b], after[a]))
    return {before[b]: after[a] for b, a in line}


def _facts(section: Section) -> tuple[Counter[str], Counter[str]]:
    """Return what of a section is the same in every language: the sources it cites, and its numbers."""
    return Counter(cited_keys(section.body)), Counter(_NUMBER.findall(section.text))


def _share(one: Counter[str], other: Counter[str]) -> float:
    """Return the Dice coefficient of two bags; 0 where both are empty."""
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0.0
