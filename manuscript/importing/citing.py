"""Putting citation atoms into the blocks where the source cites."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from manuscript.importing import evidence
from manuscript.importing.blocks import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Piece,
    Pieces,
    Quote,
    Table,
    plain,
)
from manuscript.importing.library import Library
from manuscript.importing.markers import MAX_CANDIDATES, TOO_MANY, Candidate, candidates
from manuscript.importing.result import ImportRefused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from manuscript.importing.notes import Notes
    from manuscript.importing.result import ImportedReference
    from manuscript.importing.sections import Entry

MAX_PARAGRAPH = 60_000
"""How long one paragraph may be, its lines joined."""

_BY_FORM = frozenset({"marked", "bracket", "superscript"})


@dataclass
class _Run:
    """One run of words, what may be citations in it, and those that are."""

    pieces: Pieces
    found: list[Candidate]
    only_by_form: bool
    taken: list[Candidate] = field(default_factory=list)


def cite(blocks: list[Block], entries: list[Entry], notes: Notes) -> tuple[ImportedReference, ...]:
    """Replace the citations in `blocks` by atoms, in place, and return the references in order.

    `entries` is the document's own list. A number that is cited but not listed gets a reference to identify.

    :raises ImportRefused: when a paragraph is longer, or more places may cite, than in any article.
    """
    library = Library(entries, notes)
    runs: list[_Run] = []
    count = 0
    for pieces, line, form in _inline(blocks, form=False):
        if sum(len(piece.value) for piece in pieces) > MAX_PARAGRAPH:
            raise ImportRefused(
                f"The paragraph at line {line} has more than {MAX_PARAGRAPH:,} characters; divide it."
            )
        runs.append(_Run(pieces, candidates(pieces, line), form))
        count += len(runs[-1].found)
        if count > MAX_CANDIDATES:
            raise ImportRefused(TOO_MANY)
    if any(run.found for run in runs):
        _judge(runs, library.labels, _scales(blocks), notes)
    for run in runs:
        if run.taken:
            _apply(run, library, notes)
    return library.finished()


def _inline(blocks: list[Block], *, form: bool) -> Iterator[tuple[Pieces, int, bool]]:
    """Yield every run of words in reading order, with its line.

    The last value says that only the form makes a citation there: a heading or a cell may well end in a number.
    """
    for block in blocks:
        match block:
            case Paragraph(verbatim=False):
                yield block.pieces, block.line, form
            case Heading():
                yield block.pieces, block.line, True
            case Listing():
                inner = [block for item in block.items for block in item.blocks]
                yield from _inline(inner, form=form)
            case Quote():
                yield from _inline(block.blocks, form=form)
            case Table():
                yield from ((pieces, block.line, True) for row in block.rows for pieces in row)


def _scales(blocks: list[Block]) -> frozenset[int]:
    """Return the identities of the runs of words that are rungs of a scale."""
    found: set[int] = set()
    pending: list[Block] = list(blocks)
    while pending:
        block = pending.pop()
        if isinstance(block, Quote):
            pending += block.blocks
        if not isinstance(block, Listing):
            continue
        endings: list[tuple[int, int]] = []
        rungs: set[int] = set()
        for item in block.items:
            pending += item.blocks
            first = item.blocks[0] if item.blocks else None
            words = plain(first.pieces).split() if isinstance(first, Paragraph) else []
            if (
                isinstance(first, Paragraph)
                and words
                and words[-1].isdecimal()
                and len(words[-1]) < 4
            ):
                endings.append((len(words) - 1, int(words[-1])))
                rungs.add(id(first.pieces))
        if len(endings) == len(block.items) and evidence.is_scale(endings):
            found |= rungs
    return frozenset(found)


def _judge(
    runs: list[_Run], declared: frozenset[str], scales: frozenset[int], notes: Notes
) -> None:
    """Decide over all candidates of the document at once."""
    numbered = evidence.numbered_words(plain(run.pieces) for run in runs)
    everything: list[tuple[_Run, Candidate]] = []
    for run in runs:
        rung = id(run.pieces) in scales
        for candidate in run.found:
            if candidate.style in _BY_FORM or not (rung or run.only_by_form):
                everything.append((run, candidate))
            elif rung and candidate.ends:
                notes.add(
                    "possible-citation",
                    candidate.line,
                    candidate.excerpt,
                    "left as text: it looks like a scale",
                )
    accepted, possible = evidence.decide(
        [candidate for _, candidate in everything], declared, numbered
    )
    for at in sorted(accepted):
        run, candidate = everything[at]
        run.taken.append(candidate)
    for at in possible:
        candidate = everything[at][1]
        proposal = f"if this cites a source, write it as [{', '.join(candidate.labels)}]"
        notes.add("possible-citation", candidate.line, candidate.excerpt, proposal)


def _apply(run: _Run, library: Library, notes: Notes) -> None:
    """Cut the citations out of the pieces and put atoms in their places."""
    result: Pieces = []
    queue = list(reversed(run.taken))
    at = 0
    for piece in run.pieces:
        if piece.kind in {"open", "close", "cite"}:
            result.append(piece)
            continue
        start, length = at, len(piece.value) if piece.kind == "text" else 1
        at += length
        shown = 0
        while queue and queue[-1].start < at:
            candidate = queue.pop()
            if candidate.end > at:  # it runs over into other markup: leave it
                continue
            _show(piece, shown, candidate.start - start, result)
            shown = candidate.end - start
            labels = " ".join(_labels(candidate, piece, library, notes))
            result.append(Piece("cite", labels, candidate.line, locator=candidate.locator))
        _show(piece, shown, length, result)
    run.pieces[:] = result


def _show(piece: Piece, first: int, last: int, result: Pieces) -> None:
    """Add to `result` what `piece` holds between two of its places."""
    if first < last:
        result.append(
            Piece("text", piece.value[first:last], piece.line) if piece.kind == "text" else piece
        )


def _labels(candidate: Candidate, piece: Piece, library: Library, notes: Notes) -> list[str]:
    """Return the labels a citation points at."""
    if candidate.dropped:
        notes.add("marker-note-dropped", candidate.line, candidate.text)
    if candidate.piece >= 0 and piece.href:
        return [library.linked(piece.value, piece.href, piece.title, candidate.line)]
    labels = [library.cited(label, candidate.line, candidate.excerpt) for label in candidate.labels]
    return list(dict.fromkeys(labels))
