"""The ids of headings, the same for the rendered body and its outline."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from manuscript.content.names import name_of

_WITHOUT_WORDS: Final = "section"
# The ids of other things: what `render` and `difference` number, and the parts of the pages that show a text.
_TAKEN: Final = re.compile(
    r"(?:ref|cite|change)-[\d-]+|.+-title"
    r"|site-search|main|announcer|status|role|role-result|role-help|answer|ask|references|sign"
)


class HeadingIds:
    """Hands out one id per heading, in reading order: its text as a name, numbered where it was given before."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._numbers: Counter[str] = Counter()

    def next(self, text: str) -> str:
        """Return the id of the next heading, a name that XML and HTML can hold. Letters of every script stay; a
        heading without any is a "section".
        """
        name = name_of(text, without=_WITHOUT_WORDS)
        while True:
            self._numbers[name] += 1
            unique = _free(name, self._numbers[name])
            if unique not in self._given:
                self._given.add(unique)
                return unique


def _free(name: str, number: int) -> str:
    """Return the id of the heading that is called `name` for the `number`th time; never one of something else."""
    numbered = name if number == 1 else f"{name}-{number}"
    return f"{_WITHOUT_WORDS}-{numbered}" if _TAKEN.fullmatch(numbered) else numbered
