"""The title of a document, and the levels of its headings."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from manuscript.importing.blocks import Heading, Paragraph, Piece
from manuscript.importing.docx.shapes import CITE, Picture, Raw, Record, words_of
from manuscript.importing.headings import could_be

if TYPE_CHECKING:
    from manuscript.importing.blocks import Pieces
    from manuscript.importing.notes import Notes

_MEANINGLESS: Final = re.compile(
    r"(?:microsoft )?(?:word|powerpoint)?(?: - )?(?:untitled|document|dokument|documento|title|文档|無題)?\s?\d*(?:\.docx?)?|.*\.(?:docx?|tmp|dotx?)",
    re.IGNORECASE,
)
_LONGEST: Final = 300
_COVER: Final = 8
"""Among so many first lines the title that the properties name may stand, as on a cover."""


def take_title(records: list[Record], declared: str, name: str, notes: Notes) -> str:
    """Take the title off `records` and return it.

    It is what the Title style marks, or the only heading of the first rank where that is the first thing; else what
    the document's properties (`declared`) say, or the file's name.
    """
    styled = [record for record in records if record.role == "title" and not record.empty]
    if styled:
        title = _take_styled(records, styled, notes)
        if title:
            return title
    shown = [record for record in records if not record.empty]
    first_rank = [record for record in shown if isinstance(record.block, Heading) and record.level == 1]  # fmt: skip
    if len(first_rank) == 1 and shown[0] is first_rank[0] and len(shown[0].words) <= _LONGEST:
        return _take(records, first_rank, notes)
    line = shown[0].block.line if shown else 1
    declared = " ".join(declared.split())[:_LONGEST]
    if declared and not _MEANINGLESS.fullmatch(declared):
        own = [record for record in shown[:_COVER] if record.words.casefold() == declared.casefold()]  # fmt: skip
        if own:
            return _take(records, own[:1], notes)
        notes.add("title-guessed", line, declared, "it is the title in the document's properties")
        return declared
    stem = PurePath(name).stem.replace("_", " ").replace("-", " ").strip() if name else ""
    notes.add("title-guessed", line, stem or "Untitled", "give the article its title")
    return stem or "Untitled"


def _take_styled(records: list[Record], styled: list[Record], notes: Notes) -> str:
    """Take the first lines in the Title style; later ones are headings."""
    at = next(place for place, record in enumerate(records) if record is styled[0])
    own = [styled[0]]
    for record in records[at + 1 :]:
        if record.role != "title" or len(own) > 2:
            break
        own.append(record)
    for record in styled:
        if all(record is not one for one in own) and isinstance(record.block, Paragraph):
            record.role, record.level = "heading", 1
            record.block = Heading(record.block.line, record.block.pieces, 1)
    return _take(records, own, notes)


def _take(records: list[Record], taken: list[Record], notes: Notes) -> str:
    words: list[str] = []
    for record in taken:
        pieces: Pieces = getattr(record.block, "pieces", [])
        for piece in pieces:
            if piece.kind == "open" and piece.value in {"a", CITE} and piece.href:
                what = "citations" if piece.value == CITE else "links"
                notes.add("link-left-out", record.block.line, f"{words_of(pieces)} {piece.href if piece.value == 'a' else ''}".strip(), f"a title holds no {what}")  # fmt: skip
        words.append(words_of(pieces))
    gone = {id(record) for record in taken}
    records[:] = [record for record in records if id(record) not in gone]
    return " ".join(filter(None, words))


def guess_headings(records: list[Record], notes: Notes) -> None:
    """In a document without headings, take short bold lines of their own as headings, each noted."""
    if any(isinstance(record.block, Heading) for record in records):
        return
    shown = [record for record in records if not record.empty]
    for at, record in enumerate(shown[:-1]):
        block = record.block
        if not isinstance(block, Paragraph) or isinstance(block, Picture | Raw):
            continue
        if record.mark or record.role or not _is_bold(block.pieces) or not could_be(record.words):
            continue
        following = shown[at + 1]
        if isinstance(following.block, Paragraph) and not isinstance(following.block, Picture) and _is_bold(following.block.pieces):  # fmt: skip
            continue
        pieces = [piece for piece in block.pieces if piece.value != "strong"]
        record.block, record.role, record.level = Heading(block.line, pieces, 2, guessed=True), "heading", 2  # fmt: skip
        notes.add("level-guessed", block.line, record.words, "h2")


def _is_bold(pieces: Pieces) -> bool:
    """Whether all the words are bold."""
    bold = False
    seen = False
    for piece in pieces:
        if piece.value == "strong" and piece.kind in {"open", "close"}:
            bold = piece.kind == "open"
        elif piece.kind == "text" and piece.value.strip():
            if not bold:
                return False
            seen = True
        elif piece.kind == "break":
            return False
    return seen


def fit_levels(records: list[Record], notes: Notes) -> None:
    """Move the headings so that the highest is h2, and bring what is below h4 up to it, noted."""
    found = [record.block for record in records if isinstance(record.block, Heading)]
    lift = min((heading.level for heading in found), default=2) - 2
    for heading in found:
        heading.level -= lift
        if heading.level > 4:
            words = "".join(piece.value for piece in heading.pieces if isinstance(piece, Piece) and piece.kind == "text")  # fmt: skip
            notes.add("level-changed", heading.line, words, f"h{heading.level} became h4")
            heading.level = 4
