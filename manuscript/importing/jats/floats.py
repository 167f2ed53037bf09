"""Figures and tables of a JATS article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manuscript.content.schema import MAX_ALT, SCOPES
from manuscript.importing.blocks import Block, Paragraph, Piece, Pieces, marked, plain, text
from manuscript.importing.rendering import Cell, Figure, grid
from manuscript.importing.xml import attribute, line_of, words_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.jats.body import Builder
    from manuscript.importing.notes import Notes

FLOATS = frozenset({
    "fig", "fig-group", "table-wrap", "table-wrap-group", "table", "array", "graphic", "media", "chem-struct-wrap", "floats-group", "floats-wrap",
    "table-wrap-foot", "alternatives",
})  # fmt: skip
_PICTURES = ("graphic", "inline-graphic", "media")
_MOST_CELLS = 20_000


class Floats:
    """Reads figures and tables; the images are not in the file, so each figure says which file it needs."""

    def __init__(self, builder: Builder, notes: Notes) -> None:
        self.builder = builder
        self.notes = notes
        self._figures = 0

    def read(self, element: etree._Element) -> list[Block]:
        """Return what `element` shows."""
        match str(element.tag):
            case "fig" | "graphic" | "chem-struct-wrap":
                return self._figure(element)
            case "media":
                href = attribute(element, "href")
                self.notes.add(
                    "media-left-out",
                    line_of(element),
                    f"{words_of(element)[:200]} {href}".strip(),
                    "its words stay",
                )
                return [*self.builder.titles(element), *self.builder.flow(element)]
            case "table-wrap":
                return self._wrapped(element)
            case "table" | "array":
                return self._table(element, [])
            case "alternatives":
                return self._alternatives(element)
            case "table-wrap-foot":
                return self._foot(element)
            case _:
                caption = self._caption(element)
                head = [Paragraph(line_of(element), caption)] if plain(caption) else []
                return [
                    *head,
                    *(
                        block
                        for child in element
                        if child.tag in FLOATS
                        for block in self.read(child)
                    ),
                ]

    def _alternatives(self, element: etree._Element) -> list[Block]:
        """Return the form of something that holds most as words."""
        for tag in ("table", "array", "math", "tex-math", "textual-form", *_PICTURES):
            if (found := element.find(tag)) is not None:
                if tag in {"table", "array"}:
                    return self._table(found, [])
                if tag in {"math", "tex-math"}:
                    return [Paragraph(line_of(element), self.builder.inline.formula(found))]
                return self.read(found) if tag in FLOATS else self.builder.flow(element)
        return []

    def _figure(self, element: etree._Element) -> list[Block]:
        self._figures += 1
        line = line_of(element)
        files = [attribute(one, "href") for one in element.iter(*_PICTURES)]
        label = words_of(element.find("label"))
        shown = " ".join(filter(None, [label, *files])) or "a figure without a file's name"
        key = f"imported-figure-{self._figures}"
        self.notes.add(
            "figure-without-image",
            line,
            f"{key}: {shown}",
            "upload the image, and say in words what it shows",
        )
        caption = self._caption(element)
        for name in ("attrib", "permissions", "p", "disp-quote"):
            for found in element.iterfind(name):
                caption += [Piece("break"), *self.builder.settle(found)] if words_of(found) else []
        alt = " ".join(words_of(one) for one in element.iter("alt-text", "long-desc"))[:MAX_ALT]
        inner: list[Block] = []
        for child in element:
            if child.tag in {
                "list",
                "def-list",
                "table",
                "array",
                "fig",
                "fig-group",
                "supplementary-material",
            }:
                inner += self.builder.block(child)
        return [Figure(line, caption, key=key, alt=alt), *inner]

    def _caption(self, element: etree._Element) -> Pieces:
        """Return a label and a caption in one line: bodies hold captions of words, not of paragraphs."""
        line = line_of(element)
        found: Pieces = []
        if label := words_of(element.find("label")):
            found = marked("strong", [text(label, line)], line)
        holder = element.find("caption")
        parts = [] if holder is None else list(holder)
        if holder is not None and (holder.text or "").strip():
            parts = [holder]
        if holder is None and (title := element.find("title")) is not None:
            parts = [title]
        first = True
        for part in parts:
            pieces = self.builder.settle(part)
            if not plain(pieces):
                continue
            if found:
                found.append(text(" ", line) if first or part.tag == "title" else Piece("break"))
            found += pieces
            first = False
        return found

    def _wrapped(self, element: etree._Element) -> list[Block]:
        caption = self._caption(element)
        found: list[Block] = []
        tables = [one for one in element.iter("table", "array") if not _inside_table(one, element)]
        for table in tables:
            found += self._table(table, caption)
            caption = []
        if not tables:
            if any(True for _ in element.iter(*_PICTURES)):
                self.notes.add(
                    "table-is-image",
                    line_of(element),
                    plain(caption),
                    "type the table, or add its image as a figure",
                )
                found += self._figure(element)
            else:
                found += [Paragraph(line_of(element), caption)] if plain(caption) else []
                found += self.builder.flow(element)
        for child in element:
            if child.tag == "table-wrap-foot":
                found += self._foot(child)
            elif (
                child.tag in {"attrib", "permissions", "p", "list", "disp-formula", "fn-group"}
                and tables
            ):
                found += self.builder.block(child)
        return found

    def _foot(self, foot: etree._Element) -> list[Block]:
        """Return the notes below a table, each a paragraph with its mark in front."""
        found: list[Block] = []
        for child in foot:
            notes = (
                [child] if child.tag != "fn-group" else [one for one in child if one.tag == "fn"]
            )
            for note in notes:
                found += self.builder.footnote(note, words_of(note.find("label")))
                if identity := attribute(note, "id"):
                    self.builder.kept_notes.add(identity)
        return found

    def _table(self, element: etree._Element, caption: Pieces) -> list[Block]:
        rows: list[list[Cell]] = []
        heads = 0
        names = [attribute(one, "colname") for one in element.iter("colspec")]
        count = 0
        for row in element.iter("tr", "row"):
            if _inside_table(row, element):
                continue
            section = next(
                (one.tag for one in row.iterancestors() if one.tag in {"thead", "tbody", "tfoot"}),
                "",
            )
            cells = [self._cell(one, names) for one in row if one.tag in {"td", "th", "entry"}]
            count += len(cells)
            if count > _MOST_CELLS or not cells:
                continue
            if section == "thead" and heads == len(rows):
                heads += 1
            rows.append(cells)
        if count > _MOST_CELLS:
            self.notes.add(
                "table-shortened",
                line_of(element),
                f"{count:,} cells",
                f"{_MOST_CELLS:,} are read",
            )
        if not rows:
            return [Paragraph(line_of(element), caption)] if plain(caption) else []
        return [grid(line_of(element), rows, heads, caption)]

    def _cell(self, element: etree._Element, names: list[str]) -> Cell:
        colspan, rowspan = _number(element, "colspan"), _number(element, "rowspan")
        first, last = attribute(element, "namest"), attribute(element, "nameend")
        if first in names and last in names:
            colspan = max(names.index(last) - names.index(first) + 1, 1)
        if element.get("morerows"):
            rowspan = _number(element, "morerows") + 1
        scope = attribute(element, "scope")
        return Cell(
            self.builder.flow(element), colspan, rowspan,
            head=element.tag == "th", scope=scope if scope in SCOPES else "",
        )  # fmt: skip


def _number(element: etree._Element, name: str) -> int:
    value = attribute(element, name)
    return min(int(value), 1000) if value.isdecimal() and value.isascii() and int(value[:5]) else 1


def _inside_table(element: etree._Element, outer: etree._Element) -> bool:
    """Whether a table stands between `element` and `outer`."""
    for above in element.iterancestors():
        if above is outer:
            return False
        if above.tag in {"table", "array"}:
            return True
    return False
