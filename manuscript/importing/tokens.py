"""From markdown-it's tokens to blocks and pieces."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manuscript.importing.blocks import (
    Block,
    Heading,
    Item,
    Listing,
    Paragraph,
    Pieces,
    Quote,
    Table,
    lined,
    marked,
    plain,
)
from manuscript.importing.inline import pieces_from
from manuscript.importing.nesting import nested_list, nested_quote

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from manuscript.importing.notes import Notes

_ALERT = re.compile(
    r"\[!(?P<kind>note|tip|important|warning|caution|danger|info)\]\s*", re.IGNORECASE
)
_CALLOUTS = {
    "note": "note", "tip": "note", "info": "note",
    "important": "caution", "caution": "caution", "warning": "warning", "danger": "warning",
}  # fmt: skip


def blocks_from(tokens: Sequence[Token], notes: Notes) -> list[Block]:
    """Return the blocks that `tokens` make."""
    return _Builder(notes).build(iter(tokens))


class _Builder:
    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def build(self, tokens: Iterator[Token], closing: str = "", depth: int = 0) -> list[Block]:
        """Return the blocks up to the token `closing`."""
        found: list[Block] = []
        for token in tokens:
            line = (token.map[0] if token.map else 0) + 1
            match token.type:
                case kind if kind == closing:
                    break
                case "heading_open":
                    found.append(Heading(line, self._inline(tokens, line), int(token.tag[1])))
                case "paragraph_open":
                    found += self._paragraph(self._inline(tokens, line), line)
                case "bullet_list_open" | "ordered_list_open":
                    found += self._list(token, tokens, line, depth)
                case "blockquote_open":
                    found += self._quote(tokens, line, depth)
                case "table_open":
                    found.append(self._table(tokens, line))
                case "fence" | "code_block":
                    found += self._verbatim(token, line)
                case "inline":
                    found.append(Paragraph(line, pieces_from(token, line, self.notes)))
                case _:
                    pass
        return found

    def _inline(self, tokens: Iterator[Token], line: int) -> Pieces:
        """Return the pieces of the next inline token."""
        token = next(tokens)
        return pieces_from(token, line, self.notes)

    def _paragraph(self, pieces: Pieces, line: int) -> list[Block]:
        """Return a paragraph, or a heading where all of it is bold and short: chats write them so."""
        marks = [piece for piece in pieces if piece.kind != "text" or piece.value.strip()]
        bold = (
            len(marks) > 2
            and marks[0].kind == "open"
            and marks[0].value == "strong"
            and marks[-1].kind == "close"
            and not any(piece.kind in {"open", "close", "break", "marker"} for piece in marks[1:-1])
        )
        words = plain(pieces)
        if bold and len(words) < 120 and not words.endswith((".", "!", "。", ",", ";")):
            return [
                Heading(line, [piece for piece in pieces if piece.kind == "text"], guessed=True)
            ]
        return [Paragraph(line, pieces)] if words or any(p.kind == "marker" for p in pieces) else []

    def _list(self, opening: Token, tokens: Iterator[Token], line: int, depth: int) -> list[Block]:
        ordered = opening.type.startswith("ordered")
        listing = Listing(line, ordered, start=int(opening.attrGet("start") or 1) if ordered else 1)
        closing = opening.type.replace("open", "close")
        for token in tokens:
            if token.type == closing:
                break
            if token.type == "list_item_open":
                at = (token.map[0] if token.map else line - 1) + 1
                listing.items.append(
                    Item(at, self._sober(self.build(tokens, "list_item_close", depth + 1)))
                )
        listing.items = [item for item in listing.items if item.blocks]
        return nested_list(listing, depth, self.notes)

    def _quote(self, tokens: Iterator[Token], line: int, depth: int) -> list[Block]:
        blocks = self._sober(self.build(tokens, "blockquote_close", depth + 1))
        callout = ""
        if (
            blocks
            and isinstance(blocks[0], Paragraph)
            and blocks[0].pieces
            and blocks[0].pieces[0].kind == "text"
        ):
            first = blocks[0].pieces[0]
            if match := _ALERT.match(first.value):
                kind = match["kind"].lower()
                callout = _CALLOUTS[kind]
                if kind != callout:
                    self.notes.add("callout-changed", line, match[0].strip(), callout)
                first.value = first.value[match.end() :]
                blocks = blocks if plain(blocks[0].pieces) else blocks[1:]
        return nested_quote(Quote(line, blocks, callout), depth, self.notes)

    def _sober(self, blocks: list[Block]) -> list[Block]:
        """Make headings inside items and quotations bold paragraphs: sections do not begin there."""
        sober: list[Block] = []
        for block in blocks:
            if isinstance(block, Heading):
                if not block.guessed:
                    self.notes.add(
                        "level-changed",
                        block.line,
                        plain(block.pieces),
                        "it became bold text inside its list or quotation",
                    )
                sober.append(Paragraph(block.line, marked("strong", block.pieces)))
            else:
                sober.append(block)
        return sober

    def _table(self, tokens: Iterator[Token], line: int) -> Table:
        table = Table(line)
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                table.rows.append([])
                line = (token.map[0] + 1) if token.map else line
            elif token.type == "thead_close":
                table.head = len(table.rows)
            elif token.type == "inline":
                table.rows[-1].append(pieces_from(token, line, self.notes))
        return table

    def _verbatim(self, token: Token, line: int) -> list[Block]:
        """Return a listing of code as a paragraph with its line breaks; bodies have no other place for it."""
        self.notes.add(
            "code-flattened",
            line,
            (token.info or token.content)[:120].strip(),
            "a body holds no code",
        )
        pieces = lined(token.content.rstrip("\n"), line + 1)
        return [Paragraph(line, pieces, verbatim=True)] if token.content.strip() else []
