"""Lists of a page: its own, its lists of terms, and those that Word writes as paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manuscript.importing.blocks import (
    Block,
    Item,
    Listing,
    Paragraph,
    joined,
    marked,
    text,
)
from manuscript.importing.html import word
from manuscript.importing.html.tree import integer, words
from manuscript.importing.nesting import nested_list
from manuscript.importing.xml import line_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.html.reader import Reader
    from manuscript.importing.notes import Notes

_COUNTS_IN_LETTERS = re.compile(r"[aAiI](?:$|\s)|.*list-style-type:\s*(?:lower|upper)-")


class Lists:
    """Reads lists; numbers that change on the way are noted."""

    def __init__(self, reader: Reader, notes: Notes) -> None:
        self.reader = reader
        self.notes = notes

    def read(self, element: etree._Element, depth: int) -> list[Block]:
        """Return a list; a list right inside it, as Google Docs writes, belongs to the item before."""
        line = line_of(element)
        ordered = element.tag == "ol"
        listing = Listing(line, ordered, integer(element.get("start")) or 1)
        kind = (element.get("type") or "") + (element.get("style") or "")
        if ordered and _COUNTS_IN_LETTERS.match(kind):
            self.notes.add(
                "numbering-changed", line, words(element)[:80], "the list counts in figures now"
            )
        loose: list[Block] = []
        for child in element:
            if self.reader.leaves_out(child):
                continue
            if child.tag in {"ul", "ol"}:
                inner = self.read(child, depth + 1)
                if listing.items:
                    listing.items[-1].blocks += inner
                else:
                    loose += inner
                continue
            if ordered:
                self._count(child, listing)
            if blocks := self._item(child, depth):
                listing.items.append(Item(line_of(child), blocks))
        return [*loose, *nested_list(listing, depth, self.notes)]

    def _count(self, element: etree._Element, listing: Listing) -> None:
        """Begin to count where the first item says; note an item that would count on from elsewhere."""
        value = integer(element.get("value"))
        number = listing.start + len(listing.items)
        if not value or value == number:
            return
        if not listing.items:
            listing.start = value
            return
        self.notes.add(
            "numbering-changed",
            line_of(element),
            f"{value} {words(element)[:80]}",
            f"it counts on as {number} now",
        )

    def _item(self, element: etree._Element, depth: int) -> list[Block]:
        if element.tag == "li" or not self.reader.is_block(element):
            return self.reader.flow(element, depth + 1)
        return self.reader.block(element, depth + 1)

    def word_list(self, row: list[etree._Element]) -> list[Block]:
        """Return the lists that paragraphs of Word in a row make."""
        items: list[tuple[word.WordItem, list[Block], int]] = []
        for paragraph in row:
            item = word.item_of(paragraph)
            if item is not None:
                items.append((item, self.reader.flow(paragraph, 1), line_of(paragraph)))
        return word.listings(items, self.notes)

    def terms(self, element: etree._Element, depth: int) -> list[Block]:
        """Return a list of terms as a list whose items begin with the term in bold."""
        listing = Listing(line_of(element), ordered=False)
        entries = [
            entry
            for entry in element.iter("dt", "dd")
            if next(entry.iterancestors("dl"), None) is element
        ]
        if not any(entry.tag == "dt" for entry in entries):
            return [block for entry in entries for block in self.reader.flow(entry, depth)]
        terms: list[Paragraph] = []
        for entry in entries:
            line = line_of(entry)
            blocks = [] if self.reader.leaves_out(entry) else self.reader.flow(entry, depth + 1)
            if entry.tag == "dt":
                terms += [bold(block) for block in blocks if isinstance(block, Paragraph)]
                continue
            if terms and blocks and isinstance(blocks[0], Paragraph):
                named = joined([term.pieces for term in terms], line)
                blocks[0].pieces[:0] = [*named, text(": ", line)]
            else:
                blocks[:0] = terms
            terms = []
            if blocks:
                listing.items.append(Item(line, blocks))
        listing.items += [Item(term.line, [term]) for term in terms]
        return nested_list(listing, depth, self.notes)


def bold(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph whose words are all bold."""
    return Paragraph(paragraph.line, marked("strong", paragraph.pieces, paragraph.line))
