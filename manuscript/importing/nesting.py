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
    notes.add(
        "nesting-flattened",
        listing.line,
        f"a list {depth + 1} levels deep",
        f"{MAX_DEPTH} levels are kept",
    )
    return [block for item in listing.items for block in item.blocks]


def nested_quote(quote: Quote, depth: int) -> list[Block]:
    """Return a quotation that stands in `depth` others: itself, or what it holds; nothing where that is nothing."""
    return [quote] if quote.blocks and depth < MAX_DEPTH else quote.blocks
