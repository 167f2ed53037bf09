"""A body as plain text: for search, for feeds, for counting words."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from manuscript.content import tree
from manuscript.content.characters import WORD, nfc
from manuscript.content.citations import numbers_of
from manuscript.content.inline import Break, Text, flatten, text_of
from manuscript.content.schema import LEAVES
from manuscript.content.tree import Element

Numbers = Mapping[str, int] | None
_LINE_START: Final = re.compile(r"(?<=\n)(?=[^\n])")


def plain_text(body: str, *, citations: Numbers = None) -> str:
    """Return a canonical body as text: blocks apart by a blank line, items marked "• " or "1. " and indented, cells
    apart by a tab. With `citations`, the numbers stand in brackets where they are cited; without, they are left out.

    :raises DanglingCitation: if `citations` has no number for a key.
    """
    return "\n\n".join(_text(block, citations) for block in tree.blocks(body))


def word_count(body: str) -> int:
    """Return how many words a canonical body has; a Han or Kana character counts as one."""
    return sum(len(WORD.findall(text_of(leaf.children))) for leaf in tree.leaves(tree.blocks(body)))


def changed_words(before: str, after: str) -> tuple[Counter[str], Counter[str]]:
    """Return the words of what stands in one of two canonical bodies and not in the other: of `before`, of `after`.

    What stands between two end tags is compared whole, wherever it stands, and only the words of what differs are read:
    quick enough for a list of many texts.
    """
    then, now = _stretches(before), _stretches(after)
    return _words(then - now), _words(now - then)


def _stretches(body: str) -> Counter[str]:
    first, *others = body.split("</")
    return Counter([first, *(other.partition(">")[2] for other in others)])


def _words(stretches: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for stretch, times in stretches.items():
        for token in tree.tokens(stretch):
            for word in WORD.findall(html.unescape(token[4] or "")):
                found[word] += times
    return found


def _text(element: Element, numbers: Numbers) -> str:
    if element.tag in LEAVES:
        return _line(element, numbers)
    inner = [child for child in element.children if isinstance(child, Element)]
    if element.tag in ("ul", "ol"):
        first = int(element.attributes.get("start", "1"))
        markers = [
            "• " if element.tag == "ul" else f"{first + position}. "
            for position in range(len(inner))
        ]
        return "\n".join(
            _item(item, marker, numbers) for item, marker in zip(inner, markers, strict=True)
        )
    if element.tag in ("table", "thead", "tbody"):
        return "\n".join(_text(child, numbers) for child in inner)
    if element.tag == "tr":
        return "\t".join(
            " ".join(_line(leaf, numbers).replace("\n", " ") for leaf in tree.leaves(cell.children))
            for cell in inner
        )
    return "\n\n".join(_text(child, numbers) for child in inner)


def _item(item: Element, marker: str, numbers: Numbers) -> str:
    text = ""
    for child in item.children:
        if isinstance(child, Element):
            between = "" if not text else "\n" if child.tag in ("ul", "ol") else "\n\n"
            text += between + _text(child, numbers)
    return marker + _LINE_START.sub(" " * len(marker), text)


def _line(leaf: Element, numbers: Numbers) -> str:
    pieces: list[str] = []
    for item in flatten(leaf.children):
        if isinstance(item, Text):
            pieces.append(item.text)
        elif isinstance(item, Break):
            pieces.append("\n")
        elif numbers is not None:
            located = f"({item.locator})" if item.locator else ""
            pieces.append(f"[{','.join(map(str, numbers_of(item, numbers)))}{located}]")
    return nfc("".join(pieces))
