"""A page's blocks as lines, for what recognises furniture, disclaimers and misprints by their lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from manuscript.importing.blocks import (
    Block,
    Heading,
    Item,
    Listing,
    Paragraph,
    Piece,
    Pieces,
    Quote,
    plain,
)
from manuscript.importing.notes import Notes
from manuscript.importing.page import Page
from manuscript.importing.rendering import Figure, Grid
from manuscript.importing.sections import Entry, opens_references
from manuscript.importing.sources import is_sourcelike

if TYPE_CHECKING:
    from collections.abc import Iterator

_SURE = re.compile(
    r"(?:\d{1,2}[.)]?\s*)?(?:\w+\s+)?(?:references?|bibliograph\w+|works cited|literature cited|literaturverzeichnis|einzelnachweise|quellenverzeichnis|références|referencias|riferimenti|referências|参考文献|参考资料|參考文獻|參考資料)\b.*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\s*[\[(]?(\d{1,3})(?:[\])]\.?|[.)](?=\s))\s*")
_T = TypeVar("_T")


class Leaves:
    """The paragraphs and headings of a page, each a line with an empty one below it."""

    def __init__(self, blocks: list[Block], notes: Notes) -> None:
        self._blocks = blocks
        self._notes = notes
        self._leaves = list(leaves(blocks))
        lines: list[str] = []
        self._written: list[str] = []
        for leaf in self._leaves:
            shown = plain(leaf.pieces)
            marked = f"{'#' * (leaf.level or 2)} {shown}" if isinstance(leaf, Heading) else shown
            lines += [marked, ""]
        self.page = Page("\n".join(lines or [""]), Notes())

    def during(self, look: Callable[[Page], _T]) -> _T:
        """Return what `look` finds on the page; what it notes is noted with the lines of the source."""
        inner = Notes()
        self.page.notes = inner
        found = look(self.page)
        for warning in inner.listed():
            self._notes.add(
                warning.code, self._source(warning.line), warning.text, warning.proposal
            )
        return found

    def _source(self, line: int) -> int:
        at = (line - 1) // 2
        return self._leaves[at].line if at < len(self._leaves) else 1

    def remaining(self) -> list[Block]:
        """Return the blocks without the leaves whose lines were taken."""
        gone = {
            id(leaf)
            for at, leaf in enumerate(self._leaves)
            if not self.page.lines[2 * at].strip() and plain(leaf.pieces)
        }
        return _kept(self._blocks, gone) if gone else self._blocks


def leaves(blocks: list[Block]) -> Iterator[Heading | Paragraph]:
    """Yield the headings and paragraphs of `blocks`, wherever they stand, in order; captions are none."""
    for block in blocks:
        match block:
            case Figure():
                pass
            case Heading() | Paragraph(verbatim=False):
                yield block
            case Listing():
                yield from leaves([inner for item in block.items for inner in item.blocks])
            case Quote():
                yield from leaves(block.blocks)
            case Grid():
                yield from leaves(
                    [inner for row in block.cells for cell in row for inner in cell.blocks]
                )


def _kept(blocks: list[Block], gone: set[int]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        if id(block) in gone:
            continue
        match block:
            case Listing():
                items = [Item(item.line, _kept(item.blocks, gone)) for item in block.items]
                block.items = [item for item in items if item.blocks]
                if not block.items:
                    continue
            case Quote():
                block.blocks = _kept(block.blocks, gone)
                if not block.blocks:
                    continue
            case Grid():
                for row in block.cells:
                    for cell in row:
                        cell.blocks = _kept(cell.blocks, gone)
        found.append(block)
    return found


def take_reference_lists(blocks: list[Block], notes: Notes) -> list[Entry]:
    """Take the lists of references that a heading announces out of `blocks`, and return their entries."""
    entries: list[Entry] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        at += 1
        if not isinstance(block, Heading | Paragraph) or isinstance(block, Figure):
            continue
        shown = plain(block.pieces).strip()
        if len(shown) > 90 or opens_references(shown) != "":
            continue
        end = at
        found: list[Entry] = []
        while end < len(blocks) and (more := _entries(blocks[end])):
            found += more
            end += 1
            if isinstance(blocks[end - 1], Listing) and not (
                end < len(blocks) and _is_numbered(blocks[end])
            ):
                break
        sources = sum(is_sourcelike(entry.text) for entry in found)
        if not found or (not _SURE.fullmatch(shown) and 2 * sources <= len(found)) or not sources:
            continue
        notes.add("reference-list-set-aside", block.line, shown)
        entries += found
        at -= 1
        del blocks[at:end]
    return entries


def _is_numbered(block: Block) -> bool:
    return isinstance(block, Paragraph) and _NUMBER.match(plain(block.pieces)) is not None


def _entries(block: Block) -> list[Entry]:
    """Return the entries that one block holds, or nothing where it holds none."""
    if isinstance(block, Listing):
        return [
            entry
            for at, item in enumerate(block.items)
            for entry in _entry(
                [piece for inner in item.blocks if isinstance(inner, Paragraph) for piece in [*inner.pieces, Piece("text", " ")]],
                item.line, str(block.start + at) if block.ordered else "",
            )
        ]  # fmt: skip
    if isinstance(block, Figure) or not isinstance(block, Paragraph):
        return []
    shown = plain(block.pieces)
    if not _NUMBER.match(shown) and not is_sourcelike(shown):
        return []
    return _entry(block.pieces, block.line, "")


def _entry(pieces: Pieces, line: int, label: str) -> list[Entry]:
    shown = " ".join("".join(_written(pieces)).split())
    number = _NUMBER.match(shown)
    if number:
        label = number[1]
        shown = shown[number.end() :]
    return [Entry(label, line, shown)] if shown else []


def _written(pieces: Pieces) -> Iterator[str]:
    """Yield the words of an entry, its links as `[words](address)`."""
    address = ""
    words: list[str] = []
    for piece in pieces:
        if piece.kind == "open" and piece.value == "a":
            address, words = piece.href, []
        elif piece.kind == "close" and piece.value == "a":
            shown = "".join(words)
            if shown.strip() in address or shown.startswith("http") or "[" in shown:
                yield f"{shown} {address}" if shown.strip() != address else address
            else:
                yield f"[{shown}]({address})"
            address = ""
        elif piece.kind == "marker":
            if piece.href:
                yield f" {piece.href} " if piece.href not in piece.value else ""
            else:
                yield f"[{piece.value}]"
        elif piece.kind in {"text", "break"}:
            value = piece.value if piece.kind == "text" else " "
            if address:
                words.append(value)
            else:
                yield value
    if address:
        yield "".join(words)


def bold_heading(block: Block) -> Heading | None:
    """Return a short paragraph that is bold as a whole as a heading without a level, or None."""
    if not isinstance(block, Paragraph) or isinstance(block, Figure) or block.verbatim:
        return None
    shown = [piece for piece in block.pieces if piece.kind != "text" or piece.value.strip()]
    bold = (
        len(shown) > 2
        and shown[0].kind == "open"
        and shown[0].value == "strong"
        and shown[-1].kind == "close"
    )
    inner = shown[1:-1]
    if not bold or any(piece.kind != "text" for piece in inner):
        return None
    words = plain(block.pieces)
    if len(words) > 120 or words.endswith((".", "!", "。", ",", ";")):
        return None
    return Heading(
        block.line, [piece for piece in block.pieces if piece.kind == "text"], guessed=True
    )
