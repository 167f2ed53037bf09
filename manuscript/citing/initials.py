"""Given names as initials, the way AMA and PubMed print them."""

import re

_ROMAN = {"II", "III", "IV"}
_GENERATIONS = {"jr": "Jr", "jr.": "Jr", "sr": "Sr", "sr.": "Sr", "2nd": "II", "3rd": "III"}
_LONGEST_BLOCK = 3


def initials_and_suffix(given: str) -> tuple[str, str]:
    """Return ("CO", "III") for "Clifton O III".

    A short block of capitals, as PubMed writes "JR" or "TWJ", is initials already. Particles in
    lower case are passed over. Names in a script without capitals are returned whole.
    """
    words = given.split()
    suffix = ""
    if len(words) > 1 and (found := _generation(words[-1])):
        suffix = found
        words = words[:-1]
    initials = "".join(_initials(word) for word in words)
    return initials or " ".join(words), suffix


def _generation(word: str) -> str | None:
    if word in _ROMAN:
        return word
    # "JR" in capitals is two initials; only "Jr" is a generation.
    return None if word.isupper() else _GENERATIONS.get(word.lower())


def _initials(word: str) -> str:
    parts = [part for part in re.split(r"[-‐‑.]", word) if part]
    return "".join(_initials_of_part(part) for part in parts)


def _initials_of_part(part: str) -> str:
    if part.isupper() and part.isalpha() and len(part) <= _LONGEST_BLOCK:
        return part
    return part[0] if part[0].isupper() else ""
