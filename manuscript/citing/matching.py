"""How likely two descriptions are of one source, with the reasons, for a person to decide.

The score is 0 to 100. An identifier in common decides; without one, title, first author, year, journal
and pages add up. Two papers can share a title and a year, so nothing here merges anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from manuscript.citing.findable import title_key

CERTAIN = 100
LIKELY = 60
_TITLE, _AUTHOR, _YEAR, _CONTAINER, _PAGES = 60, 15, 12, 8, 5
_ALIKE = 0.85
_CLOSE_YEARS = 1
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True)
class Match:
    """How likely: `score` of 100, and `reasons` in words, the strongest first."""

    score: int
    reasons: tuple[str, ...]


def match(wanted: Mapping[str, Any], candidate: Mapping[str, Any]) -> Match:
    """Return how likely `candidate` is the source that `wanted` describes; both are CSL-JSON.

    `wanted` may hold little more than a `note` with the citation as typed; words of the candidate are
    then looked for in it.
    """
    for field in ("DOI", "PMID", "PMCID"):
        mine, other = str(wanted.get(field, "")), str(candidate.get(field, ""))
        if mine and mine.casefold() == other.casefold():
            return Match(CERTAIN, (f"The same {field}.",))
    found = [
        _title(wanted, candidate),
        _author(wanted, candidate),
        _year(wanted, candidate),
        _container(wanted, candidate),
        _pages(wanted, candidate),
    ]
    score = sum(points for points, _reason in found)
    reasons = tuple(reason for points, reason in sorted(found, key=lambda row: -row[0]) if reason)
    differing = any(
        wanted.get(field) and candidate.get(field)  # both have one, and they are not the same
        for field in ("DOI", "PMID")
    )
    if differing:
        return Match(min(score, 30), (*reasons, "Another identifier: probably another source."))
    return Match(min(score, CERTAIN - 1), reasons)


def _typed(csl: Mapping[str, Any]) -> str:
    """Return everything that was typed of a source, folded as titles are."""
    return title_key_of_any_length(f"{csl.get('note', '')} {csl.get('title', '')}")


def title_key_of_any_length(text: str) -> str:
    """Return `text` folded as `title_key` folds, without its limit."""
    return "".join(title_key(text[start : start + 100]) for start in range(0, len(text), 100))


def _title(wanted: Mapping[str, Any], candidate: Mapping[str, Any]) -> tuple[int, str]:
    theirs = title_key(str(candidate.get("title", "")))
    mine = title_key(str(wanted.get("title", "")))
    if not theirs:
        return 0, ""
    if mine == theirs:
        return _TITLE, "The same title."
    if len(theirs) >= 20 and theirs in _typed(wanted):
        return _TITLE - 5, "Its title stands in what was typed."
    likeness = SequenceMatcher(None, mine, theirs, autojunk=False).ratio() if mine else 0.0
    if likeness >= _ALIKE:
        return round(_TITLE * likeness) - 10, f"A similar title ({likeness:.0%} alike)."
    return 0, ""


def _names(csl: Mapping[str, Any]) -> list[str]:
    return [
        str(name.get("family") or name.get("literal") or "")
        for name in csl.get("author", [])
        if isinstance(name, Mapping)
    ]


def _author(wanted: Mapping[str, Any], candidate: Mapping[str, Any]) -> tuple[int, str]:
    theirs = [title_key(name) for name in _names(candidate)]
    if not theirs or not theirs[0]:
        return 0, ""
    mine = [title_key(name) for name in _names(wanted)]
    first = _names(candidate)[0]
    if mine and mine[0] == theirs[0]:
        return _AUTHOR, f"The same first author, {first}."
    if not mine and len(theirs[0]) > 2 and theirs[0] in _typed(wanted):
        return _AUTHOR - 3, f"Its first author, {first}, is named in what was typed."
    return 0, ""


def _issued(csl: Mapping[str, Any]) -> int | None:
    parts = csl.get("issued", {}).get("date-parts") or [[None]]
    return int(parts[0][0]) if parts[0] and parts[0][0] else None


def _year(wanted: Mapping[str, Any], candidate: Mapping[str, Any]) -> tuple[int, str]:
    mine, theirs = _issued(wanted), _issued(candidate)
    if theirs is None:
        return 0, ""
    if mine == theirs:
        return _YEAR, f"The same year, {theirs}."
    if mine is None and str(theirs) in _NUMBERS.findall(str(wanted.get("note", ""))):
        return _YEAR - 4, f"Its year, {theirs}, stands in what was typed."
    if mine is not None and abs(mine - theirs) <= _CLOSE_YEARS:
        return _YEAR // 3, f"A year apart ({mine} and {theirs})."
    return 0, ""


def _container(wanted: Mapping[str, Any], candidate: Mapping[str, Any]) -> tuple[int, str]:
    theirs = {
        title_key(str(candidate.get(field, "")))
        for field in ("container-title", "container-title-short")
    } - {""}
    mine = title_key(str(wanted.get("container-title", "")))
    if mine and mine in theirs:
        return _CONTAINER, "The same journal."
    if not mine and any(len(name) > 8 and name in _typed(wanted) for name in theirs):
        return _CONTAINER - 2, "Its journal stands in what was typed."
    return 0, ""


def _pages(wanted: Mapping[str, Any], candidate: Mapping[str, Any]) -> tuple[int, str]:
    theirs = _NUMBERS.findall(str(candidate.get("page", "")))
    if not theirs:
        return 0, ""
    if theirs == _NUMBERS.findall(str(wanted.get("page", ""))):
        return _PAGES, "The same pages."
    if theirs[0] in _NUMBERS.findall(str(wanted.get("note", ""))) and len(theirs[0]) > 1:
        return _PAGES - 2, "Its first page stands in what was typed."
    return 0, ""
