"""Reading a document part by part into records: paragraphs, tables and images in order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from manuscript.importing.blocks import Heading, Paragraph, Piece
from manuscript.importing.docx import fields, footnotes
from manuscript.importing.docx.inline import Inline
from manuscript.importing.docx.names import (
    MC,
    Element,
    M,
    R,
    W,
    child_val,
    local,
    number,
    switch,
    twips,
)
from manuscript.importing.docx.shapes import Record
from manuscript.importing.docx.tables import read_table
from manuscript.importing.sections import opens_references

if TYPE_CHECKING:
    from manuscript.importing.docx.context import Context
    from manuscript.importing.docx.embedded import Embedded

_LONGEST_HEADING: Final = 400
_PARTS: Final = {"footnote": "footnotes", "endnote": "endnotes"}


class Reader:
    """One pass over a document. `records` is what its body holds."""

    def __init__(self, context: Context, embedded: Embedded) -> None:
        self.context = context
        self.embedded = embedded
        self.fields_broken = _are_fields_broken(context.document)
        self.records: list[Record] = []
        self._notes: dict[str, dict[str, Element]] = {}
        self._note_parts: dict[str, str] = {}
        self._comments: dict[str, Element] = {}
        self._said: set[str] = set()
        self._roles: dict[str, str] = {}
        for kind, relation in _PARTS.items():
            name = context.package.related(context.package.main, relation)
            root = context.package.xml(name) if name else None
            self._note_parts[kind] = name
            self._notes[kind] = {} if root is None else {one.get(f"{W}id") or "": one for one in root if local(one) == kind}  # fmt: skip
        name = context.package.related(context.package.main, "comments")
        root = context.package.xml(name) if name else None
        if root is not None:
            self._comments = {one.get(f"{W}id") or "": one for one in root.iterfind(f"{W}comment")}

    @property
    def note_roots(self) -> list[Element]:
        """The elements of all footnotes and endnotes."""
        return [one for notes in self._notes.values() for one in notes.values()]

    def read(self, body: Element) -> list[Record]:
        """Read the body and return its records."""
        self._blocks(body, self.records)
        for key in self._comments:
            if key not in self._said:
                self.comment(key)
        return self.records

    def inner(self, element: Element) -> list[Record]:
        """Return the records in a cell, a text box or a note."""
        found: list[Record] = []
        self._blocks(element, found)
        return found

    def _blocks(self, parent: Element, found: list[Record]) -> None:
        for element in parent:
            match local(element):
                case "p":
                    self._paragraph(element, found)
                case "tbl":
                    found += read_table(element, self)
                case "sdt":
                    self._control(element, found)
                case "altChunk":
                    found += self.embedded.read(element.get(f"{R}id"), self.context)
                case "oMathPara" | "oMath":
                    inline = Inline(self, self.context.styles.default)
                    wrapped = element.makeelement(f"{W}p")
                    wrapped.append(element)
                    inline.read(wrapped)
                    found.append(Record(Paragraph(self.context.count(), inline.line.pieces(self.context.line))))  # fmt: skip
                case "AlternateContent" if element.tag == f"{MC}AlternateContent":
                    choices = list(element)
                    if choices:
                        self._blocks(choices[0], found)
                case "customXml" | "smartTag" | "ins" | "moveTo" | "sdtContent":
                    self._blocks(element, found)
                case _:
                    pass

    def _control(self, element: Element, found: list[Record]) -> None:
        """Read a content control around blocks; generated lists are left out, with their words noted."""
        properties = element.find(f"{W}sdtPr")
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        gallery = next((child_val(one, "docPartGallery").lower() for one in properties.iterfind(f"{W}docPartObj")), "") if properties is not None else ""  # fmt: skip
        tag = child_val(properties, "tag")
        if "table of contents" in gallery:
            self.leave_out(content, "a generated list of contents")
        elif tag.startswith("MENDELEY_BIBLIOGRAPHY") and self.context.shelf:
            field = fields.Field(line=self.context.line + 1)
            for paragraph in content.iter(f"{W}p"):
                self.context.count()
                field.dropped += ["\n", *(one.text or "" for one in paragraph.iter(f"{W}t"))]
            self.records_before(found)
            self.generated_list(field)
        elif cited := fields.mendeley(tag):
            found.append(self._cited_alone(cited))
        elif switch(properties, "showingPlcHdr"):
            self.leave_out(content, "it only asks for text")
        else:
            self._blocks(content, found)

    def _cited_alone(self, cited: list[fields.Cited]) -> Record:
        line = self.context.count()
        pieces = [Piece("open", "cite", line, self.context.shelf.cite(one, line), one.locator) for one in cited]  # fmt: skip
        return Record(Paragraph(line, pieces))

    def leave_out(self, content: Element, why: str) -> None:
        """Leave out what is no text of the article, and note its words."""
        line = self.context.line + (1 if next(content.iter(f"{W}p"), None) is not None else 0)
        for _ in content.iter(f"{W}p"):
            self.context.count()
        words = " ".join("".join(one.text or "" for one in paragraph.iter(f"{W}t")) for paragraph in ([*content.iter(f"{W}p")] or [content]))  # fmt: skip
        if words.strip():
            self.context.notes.add("furniture-left-out", max(line, 1), " ".join(words.split()), why)

    def _paragraph(self, element: Element, found: list[Record]) -> None:
        context = self.context
        line = context.count()
        properties = element.find(f"{W}pPr")
        style = context.style_of(properties)
        level = self._level(properties, style)
        role = self._role(style, level)
        within = any(field.silent for field in context.fields)
        inline = Inline(self, style)
        inline.read(element)
        pieces = inline.line.pieces(line, bold=role not in {"heading", "title"})
        context_mark = context.numbering.mark(properties, style)
        record = Record(Paragraph(line, pieces), role, level, mark=context_mark)  # type: ignore[arg-type]
        own = properties.find(f"{W}ind") if properties is not None else None
        record.indent = self._indent(own, style, record)
        if role == "heading":
            if len(record.words) > _LONGEST_HEADING or (level and not context.styles.heading_level(style) and len(record.words) > 200):  # fmt: skip
                record.role, record.level = "", 0
            elif context_mark and record.words:
                context.once("numbering-changed", "headings", "the headings' automatic numbers are left out")  # fmt: skip
            record.mark = None
        if role == "contents":
            if record.words:
                context.notes.add("furniture-left-out", line, record.words, "a generated list of contents")  # fmt: skip
            return
        if not (within and record.empty):
            if record.role == "heading":
                record.block = Heading(line, pieces, record.level)
            found.append(record)
        for one in inline.floating:
            one.indent = one.indent or record.indent
            found.append(one)

    def _role(self, style: str, level: int) -> str:
        if level:
            return "heading"
        if style not in self._roles:
            styles = self.context.styles
            self._roles[style] = (
                "contents" if styles.is_contents(style)
                else "title" if styles.is_title(style)
                else "caption" if styles.is_caption(style)
                else ""
            )  # fmt: skip
        return self._roles[style]

    def _level(self, properties: Element | None, style: str) -> int:
        """Return the level of a heading, by its style, or by the place in the outline it has of its own."""
        if found := self.context.styles.heading_level(style):
            return found
        outline = number(child_val(properties, "outlineLvl"))
        return outline + 1 if outline is not None and 0 <= outline < 9 else 0

    def _indent(self, own: Element | None, style: str, record: Record) -> int:
        """Return how far the paragraph's text is indented: its own word, its list's, its style's."""
        styled = self.context.styles.properties(style, "pPr/ind")
        listed = record.mark.indent if record.mark else None
        for element in (own, None if listed is not None and own is None else styled):
            if element is None:
                continue
            left = twips(element.get(f"{W}left") or element.get(f"{W}start"))
            if left is not None:
                return left
        return listed or 0

    def comment(self, key: str) -> None:
        """Note a comment with its author and words, where the text refers to it."""
        comment = self._comments.get(key)
        if comment is None or key in self._said:
            return
        self._said.add(key)
        author = " ".join((comment.get(f"{W}author") or "").split()) or "someone"
        words = " ".join("".join(one.text or "" for one in paragraph.iter(f"{W}t", f"{M}t")) for paragraph in comment.iter(f"{W}p"))  # fmt: skip
        self.context.notes.add("comment-set-aside", max(self.context.line, 1), f"{author}: {' '.join(words.split())}", "a comment in the margin")  # fmt: skip

    def note(self, kind: str, key: str) -> list[Piece]:
        """Return what stands in the text for the footnote or endnote `key`."""
        element = self._notes.get(kind, {}).get(key)
        if element is None:
            return []
        context = self.context
        open_fields, context.fields = context.fields, []
        part, context.part = context.part, self._note_parts[kind]
        still, context.still = context.still, True
        try:
            records = self.inner(element)
        finally:
            context.fields, context.part, context.still = open_fields, part, still
        return footnotes.settle(records, context)

    def records_before(self, found: list[Record]) -> None:
        """Take the heading of a generated list off the end of `found`, and note it."""
        while found and found[-1].empty:
            found.pop()
        if found and found[-1].role in {"", "heading", "title"} and opens_references(found[-1].words) == "":  # fmt: skip
            heading = found.pop()
            self.context.notes.add("reference-list-set-aside", heading.block.line, heading.words)

    def generated_list(self, field: fields.Field) -> None:
        """Leave out a list of references that a program has made; entries that nothing cites are kept as sources."""
        entries = [words for text in "".join(field.dropped).split("\n") if (words := " ".join(text.split()))]  # fmt: skip
        line = max(field.line, 1)
        for at, words in enumerate(entries):
            self.context.shelf.list_words(re.sub(r"^\[?\d{1,3}\]?[.)]?\s+", "", words), line + at)
        if self.records:
            self.records_before(self.records)
        self.context.notes.add("reference-list-set-aside", line, f"{len(entries)} generated entries", "it is made anew from the sources")  # fmt: skip


def _are_fields_broken(document: Element) -> bool:
    """Whether fields are not closed, so that nobody can tell where they end; then all their words stay."""
    depth = 0
    for mark in document.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        depth += (kind == "begin") - (kind == "end")
        if depth < 0:
            return True
    return depth != 0
