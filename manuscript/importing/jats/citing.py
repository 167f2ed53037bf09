"""Citations as a journal prints them, "[7-12]" or a raised "2,3", to one atom; ranges to all that they cover."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manuscript.importing.blocks import Piece, Pieces

if TYPE_CHECKING:
    from manuscript.importing.jats.references import References

_DASH = re.compile(r"\s*[-–—‐‑−]\s*")
_COMMA = re.compile(r"\s*[,;،，、]?\s*")
_SEPARATOR = re.compile(r"[\s,;–—‐‑−-]*")
_DASH_NUMBER = re.compile(r"\s*[-–—‐‑−]\s*(\d{1,3})(?![\d.%])")


_PAIRS = {"[": "]", "(": ")"}


def settled(pieces: Pieces, references: References) -> Pieces:
    """Return `pieces` with the citations that stand together made one atom each, and note that they are cited.

    Only citations that the journal writes as numbers are joined and lose their brackets: "(Smith, 2004)" is text.
    """
    found = _opened(list(pieces))
    found = _joined(found, references)
    found = _unwrapped(found)
    for piece in found:
        if piece.kind == "cite":
            references.cite(piece.value.split(), piece.line)
    return found


def _is_number(piece: Piece) -> bool:
    return piece.kind == "cite" and piece.title == "number"


def _opened(pieces: Pieces) -> Pieces:
    """Take off the `sup` marks around nothing but citations and what separates them."""
    result: Pieces = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if piece.kind == "open" and piece.value == "sup" and (end := _sup_end(pieces, at)):
            result += [one for one in pieces[at + 1 : end] if one.kind in {"text", "cite"}]
            at = end + 1
            continue
        result.append(piece)
        at += 1
    return result


def _sup_end(pieces: Pieces, at: int) -> int:
    """Return the end of the `sup` at `at` where it holds citations, or a separator between two; else 0."""
    depth = 1
    cites = 0
    for end in range(at + 1, len(pieces)):
        piece = pieces[end]
        if piece.kind == "open":
            depth += 1
        elif piece.kind == "close":
            depth -= 1
            if not depth:
                between = (at > 0 and _is_number(pieces[at - 1])) or _closes_sup(pieces, at)
                follows = any(_is_number(one) for one in pieces[end + 1 : end + 3])
                return end if cites or (between and follows) else 0
        elif _is_number(piece):
            cites += 1
        elif piece.kind != "text" or not re.fullmatch(
            r"[\s,;–—‐‑−()\[\]-]*(?:\d{1,3})?[\s,;–—‐‑−()\[\]-]*", piece.value
        ):
            return 0
    return 0


def _closes_sup(pieces: Pieces, at: int) -> bool:
    return at > 1 and pieces[at - 1].kind == "close" and _is_number(pieces[at - 2])


def _joined(pieces: Pieces, references: References) -> Pieces:
    """Join numbers that follow each other, and fill their ranges. A place in a source keeps its citation apart."""
    result: Pieces = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        at += 1
        if not _is_number(piece):
            result.append(piece)
            continue
        labels, where = piece.value.split(), piece.locator
        while at < len(pieces):
            between = ""
            after = at
            while (
                after < len(pieces)
                and pieces[after].kind == "text"
                and _SEPARATOR.fullmatch(pieces[after].value)
            ):
                between += pieces[after].value
                after += 1
            if after < len(pieces) and _is_number(pieces[after]) and _together(between):
                if where or pieces[after].locator:
                    at = after if _COMMA.fullmatch(between) else at
                    break
                following = pieces[after].value.split()
                if _DASH.fullmatch(between) and labels and following:
                    labels += references.between(labels[-1], following[0])
                labels += following
                at = after + 1
                continue
            if pieces[at].kind == "text" and (match := _DASH_NUMBER.match(pieces[at].value)):
                last = references.numbered(match[1])
                covered = references.between(labels[-1], last[0]) if last and labels else []
                if covered:
                    labels += covered
                    rest = pieces[at].value[match.end() :]
                    pieces[at] = Piece("text", rest, pieces[at].line)
                    continue
            break
        value = " ".join(dict.fromkeys(labels))
        result.append(Piece("cite", value, piece.line, title="number", locator=where))
    return result


def _together(between: str) -> bool:
    return bool(_COMMA.fullmatch(between) or _DASH.fullmatch(between))


def _unwrapped(pieces: Pieces) -> Pieces:
    """Take off the brackets around citations by number."""
    for at in range(1, len(pieces) - 1):
        before, after = pieces[at - 1], pieces[at + 1]
        if not _is_number(pieces[at]) or before.kind != "text" or after.kind != "text":
            continue
        opening = before.value.rstrip()
        if (
            opening
            and (closing := _PAIRS.get(opening[-1]))
            and after.value.lstrip().startswith(closing)
        ):
            before.value = opening[:-1]
            after.value = after.value.lstrip()[1:]
    return pieces
