"""A body as sections: a heading and what stands under it; and which section of one text became, or renders, which of
another. Sections are what an adaptation is followed up by: a reader of two languages compares them one at a time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import islice
from typing import Final, Literal

from manuscript.content import tree
from manuscript.content.alignment import align
from manuscript.content.characters import WORD
from manuscript.content.citations import cited_keys
from manuscript.content.headings import HeadingIds
from manuscript.content.inline import text_of
from manuscript.content.passages import Passage, Sentence, passages
from manuscript.content.schema import HEADINGS
from manuscript.content.tree import Element

Kind = Literal["changed", "added", "removed", "moved"]
Places = tuple[int | None, int | None]

_ALIKE: Final = 0.4
"""Share of words in common from which two sections of one text are one section that changed."""

_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_MANY: Final = 60_000
"""Pairs of sections up to which all are weighed; a larger text is paired by the order of its headings alone."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it up to the next one, as a canonical body.

    `level` is the heading's, or 0 for what stands before the first heading; `id` is the heading's in the rendered body.
    """

    level: int
    heading: str
    id: str
    body: str
    passages: tuple[Passage, ...] = ()

    @property
    def lines(self) -> list[Sentence]:
        """Return the sentences under the heading, with the places that they have in the whole body."""
        return [
            sentence
            for passage in (self.passages[1:] if self.level else self.passages)
            for sentence in passage.sentences()
        ]

    @property
    def title(self) -> tuple[int, str]:
        """Return what is the same for two sections that are called the same."""
        return self.level, " ".join(self.heading.casefold().split())

    @property
    def text(self) -> str:
        """Return the words under the heading."""
        return " ".join(
            text_of(leaf.children)
            for position, leaf in enumerate(tree.leaves(tree.blocks(self.body)))
            if position or not self.level
        )


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of one section from one state of a text to another: as it was and as it is, with the positions."""

    kind: Kind
    before: Section | None = None
    after: Section | None = None
    then: int | None = None
    now: int | None = None

    @property
    def heading(self) -> str:
        """Return the heading as it is, or as it was where the section is gone; empty for what stands before any."""
        section = self.after or self.before
        return section.heading if section else ""


def sections(body: str) -> list[Section]:
    """Return the sections of a canonical body in reading order. A heading inside a list or a quotation starts none.

    :raises NotCanonical: if `body` is not a canonical body.
    """
    starts: list[tuple[int, str, str]] = [(0, "", "")]
    blocks: list[list[Element]] = [[]]
    counts: list[int] = [0]
    ids = HeadingIds()
    top = tree.blocks(body)
    for block in top:
        named = [text_of(leaf.children) for leaf in tree.leaves([block]) if leaf.tag in HEADINGS]
        given = [ids.next(text) for text in named]
        if block.tag in HEADINGS:
            starts.append((int(block.tag[1]), named[0], given[0]))
            blocks.append([])
            counts.append(0)
        blocks[-1].append(block)
        counts[-1] += sum(1 for _ in passages([block]))
    lines = iter(list(passages(top)))
    return [
        Section(level, heading, identity, tree.serialise(inside), tuple(islice(lines, count)))
        for (level, heading, identity), inside, count in zip(starts, blocks, counts, strict=True)
        if inside
    ]


def section_changes(before: Sequence[Section], after: Sequence[Section]) -> list[SectionChange]:
    """Return the sections that differ between two states of one text, in an order that is right for both."""
    became = same_text(before, after)
    moved = _moved(became)
    found: list[SectionChange] = []
    for b, a in in_order(len(before), len(after), became):
        old = None if b is None else before[b]
        new = None if a is None else after[a]
        if old is None or new is None:
            found.append(SectionChange("added" if old is None else "removed", old, new, b, a))
        elif old.body != new.body:
            found.append(SectionChange("changed", old, new, b, a))
        elif b in moved:
            found.append(SectionChange("moved", old, new, b, a))
    return found


def changed_blocks(before: str, after: str) -> tuple[str, str]:
    """Return both states of a text without what is the same: of sections that differ, the heading and the blocks that
    only one side has.
    """
    old: list[str] = []
    new: list[str] = []
    for change in section_changes(sections(before), sections(after)):
        if change.kind == "moved":
            continue
        was = tree.blocks(change.before.body) if change.before else []
        now = tree.blocks(change.after.body) if change.after else []
        shared = {tree.serialise([block]) for block in was} & {
            tree.serialise([block]) for block in now
        }
        for blocks, kept in ((was, old), (now, new)):
            for block in blocks:
                markup = tree.serialise([block])
                if block.tag in HEADINGS or markup not in shared:
                    kept.append(markup)
    return "".join(old), "".join(new)


def same_text(before: Sequence[Section], after: Sequence[Section]) -> dict[int, int]:
    """Return which section of one state of a text became which of another, by position.

    Those called the same belong together; between them, those that share enough words; at last, those called the same
    that changed places.
    """
    became = _called_the_same(before, after)
    words = [Counter(WORD.findall(part.text)) for part in before]
    new_words = [Counter(WORD.findall(part.text)) for part in after]

    def alike(b: int, a: int) -> float:
        if before[b].level != after[a].level:
            return 0.0
        share = _share(words[b], new_words[a])
        return share if share >= _ALIKE else 0.0

    for rows, columns in _gaps(len(before), len(after), became):
        became |= _rising(rows, columns, alike)
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
    found: dict[int, int] = {}
    spoken_for: set[int] = set()
    if followed is not None:
        rendered = adaptation(followed, target, same_language=same_language)
        found = {
            now: rendered[then]
            for then, now in same_text(followed, source).items()
            if then in rendered
        }
        spoken_for = set(rendered.values()) - set(found.values())
    elif same_language:
        found = _called_the_same(source, target)
    facts = [_facts(part) for part in source], [_facts(part) for part in target]

    def likely(s: int, t: int) -> float:
        one, other = source[s], target[t]
        if one.level != other.level:
            return 0.0
        (keys, numbers), (other_keys, other_numbers) = facts[0][s], facts[1][t]
        named = 2.0 if one.title == other.title else 0.0
        return 1.0 + 2 * _share(keys, other_keys) + _share(numbers, other_numbers) + named

    for rows, columns in _gaps(len(source), len(target), found, without=spoken_for):
        found |= _rising(rows, columns, likely)
    return found


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


def _rising(
    rows: list[int], columns: list[int], weight: Callable[[int, int], float]
) -> dict[int, int]:
    """Return the pairs, rising on both sides, that weigh most together (longest common subsequence by weight)."""
    if len(rows) * len(columns) > _MANY:
        pairs = list(zip(rows, columns, strict=False))
        return {b: a for b, a in pairs if weight(b, a)}
    total = [[0.0] * (len(columns) + 1) for _ in range(len(rows) + 1)]
    weights: dict[tuple[int, int], float] = {}
    for b in range(len(rows) - 1, -1, -1):
        for a in range(len(columns) - 1, -1, -1):
            best = max(total[b + 1][a], total[b][a + 1])
            if (weighs := weight(rows[b], columns[a])) > 0:
                weights[b, a] = weighs
                best = max(best, weighs + total[b + 1][a + 1])
            total[b][a] = best
    found: dict[int, int] = {}
    b = a = 0
    while b < len(rows) and a < len(columns):
        if (b, a) in weights and total[b][a] == weights[b, a] + total[b + 1][a + 1]:
            found[rows[b]] = columns[a]
            b, a = b + 1, a + 1
        elif total[b][a] == total[b + 1][a]:
            b += 1
        else:
            a += 1
    return found


def _moved(became: Mapping[int, int]) -> set[int]:
    """Return the sections that changed places: those outside the longest rising line of pairs."""
    line = _rising(
        sorted(became), sorted(became.values()), lambda b, a: 1.0 if became[b] == a else 0.0
    )
    return set(became) - set(line)


def _facts(section: Section) -> tuple[Counter[str], Counter[str]]:
    """Return what of a section is the same in every language: the sources it cites, and its numbers."""
    return Counter(cited_keys(section.body)), Counter(_NUMBER.findall(section.text))


def _share(one: Counter[str], other: Counter[str]) -> float:
    """Return the Dice coefficient of two bags; 0 where both are empty."""
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0.0
