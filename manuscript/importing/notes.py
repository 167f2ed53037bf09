"""Collecting warnings while a page is read."""

from __future__ import annotations

from collections import Counter

from manuscript.importing.result import Warning_

MAX_PER_CODE = 300
"""How many observations of one code are listed in full; the rest are counted in a last one.

What was left out of the article is exempt: nothing may be dropped without being shown.
"""

CAPPED = frozenset(
    {
        "citation-without-reference",
        "invisible-character-dropped",
        "doubled-term",
        "flattened-list",
        "fused-words",
        "level-guessed",
        "mojibake",
        "possible-citation",
        "reference-never-cited",
        "reference-to-identify",
        "repeated-source",
    }
)


class Notes:
    """A collector of warnings; `listed()` gives them by line."""

    def __init__(self) -> None:
        self._warnings: list[Warning_] = []
        self._counts: Counter[str] = Counter()
        self._last: dict[str, int] = {}

    def add(self, code: str, line: int, text: str, proposal: str = "") -> None:
        """Note `code` at `line` (1 is the first); `text` is what stands there."""
        self._counts[code] += 1
        if code in CAPPED and self._counts[code] > MAX_PER_CODE:
            self._last[code] = line
            return
        self._warnings.append(Warning_(code, max(line, 1), text, proposal))

    def lines_of(self, code: str) -> list[int]:
        """Return the lines noted under `code` so far."""
        return [warning.line for warning in self._warnings if warning.code == code]

    def listed(self) -> tuple[Warning_, ...]:
        """Return the warnings in the order of the page, with a count where a code was capped."""
        more = [
            Warning_(code, line, f"and {self._counts[code] - MAX_PER_CODE} more like this")
            for code, line in self._last.items()
        ]
        return tuple(sorted(self._warnings + more, key=lambda warning: warning.line))
