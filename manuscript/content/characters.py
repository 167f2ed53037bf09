"""Characters: which are dropped, which are spaces, which are Chinese or Japanese."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Controls, format characters and blank letters that show nothing and can hide a change from a reviewer: C0 and C1
# controls, soft hyphen, bidi marks and overrides ("Trojan Source", CVE-2021-42574), zero-width space, word joiner,
# byte order mark, tag characters, Hangul fillers, noncharacters. ZWNJ and ZWJ (U+200C, U+200D) are judged in `joined`.
_INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufdd0-\ufdef\ufff0-\ufffc\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
_SPACES: Final = re.compile(r"\s+")
# A joiner shapes Arabic, Indic and other scripts and holds emoji together; after a Latin letter it is only invisible.
_IDLE_JOINERS: Final = re.compile(
    "(?<![\u0600-\u1cff\u2600-\u2bff\u3000-\ud7ff\uf900-\ufaff\ufb1d-\ufeff\U00010000-\U0010ffff])[\u200c\u200d]+"
)
_REPEATED_JOINERS: Final = re.compile("([\u200c\u200d])[\u200c\u200d]+")

CJK_CLASS: Final = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303c\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U0001b000-\U0001b16f\U00020000-\U000323af"
)
"""Han and Kana, as the inside of a class of a regular expression."""

CJK: Final = re.compile(f"[{CJK_CLASS}]")
"""One Han or Kana character. Hangul is written with spaces and needs no such treatment."""

WORD: Final = re.compile(rf"[{CJK_CLASS}]|[^\W{CJK_CLASS}]+(?:['’.,\-][^\W{CJK_CLASS}]+)*")
"""One word as people count them: "0.18", "JAK-inhibitor" and "patient's" are one; a CJK character is one."""


def clean(text: str, *, before: str = "") -> str:
    """Return `text` without what cannot be seen, every run of white space one space, in Unicode normal form C.

    Every space counts, the no-break space too: a rule that kept some of them would make the same words typed and
    pasted differ. The page's typography is the style sheet's business. `before` is the character before the text:
    it decides whether a zero-width joiner at the start has something to join.
    """
    seen = _SPACES.sub(" ", nfc(_INVISIBLE.sub("", text)))
    if "\u200c" in seen or "\u200d" in seen:
        joined = _IDLE_JOINERS.sub("", _REPEATED_JOINERS.sub(r"\1", before + seen))
        seen = joined[len(before) :]
    return nfc(_SPACES.sub(" ", seen))


def nfc(text: str) -> str:
    """Return `text` in Unicode normal form C."""
    return unicodedata.normalize("NFC", text)
