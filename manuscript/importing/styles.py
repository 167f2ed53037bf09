"""Reading references that were typed in a known style: Vancouver/AMA, APA, GB/T 7714.

Each style has an anchor that nothing else has ("2020;382(1):1-10", "(2020). ", "[J]. "); what stands before
and after it is split there. A reference that does not fit as a whole is left to the note.
"""

from __future__ import annotations

import re
from typing import Any

_VANCOUVER = re.compile(
    r"\s(?P<year>(?:19|20)\d{2})(?:\s+(?P<month>[A-Z][a-z]{2})[a-z]{0,6}(?:[-–][A-Z][a-z]{2})?(?:\s+(?P<day>\d{1,2}))?)?\s?;\s?"
    r"(?P<volume>[\w. ]{1,20}?)(?:\s?\((?P<issue>[^)]{1,30})\))?\s?:\s?(?P<page>[A-Za-z]?[\w.]{1,15}(?:\s?[-–]\s?\w{1,12})?)(?=[.,;\s]|$)"
)
_APA = re.compile(r"\s\((?P<year>(?:19|20)\d{2})[a-z]?(?:,[^)]{1,20})?\)\.\s+")
_APA_PLACE = re.compile(
    r",\s+(?P<volume>\d{1,5})(?:\s?\((?P<issue>[^)]{1,30})\))?,\s+(?:Article\s+)?(?P<page>[A-Za-z]?\d{1,8}(?:\s?[-–]\s?\w{1,12})?)"
)
_GBT = re.compile(r"\s?\[(?P<kind>[JM])(?:/OL)?\]\s?[.．]\s?")
_GBT_PLACE = re.compile(
    r"(?P<journal>[^,，.．]{2,100})[,，]\s?(?P<year>(?:19|20)\d{2})"
    r"(?:[,，]\s?(?P<volume>\d{1,5})?\s?(?:[(（](?P<issue>[^)）]{1,20})[)）])?\s?(?:[:：]\s?(?P<page>\w{1,10}(?:\s?[-–]\s?\w{1,10})?))?)?"
)
_SENTENCE = re.compile(r"(?<=[.?!\]])\s+(?=[A-ZÀ-Þ])")
_INITIALS = re.compile(
    r"(?P<family>[^\W\d_][\w'’\- ]{0,60}?)\s(?P<given>[A-ZÀ-Þ]{1,4}(?:-[A-ZÀ-Þ])?)(?:\s(?:Jr|Sr|II|III|2nd|3rd))?"
)
_APA_NAME = re.compile(
    r"(?P<family>[^\W\d_][\w'’\- ]{0,60}?),\s(?P<given>(?:[A-ZÀ-Þ]\.[\s-]?){1,4})"
)
_APA_BETWEEN = re.compile(r"(?<=\.),?\s(?:&\s)?(?=[^\W\d_][\w'’\- ]{0,60},\s[A-ZÀ-Þ]\.)")
_NAMES_BETWEEN = re.compile(r"[,，、]")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}
_LONGEST = 4000


def read_style(words: str) -> dict[str, Any]:
    """Return the CSL-JSON of a reference that fits a known style as a whole, or an empty one."""
    words = words[:_LONGEST]
    return _vancouver(words) or _apa(words) or _gbt(words)


def _vancouver(words: str) -> dict[str, Any]:
    if not (place := _VANCOUVER.search(words)):
        return {}
    people, _, rest = words[: place.start()].partition(". ")
    return _article(_vancouver_names(people), rest, place.groupdict())


def _apa(words: str) -> dict[str, Any]:
    if not (year := _APA.search(words)) or not (place := _APA_PLACE.search(words, year.end())):
        return {}
    parts = place.groupdict() | {"year": year["year"]}
    return _article(_apa_names(words[: year.start()]), words[year.end() : place.start()], parts)


def _gbt(words: str) -> dict[str, Any]:
    if not (kind := _GBT.search(words)) or not (place := _GBT_PLACE.match(words, kind.end())):
        return {}
    people, _, title = words[: kind.start()].replace("．", ".").partition(".")
    names = [name.strip() for name in _NAMES_BETWEEN.split(people)]
    authors = [{"literal": name} for name in names if name and name not in {"等", "et al"}]
    found = _article(authors, f"{title.strip()}. X", place.groupdict())
    if found:
        found["container-title"] = place["journal"].strip()
        found["type"] = "book" if kind["kind"] == "M" else "article-journal"
    return found


def _article(authors: list[dict[str, str]], rest: str, parts: dict[str, Any]) -> dict[str, Any]:
    """Return the CSL-JSON of an article; `rest` is its title and its journal."""
    sentences = _SENTENCE.split(rest.strip().rstrip("."))
    if not authors or len(sentences) < 2:
        return {}
    journal = sentences[-1]
    issued: list[int] = [int(parts["year"])]
    if month := _MONTHS.get(parts.get("month") or ""):
        issued.append(month)
        if parts.get("day"):
            issued.append(int(parts["day"]))
    found: dict[str, Any] = {
        "type": "article-journal",
        "author": authors,
        "title": " ".join(sentences[:-1]).rstrip("."),
        "container-title": journal.strip(" ."),
        "issued": {"date-parts": [issued]},
    }
    for name in ("volume", "issue", "page"):
        if parts.get(name):
            found[name] = parts[name].strip().rstrip(".").replace("–", "-").replace(" ", "")
    return found


def _vancouver_names(text: str) -> list[dict[str, str]]:
    names: list[dict[str, str]] = []
    for part in text.split(", "):
        name = part.strip()
        if name.lower().startswith("et al"):
            continue
        if not (match := _INITIALS.fullmatch(name.removesuffix(" et al"))):
            return []
        names.append({"family": match["family"], "given": match["given"]})
    return names


def _apa_names(text: str) -> list[dict[str, str]]:
    names: list[dict[str, str]] = []
    for part in _APA_BETWEEN.split(text):
        if not (match := _APA_NAME.fullmatch(part.strip(" ,&"))):
            return []
        names.append({"family": match["family"], "given": match["given"].strip()})
    return names
