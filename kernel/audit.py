"""The audit trail's only writer."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, models, transaction

from kernel.canonical import digest, nfc
from kernel.models import AuditEntry

GENESIS = "0" * 64
# Any constant that no other advisory lock of this project uses.
AUDIT_LOCK = 7_226_461


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


def record(
    *,
    actor: AbstractBaseUser | None,
    action: str,
    subject: models.Model,
    at: datetime,
    data: dict[str, Any] | None = None,
) -> AuditEntry:
    """Append one entry to the trail, inside the caller's transaction.

    Call it last: from here to the commit, writers of the trail wait for each other, which is
    what keeps the chain unbroken.

    :raises TransactionManagementError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An audit entry belongs to a transaction.")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [AUDIT_LOCK])
    newest = AuditEntry.objects.order_by("-position").first()
    facts: dict[str, Any] = {
        "position": newest.position + 1 if newest else 1,
        "at": at,
        "action": action,
        "subject": subject_of(subject),
        "data": nfc(data or {}),
        "previous_digest": newest.digest if newest else GENESIS,
    }
    actor_id = actor.pk if actor else None
    return AuditEntry.objects.create(
        **facts, actor_id=actor_id, digest=entry_digest(**facts, actor_id=actor_id)
    )
