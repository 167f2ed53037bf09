"""Reading what is in a paragraph: runs, links, fields, symbols, notes and what floats among them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from manuscript.importing.docx import equations, symbols
from manuscript.importing.docx.fields import Field, mendeley
from manuscript.importing.docx.floating import read_floating
from manuscript.importing.docx.line import PLAIN, Line, Look
from manuscript.importing.docx.names import MC, A, Element, M, R, W, child_val, local, switch
from manuscript.importing.docx.open_fields import OpenFields
from manuscript.importing.docx.styles import Toggles, toggles

if TYPE_CHECKING:
    from manuscript.importing.docx.document import Reader
    from manuscript.importing.docx.shapes import Record

_IGNORED: Final = frozenset(
    """pPr rPr sdtPr sdtEndPr smartTagPr customXmlPr bookmarkStart bookmarkEnd proofErr permStart permEnd commentRangeStart
    commentRangeEnd moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd lastRenderedPageBreak annotationRef
    footnoteRef endnoteRef separator continuationSeparator pgNum dayLong dayShort monthLong monthShort yearLong yearShort
    customXmlInsRangeStart customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd del moveFrom delText delInstrText
    contentPart rt rubyPr subDoc softHyphen""".split()
)  # fmt: skip


class Inline:
    """One pass over the content of one paragraph."""

    def __init__(self, reader: Reader, style: str) -> None:
        self.reader = reader
        self.context = reader.context
        self.line = Line()
        self.fields = OpenFields(reader, self.line)
        self.floating: list[Record] = []
        styled = self.context.styles.toggles(style)
        defaults = self.context.styles.defaults
        self._base = Toggles(
            hidden=styled.hidden,
            font=styled.font,
            language=styled.language or defaults.language,
            far_eastern=styled.far_eastern or defaults.far_eastern,
        )
        self._hidden: list[str] = []
        self._struck: list[str] = []
        self._formulas: list[str] = []
        self._links: list[str] = []

    def read(self, paragraph: Element) -> None:
        """Read the paragraph and note what of it is not kept."""
        self.fields.break_line()
        self._children(paragraph)
        number = max(self.context.line, 1)
        notes = self.context.notes
        for words, code, proposal in (
            (self._hidden, "hidden-text-left-out", "it was hidden in the document"),
            (self._struck, "strike-dropped", "these words were struck out; delete them if they are not meant"),
            (self._formulas, "formula-flattened", "compare it with the source, or bring it as a figure"),
        ):  # fmt: skip
            if text := " ".join("".join(words).split()):
                notes.add(code, number, text, proposal)

    def _children(self, element: Element) -> None:
        for child in element:
            self._one(child)

    def _one(self, element: Element) -> None:
        if element.tag == f"{MC}AlternateContent":
            self._alternate(element)
            return
        if element.tag in {f"{M}oMath", f"{M}oMathPara"}:
            self._formula(element)
            return
        match local(element):
            case "bookmarkStart" if (element.get(f"{W}name") or "").startswith("ZOTERO_BREF_"):
                self.context.notes.add(
                    "possible-citation",
                    max(self.context.line, 1),
                    element.get(f"{W}name") or "",
                    "Zotero keeps this citation in a bookmark: choose fields in its document preferences, or cite the source here",
                )
            case name if name in _IGNORED:
                return
            case "r":
                self._run(element)
            case "hyperlink":
                self._links.append(self._address(element))
                self._children(element)
                self._links.pop()
            case "fldSimple":
                self._simple(element)
            case "sdt":
                self._control(element)
            case _:
                self._children(element)

    def _address(self, element: Element) -> str:
        relation = self.context.relation(element.get(f"{R}id"))
        if relation is None or not relation.outside:
            return ""
        anchor = element.get(f"{W}anchor")
        return f"{relation.target}#{anchor}" if anchor and "#" not in relation.target else relation.target  # fmt: skip

    def _control(self, element: Element) -> None:
        """Read a content control: Mendeley's citations, and the text of others, but not what only asks for text."""
        properties = element.find(f"{W}sdtPr")
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        if cited := mendeley(child_val(properties, "tag")):
            self.fields.cite(cited)
            return
        if switch(properties, "showingPlcHdr"):
            self.reader.leave_out(content, "it only asks for text")
            return
        self._children(content)

    def _simple(self, element: Element) -> None:
        self.fields.begin(element, element.get(f"{W}instr") or "")
        self.fields.separate()
        self._children(element)
        self.fields.end()

    def _run(self, run: Element) -> None:
        properties = run.find(f"{W}rPr")
        own = self._toggles(properties)
        look = Look(bool(own.bold), bool(own.italic), own.script or "", self._href())
        for child in run:
            self._in_run(child, own, look)

    def _toggles(self, properties: Element | None) -> Toggles:
        """Return how a run looks: its own formatting, then its character style; the paragraph's style only hides."""
        if properties is None or not len(properties):
            return self._base
        found = toggles(properties)
        if style := child_val(properties, "rStyle"):
            found = found.over(self.context.styles.toggles(style))
        base = self._base
        return Toggles(
            found.bold,
            found.italic,
            base.hidden if found.hidden is None else found.hidden,
            found.struck,
            found.script,
            found.font or base.font,
            found.language or base.language,
            found.far_eastern or base.far_eastern,
        )

    def _href(self) -> str:
        if any(self._links):
            return next(link for link in reversed(self._links) if link)
        return self.fields.href

    def _in_run(self, element: Element, own: Toggles, look: Look) -> None:  # noqa: C901, PLR0912 - one case per element
        match local(element):
            case "t":
                words = element.text or ""
                read = symbols.read(words, own.font)
                if read != words and symbols.UNREADABLE in read:
                    self._unreadable(own.font or "")
                self._text(read, own, look)
            case "tab" | "ptab":
                self._text(" ", own, look)
            case "br" | "cr":
                if not self.fields.silence("\n") and not own.hidden and element.get(f"{W}type") not in {"page", "column"}:  # fmt: skip
                    self.line.break_off(look)
                elif element.get(f"{W}type") in {"page", "column"}:
                    self._text(" ", own, look)
            case "noBreakHyphen":
                self._text("\u2011", own, look)
            case "sym":
                font = element.get(f"{W}font") or ""
                read = symbols.sign(font, element.get(f"{W}char") or "")
                if read == symbols.UNREADABLE:
                    self._unreadable(f"{font} {element.get(f'{W}char')}")
                self._text(read, own, look)
            case "instrText":
                self.fields.instruct(element.text or "")
            case "fldChar":
                self._field_mark(element, own, look)
            case "footnoteReference" | "endnoteReference":
                self._note(element)
            case "commentReference":
                self.reader.comment(element.get(f"{W}id") or "")
            case "drawing" | "pict" | "object":
                self._float(element)
            case "ruby":
                self._children(element)
            case _:
                self._one(element)

    def _unreadable(self, what: str) -> None:
        self.context.notes.add("symbol-unreadable", max(self.context.line, 1), what.strip(), "a sign of a symbol font: look it up in the source")  # fmt: skip

    def _text(self, words: str, own: Toggles, look: Look) -> None:
        self.context.measure(words)
        if self.fields.silence(words):
            return
        if own.hidden:
            self._hidden.append(words)
            return
        if own.struck:
            self._struck.append(words)
        wide = 0 if words.isascii() else sum(map(_is_wide, words))
        if own.language:
            self.context.languages[own.language] += len(words) - wide
        if wide and own.far_eastern:
            self.context.languages[own.far_eastern] += 3 * wide
        self.line.text(words, look)

    def _formula(self, element: Element) -> None:
        words = ""
        for text, script in equations.linear(element):
            if not self.fields.silence(text):
                self.line.text(text, replace(PLAIN, script=script))
                words += text
        self._formulas += [words, " "]

    def _alternate(self, element: Element) -> None:
        """Read one of two ways in which the same thing is written; what floats knows better which."""
        if any(local(one) in {"txbxContent", "blip", "imagedata"} for one in element.iter()):
            self._float(element)
            return
        choices = [child for child in element if local(child) in {"Choice", "Fallback"}]
        if choices:
            self._children(choices[0] if any(True for _ in choices[0].iter(f"{W}t", f"{M}t", f"{A}t")) else choices[-1])  # fmt: skip

    def _float(self, element: Element) -> None:
        if self.fields.are_silent:
            return
        self.floating += read_floating(element, self.context, self.reader.inner)
        if local(element) == "object":
            self.context.notes.add("image-left-out", max(self.context.line, 1), "an embedded object", "bring what it shows as a figure or a table")  # fmt: skip

    def _note(self, element: Element) -> None:
        if self.fields.are_silent:
            return
        kind = local(element).removesuffix("Reference")
        self.line.atoms(self.reader.note(kind, element.get(f"{W}id") or ""))

    def _field_mark(self, element: Element, own: Toggles, look: Look) -> None:
        if self.reader.fields_broken:
            return
        match element.get(f"{W}fldCharType"):
            case "begin":
                self.fields.begin(element)
            case "separate":
                self.fields.separate()
            case "end":
                field = self.fields.end()
                if field is not None and not field.in_result:
                    self._without_result(field, own, look)
            case _:
                pass

    def _without_result(self, field: Field, own: Toggles, look: Look) -> None:
        """Read a field that shows nothing but what its instruction says."""
        words = field.code.split()
        if words[:1] == ["SYMBOL"] and len(words) > 1 and words[1].isdecimal():
            font = field.code.split('"')[1] if field.code.count('"') > 1 else "symbol"
            self._text(symbols.sign(font, f"{int(words[1]):x}"), own, look)
        elif field.kind == "formula":
            self._formulas += [field.code.strip(), " "]


def _is_wide(char: str) -> bool:
    """Whether a character is of Chinese, Japanese or Korean, which have a language of their own in a run."""
    return "\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af"
