"""Where sentences end, in medical English and in scripts with their own full stops.

Rules of this project, not of a library: a sentence is what a reviewer signs for, so the rule must not change under a
dependency's update. Where it is in doubt, it does not split: two sentences under one verdict are better than half a
sentence under its own.
"""

from __future__ import annotations

import re
from typing import Final

_END: Final = re.compile(
    r"(?:(?P<wide>[。！？｡।॥]+[.!?…]*[」』”’）】》〉\"'\])]*)|(?P<narrow>[.!?…؟۔]+[\"'”’»)\]]*)(?=\s))\s*"
)
_WORD_BEFORE: Final = re.compile(r"[^\s(\[“\"‘'/–—]+$")
_WORD_AFTER: Final = re.compile(r"[^\W\d_]+")
_DOTTED: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")

_ABBREVIATIONS: Final = frozenset({
    "e.g", "i.e", "eg", "ie", "al", "cf", "viz", "vs", "v", "dr", "drs", "prof", "mr", "mrs",
    "ms", "mx", "st", "jr", "sr", "approx", "ca", "resp", "incl", "excl", "dept", "univ", "assoc",
    "ed", "eds", "trans", "ser", "suppl", "spp", "sp", "ssp", "var",
})  # fmt: skip
"""Never the end of a sentence, whatever follows."""

_BEFORE_NUMBER: Final = frozenset({
    "fig", "figs", "no", "nos", "nr", "p", "pp", "vol", "vols", "ref", "refs", "eq", "eqs", "sec",
    "sect", "ch", "chap", "tab", "art", "par", "para", "app", "suppl", "ed", "v", "s", "jan",
    "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "approx", "ca",
})  # fmt: skip
"""Not the end of a sentence before a number: "Fig. 2", "No. 5", "Sept. 2021"."""

_LETTER_NAMES: Final = frozenset({
    "vitamin", "vitamins", "hepatitis", "type", "types", "group", "groups", "grade", "class",
    "factor", "phase", "arm", "arms", "stage", "panel", "part", "cohort", "influenza",
    "immunoglobulin", "protein", "option", "table", "appendix", "figure", "box",
})  # fmt: skip
"""A capital letter after these is a name ("hepatitis B."), not an initial ("J. Smith")."""

_OPENERS: Final = frozenset({
    "the", "a", "an", "this", "that", "these", "those", "it", "its", "in", "on", "at", "for",
    "from", "with", "without", "as", "if", "when", "while", "where", "there", "however",
    "although", "because", "since", "after", "before", "during", "both", "each", "all", "no",
    "not", "we", "they", "he", "she", "his", "her", "their", "our", "you", "your", "patients",
    "people", "adults", "children", "women", "men", "treatment", "most", "many", "some", "few",
    "other", "others", "such", "use", "do", "see", "ask", "take", "and", "but", "or", "to", "of",
    "by", "one", "two",
})  # fmt: skip
"""Words that open a sentence and do not begin a name."""


def spans(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence of a text in one line, without the space between them.

    Nothing but space is left out; text without a word of its own ("…") belongs to the sentence before it.
    """
    found: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for end in _END.finditer(text):
        stop = end.end("wide") if end["wide"] else end.end("narrow")
        if end.end() >= len(text):
            break
        if end["narrow"] and not _ends(text, start, end.start("narrow"), end["narrow"], end.end()):
            continue
        _add(found, text, start, stop)
        start = end.end()
    last = len(text.rstrip())
    if start < last:
        _add(found, text, start, last)
    return found


def _add(found: list[tuple[int, int]], text: str, start: int, stop: int) -> None:
    if found and not any(character.isalnum() for character in text[start:stop]):
        found[-1] = (found[-1][0], stop)
    else:
        found.append((start, stop))


def _ends(
    text: str, start: int, stop: int, mark: str, following: int
) -> bool:  # one return per rule
    """Say whether the stop at `stop` ends the sentence that began at `start`; text goes on at `following`."""
    after = text[following:].lstrip("\"'“‘«([¿¡")[:40]
    if not after or after[0].islower():
        return False
    if mark[0] != "." or mark.startswith(".."):
        return True
    word_found = _WORD_BEFORE.search(text, max(start, stop - 40), stop)
    if word_found is None:
        return True
    word = word_found[0].casefold()
    if word in _ABBREVIATIONS:
        return False
    if after[0].isdigit():
        return word not in _BEFORE_NUMBER
    if word.isdigit():
        return word_found.start() > start
    opener = _WORD_AFTER.match(after)
    opens = opener is not None and opener[0].casefold() in _OPENERS
    if _DOTTED.fullmatch(word):
        return opens
    if len(word) == 1 and word_found[0].isupper():
        before = _WORD_BEFORE.search(text[max(start, stop - 60) : word_found.start()].rstrip())
        return opens or (before is not None and before[0].casefold() in _LETTER_NAMES)
    return True
