"""One paragraph's inline content while it is read: runs that look alike become one, as Word's own splits mean nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Final

from manuscript.importing.blocks import Piece, Pieces
from manuscript.importing.docx.shapes import CITE, NOTE

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Look:
    """How a stretch of text looks and where it leads."""

    strong: bool = False
    em: bool = False
    script: str = ""
    href: str = ""


PLAIN: Final = Look()


class Line:
    """Text, line breaks and atoms in order."""

    def __init__(self) -> None:
        self._items: list[tuple[Look, Piece]] = []

    def text(self, value: str, look: Look = PLAIN) -> None:
        """Add text."""
        if value:
            self._items.append((look, Piece("text", value)))

    def break_off(self, look: Look) -> None:
        """Add a line break."""
        self._items.append((replace(PLAIN, href=look.href), Piece("break")))

    def cite(self, handle: str, locator: str) -> None:
        """Add a citation of one source; it joins the citation before it when neither has a locator."""
        last = self._items[-1][1] if self._items else None
        if last and last.kind == "open" and last.value == CITE and not last.title and not locator:
            last.href = " ".join(dict.fromkeys([*last.href.split(), handle]))
            return
        self._items.append((PLAIN, Piece("open", CITE, href=handle, title=locator)))

    def note(self, number: int) -> None:
        """Add the mark of a note."""
        self._items.append((PLAIN, Piece("open", NOTE, href=str(number))))

    def atoms(self, pieces: Iterable[Piece]) -> None:
        """Add whole citations found elsewhere."""
        self._items += [(PLAIN, piece) for piece in pieces]

    def pieces(self, number: int, *, bold: bool = True) -> Pieces:
        """Return what was added as pieces of line `number`; headings have no bold of their own (`bold` false)."""
        found: Pieces = []
        for look, group in groupby(self._items, key=lambda item: item[0] if bold else replace(item[0], strong=False)):  # fmt: skip
            own: Pieces = []
            for _, piece in group:
                piece.line = number
                if own and own[-1].kind == piece.kind == "text":
                    own[-1] = Piece("text", own[-1].value + piece.value, number)
                else:
                    own.append(piece)
            found += _wrapped(look, own, number)
        return found


def _wrapped(look: Look, pieces: Pieces, number: int) -> Pieces:
    tags = [tag for tag, on in (("a", look.href), ("strong", look.strong), ("em", look.em), (look.script, look.script)) if on]  # fmt: skip
    return [
        *(Piece("open", tag, number, look.href if tag == "a" else "") for tag in tags),
        *pieces,
        *(Piece("close", tag, number) for tag in reversed(tags)),
    ]
