"""Inline content word by word: what the difference compares."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from manuscript.content.characters import WORD
from manuscript.content.inline import Inline, Text

# A number is one word with its decimals, so that 0.18 for 0.19 reads as a change of the number; a letter keeps the
# marks that combine with it.
_WORD: Final = re.compile(rf"(?:{WORD.pattern})[\u0300-\u036f\u200c\u200d]*|\s|.", re.DOTALL)


def words(line: Iterable[Inline]) -> list[Inline]:
    """Return the line with each text cut into words, spaces and other characters; nothing is lost."""
    cut: list[Inline] = []
    for item in line:
        if isinstance(item, Text):
            cut.extend(Text(word, item.marks) for word in _WORD.findall(item.text))
        else:
            cut.append(item)
    return cut
