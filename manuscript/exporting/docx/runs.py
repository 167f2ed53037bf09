"""Words, marks and links in a paragraph of Word."""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from manuscript.content import tree
from manuscript.content.inline import Marks
from manuscript.content.tree import Node
from manuscript.exporting.characters import legal
from manuscript.exporting.docx.elements import child, element

_LINK = RGBColor(0x28, 0x4A, 0x8B)


def add_text(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    raised: bool = False,
) -> None:
    """Append words under marks."""
    if text := legal(text):
        run = paragraph.add_run(text)
        if bold:
            run.bold = True
        if italic:
            run.italic = True
        if raised:
            run.font.superscript = True


def add_marked(paragraph: Paragraph, text: str, marks: Marks) -> None:
    """Append words under the marks of a body, a link among them."""
    if not (text := legal(text)):
        return
    run = _linked(paragraph, marks.href) if marks.href else paragraph.add_run()
    run.text = text
    if marks.strong:
        run.bold = True
    if marks.em:
        run.italic = True
    if marks.script == "sub":
        run.font.subscript = True
    elif marks.script == "sup":
        run.font.superscript = True


def add_entry(paragraph: Paragraph, entry: str) -> None:
    """Append a formatted reference, which holds links and italics only."""
    for node in tree.parse(entry):
        _add_node(paragraph, node, Marks())


def _add_node(paragraph: Paragraph, node: Node, marks: Marks) -> None:
    if isinstance(node, str):
        add_marked(paragraph, node, marks)
        return
    if node.tag == "a":
        marks = marks._replace(href=node.attributes.get("href") or None)
    else:
        marks = marks._replace(em=True)
    for inner in node.children:
        _add_node(paragraph, inner, marks)


def _linked(paragraph: Paragraph, href: str) -> Run:
    """Append a link to an address and return the run in it."""
    relation = paragraph.part.relate_to(legal(href), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = element("w:hyperlink")
    link.set(qn("r:id"), relation)
    inner = child(link, "w:r")
    paragraph._p.append(link)  # noqa: SLF001 - python-docx has no way to write a link
    run = Run(inner, paragraph)
    run.font.color.rgb = _LINK
    run.font.underline = True
    return run
