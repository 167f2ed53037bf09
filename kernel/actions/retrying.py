"""Trying once more what was given up."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kernel.action import action
from kernel.errors import NotAllowed, WrongState
from kernel.events import Event
from kernel.models import OutboxMessage


class KernelEvent(Event):
    """What is done to the work behind the answers, as the trail calls it."""

    MESSAGE_RETRIED = "kernel.message.retried"
    TASK_RETRIED = "kernel.task.retried"


def why_not_retry(actor: object) -> str | None:
    """Return why `actor` may not have what was given up tried again, or None."""
    if isinstance(actor, PermissionsMixin) and actor.has_perm("kernel.change_outboxmessage"):
        return None
    return "Only administrators have given-up work tried again."


def retry_message(*, actor: AbstractBaseUser, message_id: int, at: datetime) -> OutboxMessage:
    """Let the worker try a message that was given up once more, with all its tries before it.

    :raises NotAllowed: if `actor` may not.
    :raises WrongState: if it was delivered, or is being tried anyway.
    """
    if reason := why_not_retry(actor):
        raise NotAllowed(reason)
    with action(actor=actor, at=at) as act:
        row = OutboxMessage.objects.select_for_update().get(pk=message_id)
        if row.given_up_at is None:
            current = "delivered" if row.delivered_at else "waiting"
            raise WrongState(f"This message is {current}.", current=current)
        row.given_up_at, row.attempts, row.due_at = None, 0, at
        row.save(update_fields=["given_up_at", "attempts", "due_at"])
        act.record(KernelEvent.MESSAGE_RETRIED, row, {"error": row.error})
    return row


def retry_task(*, actor: AbstractBaseUser, task_id: str, at: datetime) -> None:
    """Let the worker run a task that failed once more.

    :raises NotAllowed: if `actor` may not.
    :raises WrongState: if it did not fail, or was taken up meanwhile.
    """
    if reason := why_not_retry(actor):
        raise NotAllowed(reason)
    with action(actor=actor, at=at) as act:
        row = DBTaskResult.objects.select_for_update().get(pk=task_id)
        if row.status != TaskResultStatus.FAILED:
            raise WrongState("This task has not failed.", current=row.status)
        row.status, row.worker_ids = TaskResultStatus.READY, []
        row.save(update_fields=["status", "worker_ids"])
        act.record(KernelEvent.TASK_RETRIED, row, {"task": row.task_path})
