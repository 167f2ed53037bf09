"""The body of a text as JATS: sections out of headings, blocks, marks, citations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from lxml import etree

from manuscript.content.citations import numbers_of
from manuscript.content.headings import HeadingIds
from manuscript.content.inline import Citation, keys_of, locator_of, text_of
from manuscript.content.rendering import located
from manuscript.content.schema import HEADINGS, LEAVES
from manuscript.content.tree import Element, Node
from manuscript.exporting.characters import legal, words
from manuscript.exporting.jats.build import HREF, add_text, node
from manuscript.exporting.text import ExportedText
from manuscript.exporting.words import say

_MARKS: Final = {"strong": "bold", "em": "italic", "sub": "sub", "sup": "sup"}
_TOP: Final = 2
_IN_ITEMS: Final = frozenset({"p", "ul", "ol"})
"""What a list item and a table cell hold as it is; everything else stands in a paragraph there."""


class Body:
    """Writes one body. Section ids are those of the page's headings, so that links can be shared."""

    def __init__(self, text: ExportedText) -> None:
        self._text = text
        self._numbers = text.numbers
        self._ids = HeadingIds()
        self._figures = 0
        self._tables = 0

    def write(self, blocks: Sequence[Element], body: etree._Element) -> None:
        """Append what `blocks` say to `body`, a heading opening a section."""
        open_sections = [body]
        for block in blocks:
            if block.tag in HEADINGS:
                level = int(block.tag[1])
                del open_sections[level - _TOP + 1 :]
                while len(open_sections) < level - _TOP + 1:  # a level that was left out
                    open_sections.append(node(open_sections[-1], "sec"))
                section = node(open_sections[-1], "sec", id=self._section_id(block))
                self._line(block.children, node(section, "title"), breaks=True)
                open_sections.append(section)
            else:
                self._block(block, open_sections[-1])

    def _section_id(self, heading: Element) -> str:
        # References, figures and tables have ids of their own here.
        return f"sec-{self._ids.next(text_of(heading.children))}"

    def _blocks(self, nodes: Iterable[Node], into: etree._Element) -> None:
        for child in nodes:
            if isinstance(child, Element):
                self._block(child, into)

    def _inner(self, nodes: Iterable[Node], into: etree._Element) -> None:
        """Append blocks where JATS has room for paragraphs and lists only."""
        for child in nodes:
            if isinstance(child, Element):
                holder = into if child.tag in LEAVES | _IN_ITEMS else node(into, "p")
                self._block(child, holder)

    def _block(self, block: Element, into: etree._Element) -> None:
        match block.tag:
            case tag if tag in HEADINGS:  # inside a list, a cell, a quotation: no section begins
                self._ids.next(text_of(block.children))
                self._line(block.children, node(node(into, "p"), "bold"))
            case "ul" | "ol":
                self._list(block, into)
            case "table":
                self._table(block, into)
            case "blockquote":
                self._blocks(block.children, node(into, "disp-quote"))
            case "aside":
                kind = block.attributes.get("data-callout", "note")
                self._blocks(block.children, node(into, "boxed-text", **{"content-type": kind}))
            case "figure":
                self._figure(block, into)
            case _:
                self._line(block.children, node(into, "p"))

    def _list(self, block: Element, into: etree._Element) -> None:
        ordered = block.tag == "ol"
        start = int(block.attributes.get("start", "1"))
        listed = node(into, "list", **{"list-type": "order" if ordered else "bullet"})
        items = [child for child in block.children if isinstance(child, Element)]
        for number, item in enumerate(items, start):
            entry = node(listed, "list-item")
            if ordered and start != 1:
                node(entry, "label", f"{number}.")
            self._inner(item.children, entry)

    def _table(self, block: Element, into: etree._Element) -> None:
        self._tables += 1
        wrap = node(into, "table-wrap", id=f"table-{self._tables}")
        table: etree._Element | None = None
        sections = [child for child in block.children if isinstance(child, Element)]
        has_body = any(section.tag == "tbody" for section in sections)
        for section in sections:
            if section.tag == "caption":
                self._line(section.children, node(node(wrap, "caption"), "p"))
                continue
            if table is None:
                table = node(wrap, "table")
            # JATS wants a tbody; a table of heads alone has its rows there, in header cells.
            rows = node(table, section.tag if has_body else "tbody")
            for row in section.children:
                if isinstance(row, Element):
                    self._row(row, rows)

    def _row(self, row: Element, rows: etree._Element) -> None:
        line = node(rows, "tr")
        for cell in row.children:
            if not isinstance(cell, Element):
                continue
            written = node(line, cell.tag, **cell.attributes)
            inner = [child for child in cell.children if isinstance(child, Element)]
            if len(inner) == 1 and inner[0].tag == "p":
                self._line(inner[0].children, written, breaks=True)
            else:
                self._inner(inner, written)

    def _figure(self, block: Element, into: etree._Element) -> None:
        self._figures += 1
        key = block.attributes["data-figure"]
        facts = self._text.figures.get(key)
        figure = node(into, "fig", id=f"figure-{self._figures}")
        for child in block.children:
            if isinstance(child, Element):
                self._line(child.children, node(node(figure, "caption"), "p"))
        if alt := block.attributes.get("data-alt", ""):
            node(figure, "alt-text", alt)
        graphic = node(figure, "graphic")
        graphic.set(HREF, legal(facts.address if facts else key))
        if facts is None:
            return
        kind, _, subtype = facts.media_type.partition("/")
        graphic.set("mimetype", kind)
        graphic.set("mime-subtype", subtype)
        if facts.credit or facts.licence:
            permissions = node(figure, "permissions")
            if facts.credit:
                line = say(self._text.language, "credit", credit=facts.credit)
                node(permissions, "copyright-statement", words(line))
            if facts.licence:
                node(node(permissions, "license"), "license-p", words(facts.licence))

    def _line(self, nodes: Iterable[Node], into: etree._Element, *, breaks: bool = False) -> None:
        """Append inline content. JATS has a line break in titles and cells, not in paragraphs."""
        before: Node = ""
        for child in nodes:
            after_citation = isinstance(before, Element) and before.tag == "cite"
            before = child
            if isinstance(child, str):
                add_text(into, child)
            elif child.tag == "br":
                self._break(into, breaks=breaks)
            elif child.tag == "cite":
                self._citation(child, into, after_citation=after_citation)
            elif child.tag == "a":
                link = node(into, "ext-link", **{"ext-link-type": "uri"})
                link.set(HREF, child.attributes["href"])
                self._line(child.children, link)
            else:
                self._line(child.children, node(into, _MARKS[child.tag]))

    @staticmethod
    def _break(into: etree._Element, *, breaks: bool) -> None:
        # "roman" says nothing about text that is upright anyway, and may hold a break.
        node(into if breaks else node(into, "roman"), "break")

    def _citation(self, element: Element, into: etree._Element, *, after_citation: bool) -> None:
        """Append the numbers as one cross-reference to all their sources, the locator after it; a comma parts them
        from a citation before.
        """
        keys = keys_of(element.attributes.get("data-refs", ""))
        locator = locator_of(element.attributes.get("data-locator"))
        numbers = numbers_of(Citation(keys, locator), self._numbers)
        rid = " ".join(f"ref-{number}" for number in numbers)
        raised = node(into, "sup", "," if after_citation else "")
        xref = node(raised, "xref", **{"ref-type": "bibr", "rid": rid})
        xref.text = ",".join(map(str, numbers))
        if locator:
            node(into, "named-content", located(locator), **{"content-type": "locator"})
