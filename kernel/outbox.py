"""Telling the world outside: committed with the change, delivered by a worker, tried again.

A handler is a function marked with `message`; it takes the keys of rows and says nothing about them
that is not in the database when it runs.
"""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.module_loading import import_string

from kernel.models import OutboxMessage

LEASE = timedelta(minutes=5)
"""How long a worker may take to tell one message before another takes it up."""
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440))
"""How long to wait after each try that failed; after the last, the message is given up."""
ERROR_LIMIT = 2000

_handlers: set[str] = set()
logger = logging.getLogger(__name__)


def message(handler: Callable[..., None]) -> Callable[..., None]:
    """Mark a function of a module as one that tells messages."""
    _handlers.add(_path(handler))
    return handler


def name_of(handler: Callable[..., None]) -> str:
    """Return the name under which `handler` is found again.

    :raises ImproperlyConfigured: if it is not marked with `message`.
    """
    name = _path(handler)
    if name not in _handlers:
        raise ImproperlyConfigured(f"{name} is not marked with kernel.outbox.message.")
    return name


def _path(handler: Callable[..., None]) -> str:
    return f"{handler.__module__}.{handler.__qualname__}"


def post(messages: Sequence[tuple[str, dict[str, Any]]], *, at: datetime) -> None:
    """Store messages inside the caller's transaction, and wake the worker when it is committed."""
    from kernel.tasks import deliver_messages

    OutboxMessage.objects.bulk_create(
        OutboxMessage(handler=handler, payload=payload, created_at=at, due_at=at)
        for handler, payload in messages
    )
    deliver_messages.enqueue()


def deliver_due(*, now: Callable[[], datetime]) -> int:
    """Try every message that is due, each once; return how many were delivered.

    A message is claimed before it is told: its next due time lies a lease ahead, so that it is taken
    up again if this worker dies.
    """
    delivered = 0
    while (claimed := _claim(now())) is not None:
        delivered += _deliver(claimed, now=now)
    return delivered


def _claim(now: datetime) -> OutboxMessage | None:
    with transaction.atomic():
        due = OutboxMessage.objects.due(now).select_for_update(skip_locked=True)
        claimed = due.order_by("due_at", "pk").first()
        if claimed is not None:
            claimed.attempts += 1
            claimed.due_at = now + LEASE
            claimed.save(update_fields=["attempts", "due_at"])
        return claimed


def _deliver(claimed: OutboxMessage, *, now: Callable[[], datetime]) -> bool:
    """Tell one message; note whether that worked, or when it is tried again."""
    try:
        handler = import_string(claimed.handler)
        name_of(handler)
        handler(**claimed.payload)
    except Exception as exc:
        # Whatever a mail server or a handler raises: the next message is not to wait for it.
        logger.exception("Outbox message %s was not delivered", claimed.pk)
        claimed.error = f"{type(exc).__name__}: {exc}"[:ERROR_LIMIT]
        if claimed.attempts > len(PAUSES):
            claimed.given_up_at = now()
        else:
            claimed.due_at = now() + PAUSES[claimed.attempts - 1]
        claimed.save(update_fields=["error", "given_up_at", "due_at"])
        return False
    claimed.delivered_at, claimed.error = now(), ""
    claimed.save(update_fields=["delivered_at", "error"])
    return True
