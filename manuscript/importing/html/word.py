"""Lists as Word puts them on the clipboard: paragraphs with a bullet or number typed in front and a level in their style."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from manuscript.importing.blocks import MAX_DEPTH, Block, Item, Listing, Paragraph
from manuscript.importing.listing import FIGURES, mark_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.notes import Notes

_LEVEL = re.compile(
    r"mso-list\s*:\s*l(?P<list>\d+)\s+level(?P<level>\d+)(?:\s+lfo(?P<form>\d+))?", re.IGNORECASE
)
_IGNORED = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_GLYPHS = frozenset("•·●o§■▪◦-–—*➢✓Øüv\uf0b7\uf0a7\uf0d8\uf0fc\uf0a8\uf076\uf02d")


@dataclass
class WordItem:
    """One paragraph of a list: which list, how deep (1 is the outermost), and what is typed in front of it."""

    listing: str
    level: int
    label: str


def item_of(element: etree._Element) -> WordItem | None:
    """Return what a paragraph's style says of the list it is an item of, or None."""
    match = _LEVEL.search(element.get("style") or "")
    if match is None or element.tag not in {"p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div"}:
        return None
    label = next((one for one in element.iter() if is_label(one)), None)
    typed = "" if label is None else " ".join("".join(map(str, label.itertext())).split())
    if label is None and element.tag.startswith("h"):
        return None
    return WordItem(match["list"], int(match["level"][:2]), typed)


def row_from(element: etree._Element) -> list[etree._Element]:
    """Return the paragraphs of Word's lists that stand in a row from `element` on; none where it is no such paragraph."""
    row: list[etree._Element] = []
    following: etree._Element | None = None if element.tag == "li" else element
    while following is not None and item_of(following) is not None:
        row.append(following)
        following = None if (following.tail or "").strip() else following.getnext()
    return row


def is_label(element: etree._Element) -> bool:
    """Whether `element` is the bullet or number that Word typed, which is no part of the words."""
    return isinstance(element.tag, str) and bool(_IGNORED.search(element.get("style") or ""))


def listings(items: list[tuple[WordItem, list[Block], int]], notes: Notes) -> list[Block]:
    """Return the nested lists that paragraphs in a row make; each is (its item, its blocks, its line)."""
    roots: list[Block] = []
    open_lists: list[tuple[int, str, Listing, int]] = []
    for item, blocks, line in items:
        level = min(max(item.level, 1), MAX_DEPTH)
        if level != item.level:
            notes.add(
                "nesting-flattened",
                line,
                f"a list {item.level} levels deep",
                f"{MAX_DEPTH} levels are kept",
            )
        ordered, number, kind = _number(item.label)
        while open_lists and open_lists[-1][0] > level:
            open_lists.pop()
        if open_lists and open_lists[-1][0] == level:
            _, name, listing, last = open_lists[-1]
            goes_on = listing.ordered == ordered and (
                not ordered or number == last + 1 or (name == item.listing and not number)
            )
            if not goes_on:
                open_lists.pop()
        if not open_lists or open_lists[-1][0] < level:
            listing = Listing(line, ordered, number or 1)
            if open_lists and open_lists[-1][2].items:
                open_lists[-1][2].items[-1].blocks.append(listing)
            else:
                roots.append(listing)
            open_lists.append((level, item.listing, listing, 0))
            if ordered and kind not in FIGURES:
                notes.add("numbering-changed", line, item.label, "the list counts in figures now")
        depth, name, listing, _ = open_lists[-1]
        listing.items.append(Item(line, blocks or [Paragraph(line, [])]))
        open_lists[-1] = (depth, name, listing, number)
    return roots


def _number(label: str) -> tuple[bool, int, str]:
    """Return whether a typed label counts, which number it is, and its kind of mark."""
    if not label or label in _GLYPHS or (len(label) == 1 and not label.isalnum()):
        return False, 0, ""
    if steps := re.fullmatch(r"(?:\d{1,3}\.)+(\d{1,3})\.?\)?", label):
        return True, int(steps[1]), "1"
    mark = mark_of(f"{label} x")
    if mark is None:
        return label[:1].isalnum(), 0, ""
    return mark.ordered, mark.number, mark.kind
