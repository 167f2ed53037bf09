"""Whole numbers in attributes: the start of a list, the span of a cell."""

from __future__ import annotations

import re
from typing import Final

from manuscript.content.schema import MAX_SPAN

_INTEGER: Final = re.compile(r"[-+]?[0-9]{1,6}")


def integer(value: str) -> int | None:
    """Return the whole number written in `value`, or None where there is none of at most six digits."""
    found = _INTEGER.fullmatch(value.strip())
    return int(found[0]) if found else None


def span(value: str) -> int | None:
    """Return how many cells `value` spans where that is more than one and no more than a browser would take."""
    cells = integer(value)
    return cells if cells is not None and 1 < cells <= MAX_SPAN else None
