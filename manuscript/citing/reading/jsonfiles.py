"""JSON files of references: which of the three kinds it is, and its records."""

import json
from typing import Any

from manuscript.citing.reading.result import ReferencesRefused

_OF_CROSSREF = {
    "reference-count", "references-count", "is-referenced-by-count", "published-print", "published-online",
    "content-domain", "update-to", "updated-by", "short-container-title", "indexed", "deposited",
}  # fmt: skip

MOST_DIGITS = 100
"""How long a whole number may be; Python itself converts no more than 4,300 digits."""


def load(text: str) -> Any:
    """Return the JSON in `text`.

    :raises ReferencesRefused: when it is not JSON, with the line, or holds a number that is far too long.
    """
    try:
        return json.loads(text, parse_int=_whole)
    except json.JSONDecodeError as error:
        raise ReferencesRefused(
            f"This is not readable as JSON: {error.msg} in line {error.lineno}."
        ) from error
    except RecursionError as error:
        raise ReferencesRefused("This JSON is nested too deeply to be read.") from error


def _whole(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ReferencesRefused(
            f"This JSON holds a number of {len(digits):,} digits; no reference has one."
        )
    return int(digits)


def kind_of(value: Any) -> str:
    """Return "crossref", "esummary" or "csl" for a JSON file's content."""
    if isinstance(value, dict):
        if isinstance(value.get("result"), dict):
            return "esummary"
        if "message" in value:
            return "crossref"
    records = records_of(value)
    first = next((one for one in records if isinstance(one, dict)), {})
    if set(first) & _OF_CROSSREF or isinstance(first.get("title"), list):
        return "crossref"
    if "message" in first:
        return "crossref"
    return "csl"


def records_of(value: Any) -> list[Any]:
    """Return the records of a list, an object with `message` or `items`, or of one object.

    :raises ReferencesRefused: when it is none of these.
    """
    if isinstance(value, dict):
        if "message" in value and "type" not in value:
            value = value["message"]
        if isinstance(value, dict) and isinstance(value.get("items"), list):
            value = value["items"]
    if isinstance(value, dict):
        return [value] if value else []
    if isinstance(value, list):
        return value
    raise ReferencesRefused("This JSON holds no references: neither a list nor an object.")
