"""Reading the date of a "Last updated" line, and saying so when it could be two dates."""

from __future__ import annotations

import re
from datetime import date

_NAMES = (
    "jan january januar janvier enero ene gennaio gen janeiro января январь janv",
    "feb february februar février fevrier fevereiro febrero febbraio февраля fév févr",
    "mar march märz mars marzo março marco марта mär mrz",
    "apr april avril abril aprile апреля avr abr",
    "may mai mayo maggio maio мая mag",
    "jun june juni juin junio giugno junho июня giu",
    "jul july juli juillet julio luglio julho июля lug juil",
    "aug august août aout agosto августа ago",
    "sep sept september septembre septiembre settembre setembro сентября set",
    "oct october oktober octobre octubre ottobre outubro октября okt ott out",
    "nov november novembre noviembre novembro ноября",
    "dec december dezember décembre decembre diciembre dicembre dezembro декабря dez dic déc",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))

PATTERN = (
    r"(?:"
    r"\d{4}\s?[-/.]\s?\d{1,2}\s?[-/.]\s?\d{1,2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"|\d{4}\s?年\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}"
    rf"|(?:{_MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|\.)?(?:\s+de)?[\s-]+(?:{_MONTH})\.?,?(?:\s+de)?[\s-]+\d{{4}}"
    rf"|(?:{_MONTH})\.?\s+\d{{4}}"
    r"|\d{4}(?!\d)"
    r")"
)
_ISO = re.compile(r"(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})([./-])(\d{1,2})[./-](\d{4})")
_MONTH_FIRST = re.compile(
    rf"({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er|\.)?(?:\s+de)?[\s-]+({_MONTH})\.?,?(?:\s+de)?[\s-]+(\d{{4}})",
    re.IGNORECASE,
)


def read_date(text: str) -> tuple[date | None, str]:
    """Return the date that `text` states, and why there is none: "", "ambiguous" or "incomplete".

    03/04/2025 is ambiguous; August 2025 is incomplete; 25.08.2025 can only be one day.
    """
    if match := _ISO.match(text):
        return _day(match[1], match[2], match[3])
    if match := _SLASHED.match(text):
        first, second = int(match[1]), int(match[3])
        if match[2] == "." or first > 12:
            return _day(match[4], second, first)
        if second > 12 or first == second:
            return _day(match[4], first, second)
        return None, "ambiguous"
    if match := _MONTH_FIRST.match(text):
        return _day(match[3], _MONTHS[match[1].lower()], match[2])
    if match := _DAY_FIRST.match(text):
        return _day(match[3], _MONTHS[match[2].lower()], match[1])
    return None, "incomplete"


def _day(year: str | int, month: str | int, day: str | int) -> tuple[date | None, str]:
    try:
        return date(int(year), int(month), int(day)), ""
    except ValueError:
        return None, "ambiguous"
