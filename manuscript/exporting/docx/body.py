"""The blocks of a body as paragraphs, lists, tables and pictures of Word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, cast

from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.text.paragraph import CT_P
from docx.shared import Twips
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from manuscript.content.citations import numbers_of
from manuscript.content.inline import Break, Citation, Text, flatten
from manuscript.content.rendering import located
from manuscript.content.schema import HEADINGS
from manuscript.content.tree import Element, Node
from manuscript.exporting.docx.elements import element
from manuscript.exporting.docx.figures import add_figure
from manuscript.exporting.docx.numbering import INDENT, Numbering
from manuscript.exporting.docx.runs import add_marked, add_text
from manuscript.exporting.docx.tables import add_table
from manuscript.exporting.text import ExportedText

_SHADES: Final = {"note": "EBF0FA", "caution": "FFF3D8", "warning": "FFEEED"}


@dataclass(frozen=True)
class Place:
    """Where blocks are written: the document or a cell, how deep in lists, in which callout."""

    holder: WordDocument | _Cell
    depth: int = 0
    style: str = ""
    shade: str = ""
    bold: bool = False


class Body:
    """Writes one body."""

    def __init__(self, document: WordDocument, text: ExportedText) -> None:
        self.numbering = Numbering(document)
        self._text = text
        self._numbers = text.numbers
        self._top = Place(document)

    def write(self, blocks: Iterable[Element]) -> None:
        """Append blocks to the document."""
        self.blocks(blocks, self._top)

    def blocks(self, nodes: Iterable[Node], place: Place) -> None:
        """Append blocks to a place."""
        for node in nodes:
            if isinstance(node, Element):
                self._block(node, place)

    def _block(self, block: Element, place: Place) -> None:
        match block.tag:
            case tag if tag in HEADINGS:
                self._heading(block, place)
            case "ul" | "ol":
                self._list(block, place)
            case "table":
                add_table(self, block, place)
            case "blockquote":
                self.blocks(block.children, replace(place, style="Quote"))
            case "aside":
                kind = block.attributes.get("data-callout", "note")
                inside = replace(place, shade=_SHADES[kind])
                add_text(self.paragraph(inside), self._text.labels.get(kind, kind), bold=True)
                self.blocks(block.children, inside)
            case "figure":
                add_figure(self, block, place, self._text)
            case _:
                self.line(block.children, self.paragraph(place), bold=place.bold)

    def _heading(self, block: Element, place: Place) -> None:
        """A heading of the text; inside a list, a cell or a callout it is bold words."""
        if place == self._top:
            # The title is the document's; its sections begin at Heading 1.
            self.line(block.children, self.paragraph(replace(place, style=_level(block.tag))))
        else:
            self.line(block.children, self.paragraph(place), bold=True)

    def _list(self, block: Element, place: Place) -> None:
        ordered = block.tag == "ol"
        start = int(block.attributes.get("start", "1"))
        listed = (
            self.numbering.ordered(place.depth, start) if ordered else self.numbering.bulleted()
        )
        inside = replace(place, depth=place.depth + 1)
        for item in block.children:
            if not isinstance(item, Element):
                continue
            inner = [child for child in item.children if isinstance(child, Element)]
            # The definition of a list says how far its items stand in.
            first = self.paragraph(replace(place, depth=0))
            self.numbering.number(first, listed, place.depth)
            if inner and inner[0].tag == "p":
                self.line(inner.pop(0).children, first, bold=place.bold)
            self.blocks(inner, inside)

    def paragraph(self, place: Place) -> Paragraph:
        """Append an empty paragraph to a place, set in as far as its list."""
        paragraph = _new_paragraph(place.holder)
        if place.style:
            paragraph.style = place.style
        if place.depth:
            paragraph.paragraph_format.left_indent = Twips(INDENT * place.depth)
        if place.shade:
            shading = element("w:shd", "clear", color="auto", fill=place.shade)
            properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001 - no public way to shade
            properties.insert_element_before(
                shading, "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
            )
        return paragraph

    def line(self, nodes: Iterable[Node], paragraph: Paragraph, *, bold: bool = False) -> None:
        """Append inline content; citations as raised numbers, the locator behind them, a comma between neighbours."""
        before: object = None
        for item in flatten(nodes):
            if isinstance(item, Text):
                marks = item.marks._replace(strong=True) if bold else item.marks
                add_marked(paragraph, item.text, marks)
            elif isinstance(item, Break):
                paragraph.add_run().add_break()
            elif isinstance(item, Citation):
                numbers = ",".join(map(str, numbers_of(item, self._numbers)))
                comma = "," if isinstance(before, Citation) else ""
                add_text(paragraph, f"{comma}{numbers}{located(item.locator)}", raised=True)
            before = item


def _level(tag: str) -> str:
    return f"Heading {int(tag[1]) - 1}"


def _new_paragraph(holder: WordDocument | _Cell) -> Paragraph:
    """Return a new paragraph, or the one that a cell has from the beginning while it is empty."""
    if isinstance(holder, _Cell):
        last = holder._tc[-1]  # noqa: SLF001 - `paragraphs` makes all of them anew at each call
        if isinstance(last, CT_P) and len(last) == 0:
            return Paragraph(last, holder)
        paragraph: Paragraph = holder.add_paragraph()
        return paragraph
    # Before the properties of the section, which end the body; `add_paragraph` looks for them from
    # the beginning.
    inside = holder._body  # noqa: SLF001 - no public way
    new = cast("CT_P", OxmlElement("w:p"))
    inside._element[-1].addprevious(new)  # noqa: SLF001
    return Paragraph(new, inside)
