"""Names made from words: ids that XML, HTML and the fragment of an address can all hold."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from manuscript.content.characters import nfc

# Namespaces in XML 1.0, NCName: what a name may begin with, and what may follow.
_FIRST: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_UNNAMED: Final = re.compile(rf"[^{_FIRST}0-9.\-\u00b7\u0300-\u036f\u203f\u2040]")
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")
_BEGINS: Final = re.compile(f"[{_FIRST}]")


def name_of(words: str, *, without: str) -> str:
    """Return `words` as an NCName: small letters and digits of every script, hyphens between the words.

    A sign that no name can hold is read as the letter or digit it stands for: "²³Na" is "23na". Where no letter is
    left the name is `without`, a name itself; where a name cannot begin so, `without` stands before it.
    """
    readable = _UNNAMED.sub(_plainer, nfc(words.lower()))
    name = _BETWEEN_WORDS.sub("-", readable).strip("-")
    if not name:
        return without
    return name if _BEGINS.match(name) else f"{without}-{name}"


def _plainer(sign: re.Match[str]) -> str:
    plain = unicodedata.normalize("NFKC", sign[0]).lower()
    return _UNNAMED.sub("-", plain)
