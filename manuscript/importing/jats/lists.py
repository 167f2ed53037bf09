"""Lists of a JATS article, and its lists of definitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manuscript.importing.blocks import Block, Item, Listing, Paragraph, joined, marked, text
from manuscript.importing.nesting import nested_list
from manuscript.importing.xml import attribute, line_of, words_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.jats.body import Builder
    from manuscript.importing.notes import Notes

_ORDERED = frozenset(
    {
        "order",
        "ordered",
        "alpha-lower",
        "alpha-upper",
        "roman-lower",
        "roman-upper",
        "arabic",
        "number",
    }
)
_BULLETS = "•●▪■◦○‣·*-–—"


class Lists:
    """Reads lists; one may count on from another of the same article."""

    def __init__(self, builder: Builder, notes: Notes) -> None:
        self.builder = builder
        self.notes = notes
        self._counts: dict[str, int] = {}

    def read(self, element: etree._Element, depth: int) -> list[Block]:
        """Return a list; an item's own mark stays where the list shows another."""
        line = line_of(element)
        kind = attribute(element, "list-type")
        entries = [entry for entry in element if entry.tag == "list-item"]
        labels = [words_of(entry.find("label")).strip("().[] ") for entry in entries]
        numbered = bool(labels) and all(label.isdecimal() for label in labels)
        ordered = kind in _ORDERED or numbered
        start = (
            int(labels[0])
            if numbered
            else self._counts.get(attribute(element, "continued-from"), 0) + 1
        )
        if "alpha" in kind or "roman" in kind:
            self.notes.add(
                "numbering-changed",
                line,
                f"{kind} {words_of(element)[:80]}",
                "the list counts in figures now",
            )
        listing = Listing(line, ordered, start)
        for entry, label in zip(entries, labels, strict=True):
            blocks = self.builder.flow(entry, depth=depth + 1)
            if label and not ordered and label not in _BULLETS:
                blocks = _behind(label, blocks, line_of(entry))
            if blocks:
                listing.items.append(Item(line_of(entry), blocks))
        if identity := attribute(element, "id"):
            self._counts[identity] = start + len(listing.items) - 1
        return [*self.builder.titles(element), *nested_list(listing, depth, self.notes)]

    def definitions(self, element: etree._Element, depth: int) -> list[Block]:
        """Return a list of terms as a list whose items begin with the term in bold."""
        listing = Listing(line_of(element), ordered=False)
        for entry in element.iterfind("def-item"):
            line = line_of(entry)
            terms = [self.builder.settle(term) for term in entry.iterfind("term")]
            blocks: list[Block] = []
            for definition in entry.iterfind("def"):
                blocks += self.builder.flow(definition, depth=depth + 1)
            named = joined([marked("strong", term, line) for term in terms], line)
            if named and blocks and isinstance(blocks[0], Paragraph):
                blocks[0].pieces[:0] = [*named, text(": ", line)]
            elif named:
                blocks.insert(0, Paragraph(line, named))
            if blocks:
                listing.items.append(Item(line, blocks))
        for inner in element.iterfind("def-list"):
            listing.items.append(Item(line_of(inner), self.definitions(inner, depth + 1)))
        return [*self.builder.titles(element), *nested_list(listing, depth, self.notes)]


def _behind(label: str, blocks: list[Block], line: int) -> list[Block]:
    """Put an item's own mark in front of its words."""
    first = blocks[0] if blocks and isinstance(blocks[0], Paragraph) else Paragraph(line, [])
    first.pieces[:0] = [text(f"{label} ", line)]
    return [first, *(block for block in blocks if block is not first)]
