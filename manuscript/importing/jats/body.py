"""The body of a JATS article as blocks: sections, paragraphs, lists, quotations, boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manuscript.importing.blocks import (
    MAX_DEPTH,
    Block,
    Heading,
    Item,
    Listing,
    Paragraph,
    Piece,
    Pieces,
    Quote,
    plain,
    text,
)
from manuscript.importing.jats.citing import settled
from manuscript.importing.jats.floats import FLOATS, Floats
from manuscript.importing.jats.inline import Inline
from manuscript.importing.xml import attribute, line_of, words_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.jats.references import References
    from manuscript.importing.notes import Notes

_SILENT = frozenset(
    {
        "label",
        "title",
        "object-id",
        "sec-meta",
        "alt-text",
        "long-desc",
        "permissions",
        "ref-list",
        "index-term",
        "x-generated",
    }
)
_SPLITTING = FLOATS | {
    "sec", "p", "list", "def-list", "disp-quote", "boxed-text", "disp-formula", "disp-formula-group", "preformat", "code",
    "verse-group", "speech", "statement", "question", "answer", "question-wrap", "list-item", "supplementary-material", "attrib", "caption", "explanation", "ref-list",
}  # fmt: skip
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


class Builder:
    """Reads one article; what it leaves out is noted."""

    def __init__(self, article: etree._Element, references: References, notes: Notes) -> None:
        self.notes = notes
        self.references = references
        self.inline = Inline(article, references, notes)
        self.floats = Floats(self, notes)
        self._counts: dict[str, int] = {}

    @property
    def kept_notes(self) -> set[str]:
        """The ids of the footnotes that stand in the body."""
        return self.inline.kept_notes

    def sections(self, body: etree._Element | None) -> list[Block]:
        """Return the blocks of the body."""
        return [] if body is None else self.flow(body, level=1)

    def section(self, element: etree._Element, level: int) -> list[Block]:
        """Return a section whose heading stands at `level` (2 is the highest)."""
        found: list[Block] = []
        label, title = element.find("label"), element.find("title")
        pieces = self.inline.pieces(title) if title is not None else []
        number = words_of(label)
        if number and not plain(pieces).startswith(number):
            pieces = [text(f"{number} ", line_of(element)), *pieces]
        pieces = settled(pieces, self.references)
        line = line_of(title if title is not None else element)
        if plain(pieces):
            if level > 4:
                self.notes.add("level-changed", line, plain(pieces), f"h{level} became h4")
            found.append(Heading(line, pieces, min(level, 4)))
            found += self._footnotes()
        return found + self.flow(element, level=level)

    def flow(self, element: etree._Element, *, level: int = 0, depth: int = 0) -> list[Block]:
        """Return what `element` holds as blocks. `level` 0: no section may begin here, so its title is bold."""
        found: list[Block] = []
        run: Pieces = []

        def end_run() -> None:
            pieces = settled(run, self.references)
            if plain(pieces) or any(piece.kind == "cite" for piece in pieces):
                found.append(Paragraph(line_of(element), pieces))
            run.clear()
            found.extend(self._footnotes())

        self.inline.words(element.text, element, run)
        for child in element:
            if child.tag in _SILENT:
                pass
            elif child.tag in _SPLITTING or self._holds_blocks(child):
                end_run()
                found += self.block(child, level, depth)
            else:
                self.inline.element(child, run)
            self.inline.words(child.tail, child, run)
        end_run()
        return found

    @staticmethod
    def _holds_blocks(element: etree._Element) -> bool:
        """Whether blocks stand inside an element that is no block by its name."""
        return element.tag != "fn" and any(
            one.tag in _SPLITTING and one is not element for one in element.iter()
        )

    def _footnotes(self) -> list[Block]:
        """Return the footnotes that the words just read point at, as paragraphs below them."""
        found: list[Block] = []
        for mark, note in self.inline.take_footnotes():
            blocks = self.flow(note)
            first = next((one for one in blocks if isinstance(one, Paragraph)), None)
            if first is not None and mark:
                at = line_of(note)
                first.pieces[:0] = [
                    Piece("open", "sup", at),
                    text(mark, at),
                    Piece("close", "sup", at),
                    text(" ", at),
                ]
            self.notes.add(
                "footnote-moved",
                line_of(note),
                words_of(note)[:300],
                "it stands below its paragraph now",
            )
            found += blocks
        return found

    def block(  # noqa: C901 - one case a line
        self, element: etree._Element, level: int = 0, depth: int = 0
    ) -> list[Block]:
        """Return the blocks that one block element makes; see `flow` for `level`."""
        line = line_of(element)
        match str(element.tag):
            case "sec" | "app" if level:
                return self.section(element, level + 1)
            case (
                "sec"
                | "app"
                | "statement"
                | "question-wrap"
                | "question"
                | "answer"
                | "explanation"
            ):
                return [*self.titles(element), *self.flow(element, depth=depth)]
            case "list":
                return self._list(element, depth)
            case "def-list":
                return self._definitions(element, depth)
            case "disp-quote" | "verse-group":
                return self._quote(element, depth, "")
            case "boxed-text":
                return self._quote(element, depth, "note")
            case "preformat" | "code":
                return self._verbatim(element)
            case "attrib":
                return [Paragraph(line, [text("— ", line), *self.settle(element)])]
            case "disp-formula" | "disp-formula-group":
                pieces = self.inline.formula(element)
                return [Paragraph(line, pieces)] if plain(pieces) else []
            case "supplementary-material":
                words = f"{words_of(element)} {attribute(element, 'href')}".strip()
                self.notes.add(
                    "supplement-left-out",
                    line,
                    words,
                    "its file is not among what was brought; its words stay",
                )
                return [*self.titles(element), *self.flow(element, depth=depth)]
            case tag if tag in FLOATS:
                return self.floats.read(element)
            case _:
                return self.flow(element, level=level, depth=depth)

    def settle(self, element: etree._Element) -> Pieces:
        """Return the words of an element that holds no blocks, its citations as atoms."""
        return settled(self.inline.pieces(element), self.references)

    def titles(self, element: etree._Element) -> list[Block]:
        """Return the label and title of what is no section as one bold paragraph."""
        line = line_of(element)
        pieces: Pieces = []
        for name in ("label", "title", "caption/title", "speaker"):
            found = element.find(name)
            words = [] if found is None else self.settle(found)
            if plain(words):
                pieces += [text(" ", line), *words] if pieces else words
        if not plain(pieces):
            return []
        if element.tag == "sec":
            self.notes.add(
                "level-changed", line, plain(pieces), "it became bold text: no section begins there"
            )
        bold = [Piece("open", "strong", line), *pieces, Piece("close", "strong", line)]
        return [Paragraph(line, bold)]

    def _quote(self, element: etree._Element, depth: int, callout: str) -> list[Block]:
        blocks = [*self.titles(element), *self.flow(element, depth=depth + 1)]
        if depth >= MAX_DEPTH or not blocks:
            return blocks
        return [Quote(line_of(element), blocks, callout)]

    def _verbatim(self, element: etree._Element) -> list[Block]:
        line = line_of(element)
        words = "".join(map(str, element.itertext())).strip("\n")
        self.notes.add(
            "code-flattened", line, " ".join(words.split())[:120], "a body holds no code"
        )
        pieces: Pieces = []
        for number, one in enumerate(words.split("\n")):
            pieces += [Piece("break")] if pieces else []
            pieces.append(text(one, line + number))
        return [Paragraph(line, pieces, verbatim=True)] if words.strip() else []

    def _list(self, element: etree._Element, depth: int) -> list[Block]:
        line = line_of(element)
        kind = attribute(element, "list-type")
        entries = [one for one in element if one.tag == "list-item"]
        labels = [words_of(one.find("label")).strip("().[] ") for one in entries]
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
            blocks = self.flow(entry, depth=depth + 1)
            if label and not ordered and label not in _BULLETS:
                blocks = self._behind(label, blocks, line_of(entry))
            if blocks:
                listing.items.append(Item(line_of(entry), blocks))
        if identity := attribute(element, "id"):
            self._counts[identity] = start + len(listing.items) - 1
        return [*self.titles(element), *self._nested(listing, depth)]

    @staticmethod
    def _behind(label: str, blocks: list[Block], line: int) -> list[Block]:
        """Put an item's own mark in front of its words."""
        first = blocks[0] if blocks and isinstance(blocks[0], Paragraph) else Paragraph(line, [])
        first.pieces[:0] = [text(f"{label} ", line)]
        return [first, *(one for one in blocks if one is not first)]

    def _nested(self, listing: Listing, depth: int) -> list[Block]:
        if not listing.items:
            return []
        if depth < MAX_DEPTH:
            return [listing]
        self.notes.add(
            "nesting-flattened",
            listing.line,
            f"a list {depth + 1} levels deep",
            f"{MAX_DEPTH} levels are kept",
        )
        return [block for item in listing.items for block in item.blocks]

    def _definitions(self, element: etree._Element, depth: int) -> list[Block]:
        """Return a list of terms as a list whose items begin with the term in bold."""
        line = line_of(element)
        listing = Listing(line, ordered=False)
        for entry in element.iterfind("def-item"):
            at = line_of(entry)
            blocks: list[Block] = []
            terms = [self.settle(term) for term in entry.iterfind("term")]
            for definition in entry.iterfind("def"):
                blocks += self.flow(definition, depth=depth + 1)
            head: Pieces = []
            for pieces in terms:
                head += [text(", ", at)] if head else []
                head += [Piece("open", "strong", at), *pieces, Piece("close", "strong", at)]
            first = blocks[0] if blocks and isinstance(blocks[0], Paragraph) else None
            if first is not None and head:
                first.pieces[:0] = [*head, text(": ", at)]
            elif head:
                blocks.insert(0, Paragraph(at, head))
            if blocks:
                listing.items.append(Item(at, blocks))
        for inner in element.iterfind("def-list"):
            nested = self._definitions(inner, depth + 1)
            listing.items.append(Item(line_of(inner), nested))
        return [*self.titles(element), *self._nested(listing, depth)]
