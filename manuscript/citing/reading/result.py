"""What reading a file of references gives: references, what failed, and what to look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

MAX_RECORDS: Final = 20_000
"""How many records a file may hold."""


class ReferencesRefused(ValueError):
    """A whole file that cannot be read; one line says why."""


@dataclass(frozen=True)
class RecordWarning:
    """Something for the editor to look at. `record` counts the file's records from 1."""

    code: str
    record: int
    message: str


@dataclass(frozen=True)
class ReadReference:
    """One source: checked CSL-JSON, the notices against it, and where the file has it."""

    csl: dict[str, Any]
    notices: tuple[Mapping[str, Any], ...] = ()
    place: str = ""
    record: int = 0


@dataclass(frozen=True)
class FailedRecord:
    """A record that could not be read, with its text.

    `record` is its number, or 0 where the text was never a whole record (an entry without its
    closing brace).
    """

    place: str
    reason: str
    text: str
    record: int = 0


@dataclass(frozen=True)
class ReadReferences:
    """Everything a file holds; nothing of it is dropped."""

    references: tuple[ReadReference, ...] = ()
    failed: tuple[FailedRecord, ...] = ()
    warnings: tuple[RecordWarning, ...] = ()
    format: str = ""

    @property
    def records(self) -> int:
        """How many whole records the file has, read or failed."""
        return len(self.references) + sum(1 for one in self.failed if one.record)
