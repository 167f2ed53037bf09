"""Footnotes and endnotes: a citation where they cite, and a list of notes at the end for all others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from manuscript.importing.blocks import Piece
from manuscript.importing.docx.shapes import CITE, NOTE, Picture, Raw, Record, is_atom, words_of
from manuscript.importing.sources import is_sourcelike, read_source

if TYPE_CHECKING:
    from manuscript.importing.blocks import Pieces
    from manuscript.importing.docx.context import Context

_LONGEST_SOURCE: Final = 900
_IDLE: Final = re.compile(r"\b(?:see(?: also)?|cf|e\.?g|and|siehe|vgl|voir|véase|vide)\b|[\W_]", re.IGNORECASE)  # fmt: skip
_MOST_AROUND: Final = 60
_BETWEEN: Final = re.compile(r";\s+")
_NAMES: Final = {
    "en": ("Notes", "note"), "de": ("Anmerkungen", "Anmerkung"), "fr": ("Notes", "note"), "es": ("Notas", "nota"),
    "it": ("Note", "nota"), "pt": ("Notas", "nota"), "nl": ("Noten", "noot"), "zh": ("注释", "注"), "ja": ("注", "注"),
}  # fmt: skip


def names(language: str) -> tuple[str, str]:
    """Return what the list of notes is called in `language`, and what one of them is."""
    return _NAMES.get(language.split("-", maxsplit=1)[0].lower(), _NAMES["en"])


def settle(records: list[Record], context: Context) -> list[Piece]:
    """Return what stands in the text for a note: citations, or the mark of a note at the end.

    A note that cites is a citation; what it says besides is kept as a note unless it is a word or two.
    """
    records = [record for record in records if not record.empty]
    line = max(context.line, 1)
    atoms = [piece for record in records for piece in _pieces(record) if is_atom(piece) and piece.value == CITE]  # fmt: skip
    words = " ".join(filter(None, (record.words for record in records)))
    simple = all(not isinstance(record.block, Picture | Raw) and record.words for record in records if not atoms)  # fmt: skip
    if atoms and len(_IDLE.sub("", words)) <= _MOST_AROUND and not re.search(r"\w\.\s+[A-Z]", words):  # fmt: skip
        if _IDLE.sub("", words):
            context.notes.add("marker-note-dropped", line, words, "words around a citation; write them into the text if they matter")  # fmt: skip
        return atoms
    if not atoms and simple and (sources := _sources(records)):
        return [Piece("open", CITE, line, context.shelf.cite_words(one, line)) for one in sources]
    if not records:
        return []
    context.moved.append(records)
    number = len(context.moved)
    context.notes.add("footnote-moved", line, words[:600], f"it is note {number} at the end now")
    return [Piece("open", NOTE, line, str(number))]


def _pieces(record: Record) -> Pieces:
    return getattr(record.block, "pieces", [])


def _sources(records: list[Record]) -> list[str]:
    """Return the sources that a note writes out, or nothing where it is not (only) a citation."""
    texts = [with_addresses(_pieces(record)) for record in records]
    if len(texts) == 1:
        parts = _BETWEEN.split(texts[0])
        if len(parts) > 1 and all(_is_source(part) for part in parts):
            texts = parts
    return texts if texts and all(_is_source(text) for text in texts) else []


def _is_source(text: str) -> bool:
    """Whether `text` is a reference: it has an identifier or address, or reads like one in every part."""
    if not text or len(text) > _LONGEST_SOURCE or not is_sourcelike(text):
        return False
    csl, _ = read_source(text)
    return bool(csl.keys() & {"DOI", "PMID", "PMCID", "URL"}) or (
        "title" in csl and "author" in csl
    )


def with_addresses(pieces: Pieces) -> str:
    """Return the words with the addresses their links lead to, where the words do not name them."""
    words = words_of(pieces)
    addresses = [piece.href for piece in pieces if piece.kind == "open" and piece.value == "a"]
    return " ".join([words, *(one for one in dict.fromkeys(addresses) if one.rstrip("/") not in words)])  # fmt: skip
