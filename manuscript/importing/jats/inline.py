"""Words, marks, links, formulas and footnote marks of a JATS article, as pieces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manuscript.content import links
from manuscript.importing.blocks import Piece, Pieces, marked, plain, text
from manuscript.importing.jats.maths import maths, tex
from manuscript.importing.markers import place
from manuscript.importing.mixed import add_words
from manuscript.importing.xml import attribute, line_of, words_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.jats.references import References
    from manuscript.importing.notes import Notes

_MARKS = {
    "italic": "em",
    "bold": "strong",
    "sup": "sup",
    "sub": "sub",
    "strong": "strong",
    "i": "em",
    "b": "strong",
}
_LINKS = frozenset({"ext-link", "uri", "email", "self-uri", "related-article", "related-object"})
_NUMBERS = re.compile(r"[\s\d,;.()\[\]–—‐‑−-]*")
_SILENT = frozenset(
    {"object-id", "index-term", "alt-text", "long-desc", "attrib-group", "processing-meta"}
)


class Inline:
    """Reads inline content; a citation is a `cite` piece whose `title` says whether its words were only numbers."""

    def __init__(self, article: etree._Element, references: References, notes: Notes) -> None:
        self.references = references
        self.notes = notes
        self.kept_notes: set[str] = set()
        self._waiting: list[tuple[str, etree._Element]] = []
        self._by_id = {
            attribute(note, "id"): note
            for place in ("back/fn-group", "back/notes", "body", "front/article-meta/author-notes")
            for group in article.iterfind(place)
            for note in group.iter("fn")
            if not any(
                above.tag in {"table-wrap", "table-wrap-foot"} for above in note.iterancestors()
            )
        }

    def pieces(self, element: etree._Element) -> Pieces:
        """Return what `element` holds."""
        found: Pieces = []
        self._inside(element, found)
        return found

    def take_footnotes(self) -> list[tuple[str, etree._Element]]:
        """Return, once, the footnotes met since the last call, each with its mark."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def _inside(self, element: etree._Element, into: Pieces) -> None:
        add_words(element.text, element, into)
        for child in element:
            self.element(child, into)
            add_words(child.tail, child, into)

    def element(self, element: etree._Element, into: Pieces) -> None:  # noqa: C901 - one case per element
        """Add what an inline element shows."""
        line = line_of(element)
        tag = str(element.tag)
        if tag in _MARKS:
            into.append(Piece("open", _MARKS[tag], line))
            self._inside(element, into)
            into.append(Piece("close", _MARKS[tag], line))
        elif tag in _LINKS:
            self._link(element, into)
        elif tag == "xref":
            self._xref(element, into)
        elif tag == "break":
            into.append(Piece("break", line=line))
        elif tag in {"inline-formula", "math", "tex-math", "chem-struct"}:
            into += self.formula(element)
        elif tag in {"inline-graphic", "graphic", "media"}:
            shown = words_of(element.find("alt-text"))
            self.notes.add(
                "image-left-out",
                line,
                f"{shown} {attribute(element, 'href')}".strip(),
                "write what it shows, or add it as a figure",
            )
            into.append(text(shown, line))
        elif tag == "alternatives":
            self._alternatives(element, into)
        elif tag == "fn":
            self._footnote(element, words_of(element.find("label")), into)
        elif tag == "named-content" and attribute(element, "content-type") == "locator":
            self._locator(element, into)
        elif tag not in _SILENT:
            self._inside(element, into)

    def _locator(self, element: etree._Element, into: Pieces) -> None:
        """Give the citation right before it the place in its source, as our own exports write it: "(p3)"."""
        last = next((piece for piece in reversed(into) if piece.kind != "close"), None)
        where = words_of(element)
        if last is not None and last.kind == "cite" and not last.locator:
            last.locator = place(where.removeprefix("(").removesuffix(")"))
        else:
            self._inside(element, into)

    def _alternatives(self, element: etree._Element, into: Pieces) -> None:
        for tag in ("math", "tex-math", "textual-form"):
            if (found := element.find(tag)) is not None:
                self.element(found, into)
                return
        self._inside(element, into)

    def _link(self, element: etree._Element, into: Pieces) -> None:
        line = line_of(element)
        inner: Pieces = []
        self._inside(element, inner)
        href = attribute(element, "href") or plain(inner)
        kind = attribute(element, "ext-link-type").lower()
        if element.tag == "email":
            href = f"mailto:{href.removeprefix('mailto:')}"
        elif kind == "doi" or re.match(r"10\.\d{4,9}/", href):
            href = f"https://doi.org/{href.removeprefix('https://doi.org/').removeprefix('doi:')}"
        elif re.match(r"(?:www\.|ftp\.)\S+$", href):
            href = f"https://{href}"
        if not plain(inner):
            inner = [text(attribute(element, "href"), line)]
        if links.normalise(href) is None:
            if href != plain(inner):
                self.notes.add(
                    "link-left-out",
                    line,
                    f"{plain(inner)} {href}",
                    "links lead to http, https or mailto addresses",
                )
            into += inner
            return
        into += [Piece("open", "a", line, href), *inner, Piece("close", "a", line)]

    def _xref(self, element: etree._Element, into: Pieces) -> None:
        """Add a citation where the list of references is pointed at; a footnote's mark stays as it is."""
        line = line_of(element)
        ids = attribute(element, "rid")
        kind = attribute(element, "ref-type")
        words = words_of(element)
        if self.references.knows(ids) and kind not in {"fn", "table-fn", "fig", "table", "sec"}:
            labels = self._cited(ids, words)
            numeric = _NUMBERS.fullmatch(words) is not None
            if not numeric:
                self._inside(element, into)
            into.append(
                Piece("cite", " ".join(labels), line, title="" if not numeric else "number")
            )
            return
        if kind == "bibr":
            self.references.missing(ids, words, line)
        note = self._by_id.get(ids) if kind in {"fn", ""} else None
        if note is not None:
            self._footnote(note, words or words_of(note.find("label")), into)
            return
        self._inside(element, into)

    def _cited(self, ids: str, words: str) -> list[str]:
        """Return the labels that one cross-reference cites: its ids, and what its words say beyond them ("7–12")."""
        labels = self.references.labels(ids)
        for first, last in re.findall(r"(\d{1,3})\s*[-–—‐‑−]\s*(\d{1,3})", words):
            if labels and self.references.numbered(first) and self.references.numbered(last):
                reached = self.references.between(first, last)
                labels = list(dict.fromkeys([*reached, *labels]))
        return labels

    def _footnote(self, note: etree._Element, mark: str, into: Pieces) -> None:
        line = line_of(note)
        identity = attribute(note, "id")
        first = not identity or identity not in self.kept_notes
        if first:
            self._waiting.append((mark or "*", note))
            self.kept_notes.add(identity)
        into += marked("sup", [text(mark or "*", line)], line)

    def formula(self, element: etree._Element) -> Pieces:
        """Return a formula as words; where it is only a picture, say so in the text."""
        line = line_of(element)
        found: Pieces = []
        math = element if element.tag == "math" else next(element.iter("math"), None)
        written = element if element.tag == "tex-math" else next(element.iter("tex-math"), None)
        if math is not None:
            found = maths(math)
        elif written is not None:
            found = [text(tex(words_of(written)), line)]
        else:
            inner = [one for one in element.iter() if one.tag in {"graphic", "inline-graphic"}]
            copy: Pieces = []
            if not inner:
                self._inside(element, copy)
                return copy
            address = attribute(inner[0], "href")
            words = words_of(element.find(".//alt-text"))
            self.notes.add(
                "formula-without-text",
                line,
                f"{words} {address}".strip(),
                "write the formula where [formula] stands",
            )
            return [text(words or "[formula]", line)]
        label = element.find("label")
        if label is not None and element.tag == "disp-formula":
            found.append(text(f" {words_of(label)}", line))
        self.notes.add("formula-flattened", line, plain(found), "compare it with the source")
        return found
