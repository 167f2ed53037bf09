"""Abbreviations and glossary terms of a text: where each is first used, and whether the text explains it.

An abbreviation is a word with two capitals and more (ILD, tsDMARD, SjD). It is explained where its long form stands
beside it: "interstitial lung disease (ILD)", "ILD (interstitial lung disease)", "ILD stands for …", 间质性肺病（ILD）.
In a compound such as SjD-ILD each part may be explained on its own; digits belong to a name (JAK1 is explained with
JAK). Units, Roman numerals, degrees and words written in capitals throughout a sentence are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from manuscript.content.lines import Line, Part

EVERYBODY: Final = frozenset(
    "AIDS AM CEO COVID DNA DOI EU FAQ HIV ID ISBN ISSN OK PDF PM PMID TV UK UN URL US USA".split()
)
"""What nobody expands, for any audience: better known short than long, or a name."""

PROFESSIONALS: Final = EVERYBODY | frozenset(
    """ACE ALT AST BCG BMI BP CD CI COPD CSF CT DOI ECG EEG EKG EMA FDA GP HDL HLA HR ICU IG INR IQR IV LDL MD MRI NHS NSAID OR PCR PET
    PhD RCT RNA RR SARS SD SE TB WHO""".split()
)  # fmt: skip
"""What people who treat patients read without expansion. This project's own list, after the habit of general journals."""

_TOKEN: Final = re.compile(
    r"(?<![\w.@/])[A-Za-z][A-Za-z0-9]{0,30}(?:[-‐‑/][A-Za-z0-9α-ωΑ-Ω]{1,30}){0,5}(?!\w|\.\w|@)"
)
_UNITS: Final = frozenset(
    "mL dL kPa mmHg mEq kJ IU MBq GBq mSv mGy kHz MHz GHz kV kDa pH pKa mOsm".split()
)
_ROMAN: Final = re.compile(r"(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})[ab]?")
_SAID: Final = r"(?:,?\s*(?:(?:which\s+)?stands for|short for|means|is short for|which means|is the abbreviation)|\s*(?:即|是指|全称|意为|为))"
_OR_CALLED: Final = r"(?:,?\s+(?:is\s+|are\s+)?also (?:called|known as)|,\s+(?:or|that is,?|i\.e\.,?))\s+(?:an?\s+|the\s+)?"
_DEFINED: Final = re.compile(
    r"(?:\s*[(（][^()（）]{2,}[)）]|\s*(?:is|are|means?|refers? to)\s+(?:an?|the|one|when|how|what|that)\b"
    r"|,\s+(?:an?|the|or|which (?:is|are|means?)|that is)\b|,?\s+(?:which is |that is |is |are )?(?:also|sometimes|often) (?:called|known as)\b|\s*[:：—–]\s*\w|\s*(?:是(?:一种|指)|即|指的?是|，即|，是一种))",
    re.IGNORECASE,
)
_CALLED: Final = re.compile(
    r"(?:called|known as|so-called|name[sd]?|termed|i\.e\.|称为|叫做?|即|也称)\s*[“\"'‘(（]?(?:an?\s+|the\s+)?$",
    re.IGNORECASE,
)

_APPOSED: Final = re.compile(
    r"^[^,;]{3,},\s+(?:or|that is,?|i\.e\.,?|in other words,?)\s+(?:an?\s+|the\s+)?$", re.IGNORECASE
)
"""What stands before a term that is another name of what was just named: “Shingles, or”. A list has a comma more."""

_NEAR: Final = 200
"""How many characters before a parenthesis may hold a long form; a bound for texts without a full stop."""


class Use(NamedTuple):
    """One use of a word: the line and where it stands in it."""

    line: Line
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation, its first use and how often it is used; `explained` is the first use beside its long form."""

    text: str
    first: Use
    uses: int
    explained: Line | None

    @property
    def explained_at_first_use(self) -> bool:
        """Return whether the long form stands in the very line of the first use."""
        return self.explained is not None and self.explained.order == self.first.line.order


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the glossary, with its abbreviation and definition; both may be empty."""

    term: str
    abbreviation: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class UsedTerm:
    """A glossary term that the text uses: its first use, and the line that explains it, if one does."""

    term: Term
    first: Use
    explained: Line | None


def abbreviations(parts: Iterable[Part]) -> list[Abbreviation]:
    """Return the abbreviations of a text in the order of their first use. Headings are read too, but as titles: an
    abbreviation need not be explained there, and its first use is the first one below.
    """
    uses: dict[str, list[Use]] = {}
    explained: dict[str, Line] = {}
    for line in _lines(parts):
        for use, token in _tokens(line):
            for name in _names(token):
                uses.setdefault(name, []).append(Use(line, *use))
        for name in _explained(line.text):
            explained.setdefault(name, line)
    return [
        Abbreviation(name, places[0], len(places), explained.get(name))
        for name, places in uses.items()
    ]


def used_terms(parts: Iterable[Part], terms: Iterable[Term]) -> list[UsedTerm]:
    """Return those of `terms` that a text uses in full, in the order of their first use.

    A longer term wins over one inside it ("JAK inhibitor" over "inhibitor"). It counts as explained where something
    in parentheses, a dash, a colon, "is a …", "called …" or their Chinese forms introduce it.
    """
    lines = list(_lines(parts))
    wanted = {term.term.casefold(): term for term in terms if term.term}
    if not wanted:
        return []
    pattern = _any_of(wanted)
    uses: dict[str, list[Use]] = {}
    for line in lines:
        for match in pattern.finditer(line.text):
            uses.setdefault(_base(match[0], wanted), []).append(Use(line, *match.span()))
    found = [
        UsedTerm(
            wanted[name], places[0], next((use.line for use in places if _introduces(use)), None)
        )
        for name, places in uses.items()
    ]
    return sorted(found, key=lambda one: (one.first.line.order, one.first.start))


def _any_of(wanted: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for whole terms, the longest first, with an English plural."""
    pieces = [
        re.escape(term) if _is_han(term) else rf"(?<!\w){re.escape(term)}(?:e?s)?(?!\w)"
        for term in sorted(wanted, key=lambda term: (-len(term), term))
    ]
    return re.compile("|".join(pieces), re.IGNORECASE)


def _base(said: str, wanted: dict[str, Term]) -> str:
    folded = said.casefold()
    return next(name for name in (folded, folded[:-1], folded[:-2]) if name in wanted)


def _introduces(use: Use) -> bool:
    text = use.line.text
    if _DEFINED.match(text, use.end):
        return True
    before = text[max(0, use.start - _NEAR) : use.start]
    if _APPOSED.match(before) and re.match(r"\s*[,;)]", text[use.end :]):
        return True
    return _CALLED.search(before) is not None


def _lines(parts: Iterable[Part]) -> Iterator[Line]:
    for part in parts:
        yield from part.lines


def _tokens(line: Line) -> Iterator[tuple[tuple[int, int], str]]:
    letters = [character for character in line.text if character.isalpha() and character.isascii()]
    if len(letters) > 12 and sum(letter.isupper() for letter in letters) > 0.7 * len(letters):
        return
    for match in _TOKEN.finditer(line.text):
        yield match.span(), match[0]


@lru_cache(maxsize=20_000)
def _names(token: str) -> tuple[str, ...]:
    """Return what in a word is an abbreviation, without plural and digits: "SjD-ILD" is SjD and ILD."""
    found = (_name(piece) for piece in re.split(r"[-‐‑/]", token))
    return tuple(dict.fromkeys(name for name in found if name))


def _name(piece: str) -> str:
    """Return the abbreviation that one part of a word is, or nothing."""
    core = re.sub(r"\d.*$", "", piece)
    if re.search("[A-Z]s$", core):
        core = core[:-1]
    capitals = sum(letter.isupper() for letter in core)
    if capitals < 2 or len(core) > 10 or core in _UNITS or _ROMAN.fullmatch(core):
        return ""
    return core if capitals * 2 >= len(core) else ""


def _explained(text: str) -> list[str]:
    """Return the abbreviations whose long form stands beside them in `text`."""
    found: list[str] = []
    for match in re.finditer(r"[(（]([^()（）]{2,120})[)）]", text):
        inside = match[1].strip()
        before = text[max(0, match.start() - _NEAR) : match.start()].rstrip()
        for piece in re.split(r"[,;，；、]\s*|\s+or\s+", inside):
            inner = inside[: inside.find(piece)].rstrip(" ,;，；")
            names = _names(piece.strip()) if _TOKEN.fullmatch(piece.strip()) else ()
            found += [name for name in names if _long_form(before, name) or _long_form(inner, name)]
        shown = re.search(rf"({_TOKEN.pattern})$", before)
        if shown:
            found += [name for name in _names(shown[1]) if _spells(inside, name)]
    for match in re.finditer(rf"({_TOKEN.pattern}){_SAID}", text):
        found += _names(match[1])
    for match in re.finditer(rf"{_OR_CALLED}({_TOKEN.pattern})(?=\s*[,;.)])", text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        found += [name for name in _names(match[1]) if _long_form(before, name)]
    for match in re.finditer(rf"({_TOKEN.pattern}){_OR_CALLED}([^,;.]{{2,120}})", text):
        found += [name for name in _names(match[1]) if _spells(match[2], name)]
    return found


def _long_form(before: str, name: str) -> bool:
    """Return whether the words at the end of `before` may be what `name` is short for."""
    if before and _is_han(before[-1]):
        return True
    return _initials(re.findall(r"[^\W\d_]+", before)[-(len(name) + 4) :], name, -1)


def _spells(inside: str, name: str) -> bool:
    """Return whether the words in parentheses may be the long form of `name`."""
    if any(_is_han(character) for character in inside):
        return True
    return _initials(re.findall(r"[^\W\d_]+", inside), name, 0)


def _initials(words: list[str], name: str, nearest: int) -> bool:
    """Return whether two of the words begin with capitals of `name`, or the nearest is one long word that begins like it."""
    initials = {word[0].lower() for word in words}
    capitals = {letter.lower() for letter in name if letter.isupper()}
    if len(initials & capitals) >= 2:
        return True
    return bool(words) and len(words[nearest]) > 6 and words[nearest][0].lower() == name[0].lower()


def _is_han(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)
