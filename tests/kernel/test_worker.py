"""The process that does the work behind the answers."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kernel import worker
from kernel.tasks import deliver_messages, task

ran = []


@task()
def note(word: str) -> None:
    """A task of the tests."""
    ran.append(word)


@task()
def fail() -> None:
    """A task that always fails."""
    raise ValueError("always")


@pytest.fixture(autouse=True)
def _nothing_ran():
    ran.clear()


def claimed(by: str, *, ago: timedelta = timedelta(), workers: int = 1) -> DBTaskResult:
    note.enqueue("word")
    row = DBTaskResult.objects.get()
    row.worker_ids = ["elsewhere:1:x"] * (workers - 1) + [by]
    row.status, row.started_at = TaskResultStatus.RUNNING, timezone.now() - ago
    row.save()
    return row


def dead_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.django_db
class TestLostTasks:
    def test_of_a_dead_worker_here_is_run_again_at_once(self):
        claimed(f"{socket.gethostname()[:30]}:{dead_process()}:x")
        worker.work_off(worker_id=worker.new_worker_id())
        assert ran == ["word"]

    def test_of_a_living_worker_here_is_left_to_it_however_long_it_takes(self):
        claimed(f"{socket.gethostname()[:30]}:{os.getpid()}:x", ago=worker.LEASE * 10)
        worker.work_off(worker_id="test")
        assert ran == []

    def test_of_another_machine_is_run_again_after_its_lease(self):
        row = claimed("elsewhere:1:x", ago=worker.LEASE - timedelta(minutes=1))
        worker.work_off(worker_id="test")
        assert ran == []
        DBTaskResult.objects.filter(pk=row.pk).update(started_at=timezone.now() - worker.LEASE)
        worker.work_off(worker_id="test")
        assert ran == ["word"]

    def test_that_kills_every_worker_is_given_up_with_a_reason(self):
        claimed("elsewhere:1:x", ago=worker.LEASE, workers=worker.TRIES)
        worker.work_off(worker_id="test")
        row = DBTaskResult.objects.get()
        assert (row.status, ran) == (TaskResultStatus.FAILED, [])
        assert "WorkerKilled: 3 workers died" in row.traceback


@pytest.mark.django_db
def test_a_task_that_fails_keeps_its_error_and_stops_nobody():
    fail.enqueue()
    note.enqueue("after")
    worker.work_off(worker_id="test")
    assert ran == ["after"]
    failed = DBTaskResult.objects.failed().get()
    assert "ValueError: always" in failed.traceback


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_process_loses_no_task(tmp_path):
    """A real process takes the task and is killed with SIGKILL in the middle of it."""
    from django.db import connection

    if connection.vendor != "postgresql":
        pytest.skip("The tests' SQLite database lives in this process alone.")
    from tests.kernel import sleeping

    mark = tmp_path / "began"
    sleeping.sleep_once.enqueue(str(mark))
    settings = connection.settings_dict
    url = (
        f"postgresql://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{settings['NAME']}"
    )
    process = subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--interval", "0.1"],
        env={**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "tests.settings"},
    )
    try:
        until = time.monotonic() + 60
        while not mark.exists() and time.monotonic() < until:
            time.sleep(0.05)
        assert mark.exists()
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING
    worker.work_off(worker_id=worker.new_worker_id())
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


@pytest.mark.django_db
def test_delivering_is_a_task_that_bears_being_run_twice():
    deliver_messages.enqueue()
    deliver_messages.enqueue()
    worker.work_off(worker_id="test")
    assert DBTaskResult.objects.successful().count() == 2
