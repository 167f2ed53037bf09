"""Single values of a CSL-JSON record: text, names, dates, and what is kept under `custom`."""

import calendar
import math
import re
import unicodedata
from collections.abc import Mapping
from typing import TypeAlias

from .refused import ReferenceRefused
from .vocabulary import NAME_PARTS

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

MAX_TEXT = 50_000
MAX_NAMES = 10_000
MAX_DEPTH = 8
MAX_SAFE_INTEGER = 2**53 - 1  # beyond it, canonical JSON (RFC 8785) has no exact form

_CONTROLS = {
    code: None
    for code in (
        *range(0x20),
        *range(0x7F, 0xA0),
        0xFEFF,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
    if not chr(code).isspace()
}
_ISO_DATE = re.compile(r"(-?[0-9]{1,4})(?:[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?)?(?:T.*)?")
_INTEGER = re.compile(r"\s*-?[0-9]{1,4}\s*")
_MOST_YEARS, _MOST_MONTHS = 9999, 12
_SEASONS = range(1, 5)
_PARTS_OF_A_DATE = ("year", "month", "day")


def text_of(field: str, value: object) -> str:
    """Return `value` as one line of NFC text; "" where it says nothing.

    A list of one, as Crossref writes titles, is that one. Control and direction-override
    characters are dropped: they can turn a printed line around.
    """
    if isinstance(value, list | tuple) and len(value) <= 1:
        value = value[0] if value else None
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ReferenceRefused(field, f"needs text, not {_kind(value)}.")
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ReferenceRefused(field, "is not a finite number.")
        value = int(value) if value.is_integer() else value
    if not isinstance(value, str):
        value = _digits(field, value)
    if len(value) > MAX_TEXT:
        raise ReferenceRefused(field, f"is longer than {MAX_TEXT:,} characters.")
    return " ".join(_encodable(field, value.translate(_CONTROLS)).split())


def names_of(field: str, value: object) -> list[dict[str, str]]:
    """Return people as {family, given, …} and groups as {literal}, in the order given.

    What else a source says about a person (affiliation, ORCID) is no part of a citation and is
    left behind.
    """
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        raise ReferenceRefused(field, f"needs a list of names, not {_kind(value)}.")
    if len(value) > MAX_NAMES:
        raise ReferenceRefused(field, f"has more than {MAX_NAMES:,} names.")
    return [_name(field, position, name) for position, name in enumerate(value, start=1)]


def date_of(field: str, value: object) -> dict[str, Json] | None:
    """Return a CSL date with integer parts, or None where the value says nothing.

    Text is read as an ISO date when it is one and kept as `literal` otherwise.
    """
    if value is None:
        return None
    if isinstance(value, str):
        value = {"raw": value}
    if not isinstance(value, Mapping):
        raise ReferenceRefused(field, f"needs a date, not {_kind(value)}.")
    date: dict[str, Json] = {}
    if parts := _date_parts(field, value.get("date-parts")):
        date["date-parts"] = [list(one) for one in parts]
    literal = text_of(field, value.get("literal"))
    if raw := text_of(field, value.get("raw")):
        iso = _ISO_DATE.fullmatch(raw)
        from_raw = _one_date(field, [int(part or 0) for part in iso.groups()]) if iso else []
        if "date-parts" not in date and from_raw:
            date["date-parts"] = [list(from_raw)]
        literal = literal or raw
    if literal and "date-parts" not in date:
        date["literal"] = literal
    if date and (season := _season(field, value.get("season"))):
        date["season"] = season
    if date and value.get("circa") not in (None, False, 0, "", "0", "false"):
        date["circa"] = True
    return date or None


def json_of(field: str, value: object, depth: int = 0) -> Json:
    """Return `value` as JSON that has exactly one canonical form."""
    if depth > MAX_DEPTH:
        raise ReferenceRefused(field, f"is nested deeper than {MAX_DEPTH} levels.")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            raise ReferenceRefused(field, f"holds more than {MAX_TEXT:,} characters.")
        return _encodable(field, value.replace("\0", ""))
    if isinstance(value, int | float):
        return _exact(field, value)
    if isinstance(value, list | tuple):
        return [json_of(field, item, depth + 1) for item in value]
    if isinstance(value, Mapping):
        return {
            text_of(field, key): json_of(field, value[key], depth + 1)
            for key in sorted(value, key=lambda key: (text_of(field, key), str(key)))
        }
    raise ReferenceRefused(field, f"holds {_kind(value)}, which JSON cannot.")


def _encodable(field: str, text: str) -> str:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise ReferenceRefused(field, "holds half of a character (a lone surrogate).")
    return unicodedata.normalize("NFC", text)


def _exact(field: str, number: float) -> float:
    if isinstance(number, int) and abs(number) > MAX_SAFE_INTEGER:
        raise ReferenceRefused(field, "holds a number too large to be kept exactly.")
    if not math.isfinite(number):
        raise ReferenceRefused(field, "holds a number that is not finite.")
    return number


def _digits(field: str, number: float) -> str:
    if abs(number) > MAX_SAFE_INTEGER:
        raise ReferenceRefused(field, "is a number too large to be kept exactly; write it as text.")
    return str(number)


def _name(field: str, position: int, name: object) -> dict[str, str]:
    if isinstance(name, str):
        name = {"literal": name}
    if not isinstance(name, Mapping):
        raise ReferenceRefused(field, f"name {position} is {_kind(name)}, not family and given.")
    found = {part: text_of(field, name.get(part)) for part in NAME_PARTS}
    literal = text_of(field, name.get("literal")) or text_of(field, name.get("name"))
    if found["family"]:
        return {part: text for part, text in found.items() if text}
    if literal or found["given"]:
        return {"literal": literal or found["given"]}
    raise ReferenceRefused(field, f"name {position} is empty.")


def _date_parts(field: str, value: object) -> list[list[int]]:
    if value is None:
        return []
    if not isinstance(value, list | tuple):
        raise ReferenceRefused(field, f"date-parts needs a list, not {_kind(value)}.")
    if len(value) > 2:
        raise ReferenceRefused(field, "date-parts has more than a beginning and an end.")
    parts = [_one_date(field, one) for one in value]
    return [one for one in parts if one]


def _one_date(field: str, value: object) -> list[int]:
    if value is None:
        return []
    if not isinstance(value, list | tuple) or len(value) > len(_PARTS_OF_A_DATE):
        raise ReferenceRefused(field, "a date is written [year, month, day].")
    numbers = [_date_number(field, number) for number in value]
    while numbers and not numbers[-1]:
        numbers.pop()
    return _checked(field, numbers) if numbers else []


def _date_number(field: str, value: object) -> int:
    if value is None or value == "":
        return 0
    if isinstance(value, str) and _INTEGER.fullmatch(value) and value.isascii():
        return int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise ReferenceRefused(field, "a year, month and day are whole numbers.")
    return value


def _checked(field: str, numbers: list[int]) -> list[int]:
    for name, number in zip(_PARTS_OF_A_DATE, numbers, strict=False):
        if number == 0:
            raise ReferenceRefused(field, f"the {name} is missing from the date.")
    year, month, day = (*numbers, 1, 1)[:3]
    if abs(year) > _MOST_YEARS:
        raise ReferenceRefused(field, f"there is no year {year}.")
    if not 1 <= month <= _MOST_MONTHS:
        raise ReferenceRefused(field, f"there is no month {month}.")
    days = calendar.monthrange(year if year > 0 else 4, month)[1]
    if not 1 <= day <= days:
        raise ReferenceRefused(field, f"there is no day {day} in month {month} of {year}.")
    return numbers


def _season(field: str, value: object) -> int | None:
    season = text_of(field, value)
    if not season:
        return None
    if not season.isascii() or not season.isdigit() or int(season[:2]) not in _SEASONS:
        raise ReferenceRefused(field, "a season is a number from 1 to 4.")
    return int(season[:2])


def _kind(value: object) -> str:
    kinds = {bool: "true or false", dict: "an object", list: "a list", tuple: "a list"}
    if isinstance(value, str):
        return "text"
    if isinstance(value, list | tuple) and len(value) > 1:
        return f"a list of {len(value)}"
    return kinds.get(type(value), f"a {type(value).__name__}")
