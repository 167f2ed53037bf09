"""Keyset pages over rows sorted by a time and an id, newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)
_DIGITS = 18  # within a signed 64-bit integer
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows, and the addresses of the pages beside them (empty where there is none)."""

    rows: Sequence[Any]
    newer_url: str
    older_url: str


def _written(row: Any, time: str, key: str) -> str:
    moment = (getattr(row, time) - _EPOCH) // timedelta(microseconds=1)
    return f"{moment}-{getattr(row, key)}"


def _read(text: str) -> tuple[datetime, int] | None:
    moment, _dash, key = text.partition("-")
    if not (moment.isdecimal() and key.isdecimal() and max(len(moment), len(key)) < _DIGITS):
        return None
    try:
        return _EPOCH + timedelta(microseconds=int(moment)), int(key)
    except OverflowError:
        return None


def page(queryset: "QuerySet[Row]", query: QueryDict, *, time: str, key: str, size: int) -> Page:
    """Return the page that `query` asks for with `older=` or `newer=`; the newest without.

    A cursor that cannot be read is no cursor. One query.
    """
    older, newer = _read(query.get("older", "")), _read(query.get("newer", ""))
    if newer and not older:
        moment, row_id = newer
        after = Q(**{f"{time}__gt": moment}) | Q(**{time: moment, f"{key}__gt": row_id})
        rows = list(queryset.filter(after).order_by(time, key)[: size + 1])
        more_newer, more_older = len(rows) > size, True
        rows = rows[:size][::-1]
    else:
        if older:
            moment, row_id = older
            before = Q(**{f"{time}__lt": moment}) | Q(**{time: moment, f"{key}__lt": row_id})
            queryset = queryset.filter(before)
        rows = list(queryset.order_by(f"-{time}", f"-{key}")[: size + 1])
        more_newer, more_older = older is not None, len(rows) > size
        rows = rows[:size]
    kept = {name: value for name, value in query.items() if name not in {"older", "newer"}}

    def address(name: str, row: Any) -> str:
        return "?" + urlencode({**kept, name: _written(row, time, key)})

    return Page(
        rows,
        address("newer", rows[0]) if rows and more_newer else "",
        address("older", rows[-1]) if rows and more_older else "",
    )
