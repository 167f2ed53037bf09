"""The fields that are open at a place of the text: between their first mark and their last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manuscript.importing.docx.fields import Cited, Field, data_of

if TYPE_CHECKING:
    from manuscript.importing.docx.document import Reader
    from manuscript.importing.docx.line import Line
    from manuscript.importing.docx.names import Element


class OpenFields:
    """The fields open while one paragraph is read into `line`; one may go on in the next paragraph."""

    def __init__(self, reader: Reader, line: Line) -> None:
        self.reader = reader
        self.context = reader.context
        self.line = line

    @property
    def _innermost(self) -> Field | None:
        return self.context.fields[-1] if self.context.fields else None

    @property
    def are_silent(self) -> bool:
        """Whether one of them shows something else than text of the article."""
        return any(field.silent for field in self.context.fields)

    @property
    def href(self) -> str:
        """The address that the innermost link leads to, or ""."""
        return next((f.href for f in reversed(self.context.fields) if f.in_result and f.href), "")

    def silence(self, words: str) -> bool:
        """Whether a field that is open shows something else than text of the article; then `words` go to it."""
        silent = next((field for field in self.context.fields if field.silent), None)
        if silent is None:
            return False
        silent.dropped.append(words)
        return True

    def break_line(self) -> None:
        """Begin a new line in what the fields show."""
        for field in self.context.fields:
            if field.in_result:
                field.dropped.append("\n")

    def begin(self, element: Element, code: str = "") -> None:
        """Open a field at its first mark."""
        self.context.fields.append(Field(data_of(element), code, line=self.context.line))

    def instruct(self, code: str) -> None:
        """Read a part of the instruction of the innermost field."""
        field = self._innermost
        if field is not None and not field.in_result:
            field.code += code

    def separate(self) -> None:
        """Tell what the innermost field is: its instruction has been read, and what it shows follows."""
        field = self._innermost
        if field is not None and not field.in_result:
            field.decide(has_sources=bool(self.context.shelf))
            field.in_result = True

    def end(self) -> Field | None:
        """Close the innermost field, and return it: a citation cites, a generated list is left out."""
        field = self._innermost
        if field is None:
            return None
        if not field.in_result:
            field.decide(has_sources=bool(self.context.shelf))
        self.context.fields.pop()
        parent = self._innermost
        if parent is not None and not parent.in_result and not parent.data:
            parent.data = field.data
        shown = " ".join("".join(field.dropped).split())
        notes = self.context.notes
        if field.kind == "citation":
            self.cite(field.cited)
        elif field.kind == "list":
            self.reader.generated_list(field)
        elif field.kind == "contents" and shown:
            notes.add("furniture-left-out", max(field.line, 1), shown, "a generated list of contents")  # fmt: skip
        elif field.kind == "unread":
            notes.add("possible-citation", max(self.context.line, 1), " ".join(field.code.split())[:120], "a program's citation without its data: cite the source here")  # fmt: skip
        return field

    def cite(self, cited: list[Cited]) -> None:
        """Cite sources here, where what the fields show is text of the article."""
        if self.are_silent:
            return
        line = max(self.context.line, 1)
        for source in cited:
            if source.words:
                self.context.notes.add("marker-note-dropped", line, source.words, "words around a citation; write them into the text if they matter")  # fmt: skip
            self.line.cite(self.context.shelf.cite(source, line), source.locator)
