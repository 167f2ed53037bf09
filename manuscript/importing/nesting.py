"""How deep lists and quotations nest: what is deeper than `MAX_DEPTH` joins what it stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manuscript.importing.blocks import MAX_DEPTH, Block, Listing, Quote

if TYPE_CHECKING:
    from manuscript.importing.notes import Notes


def nested_list(listing: Listing, depth: int, notes: Notes) -> list[Block]:
    """Return a list that stands in `depth` others: itself, or what its items hold; nothing where it has none."""
    if not listing.items:
        return []
    if depth < MAX_DEPTH:
        return [listing]
    _note("list", listing.line, depth, notes)
    return [block for item in listing.items for block in item.blocks]


def nested_quote(quote: Quote, depth: int, notes: Notes) -> list[Block]:
    """Return a quotation that stands in `depth` others: itself, or what it holds; nothing where that is nothing."""
    if not quote.blocks:
        return []
    if depth < MAX_DEPTH:
        return [quote]
    _note("quotation", quote.line, depth, notes)
    return quote.blocks


def _note(what: str, line: int, depth: int, notes: Notes) -> None:
    notes.add(
        "nesting-flattened",
        line,
        f"a {what} {depth + 1} levels deep",
        f"{MAX_DEPTH} levels are kept",
    )
