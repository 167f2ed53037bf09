"""Telling a page's title from its heading: what the reader asked, and what the page answers under."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from manuscript.importing import headings
from manuscript.importing.blocks import Block, Heading, Paragraph, plain

if TYPE_CHECKING:
    from manuscript.importing.notes import Notes

_WORD = re.compile(r"[^\W_]{3,}|[\u3400-\u9fff]{2}")
_COMMON = frozenset(
    "the and for with what which how why when does are can should from into role use used using about".split()
)
_GENERIC = re.compile(
    r"(?:\d{1,2}\.?\s+)?(?:overview|introduction|summary|background|answer|key\s(?:points|takeaways|facts|messages)|abstract|definition|bottom\sline|conclusion|recommendations?|diagnosis|treatment|management|symptoms|causes|概述|简介|摘要|要点|背景|引言)",
    re.IGNORECASE,
)
_STOPPED = re.compile(r"[.。;；,，:：]['\"”’)）]*$")
_ASKS = ("?", "？")
_LONGEST = 300


def take_title(blocks: list[Block], name: str, notes: Notes) -> tuple[str, str]:
    """Take the title and the page's own heading off the front of `blocks` and return them; "" where there is none.

    The title is a marked-up first heading or a first line that is a question or has no full stop. The page's heading is the next
    one, when it speaks of the same thing as the title and is not a section's ("Overview").
    """
    _prefer_marked(blocks)
    title = _titlelike(blocks[0], blocks[1:]) if blocks else ""
    if not title:
        stem = PurePath(name).stem.replace("_", " ").replace("-", " ").strip() if name else ""
        title = stem or "Untitled"
        notes.add(
            "title-guessed", blocks[0].line if blocks else 1, title, "give the article its title"
        )
        return title, ""
    first = drop(blocks, notes)
    between = range(first.line, blocks[0].line) if blocks else range(0)
    furnished = any(line in between for line in notes.lines_of("furniture-left-out"))
    heading = _page_heading(title, first, blocks, furnished=furnished)
    if heading:
        drop(blocks, notes)
    return title, heading


def drop(blocks: list[Block], notes: Notes) -> Block:
    """Take the first block off as a title, which has no room for addresses; note those it had."""
    block = blocks.pop(0)
    for piece in block.pieces if isinstance(block, Heading | Paragraph) else ():
        if piece.href:
            notes.add(
                "link-left-out",
                piece.line,
                f"{piece.value} {piece.href} {piece.title}".strip(),
                "a title holds no links",
            )
    return block


def _prefer_marked(blocks: list[Block]) -> None:
    """Leave a short line in front of a marked-up first heading only where it is a question."""
    if (
        len(blocks) > 1
        and isinstance(blocks[0], Paragraph)
        and isinstance(blocks[1], Heading)
        and blocks[1].level == 1
        and not plain(blocks[0].pieces).endswith(_ASKS)
    ):
        blocks[0], blocks[1] = blocks[1], blocks[0]


def _titlelike(block: Block, below: list[Block]) -> str:
    """Return the words of a first block that is a title: a marked-up heading above the others, or a line."""
    if not isinstance(block, Heading | Paragraph):
        return ""
    words = plain(block.pieces)
    if len(words) > _LONGEST:
        return ""
    asks = words.endswith(_ASKS)
    if isinstance(block, Heading):
        highest = all(
            one.level > block.level for one in below if isinstance(one, Heading) and one.level
        )
        return words if block.level == 1 or asks or highest else ""
    several = re.search(r"[.!。！]\s+[A-ZÀ-Þ\u4e00-\u9fff]", words) is not None
    if block.verbatim or (several and not asks):
        return ""
    return words if asks or not _STOPPED.search(words[-6:]) else ""


def _page_heading(title: str, first: Block, blocks: list[Block], *, furnished: bool) -> str:
    """Return the words of the page's heading when the first of `blocks` is one, or "".

    `furnished`: the site's furniture stands between it and the title.
    """
    if len(blocks) < 2 or not isinstance(blocks[0], Heading | Paragraph):
        return ""
    block = blocks[0]
    words = plain(block.pieces)
    if words.casefold() == title.casefold():
        return words
    if not _has_form(block, words, first, blocks) or _GENERIC.fullmatch(words):
        return ""
    asks = title.endswith(_ASKS)
    if words.endswith(_ASKS) and not asks:
        return ""  # the first of the page's questions
    if (isinstance(block, Heading) and block.level == 1) or (asks and furnished):
        return words
    shared, own = _kinship(title, words)
    akin = shared > 2 or (shared and shared * (3 if asks else 2) >= own)
    return words if akin else ""


def _has_form(block: Heading | Paragraph, words: str, first: Block, blocks: list[Block]) -> bool:
    """Whether `block` could be the page's heading by its form alone."""
    if isinstance(block, Heading):
        return len(words) <= _LONGEST and _is_marked_page_heading(block, first, blocks)
    if isinstance(first, Heading):
        return False  # a marked-up title needs no second one
    return len(block.pieces) == 1 and headings.could_be(words)


def _is_marked_page_heading(block: Heading, first: Block, blocks: list[Block]) -> bool:
    """Whether a marked-up heading can be the page's: of the first rank, or the only one of the second."""
    if block.level == 1:
        return True
    if isinstance(first, Paragraph) and block.level == 2:
        return True
    others = [other.level for other in blocks[1:] if isinstance(other, Heading)]
    return bool(others) and block.level == 2 and min(others) > 2


def _kinship(title: str, words: str) -> tuple[int, int]:
    """Return how many of the heading's words the title has too, and how many it has."""
    theirs = {word[:5] for word in _WORD.findall(title.lower()) if word not in _COMMON}
    own = {word[:5] for word in _WORD.findall(words.lower()) if word not in _COMMON}
    return len(own & theirs), len(own)
