"""The process that does the work behind the answers: tasks, and what the outbox holds.

Tasks run once each. A task whose worker was killed is taken up again, at once by the next worker on the
same machine, elsewhere once its lease is over; one that kills its worker again and again is given up.
"""

import os
import socket
import time
from datetime import datetime, timedelta

from django.db import close_old_connections, transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import DEFAULT_TASK_QUEUE_NAME, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as Batch
from django_tasks_db.models import DBTaskResult

from kernel import outbox

LEASE = timedelta(minutes=30)
"""How long a task may run before another machine's worker takes it for lost."""
TRIES = 3


class WorkerKilled(RuntimeError):
    """A task's workers were killed while they ran it."""


def new_worker_id() -> str:
    """Return a name for this process that tells others on this machine whether it is alive."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{get_random_string(8)}"


def _is_lost(task: DBTaskResult, *, now: datetime) -> bool:  # type: ignore[type-arg]
    """Tell whether a running task's worker is gone: not alive on this machine, or its lease is over."""
    host, pid, _nonce = (str(task.worker_ids[-1]) if task.worker_ids else "::").split(":")
    if host == socket.gethostname()[:30] and pid.isdecimal():
        return not _is_alive(int(pid))
    return task.started_at is None or task.started_at <= now - LEASE


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def take_up_lost_tasks(*, now: datetime) -> int:
    """Make tasks of killed workers ready to run again, or failed after three workers; return how many.

    Tasks must bear being run twice: the first worker may have died after its last line.
    """
    with transaction.atomic():
        running = DBTaskResult.objects.running().select_for_update(skip_locked=True)
        lost = [task for task in running if _is_lost(task, now=now)]
        for task in lost:
            if len(task.worker_ids) >= TRIES:
                task.set_failed(WorkerKilled(f"{len(task.worker_ids)} workers died running it."))
            else:
                task.status = TaskResultStatus.READY
                task.save(update_fields=["status"])
    return len(lost)


def work_off(*, worker_id: str) -> None:
    """Do all that is to be done now, in this process: lost and ready tasks, and due messages."""
    take_up_lost_tasks(now=timezone.now())
    Batch(
        queue_names=[DEFAULT_TASK_QUEUE_NAME],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    ).run()
    # What is to be tried again, and what was lost with a killed worker, has no task of its own.
    outbox.deliver_due(now=timezone.now)


class Stop:
    """Whether a signal asked the worker to stop once it has finished what it does."""

    asked = False

    def __call__(self, *_signal: object) -> None:
        """Ask it."""
        self.asked = True


def work(*, interval: float, stop: Stop) -> None:
    """Work until `stop` is asked, looking for work every `interval` seconds."""
    worker_id = new_worker_id()
    while not stop.asked:
        close_old_connections()
        work_off(worker_id=worker_id)
        close_old_connections()
        until = time.monotonic() + interval
        while not stop.asked and time.monotonic() < until:
            time.sleep(min(0.2, interval))
