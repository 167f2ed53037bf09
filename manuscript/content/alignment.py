"""Which stretches of two sequences are the same, in near linear time.

`difflib.SequenceMatcher` alone takes seconds on one long paragraph, because spaces and small words match everywhere. So
the sequences are first cut at what is unique in both (patience diff, Bram Cohen), and only short rests go to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, NamedTuple

_SMALL: Final = 10_000
"""Compared pairs up to which a rest without anchors is matched in full; a larger one is replaced as a whole."""


class Stretch(NamedTuple):
    """`before[b1:b2]` became `after[a1:a2]`; where `same`, they are equal."""

    same: bool
    b1: int
    b2: int
    a1: int
    a2: int


def align(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Stretch]:
    """Return the stretches of both sequences in order, alternately the same and not."""
    numbers: dict[Hashable, int] = {}
    left = [numbers.setdefault(item, len(numbers)) for item in before]
    right = [numbers.setdefault(item, len(numbers)) for item in after]
    return list(_joined(_matches(left, right), len(left), len(right)))


def _joined(matches: Iterator[tuple[int, int, int]], before: int, after: int) -> Iterator[Stretch]:
    """Join matches that touch and fill the gaps between them."""
    b = a = 0
    start: tuple[int, int] | None = None
    for b1, a1, size in matches:
        if start is not None and (b1, a1) != (b, a):
            yield Stretch(True, start[0], b, start[1], a)
            start = None
        if (b1, a1) != (b, a):
            yield Stretch(False, b, b1, a, a1)
        start = start or (b1, a1)
        b, a = b1 + size, a1 + size
    if start is not None:
        yield Stretch(True, start[0], b, start[1], a)
    if (b, a) != (before, after):
        yield Stretch(False, b, before, a, after)


def _matches(left: list[int], right: list[int]) -> Iterator[tuple[int, int, int]]:  # noqa: C901  # one loop, one stack
    """Yield (start in left, start in right, length) of equal stretches, in order."""
    waiting = [(0, len(left), 0, len(right), False)]
    while waiting:
        b1, b2, a1, a2, ready = waiting.pop()
        if ready:
            yield b1, a1, b2 - b1
            continue
        size = 0
        while b1 + size < b2 and a1 + size < a2 and left[b1 + size] == right[a1 + size]:
            size += 1
        if size:
            yield b1, a1, size
            b1, a1 = b1 + size, a1 + size
        size = 0
        while b2 - size > b1 and a2 - size > a1 and left[b2 - size - 1] == right[a2 - size - 1]:
            size += 1
        if size:
            waiting.append((b2 - size, b2, a2 - size, a2, True))
            b2, a2 = b2 - size, a2 - size
        if b1 == b2 or a1 == a2:
            continue
        anchors = _anchors(left[b1:b2], right[a1:a2])
        if anchors:
            end = (b2, a2)
            for b, a in reversed(anchors):
                waiting.append((b1 + b + 1, end[0], a1 + a + 1, end[1], False))
                waiting.append((b1 + b, b1 + b + 1, a1 + a, a1 + a + 1, True))
                end = (b1 + b, a1 + a)
            waiting.append((b1, end[0], a1, end[1], False))
        elif (b2 - b1) * (a2 - a1) <= _SMALL:
            found = SequenceMatcher(
                None, left[b1:b2], right[a1:a2], autojunk=False
            ).get_matching_blocks()
            waiting.extend(
                (b1 + b, b1 + b + size, a1 + a, a1 + a + size, True)
                for b, a, size in reversed(found)
                if size
            )


def _anchors(left: list[int], right: list[int]) -> list[tuple[int, int]]:
    """Return the longest rising line of items that occur once on each side."""
    counts_left, counts_right = Counter(left), Counter(right)
    where = {item: place for place, item in enumerate(right) if counts_right[item] == 1}
    pairs = [
        (b, where[item]) for b, item in enumerate(left) if counts_left[item] == 1 and item in where
    ]
    tops: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for position, (_, a) in enumerate(pairs):
        pile = bisect_left(tops, a)
        previous.append(ends[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(a)
            ends.append(position)
        else:
            tops[pile], ends[pile] = a, position
    line: list[tuple[int, int]] = []
    position = ends[-1] if ends else -1
    while position >= 0:
        line.append(pairs[position])
        position = previous[position]
    return line[::-1]
