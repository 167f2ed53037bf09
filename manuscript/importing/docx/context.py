"""What is known while a document is read: its parts, its styles, and what has been found so far."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from manuscript.content.schema import MAX_CHARACTERS
from manuscript.importing.docx.names import Element, W, val
from manuscript.importing.docx.numbering import Numbering
from manuscript.importing.docx.shelf import Shelf
from manuscript.importing.docx.styles import Styles
from manuscript.importing.result import ImportedFigure, ImportRefused

if TYPE_CHECKING:
    from manuscript.importing.docx.fields import Field
    from manuscript.importing.docx.package import Package, Relation
    from manuscript.importing.docx.shapes import Record
    from manuscript.importing.notes import Notes

MAX_FIGURES: Final = 200
MAX_RUNS: Final = 80_000
MAX_PARAGRAPHS: Final = 20_000


class Context:
    """The document's parts and the state of reading it."""

    def __init__(self, package: Package, document: Element, notes: Notes) -> None:
        self.package = package
        self.document = document
        self.notes = notes
        self.part = package.main
        self.styles = Styles(self._related("styles"))
        self.numbering = Numbering(self._related("numbering"), self.styles)
        self.shelf = Shelf(notes)
        self.fields: list[Field] = []
        self.figures: list[ImportedFigure] = []
        self.moved: list[list[Record]] = []
        """The notes that are set at the end, each as its paragraphs."""
        self.languages: Counter[str] = Counter()
        self.line = 0
        self.length = 0
        self.runs = 0
        self.still = False
        """Whether paragraphs are read that the body does not count: those of notes."""
        self.told: set[str] = set()
        self._relations: dict[str, dict[str, Relation]] = {}
        self._images: dict[str, bytes] = {}

    def _related(self, kind: str) -> Element | None:
        name = self.package.related(self.package.main, kind)
        return self.package.xml(name) if name else None

    def relation(self, key: str | None) -> Relation | None:
        """Return what the part that is read relates to as `key`."""
        if self.part not in self._relations:
            self._relations[self.part] = self.package.relations(self.part)
        return self._relations[self.part].get(key or "")

    def image(self, name: str, limit: int) -> bytes:
        """Return the bytes of an image, read once however often it is shown."""
        if name not in self._images:
            self._images[name] = self.package.read(name, limit)
        return self._images[name]

    def count(self) -> int:
        """Count a paragraph and return its number.

        :raises ImportRefused: when there are more than in any article.
        """
        if not self.still:
            self.line += 1
        if self.line > MAX_PARAGRAPHS:
            raise ImportRefused(
                f"There are more paragraphs than in any article: at most {MAX_PARAGRAPHS:,} are read."
            )
        return max(self.line, 1)

    def measure(self, words: str) -> None:
        """Count the characters of `words`, which are one run.

        :raises ImportRefused: when there are more than a body may have.
        """
        self.length += len(words)
        self.runs += 1
        if self.length > MAX_CHARACTERS or self.runs > MAX_RUNS:
            raise ImportRefused(
                f"The document has more text than an article may have: at most {MAX_CHARACTERS:,} characters, in {MAX_RUNS:,} runs, are read."
            )

    def once(self, code: str, text: str, proposal: str = "") -> None:
        """Note `code` here, the first time only."""
        if code + text not in self.told:
            self.told.add(code + text)
            self.notes.add(code, max(self.line, 1), text, proposal)

    def style_of(self, properties: Element | None) -> str:
        """Return the style of a paragraph by its `w:pPr`."""
        own = properties.find(f"{W}pStyle") if properties is not None else None
        return val(own) or self.styles.default

    def add_figure(self, name: str, data: bytes) -> str:
        """Keep an image and return its key.

        :raises ImportRefused: when there are more than in any article.
        """
        if len(self.figures) >= MAX_FIGURES:
            raise ImportRefused(
                f"There are more images than in any article: at most {MAX_FIGURES} are read."
            )
        key = f"imported-figure-{len(self.figures) + 1}"
        self.figures.append(ImportedFigure(key, name, data))
        return key
