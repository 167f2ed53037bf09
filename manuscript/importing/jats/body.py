"""The body of a JATS article as blocks: sections, paragraphs, lists, quotations, boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manuscript.importing.blocks import (
    Block,
    Heading,
    Paragraph,
    Pieces,
    Quote,
    first_paragraph,
    marked,
    plain,
    text,
)
from manuscript.importing.jats.citing import settled
from manuscript.importing.jats.floats import FLOATS, Floats
from manuscript.importing.jats.inline import Inline
from manuscript.importing.jats.lists import Lists
from manuscript.importing.mixed import MixedReader
from manuscript.importing.nesting import nested_quote
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


class Builder(MixedReader):
    """Reads one article; what it leaves out is noted."""

    def __init__(self, article: etree._Element, references: References, notes: Notes) -> None:
        self.notes = notes
        self.references = references
        self.inline: Inline = Inline(article, references, notes)
        self.floats = Floats(self, notes)
        self.lists = Lists(self, notes)

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
        return self._mixed(element, lambda child: (self.block(child, level, depth), child))

    def leaves_out(self, element: etree._Element) -> bool:
        """Whether `element` stands for nothing here; it is read where it belongs."""
        return element.tag in _SILENT

    def is_block(self, element: etree._Element) -> bool:
        """Whether `element` is a block, or holds one."""
        return element.tag in _SPLITTING or self._holds_blocks(element)

    def _finished(self, run: Pieces, line: int) -> list[Block]:
        pieces = settled(run, self.references)
        found: list[Block] = []
        if plain(pieces) or any(piece.kind == "cite" for piece in pieces):
            found.append(Paragraph(line, pieces))
        return found + self._footnotes()

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
            blocks = self.footnote(note, mark)
            self.notes.add(
                "footnote-moved",
                line_of(note),
                words_of(note)[:300],
                "it stands below its paragraph now",
            )
            found += blocks
        return found

    def footnote(self, note: etree._Element, mark: str) -> list[Block]:
        """Return a footnote, of the text or of a table, with its mark in front."""
        blocks = self.flow(note) if note.tag in {"fn", "p"} else self.block(note)
        first = first_paragraph(blocks)
        if mark and first is not None:
            line = line_of(note)
            first.pieces[:0] = [*marked("sup", [text(mark, line)], line), text(" ", line)]
        return blocks

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
                return self.lists.read(element, depth)
            case "def-list":
                return self.lists.definitions(element, depth)
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
        return [Paragraph(line, marked("strong", pieces, line))]

    def _quote(self, element: etree._Element, depth: int, callout: str) -> list[Block]:
        blocks = [*self.titles(element), *self.flow(element, depth=depth + 1)]
        return nested_quote(Quote(line_of(element), blocks, callout), depth, self.notes)
