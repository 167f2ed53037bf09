"""Recomputing the audit trail, and making sure that the database still guards evidence."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from kernel.append_only import FURTHER_GUARDS, TABLES_OF_EVIDENCE
from kernel.audit import GENESIS, entry_digest
from kernel.models import AuditEntry


@dataclass(frozen=True)
class Finding:
    """Something that does not hold: which row, and why."""

    what: str
    why: str

    def __str__(self) -> str:
        return f"{self.what}: {self.why}"


def unreadable(exc: Exception) -> str:
    """Return what a finding says of evidence that does not have the shape it was stored in."""
    return f"cannot be read ({type(exc).__name__}: {exc})"


# What comes of reading JSON that was tampered with.
UNREADABLE = (KeyError, TypeError, ValueError)


def audit_findings() -> Iterator[Finding]:
    """Walk the trail from its beginning; yield every entry that breaks it."""
    previous, position = GENESIS, 0
    for entry in AuditEntry.objects.order_by("position").iterator(chunk_size=2000):
        position += 1
        what = f"audit entry {entry.position}"
        if entry.position != position:
            yield Finding(what, f"entry {position} is missing before it")
            position = entry.position
        if entry.previous_digest != previous:
            yield Finding(what, "it does not follow on the entry before it")
        expected = entry_digest(
            position=entry.position,
            at=entry.at,
            actor_id=entry.actor_id,
            action=entry.action,
            subject=entry.subject,
            data=entry.data,
            previous_digest=entry.previous_digest,
        )
        if entry.digest != expected:
            yield Finding(what, "its digest does not match what it says")
        previous = entry.digest


def trigger_findings() -> Iterator[Finding]:
    """Yield every table whose triggers, those of evidence and others, are not all there."""
    verbs: tuple[str, ...]
    if connection.vendor == "sqlite":
        query, verbs = (
            "SELECT name FROM sqlite_master WHERE type = 'trigger'",
            ("update", "delete", "replace"),
        )
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        verbs = ("update", "delete", "truncate")
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {name for (name,) in cursor.fetchall()}
    for table in dict.fromkeys([*TABLES_OF_EVIDENCE, *FURTHER_GUARDS]):
        evidence = verbs if table in TABLES_OF_EVIDENCE else ()
        for verb in (*evidence, *FURTHER_GUARDS.get(table, ())):
            if f"{table}_refuse_{verb}" not in present:
                yield Finding(f"table {table}", f"the trigger that refuses {verb} is missing")
