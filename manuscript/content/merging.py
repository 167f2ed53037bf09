"""Two texts that were made from one, as one text: block by block, with a choice where both changed.

What only one side changed is taken. Where both changed, the merged text has a `Place` that holds both, and nothing of
either is dropped until somebody chooses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from manuscript.content import tree
from manuscript.content.difference import is_too_long
from manuscript.content.merged import Merged, Origin, Part, Place
from manuscript.content.pairing import pairs
from manuscript.content.tree import Element, Node

Value = TypeVar("Value")

_OPEN = ("ul", "ol", "li", "blockquote", "aside", "table", "thead", "tbody")
"""What is merged part by part; everything else is one thing."""


def merge(base: str | None, stored: str, typed: str) -> Merged:
    """Return `stored` and `typed`, both made from `base`, as one text. All are canonical bodies.

    Without a base nobody can tell who changed what: each difference is a place, and a block that only one side has is
    a place whose other version is empty. Texts that are too long to be compared in detail are one place.

    :raises NotCanonical: if one of them is not a canonical body.
    """
    if is_too_long(stored, typed, *([] if base is None else [base])):
        return _whole(base, stored, typed)
    theirs, mine = list(tree.blocks(stored)), list(tree.blocks(typed))
    if base is None:
        slots = _two_ways(theirs, mine)
    else:
        slots = _grouped(_slots(list(tree.blocks(base)), theirs, mine))
    return Merged(tuple(_named(slots)))


def merge_value(base: Value | None, stored: Value, typed: Value) -> Value | None:
    """Return what a single field says after both sides changed it, or None where somebody has to choose."""
    if stored in (typed, base):
        return typed
    return stored if base == typed else None


def _whole(base: str | None, stored: str, typed: str) -> Merged:
    """Return the whole text of whoever changed it, or a choice between both."""
    settled = merge_value(base, stored, typed)
    if settled is None:
        name = sha256(f"{stored}\0{typed}".encode()).hexdigest()[:16]
        return Merged((Place(name, base or "", stored, typed, is_whole=True),))
    origin = Origin.MINE if settled == typed != stored else Origin.THEIRS
    return Merged((Part(base or "", settled, origin),))


@dataclass(slots=True)
class _Slot:
    """A block of the base, or a gap between two: what was there, and what each side has there."""

    base: list[Element]
    theirs: list[Element]
    mine: list[Element]
    is_gap: bool

    @property
    def settled(self) -> tuple[list[Element], Origin] | None:
        """Return what stands here where no choice is needed, and who made it so."""
        if self.theirs == self.mine:
            return self.mine, Origin.SAME if self.mine == self.base else Origin.THEIRS
        if self.theirs == self.base:
            return self.mine, Origin.MINE
        if self.mine == self.base:
            return self.theirs, Origin.THEIRS
        return _inside(self)

    def take(self, other: _Slot, *, first: bool) -> None:
        """Join a neighbour to this slot."""
        ours = (self.base, self.theirs, self.mine)
        for kept, more in zip(ours, (other.base, other.theirs, other.mine), strict=True):
            kept[0 if first else len(kept) : 0 if first else len(kept)] = more
        self.is_gap = False


def _slots(base: list[Element], theirs: list[Element], mine: list[Element]) -> list[_Slot]:
    """Return a gap, a block, a gap, a block, …, a gap: one for each place of the base."""
    sides = _against(base, theirs), _against(base, mine)
    slots: list[_Slot] = []
    for position in range(len(base) + 1):
        (before, at), (my_before, my_at) = (
            (inserted[position], kept[position] if position < len(base) else [])
            for inserted, kept in sides
        )
        slots.append(_Slot([], before, my_before, is_gap=True))
        if position < len(base):
            slots.append(_Slot([base[position]], at, my_at, is_gap=False))
    return slots


def _against(
    base: list[Element], side: list[Element]
) -> tuple[list[list[Element]], list[list[Element]]]:
    """Return what `side` has before each block of the base (and at the end), and what each block became."""
    inserted: list[list[Element]] = [[] for _ in range(len(base) + 1)]
    kept: list[list[Element]] = []
    for old, new in pairs(list[Node](base), list[Node](side)):
        if old is None and new is not None:
            inserted[len(kept)].append(new)
        elif old is not None:
            kept.append([] if new is None else [new])
    return inserted, kept


def _grouped(slots: list[_Slot]) -> list[_Slot]:
    """Return the slots with each place that a side took something out of joined to what it put there instead.

    Who rewrites three paragraphs as two leaves three holes and two blocks in the gap behind them; where the other side
    changed one of the three, all of that is one choice.
    """
    groups: list[_Slot] = []
    position = 0
    while position < len(slots):
        slot = slots[position]
        position += 1
        if slot.settled is None and not slot.is_gap and not (slot.theirs and slot.mine):
            side: Callable[[_Slot], list[Element]] = _theirs if slot.mine else _mine
            while groups and _replaces(groups[-1], side):
                slot.take(groups.pop(), first=True)
            while position < len(slots) and _replaces(slots[position], side):
                slot.take(slots[position], first=False)
                position += 1
        groups.append(slot)
    return groups


def _theirs(slot: _Slot) -> list[Element]:
    return slot.theirs


def _mine(slot: _Slot) -> list[Element]:
    return slot.mine


def _replaces(slot: _Slot, side: Callable[[_Slot], list[Element]]) -> bool:
    """Tell whether a side took a block out here or put one in, or nothing ever stood here."""
    if slot.is_gap:
        return bool(side(slot)) or not (slot.theirs or slot.mine)
    return not side(slot)


def _two_ways(theirs: list[Element], mine: list[Element]) -> list[_Slot]:
    """Return both texts side by side: the same, changed, or on one side only."""
    slots: list[_Slot] = []
    for old, new in pairs(list[Node](theirs), list[Node](mine)):
        if old is not None and old == new:
            slots.append(_Slot([old], [old], [old], is_gap=False))
        elif old is not None and new is not None:
            slots.append(_Slot([], [old], [new], is_gap=False))
        else:
            if not slots or not slots[-1].is_gap:
                slots.append(_Slot([], [], [], is_gap=True))
            slots[-1].theirs.extend([old] if old is not None else [])
            slots[-1].mine.extend([new] if new is not None else [])
    for slot in slots:
        if slot.is_gap and not (slot.theirs and slot.mine):
            # On one side only, and nobody knows whether it is new here or was taken out there.
            slot.base = [Element("unknown")]
    return slots


def _inside(slot: _Slot) -> tuple[list[Element], Origin] | None:
    """Return the merged list, callout, quotation or table where its two sides changed different parts of it."""
    if not len(slot.base) == len(slot.theirs) == len(slot.mine) == 1:
        return None
    old, one, other = slot.base[0], slot.theirs[0], slot.mine[0]
    shapes = {(block.tag, tuple(sorted(block.attributes.items()))) for block in (old, one, other)}
    if (
        len(shapes) > 1
        or old.tag not in _OPEN
        or (old.tag == "table" and not _even(old, one, other))
    ):
        return None
    merged: list[Node] = []
    for inner in _grouped(_slots(*map(_blocks, (old, one, other)))):
        settled = inner.settled
        if settled is None:
            return None
        merged.extend(settled[0])
    return ([Element(old.tag, old.attributes, merged)] if merged else []), Origin.THEIRS


def _blocks(element: Element) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element)]


def _even(*tables: Element) -> bool:
    """Tell whether the rows of all tables have equally many cells, so that rows of one fit the other."""
    rows = [
        row
        for found in tables
        for section in _blocks(found)
        if section.tag != "caption"
        for row in _blocks(section)
    ]
    spans = any(
        cell.attributes.keys() & {"colspan", "rowspan"} for row in rows for cell in _blocks(row)
    )
    return not spans and len({len(row.children) for row in rows}) == 1


def _named(slots: list[_Slot]) -> list[Part | Place]:
    """Return what is shown: neighbours of one origin in one part, each place under a name of its own."""
    parts: list[Part | Place] = []
    names: set[str] = set()
    for slot in slots:
        before, theirs, mine = (
            tree.serialise(block for block in side if block.tag != "unknown")
            for side in (slot.base, slot.theirs, slot.mine)
        )
        settled = slot.settled
        if settled is None:
            # By its content, so that a choice stays made when somebody saves a third time elsewhere.
            name = sha256(f"{theirs}\0{mine}".encode()).hexdigest()[:16]
            while name in names:
                name += "x"
            names.add(name)
            parts.append(Place(name, before, theirs, mine))
            continue
        html, origin = tree.serialise(settled[0]), settled[1]
        last = parts[-1] if parts else None
        if isinstance(last, Part) and last.origin is origin:
            parts[-1] = Part(last.before + before, last.html + html, origin)
        elif before or html:
            parts.append(Part(before, html, origin))
    return parts
