"""Links and raised numbers that cite, made into markers once the document's own list of references is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from manuscript.content import links
from manuscript.importing.blocks import Block, Piece, Pieces, Table
from manuscript.importing.docx.shapes import runs_in, words_of
from manuscript.importing.evidence import dense_range
from manuscript.importing.markers import candidates, ends_a_word, expand, last_words, located
from manuscript.importing.sources import is_source_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from manuscript.importing.notes import Notes
    from manuscript.importing.sections import Entry

_SEVERAL: Final = 3
_NUMERIC: Final = re.compile(r"[\[(]?\s*(?P<group>\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)\s*[\])]?")
_DASHES: Final = str.maketrans("‐‑‒–—−", "------")


def mark(runs: list[Pieces], declared: frozenset[str], notes: Notes) -> None:
    """Mark the citations in `runs`, in place; `declared` are the labels of the document's own list."""
    last = max((at for at, pieces in enumerate(runs) if _leads_raised(pieces)), default=-1)
    for at, pieces in enumerate(runs):
        found = _links(pieces, notes)
        if declared and at > last:
            found = _raised(found, declared)
        pieces[:] = found


def citable(blocks: list[Block], entries: Sequence[Entry], notes: Notes) -> list[Block]:
    """Return `blocks` as far as they may cite.

    Word keeps what is raised or in brackets, so a bare number is read as a citation only where the document lists
    several sources and cites none of them by form. Without a list, numbers in brackets cite when they count from 1;
    "[25]" alone is rather a mark or a year.
    """
    runs = [pieces for pieces in runs_in(blocks) if pieces]
    formed = [(pieces, [one for one in candidates(pieces, pieces[0].line) if one.style in {"marked", "bracket", "superscript"}]) for pieces in runs]  # fmt: skip
    if len(entries) >= _SEVERAL and not any(found for _, found in formed):
        return blocks
    kept: list[Pieces] = []
    labels = {label for _, found in formed for one in found for label in one.labels}
    counts = bool(entries) or labels <= dense_range(labels)
    for pieces, found in formed:
        numbers = [one for one in found if one.piece < 0]
        if counts or len(numbers) < len(found):
            kept.append(pieces)
        elif numbers:
            for one in numbers:
                notes.add("possible-citation", one.line, one.excerpt, "left as text: there is no list of references")  # fmt: skip
    return [Table(pieces[0].line, rows=[[pieces]]) for pieces in kept]


def _leads_raised(pieces: Pieces) -> bool:
    """Whether the run begins with a raised number, as the addresses of authors do; above it, numbers are theirs."""
    head = [piece for piece in pieces if piece.kind != "text" or piece.value.strip()][:3]
    return (
        len(head) == 3
        and (head[0].kind, head[0].value) == ("open", "sup")
        and head[1].kind == "text"
        and _NUMERIC.fullmatch(head[1].value.strip()) is not None
    )


def _links(pieces: Pieces, notes: Notes) -> Pieces:
    """Make a link to a paper a citation behind its words; leave out addresses that a body cannot hold."""
    result: Pieces = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.kind != "open" or piece.value != "a":
            result.append(piece)
            at += 1
            continue
        end = next((place for place in range(at + 1, len(pieces)) if pieces[place].kind == "close" and pieces[place].value == "a"), len(pieces) - 1)  # fmt: skip
        inner = pieces[at + 1 : end]
        at = end + 1
        words = words_of(inner)
        if not words:
            notes.add("link-left-out", piece.line, piece.href, "a link needs words")
            result += inner
        elif is_source_address(piece.href):
            notes.add("link-made-citation", piece.line, f"{words} ({piece.href})", "its source is among the references now")  # fmt: skip
            plain = _NUMERIC.fullmatch(words) is not None
            result += [] if plain else inner
            result.append(Piece("marker", words, piece.line, piece.href))
        elif links.normalise(piece.href) is None:
            notes.add("link-left-out", piece.line, f"{words} ({piece.href})", "links lead to http, https or mailto addresses")  # fmt: skip
            result += inner
        else:
            result += [piece, *inner, Piece("close", "a", piece.line)]
    return result


def _raised(pieces: Pieces, declared: frozenset[str]) -> Pieces:
    """Make raised numbers that the list of references has, behind a word, markers."""
    result: Pieces = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if (
            at + 2 < len(pieces)
            and (piece.kind, piece.value) == ("open", "sup")
            and pieces[at + 1].kind == "text"
            and (pieces[at + 2].kind, pieces[at + 2].value) == ("close", "sup")
            and (markers := _markers(pieces[at + 1], declared))
            and ends_a_word(last_words(result).rstrip())
        ):
            result += markers
            at += 3
            continue
        result.append(piece)
        at += 1
    return result


def _markers(raised: Piece, declared: frozenset[str]) -> Pieces:
    """Return the markers that raised numbers are, with the places in their sources; nothing where the list has not all
    of them.
    """
    words = raised.value.strip().strip(",.;").translate(_DASHES)
    if (found := _NUMERIC.fullmatch(words)) and (labels := expand(found["group"])):
        return [Piece("marker", found["group"], raised.line)] if declared.issuperset(labels) else []
    cited = located(words)
    if not declared.issuperset(label for label, _where in cited):
        return []
    return [Piece("marker", label, raised.line, locator=where) for label, where in cited]
