"""Folding: what a search takes for the same word is written in one way, in the index and in the query alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from manuscript.content.characters import CJK, nfc

# The marks that searching ignores: accents, Hebrew points, Arabic vowels. Marks of other scripts (Indic and Thai
# vowels, the sound marks of Kana) make another word, and stay.
_ACCENTS: Final = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20dc\ufe20-\ufe2f]"
)
# Letters that Unicode does not take apart, though people without them on their keyboard do; and signs whose letters
# would otherwise grow onto the word before them.
_LETTERS: Final = str.maketrans(
    {
        "ø": "o",
        "œ": "oe",
        "æ": "ae",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
        "ı": "i",
        "\N{ARABIC TATWEEL}": "",
        "™": " ",
        "℠": " ",
    }
)


def fold(text: str) -> str:
    """Return `text` without accents, in lower case, compatible signs as plain ones: "Sjögren" is "sjogren", "Łódź"
    "lodz", "cm²" "cm2". Han, Kana and Hangul stay as they are.
    """
    return text.lower() if text.isascii() else "".join(map(_folded, nfc(text)))


def folded_places(text: str) -> tuple[str, Sequence[int]]:
    """Return a text in normal form C folded, and for each character of that the place in `text` it comes from."""
    if text.isascii():
        return text.lower(), range(len(text))
    pieces = list(map(_folded, text))
    folded = "".join(pieces)
    if set(map(len, pieces)) == {1}:
        return folded, range(len(text))
    return folded, [place for place, piece in enumerate(pieces) for _character in piece]


def search_text(text: str) -> str:
    """Return text for a word-based index (SQLite FTS5 unicode61, PostgreSQL `simple`): folded, and each Han or Kana
    character standing alone, so that one character, or several in a row as a phrase, can be found.
    """
    return " ".join(CJK.sub(r" \g<0> ", fold(text)).split())


@lru_cache(maxsize=16_384)
def _folded(character: str) -> str:
    """Return what one character folds to: any number of characters, none of which folds further."""
    if unicodedata.category(character) == "Cf":  # Joiners and the like, which nobody types.
        return ""
    letters = _ACCENTS.sub("", unicodedata.normalize("NFKD", character.translate(_LETTERS)))
    return nfc(letters.casefold().translate(_LETTERS))
