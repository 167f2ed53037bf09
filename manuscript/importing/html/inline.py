"""Words, marks, links and citing anchors of a page, as pieces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from manuscript.content import links
from manuscript.importing.blocks import Piece, Pieces, plain, text
from manuscript.importing.html import word
from manuscript.importing.html.surroundings import is_furniture, is_hidden
from manuscript.importing.html.tree import DROPPED, words
from manuscript.importing.jats.maths import maths
from manuscript.importing.markers import GENERIC_WORDS, NUMBERS, expand, located
from manuscript.importing.mixed import add_words
from manuscript.importing.rendering import note_mark
from manuscript.importing.sources import is_source_address
from manuscript.importing.xml import line_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.html.anchors import Anchors
    from manuscript.importing.html.reader import Reader
    from manuscript.importing.notes import Notes

_MARKS = {
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
    "dfn": "em",
    "cite": "em",
    "sub": "sub",
    "sup": "sup",
}
_WEIGHT = re.compile(
    r"font-weight\s*:\s*(?P<bold>bold(?:er)?|[6-9]00)|font-weight\s*:\s*(?P<normal>normal|[1-5]00)",
    re.IGNORECASE,
)
_SLANT = re.compile(
    r"font-style\s*:\s*(?P<yes>italic|oblique)|font-style\s*:\s*(?P<no>normal)", re.IGNORECASE
)
_SCRIPT = re.compile(r"vertical-align\s*:\s*(sub|super)", re.IGNORECASE)
_POWER = re.compile(r"(?:^|[\s/(×·])(?:[\d.,]+|[A-Za-zµμ]{1,2})$")
_NEAR = 20
"""How many characters before a raised number tell a power from a citation."""
_SILENT = frozenset({"wbr", "rp", "audio", "video", "source", "track", "map", "area"})


class Inline:
    """Reads inline content of one page."""

    def __init__(self, reader: Reader, anchors: Anchors, notes: Notes, *, accept: bool) -> None:
        self.reader = reader
        self.anchors = anchors
        self.notes = notes
        self._gone = "del" if accept else "ins"

    def _inside(self, element: etree._Element, into: Pieces) -> None:
        add_words(element.text, element, into)
        for child in element:
            if isinstance(child.tag, str) and child not in self.anchors.taken:
                self.element(child, into)
            add_words(child.tail, child, into)

    def element(self, element: etree._Element, into: Pieces) -> None:
        """Add what an inline element shows."""
        line = line_of(element)
        tag = str(element.tag)
        if (
            tag in DROPPED
            or tag in _SILENT
            or word.is_label(element)
            or tag == self._gone
            or self._is_word_change(element)
        ):
            return
        if is_hidden(element) or is_furniture(element):
            if shown := words(element):
                self.notes.add("furniture-left-out", line, shown)
            return
        if tag == "br":
            into.append(Piece("break", line=line))
        elif tag == "a":
            self._link(element, into)
        elif tag == "img":
            self._image(element)
        elif tag == "math":
            pieces = maths(element)
            self.notes.add("formula-flattened", line, plain(pieces), "compare it with the source")
            into += pieces
        elif tag == "q":
            into.append(text("“", line))
            self._inside(element, into)
            into.append(text("”", line))
        else:
            self._marked(element, into)

    def _is_word_change(self, element: etree._Element) -> bool:
        kinds = (element.get("class") or "").lower().split()
        return ("msodel" if self._gone == "del" else "msoins") in kinds

    def _marked(self, element: etree._Element, into: Pieces) -> None:
        """Add words under the marks that the element's name and style give them."""
        line = line_of(element)
        style = element.get("style") or ""
        mark = _MARKS.get(str(element.tag), "")
        weight, slant, script = _WEIGHT.search(style), _SLANT.search(style), _SCRIPT.search(style)
        if (mark == "strong" and weight and weight["normal"]) or (
            mark == "em" and slant and slant["no"]
        ):
            mark = ""
        marks = [mark] if mark else []
        if weight and weight["bold"]:
            marks.append("strong")
        if slant and slant["yes"]:
            marks.append("em")
        if script:
            marks.append("sub" if script[1].lower() == "sub" else "sup")
        marks = list(dict.fromkeys(marks))
        if "sup" in marks and self._is_citing(element, into):
            return
        into += [Piece("open", one, line) for one in marks]
        self._inside(element, into)
        into += [Piece("close", one, line) for one in reversed(marks)]

    def _is_citing(self, element: etree._Element, into: Pieces) -> bool:
        """Add raised numbers as citations where they cite: with links to the list, or behind a word."""
        line = line_of(element)
        inner: Pieces = []
        self._inside(element, inner)
        markers = [piece for piece in inner if piece.kind == "marker"]
        rest = "".join(piece.value for piece in inner if piece.kind == "text")
        if markers and not rest.strip(" ,;–-[]()\u00a0"):
            into += _ranged(inner, markers)
            return True
        shown = " ".join(rest.split())
        match = NUMBERS.fullmatch(shown)
        if any(piece.kind == "open" and piece.value == "a" for piece in inner):
            return False
        behind = (before := _ending(into)) and not _POWER.search(before)
        if match and expand(match[1]) and behind:
            into.append(Piece("marker", match[1], line))
            return True
        said = "".join(piece.value for piece in inner if piece.kind in {"text", "marker"})
        if (found := located(said)) and (markers or behind):
            into += [Piece("marker", label, line, locator=where) for label, where in found]
            return True
        return False

    def _link(self, element: etree._Element, into: Pieces) -> None:
        line = line_of(element)
        href = (element.get("href") or "").strip()
        inner: Pieces = []
        self._inside(element, inner)
        shown = plain(inner)
        if href.startswith("#") or self.anchors.is_own(href):
            if label := self.anchors.label(href):
                into.append(Piece("marker", label, line))
            elif (note := self.anchors.footnote(href)) is not None:
                mark = shown.strip("[]() ") or "*"
                self.reader.waiting.append((mark, note))
                into.append(note_mark(mark, line))
            elif href.rpartition("#")[2] not in self.anchors.backlinks:
                into += inner
            return
        if not href:
            into += inner
            return
        address = urljoin(self.anchors.base, href) if self.anchors.base else href
        web = address.lower().startswith(("http://", "https://"))
        numeric = NUMBERS.fullmatch(shown)
        if web and shown and (numeric or shown.strip("[]() ").lower() in GENERIC_WORDS):
            into.append(
                Piece(
                    "marker",
                    numeric[1] if numeric else shown,
                    line,
                    address,
                    element.get("title") or "",
                )
            )
            return
        if web and shown and is_source_address(address):
            self.notes.add(
                "link-made-citation",
                line,
                f"[{shown}]({address})",
                "its source is among the references now",
            )
            into += [*inner, Piece("marker", shown, line, address, element.get("title") or "")]
            return
        if links.normalise(address) is None or not shown:
            if shown or not any(True for _ in element.iter("img")):
                self.notes.add(
                    "link-left-out",
                    line,
                    f"[{shown}]({href[:500]})",
                    "links lead to http, https or mailto addresses",
                )
            into += inner
            return
        into += [Piece("open", "a", line, address), *inner, Piece("close", "a", line)]

    def _image(self, element: etree._Element) -> None:
        """Leave an image among words out: icons and formulas; what stands for it is kept where it is a formula."""
        alt = " ".join((element.get("alt") or "").split())
        source = element.get("src") or element.get("data-src") or ""
        formula = "mwe-math" in (element.get("class") or "")
        if not formula and (alt or source):
            shown = f"{alt} {'' if source.startswith('embedded-image:') else source[:300]}".strip()
            self.notes.add(
                "image-left-out",
                line_of(element),
                shown or "an embedded image",
                "add it as a figure",
            )

    def settled(self, pieces: Pieces) -> Pieces:
        """Return a finished run of words: the brackets around citing anchors go, adjoining ones join."""
        found = [piece for piece in pieces if piece.kind != "text" or piece.value]
        for at in range(1, len(found) - 1):
            before, marker, after = found[at - 1], found[at], found[at + 1]
            cites = marker.kind == "marker" and not marker.href
            if not cites or not before.kind == after.kind == "text":
                continue
            if before.value.rstrip().endswith("[") and after.value.lstrip().startswith("]"):
                before.value = before.value.rstrip()[:-1]
                after.value = after.value.lstrip()[1:]
        return found


def _ending(pieces: Pieces) -> str:
    """Return the last characters of what `plain` says of `pieces`, without reading all of them."""
    few = 8
    while len(shown := plain(pieces[-few:])) <= _NEAR and few < len(pieces):
        few *= 2
    return shown[-_NEAR:]


def _ranged(pieces: Pieces, markers: Pieces) -> Pieces:
    """Return linked numbers in a raised group as one marker each, a dash between two as all that it covers."""
    found: Pieces = []
    dash = False
    for piece in pieces:
        if piece.kind == "text" and piece.value.strip() in {"-", "–", "—"}:
            dash = True
        elif piece.kind == "marker":
            last = found[-1] if found else None
            if (
                dash
                and last is not None
                and not last.href
                and not piece.href
                and last.value.isdigit()
                and piece.value.isdigit()
            ):
                last.value = f"{last.value}-{piece.value}"
            else:
                found.append(piece)
            dash = False
    return found or markers
