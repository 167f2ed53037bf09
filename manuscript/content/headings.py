"""The ids of headings, the same for the rendered body and its outline."""

from __future__ import annotations

import re
from typing import Final

from manuscript.content.characters import nfc

_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")
# The ids that `render` and `difference` give to other things.
_TAKEN: Final = re.compile(r"(?:ref|cite|change)-[\d-]+")


class HeadingIds:
    """Hands out one id per heading, in reading order: a slug of its text, numbered where it was given before."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def next(self, text: str) -> str:
        """Return the id of the next heading. Letters of every script stay; a heading without any is a "section"."""
        slug = _BETWEEN_WORDS.sub("-", nfc(text.lower())).strip("-") or "section"
        if _TAKEN.fullmatch(slug):
            slug = f"section-{slug}"
        number, unique = 1, slug
        while unique in self._given:
            number += 1
            unique = f"{slug}-{number}"
        self._given.add(unique)
        return unique
