"""The tree of a page as blocks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manuscript.importing.blocks import (
    Block,
    Heading,
    Paragraph,
    Pieces,
    Quote,
    first_paragraph,
    plain,
    text,
)
from manuscript.importing.html import word
from manuscript.importing.html.boxes import Boxes
from manuscript.importing.html.inline import Inline
from manuscript.importing.html.lists import Lists, bold
from manuscript.importing.html.surroundings import is_furniture, is_hidden
from manuscript.importing.html.tree import (
    BLOCKS,
    DROPPED,
    named,
    worded,
    words,
)
from manuscript.importing.mixed import MixedReader
from manuscript.importing.nesting import nested_quote
from manuscript.importing.rendering import Figure, note_mark
from manuscript.importing.xml import line_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.html.anchors import Anchors
    from manuscript.importing.html.tree import Document
    from manuscript.importing.notes import Notes

_CALLOUT = re.compile(
    r"(?:^|[\s_-])(?P<kind>note|tip|hint|info|important|callout|admonition|key-?points?|highlight|caution|attention|warning|danger|alert)(?:$|[\s_-])",
    re.IGNORECASE,
)
_CAUTIONS = {
    "caution": "caution",
    "attention": "caution",
    "important": "caution",
    "warning": "warning",
    "danger": "warning",
    "alert": "warning",
}
_SMALL = 48
"""An image of at most so many pixels is an icon."""

_TITLE_CLASS = re.compile(r"(?:^|\s)MsoTitle(?:$|\s)")
_SKIPPED_WITH_NOTE = frozenset("iframe object embed svg canvas video audio".split())


class Reader(MixedReader):
    """Reads one page; what it leaves out is noted."""

    def __init__(self, document: Document, anchors: Anchors, notes: Notes, *, accept: bool) -> None:
        self.notes = notes
        self.anchors = anchors
        self.boxes = Boxes(self, document.images, notes)
        self.lists = Lists(self, notes)
        self.waiting: list[tuple[str, etree._Element]] = []
        self._worded = worded(document.root)
        self._moved: set[etree._Element] = set()
        self.inline: Inline = Inline(self, anchors, notes, accept=accept)

    def flow(self, element: etree._Element, depth: int = 0) -> list[Block]:
        """Return what `element` holds as blocks."""

        def read(child: etree._Element) -> tuple[list[Block], etree._Element]:
            if row := word.row_from(child):
                return self.lists.word_list(row), row[-1]
            return self.block(child, depth), child

        return self._mixed(element, read)

    def _finished(self, run: Pieces, line: int) -> list[Block]:
        pieces = self.inline.settled(run)
        found: list[Block] = []
        if plain(pieces) or any(piece.kind in {"cite", "marker"} for piece in pieces):
            found.append(Paragraph(next((p.line for p in pieces if p.line), line), pieces))
        return found + self._footnotes()

    def _footnotes(self) -> list[Block]:
        """Return the footnotes that the words just read point at, as paragraphs below them; each once."""
        found: list[Block] = []
        waiting, self.waiting = self.waiting, []
        for mark, note in waiting:
            if note in self._moved:
                continue
            self._moved.add(note)
            line = line_of(note)
            blocks = self.flow(note, 1)
            first = first_paragraph(blocks)
            if first is None:
                continue
            shown = plain(first.pieces)
            typed = re.compile(rf"\s*[\[(]?{re.escape(mark)}[\])]?[.:]?\s*")
            start = next(
                (piece for piece in first.pieces if piece.kind == "text" and piece.value.strip()),
                None,
            )
            if start is not None and (label := typed.match(start.value)):
                start.value = start.value[label.end() :]
            first.pieces[:0] = [note_mark(mark, line), text(" ", line)]
            self.notes.add("footnote-moved", line, shown[:300], "it stands below its paragraph now")
            found += blocks
        return found

    def leaves_out(self, element: etree._Element) -> bool:
        """Whether `element` is none of the article's words; what it says is noted."""
        if not isinstance(element.tag, str) or element in self.anchors.taken:
            return True
        tag = element.tag
        line = line_of(element)
        if tag in _SKIPPED_WITH_NOTE:
            shown = " ".join(
                filter(
                    None,
                    [
                        words(element),
                        element.get("src") or element.get("data") or element.get("title"),
                    ],
                )
            )
            self.notes.add("media-left-out", line, f"{tag} {shown}".strip())
            return True
        if tag in DROPPED:
            return True
        if is_hidden(element) or is_furniture(element) or _is_control(element):
            if shown := words(element):
                self.notes.add("furniture-left-out", line, shown)
            return True
        return False

    def is_block(self, element: etree._Element) -> bool:
        """Whether `element` is a block, or holds one; an image is one where it stands alone."""
        if element.tag in BLOCKS or (element.tag == "img" and self._stands_alone(element)):
            return True
        return any(
            one.tag in BLOCKS
            or (one.tag == "img" and one is not element and self._stands_alone(one))
            for one in element.iter()
            if one is not element
        )

    def _stands_alone(self, image: etree._Element) -> bool:
        """Whether an image is all that its line shows, and no icon."""
        for name in ("width", "height"):
            value = re.match(r"\d{1,5}", image.get(name) or "")
            if value and int(value[0]) <= _SMALL:
                return False
        if image.get("role") == "presentation" or image.get("alt") == "":
            return False
        if not (image.get("src") or image.get("data-src")):
            return False
        above = image.getparent()
        while above is not None and above.tag not in BLOCKS and above.tag not in {"body", "html"}:
            above = above.getparent()
        return above not in self._worded

    def block(self, element: etree._Element, depth: int) -> list[Block]:  # noqa: C901 - one case a line
        """Return the blocks that one block element makes."""
        tag = str(element.tag)
        titled = tag == "p" and _TITLE_CLASS.search(element.get("class") or "")
        if titled or (tag[0] == "h" and tag[1:].isdigit()):
            return self._heading(element, 1 if tag == "p" else int(tag[1:]), depth)
        match tag:
            case "ul" | "ol" | "menu" | "dir":
                return self.lists.read(element, depth)
            case "dl":
                return self.lists.terms(element, depth)
            case "table":
                return self.boxes.table(element, depth)
            case "blockquote":
                return self._quote(element, depth, "")
            case "figure":
                return self.boxes.figure(element)
            case "img":
                return self.boxes.image(element, [])
            case "pre":
                return self._verbatim(element)
            case "hr":
                return []
            case "summary" | "legend":
                blocks = self.flow(element, depth)
                return [bold(one) if isinstance(one, Paragraph) else one for one in blocks]
        if tag in {"div", "li"} and re.search(
            r"(?:^|\s)(?:thumb|gallerybox)(?:$|\s)", named(element)
        ):
            return self.boxes.figure(element)
        if (
            (match := _CALLOUT.search(named(element)))
            and tag in {"aside", "div", "section"}
            and len(words(element)) < 3000
            and not list(element.iter("h1"))
        ):
            return self._quote(element, depth, _CAUTIONS.get(match["kind"].lower(), "note"))
        return self.flow(element, depth)

    def _heading(self, element: etree._Element, level: int, depth: int) -> list[Block]:
        found: list[Block] = []
        for block in self.flow(element, depth):
            if not isinstance(block, Paragraph) or isinstance(block, Figure):
                found.append(block)
            elif depth:
                self.notes.add(
                    "level-changed",
                    block.line,
                    plain(block.pieces),
                    "it became bold text inside its list, table or quotation",
                )
                found.append(bold(block))
            else:
                found.append(Heading(block.line, block.pieces, level))
        return found

    def _quote(self, element: etree._Element, depth: int, callout: str) -> list[Block]:
        quote = Quote(line_of(element), self.flow(element, depth + 1), callout)
        return nested_quote(quote, depth, self.notes)


def _is_control(element: etree._Element) -> bool:
    """Whether `element` is a button or a switch in an article's header: nothing there but headings and paragraphs is text."""
    if element.tag in {"header", "hgroup"} or not any(
        one.tag == "header" for one in element.iterancestors()
    ):
        return False
    return not any(
        one.tag in {"h1", "h2", "h3", "p"} for one in (*element.iter(), *element.iterancestors())
    )
