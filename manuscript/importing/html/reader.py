"""The tree of a page as blocks."""

from __future__ import annotations

import re
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
from manuscript.importing.html import word
from manuscript.importing.html.boxes import Boxes
from manuscript.importing.html.inline import Inline
from manuscript.importing.html.tree import (
    BLOCKS,
    DROPPED,
    integer,
    is_furniture,
    is_hidden,
    named,
    worded,
    words,
)
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


class Reader:
    """Reads one page; what it leaves out is noted."""

    def __init__(self, document: Document, anchors: Anchors, notes: Notes, *, accept: bool) -> None:
        self.notes = notes
        self.anchors = anchors
        self.boxes = Boxes(self, document.images, notes)
        self.waiting: list[tuple[str, etree._Element]] = []
        self._worded = worded(document.root)
        self._moved: set[etree._Element] = set()
        self.inline = Inline(self, anchors, notes, accept=accept)

    def flow(self, element: etree._Element, depth: int = 0) -> list[Block]:
        """Return what `element` holds as blocks."""
        found: list[Block] = []
        run: Pieces = []
        line = line_of(element)

        def end_run() -> None:
            pieces = self.inline.settled(run)
            if plain(pieces) or any(piece.kind in {"cite", "marker"} for piece in pieces):
                found.append(Paragraph(next((p.line for p in pieces if p.line), line), pieces))
            run.clear()
            found.extend(self._footnotes())

        self.inline.words(element.text, element, run)
        children = list(element)
        at = 0
        while at < len(children):
            child = children[at]
            at += 1
            if self._leaves_out(child):
                pass
            elif word.item_of(child) is not None and child.tag != "li":
                end_run()
                row = [child]
                while (
                    at < len(children)
                    and not (row[-1].tail or "").strip()
                    and word.item_of(children[at])
                ):
                    row.append(children[at])
                    at += 1
                found += self._word_list(row)
                child = row[-1]
            elif self._is_block(child):
                end_run()
                found += self.block(child, depth)
            else:
                self.inline.element(child, run)
            self.inline.words(child.tail, child, run)
        end_run()
        return found

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
            first = next((one for one in blocks if isinstance(one, Paragraph)), None)
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

    def _leaves_out(self, element: etree._Element) -> bool:
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

    def _is_block(self, element: etree._Element) -> bool:
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
                return self._list(element, depth)
            case "dl":
                return self._terms(element, depth)
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
                return [self._bold(one) if isinstance(one, Paragraph) else one for one in blocks]
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

    @staticmethod
    def _bold(paragraph: Paragraph) -> Paragraph:
        line = paragraph.line
        pieces = [Piece("open", "strong", line), *paragraph.pieces, Piece("close", "strong", line)]
        return Paragraph(line, pieces)

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
                found.append(self._bold(block))
            else:
                found.append(Heading(block.line, block.pieces, level))
        return found

    def _quote(self, element: etree._Element, depth: int, callout: str) -> list[Block]:
        blocks = self.flow(element, depth + 1)
        if depth >= MAX_DEPTH or not blocks:
            return blocks
        return [Quote(line_of(element), blocks, callout)]

    def _verbatim(self, element: etree._Element) -> list[Block]:
        line = line_of(element)
        shown = "".join(map(str, element.itertext())).strip("\n")
        self.notes.add(
            "code-flattened", line, " ".join(shown.split())[:120], "a body holds no code"
        )
        pieces: Pieces = []
        for number, one in enumerate(shown.split("\n")):
            pieces += [Piece("break")] if pieces else []
            pieces.append(text(one, line + number))
        return [Paragraph(line, pieces, verbatim=True)] if shown.strip() else []

    def _list(self, element: etree._Element, depth: int) -> list[Block]:  # noqa: C901 - one walk over the items
        """Return a list; a list right inside it, as Google Docs writes, belongs to the item before."""
        line = line_of(element)
        ordered = element.tag == "ol"
        listing = Listing(line, ordered, integer(element.get("start")) or 1)
        kind = (element.get("type") or "") + (element.get("style") or "")
        if ordered and re.match(r"[aAiI](?:$|\s)|.*list-style-type:\s*(?:lower|upper)-", kind):
            self.notes.add(
                "numbering-changed", line, words(element)[:80], "the list counts in figures now"
            )
        loose: list[Block] = []
        for child in element:
            if self._leaves_out(child):
                continue
            if child.tag in {"ul", "ol"}:
                nested = self._list(child, depth + 1)
                if listing.items:
                    listing.items[-1].blocks += nested
                else:
                    loose += nested
                continue
            value = integer(child.get("value"))
            if ordered and value and not listing.items:
                listing.start = value
            elif ordered and value and value != listing.start + len(listing.items):
                self.notes.add(
                    "numbering-changed",
                    line_of(child),
                    f"{value} {words(child)[:80]}",
                    f"it counts on as {listing.start + len(listing.items)} now",
                )
            blocks = self._item(child, depth)
            if blocks:
                listing.items.append(Item(line_of(child), blocks))
        if not listing.items:
            return loose
        if depth >= MAX_DEPTH:
            self.notes.add(
                "nesting-flattened",
                line,
                f"a list {depth + 1} levels deep",
                f"{MAX_DEPTH} levels are kept",
            )
            return [*loose, *(block for item in listing.items for block in item.blocks)]
        return [*loose, listing]

    def _item(self, element: etree._Element, depth: int) -> list[Block]:
        if element.tag == "li" or not self._is_block(element):
            return self.flow(element, depth + 1)
        return self.block(element, depth + 1)

    def _word_list(self, row: list[etree._Element]) -> list[Block]:
        items: list[tuple[word.WordItem, list[Block], int]] = []
        for paragraph in row:
            item = word.item_of(paragraph)
            if item is not None:
                items.append((item, self.flow(paragraph, 1), line_of(paragraph)))
        return word.listings(items, self.notes)

    def _terms(self, element: etree._Element, depth: int) -> list[Block]:
        """Return a list of terms as a list whose items begin with the term in bold."""
        listing = Listing(line_of(element), ordered=False)
        terms = [
            one
            for one in element.iter("dt", "dd")
            if next((a for a in one.iterancestors("dl")), None) is element
        ]
        if not any(one.tag == "dt" for one in terms):
            return [block for one in terms for block in self.flow(one, depth)]
        head: list[Paragraph] = []
        for one in terms:
            line = line_of(one)
            blocks = [] if self._leaves_out(one) else self.flow(one, depth + 1)
            if one.tag == "dt":
                head += [self._bold(block) for block in blocks if isinstance(block, Paragraph)]
                continue
            if head and blocks and isinstance(blocks[0], Paragraph):
                before: Pieces = []
                for term in head:
                    before += [*([text(", ", line)] if before else []), *term.pieces]
                blocks[0].pieces[:0] = [*before, text(": ", line)]
            else:
                blocks[:0] = head
            head = []
            if blocks:
                listing.items.append(Item(line, blocks))
        listing.items += [Item(term.line, [term]) for term in head]
        return (
            [listing]
            if listing.items and depth < MAX_DEPTH
            else [b for i in listing.items for b in i.blocks]
        )


def _is_control(element: etree._Element) -> bool:
    """Whether `element` is a button or a switch in an article's header: nothing there but headings and paragraphs is text."""
    if element.tag in {"header", "hgroup"} or not any(
        one.tag == "header" for one in element.iterancestors()
    ):
        return False
    return not any(
        one.tag in {"h1", "h2", "h3", "p"} for one in (*element.iter(), *element.iterancestors())
    )
