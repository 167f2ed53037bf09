"""The audit trail: how an entry is digested, and its only writer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction

from kernel.canonical import digest, nfc
from kernel.models import AuditEntry

GENESIS = "0" * 64
# Any constant that no other advisory lock of this project uses.
AUDIT_LOCK = 7_226_461


@dataclass(frozen=True)
class Deed:
    """What an entry will say, before it has its place in the chain."""

    event: str
    subject: str
    data: dict[str, Any]


def subject_of(row: models.Model) -> str:
    """Return a row's name in the trail, such as `articles.version:12`."""
    return f"{row._meta.label_lower}:{row.pk}"


def entry_digest(
    *,
    position: int,
    at: datetime,
    actor_id: int | None,
    action: str,
    subject: str,
    data: dict[str, Any],
    previous_digest: str,
) -> str:
    """Return the digest of one entry: SHA-256 over the canonical JSON of all that it says."""
    return digest(
        {
            "position": position,
            "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
            "actor": actor_id,
            "action": action,
            "subject": subject,
            "data": data,
            "previous": previous_digest,
        }
    )


def append(deeds: Sequence[Deed], *, actor_id: int | None, at: datetime) -> None:
    """Append entries to the trail, in order, inside the caller's transaction.

    Called last, by `kernel.action`: from here to the commit, writers of the trail wait for each other,
    which is what keeps the chain unbroken.

    :raises TransactionManagementError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An audit entry belongs to a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AUDIT_LOCK])
    newest = AuditEntry.objects.order_by("-position").values("position", "digest").first()
    position, previous = (newest["position"], newest["digest"]) if newest else (0, GENESIS)
    entries = []
    for deed in deeds:
        position += 1
        facts: dict[str, Any] = {
            "position": position,
            "at": at,
            "actor_id": actor_id,
            "action": deed.event,
            "subject": deed.subject,
            "data": nfc(deed.data),
            "previous_digest": previous,
        }
        previous = entry_digest(**facts)
        entries.append(AuditEntry(**facts, digest=previous))
    AuditEntry.objects.bulk_create(entries, batch_size=500)
