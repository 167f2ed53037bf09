"""Which block of one body became which block of the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from manuscript.content.alignment import align
from manuscript.content.characters import WORD
from manuscript.content.inline import text_of
from manuscript.content.rising import rising
from manuscript.content.tree import Element, Node, leaves, serialise

Pair = tuple[Element | None, Element | None]

_ALIKE: Final = 0.4
"""Share of words in common from which two blocks are one block that changed."""

_ALONE: Final = 0.2
"""The same where there is no other candidate on either side."""

_FEW_WORDS: Final = 12
"""Two blocks with no other candidate and no more words than this are a pair whatever they say: the figure in a cell."""

_PARTS: Final = ("caption", "thead", "tbody")
_WINDOW: Final = 25
_MANY: Final = 200


def pairs(before: list[Node], after: list[Node]) -> Iterator[Pair]:
    """Yield every block of both sides once, in an order that is right for both: (before, after), (before, None) for
    what was removed, (None, after) for what was added. Both sides of a pair have the same tag and attributes.
    """
    left = [node for node in before if isinstance(node, Element)]
    right = [node for node in after if isinstance(node, Element)]
    if _match_by_position(left, right):
        yield from zip(left, right, strict=True)
        return
    for stretch in align(
        [serialise([block]) for block in left], [serialise([block]) for block in right]
    ):
        gap = left[stretch.b1 : stretch.b2], right[stretch.a1 : stretch.a2]
        if stretch.same:
            yield from zip(*gap, strict=True)
        else:
            yield from _pair_gap(*gap)


def _match_by_position(left: list[Element], right: list[Element]) -> bool:
    """The cells of a row, and the parts of a table, belong together by where they stand, not by what they say."""
    return (
        len(left) == len(right)
        and all(block.tag in ("td", "th", *_PARTS) for block in left)
        and all(_same_kind(one, other) for one, other in zip(left, right, strict=True))
    )


def _same_kind(one: Element, other: Element) -> bool:
    return one.tag == other.tag and one.attributes == other.attributes


def _pair_gap(left: list[Element], right: list[Element]) -> Iterator[Pair]:
    if len(left) > _MANY or len(right) > _MANY:
        middle_left, middle_right = len(left) // 2, len(right) // 2
        yield from _pair_gap(left[:middle_left], right[:middle_right])
        yield from _pair_gap(left[middle_left:], right[middle_right:])
        return
    b = a = 0
    for found_b, found_a in [*_best(left, right), (len(left), len(right))]:
        yield from ((block, None) for block in left[b:found_b])
        yield from ((None, block) for block in right[a:found_a])
        if found_b < len(left):
            yield left[found_b], right[found_a]
        b, a = found_b + 1, found_a + 1


def _best(left: list[Element], right: list[Element]) -> list[tuple[int, int]]:
    """Return the pairs, rising on both sides, that have most in common."""
    bags = [_words(block) for block in left], [_words(block) for block in right]
    enough = _ALIKE
    if len(left) == len(right) == 1:
        enough = 0.0 if bags[0][0].total() + bags[1][0].total() <= _FEW_WORDS else _ALONE

    def alike(b: int, a: int) -> float | None:
        near = b * len(right) // len(left)
        if abs(a - near) > _WINDOW or not _same_kind(left[b], right[a]):
            return None
        share = 1.0 if left[b].tag in _PARTS else _share(bags[0][b], bags[1][a], enough)
        return share if share >= enough else None

    return rising(len(left), len(right), alike)


def _words(block: Element) -> Counter[str]:
    return Counter(
        word for leaf in leaves([block]) for word in WORD.findall(text_of(leaf.children))
    )


def _share(one: Counter[str], other: Counter[str], enough: float) -> float:
    """Return the Dice coefficient of two bags of words, or 0 where it cannot be enough."""
    sizes = one.total(), other.total()
    if 2 * min(sizes) < enough * sum(sizes) or not sum(sizes):
        return 0.0
    return 2 * (one & other).total() / sum(sizes)
