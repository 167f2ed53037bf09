"""How hard a text reads: a US school grade for English, a length for other languages, section by section.

English, two formulas over the running text (paragraphs, list items, quotations, callouts; no headings, captions, table
rows, citations or numbers):

- Flesch-Kincaid grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59
  (Kincaid, Fishburne, Rogers and Chissom, "Derivation of new readability formulas for Navy enlisted personnel", Naval
  Technical Training Command, Research Branch Report 8-75, 1975).
- SMOG grade = 1.0430 × √(words of three and more syllables × 30 ÷ sentences) + 3.1291
  (McLaughlin, "SMOG grading: a new readability formula", Journal of Reading 12(8), 1969). It was fitted on samples of 30
  sentences with a standard error of about 1.5 grades; below 30 sentences it is an estimate from fewer.

Error. A formula counts lengths, not meaning: read each grade as plus or minus about 1.5. Syllables are counted by a
rule, not from a dictionary: groups of vowels, silent endings, a few exceptions. The rule miscounts some words ("naïve",
names); on the word list of the tests at least nine in ten are right. Because of both, only a grade more than `MARGIN`
above the target is worth a remark, and a section with fewer than `FEWEST_SENTENCES` sentences or `FEWEST_WORDS` words
has no grade.

Chinese has no grade here: the formulas for it need frequency lists, and none is established for health texts. Its
measure is the mean number of characters per sentence, which no target is set against. Other alphabetic languages get
LIX (Björnsson, 1968) = words per sentence + 100 × words of more than six letters ÷ words; it is no school grade either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt
from typing import Final, Literal

from manuscript.content.characters import CJK, WORD
from manuscript.content.lines import PROSE, Part

Measure = Literal["grade", "lix", "characters"]
MARGIN: Final = 1.0
FEWEST_SENTENCES: Final = 3
FEWEST_WORDS: Final = 30
_WITHOUT_SPACES: Final = frozenset({"zh", "ja"})
_LETTERS: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_VOWELS: Final = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]+")
_SILENT: Final = re.compile(
    r"(?:[^aeiouyl]|[aeiouy]l)e$|(?:[^aeiouylsxzcgh]|[aeiouy]l|[^cs]h)es$"
    r"|(?:[^aeiouytdl]|[aeiouyl]l)ed$|(?<![bcdfgkpt]l)(?<=[^aeiouy])e(?=ly$|ful|less|ment)"
)
_APART: Final = re.compile(
    r"(?<![cts])ia|cia(?=t)|(?<![cgtsx])io|[ei]u(?=m)|^rea(?=ct|s)|(?<![qg])ua(?=[lt])|uou|oi(?=ng$)|yi(?=ng$)"
    r"|(?<!t)ie(?=t)|(?<![ct])ie(?=n[ct])|[st]h?ms?$"
)
_EXCEPTIONS: Final = {
    "people": 2, "something": 2, "someone": 2, "sometimes": 2, "every": 2, "everyone": 3, "everything": 3, "area": 3,
    "areas": 3, "being": 2, "medicine": 3, "medicines": 3, "idea": 3, "ideas": 3, "disease": 2, "diseases": 3,
    "patient": 2, "patients": 2, "science": 2, "quiet": 2, "diet": 2, "trial": 2, "trials": 2, "real": 1, "heart": 1,
    "therefore": 2, "reason": 2, "reasons": 2, "once": 1, "create": 2, "created": 3, "ratio": 3, "radio": 3, "breathing": 2, "breathe": 1,
    "does": 1, "goes": 1, "shoes": 1, "eye": 1, "eyes": 1, "cereal": 3, "element": 3, "guideline": 2, "guidelines": 2, "lifestyle": 2, "baseline": 2, "healthcare": 2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """How a stretch of text reads: what was measured, the value to one decimal, and what it rests on.

    For English `value` is the Flesch-Kincaid grade and `smog` stands beside it. `value` is None where there is too
    little text to measure.
    """

    measure: Measure
    value: float | None
    smog: float | None
    sentences: int
    words: int


@dataclass(frozen=True, slots=True)
class SectionReading:
    """The reading of the section under `heading` ("" before the first one); `order` is its place in the body."""

    heading: str
    order: int
    reading: Reading


def readings(parts: Iterable[Part], language: str) -> list[SectionReading]:
    """Return how each section that has running text reads."""
    return [
        SectionReading(part.heading, part.order, reading(texts, language))
        for part in parts
        if (texts := [line.text for line in part.lines if line.kind in PROSE])
    ]


def reading(sentences: Iterable[str], language: str) -> Reading:
    """Return how these sentences read together."""
    if language in _WITHOUT_SPACES:
        return _by_characters(sentences)
    counted = [words for sentence in sentences if (words := _words(sentence))]
    words = [word for line in counted for word in line]
    enough = len(counted) >= FEWEST_SENTENCES and len(words) >= FEWEST_WORDS
    measure: Measure = "grade" if language == "en" else "lix"
    if not enough:
        return Reading(measure, None, None, len(counted), len(words))
    if measure == "lix":
        value, smog = _lix(len(counted), words), None
    else:
        lengths = [syllables(word) for word in words]
        value = flesch_kincaid(len(counted), len(words), sum(lengths))
        smog = round(smog_grade(len(counted), sum(length > 2 for length in lengths)), 1)
    return Reading(measure, round(value, 1), smog, len(counted), len(words))


def flesch_kincaid(sentences: int, words: int, syllable_count: int) -> float:
    """Return the Flesch-Kincaid grade of a text with these counts; none may be 0."""
    return 0.39 * words / sentences + 11.8 * syllable_count / words - 15.59


def smog_grade(sentences: int, polysyllables: int) -> float:
    """Return the SMOG grade of a text with these counts; `sentences` may not be 0."""
    return 1.0430 * sqrt(polysyllables * 30 / sentences) + 3.1291


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return how many syllables an English word has, by rule; of a hyphenated word, those of its parts."""
    return sum(_syllables(part) for part in re.split(r"[-‐‑]", word.lower()) if part)


def _syllables(word: str) -> int:
    word = re.sub(r"['’](?:s|t|re|ve|ll|d|m)?$", "", word) or word
    if word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    count = len(_VOWELS.findall(word)) + len(_APART.findall(word)) - len(_SILENT.findall(word))
    return max(count, 1)


def _words(sentence: str) -> list[str]:
    """Return the words of a sentence without numbers; an abbreviation counts as a word."""
    return _LETTERS.findall(
        " ".join(word for word in sentence.split() if not any(c.isdigit() for c in word))
    )


def _lix(sentences: int, words: list[str]) -> float:
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def _by_characters(sentences: Iterable[str]) -> Reading:
    """Count characters of the script, and a word of another script as one."""
    lengths = [length for sentence in sentences if (length := len(WORD.findall(sentence)))]
    enough = len(lengths) >= FEWEST_SENTENCES
    mean = round(sum(lengths) / len(lengths), 1) if enough else None
    return Reading("characters", mean, None, len(lengths), sum(lengths))


def sentence_length(sentence: str, language: str) -> int:
    """Return the length of one sentence as its readers count it: characters in Chinese, else words."""
    if language in _WITHOUT_SPACES:
        return len(WORD.findall(sentence))
    return len(_LETTERS.findall(CJK.sub(" ", sentence)))
