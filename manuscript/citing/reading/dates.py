"""Dates as reference managers write them, to CSL dates."""

import calendar
import re
from datetime import date
from typing import Any

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name} | {
    name.lower(): n for n, name in enumerate(calendar.month_abbr) if name
} | {"sept": 9}  # fmt: skip
_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>1[4-9]\d\d|20\d\d)"
_NUMBERS = re.compile(
    r"(?P<year>\d{4})(?:[-/.](?P<month>\d{0,2})(?:[-/.](?P<day>\d{0,2}))?)?(?:[T/ ].*)?"
)
_YEAR_FIRST = re.compile(
    rf"{_YEAR}[,\s]+(?P<month>{_MONTH})\b\.?(?:[\s,]+(?P<day>\d{{1,2}})\b)?"
    rf"(?:\s*[-–/]\s*(?:(?P<to_year>\d{{4}})\s+)?(?:(?P<to_month>{_MONTH})\b\.?)?\s*(?P<to_day>\d{{1,2}})?)?.*",
    re.IGNORECASE,
)
_DAY_FIRST = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+)?(?P<month>{_MONTH})\b\.?[,\s]+{_YEAR}\b.*",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>{_MONTH})\b\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}\b.*", re.IGNORECASE
)
_WITHOUT_YEAR = re.compile(
    rf"(?:(?P<day_first>\d{{1,2}})\s+)?(?P<month>{_MONTH})\b\.?(?:[\s/-]+(?P<day>\d{{1,2}}))?"
    rf"|(?P<number>\d{{1,2}})[\s/-]+(?P<number_day>\d{{1,2}})",
    re.IGNORECASE,
)
_ANY_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")
_UNSAID = re.compile(r"[\s/.-]*|undefined|null|n\.?\s?d\.?|no date|unknown", re.IGNORECASE)


def read_date(text: str, year: int | None = None) -> dict[str, Any] | None:
    """Return a CSL date, or None where `text` says nothing.

    `year` completes a date written without one ("Jun", "10 15"). Words that are no date ("in
    press") stay as they are.
    """
    text = " ".join(text.split()).strip(" .,;")
    if _UNSAID.fullmatch(text):
        return None
    for reading in (_by_numbers, _by_months, _by_season):
        if found := reading(text):
            return found
    if year and (found := _completed(text, year)):
        return found
    if match := _ANY_YEAR.search(text):
        return {"date-parts": [[int(match["year"])]]}
    return {"literal": text}


def year_of(csl_date: dict[str, Any] | None) -> int | None:
    """Return the first year of a CSL date."""
    parts = (csl_date or {}).get("date-parts") or [[]]
    return int(parts[0][0]) if parts[0] else None


def whole_day(csl_date: dict[str, Any] | None) -> str | None:
    """Return a CSL date as ISO text where it is one whole day, else None: no day is invented."""
    parts = (csl_date or {}).get("date-parts") or [[]]
    if len(parts[0]) != 3:
        return None
    try:
        return date(*(int(part) for part in parts[0])).isoformat()
    except (TypeError, ValueError):
        return None


def merged(published: str, detail: str) -> dict[str, Any] | None:
    """Return one date from a year (or date) and a detail that may or may not repeat the year."""
    first = read_date(published)
    year = year_of(first)
    second = read_date(detail, year)
    if second is None or "date-parts" not in second:
        return first or second
    if year is None:
        return first or second
    if year_of(second) != year or first is None:
        return first
    return second if len(second["date-parts"][0]) >= len(first["date-parts"][0]) else first


def _parts(year: int, month: object = None, day: object = None) -> list[int] | None:
    number = _MONTHS.get(month.lower()) if isinstance(month, str) else month
    if isinstance(month, str) and number is None:
        number = int(month) if month.isdigit() else 0
    if not number:
        return [year]
    if not 1 <= int(str(number)) <= 12:
        return [year]
    parts = [year, int(str(number))]
    if day and 1 <= int(str(day)) <= calendar.monthrange(max(year, 1), parts[1])[1]:
        parts.append(int(str(day)))
    return parts


def _by_numbers(text: str) -> dict[str, Any] | None:
    match = _NUMBERS.fullmatch(text)
    if (
        not match
        or not int(match["year"])
        or re.match(rf"\d{{4}}\s+({_MONTH})", text, re.IGNORECASE)
    ):
        return None
    if re.match(r"\d{4} (?:spring|summer|autumn|fall|winter)", text, re.IGNORECASE):
        return None
    return {"date-parts": [_parts(int(match["year"]), match["month"] or None, match["day"])]}


def _by_months(text: str) -> dict[str, Any] | None:
    if match := _YEAR_FIRST.fullmatch(text):
        start = _parts(int(match["year"]), match["month"], match["day"])
        dates = [start]
        if match["to_month"] or match["to_day"]:
            end = _parts(
                int(match["to_year"] or match["year"]),
                match["to_month"] or match["month"],
                match["to_day"],
            )
            dates.append(end)
        return {"date-parts": dates}
    for pattern in (_MONTH_FIRST, _DAY_FIRST):
        if match := pattern.fullmatch(text):
            return {"date-parts": [_parts(int(match["year"]), match["month"], match["day"])]}
    return None


def _by_season(text: str) -> dict[str, Any] | None:
    year = _ANY_YEAR.search(text)
    for word in re.findall(r"[a-z]+", text.lower()):
        if year and word in _SEASONS:
            return {"date-parts": [[int(year["year"])]], "season": _SEASONS[word]}
    return None


def _completed(text: str, year: int) -> dict[str, Any] | None:
    match = _WITHOUT_YEAR.fullmatch(text)
    if not match:
        return None
    month = match["month"] or match["number"]
    day = match["day"] or match["day_first"] or match["number_day"]
    return {"date-parts": [_parts(year, month, day)]}
