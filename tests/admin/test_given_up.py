"""What the worker gave up is shown with its error, and tried again by a button."""

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kernel.actions.retrying import retry_message
from kernel.errors import NotAllowed, WrongState
from kernel.models import AuditEntry, OutboxMessage
from kernel.worker import work_off
from tests.admin.pages import page
from tests.factories import AT
from tests.kernel.test_worker import fail


@pytest.fixture
def given_up(db) -> OutboxMessage:
    return OutboxMessage.objects.create(
        handler="review.mail.decided",
        payload={"decision_id": 1},
        created_at=AT,
        due_at=AT,
        attempts=7,
        given_up_at=AT,
        error="ConnectionRefusedError: no server",
    )


@pytest.fixture
def failed(db) -> DBTaskResult:
    fail.enqueue()
    work_off(worker_id="test")
    return DBTaskResult.objects.get()


def test_nothing_is_said_where_nothing_was_given_up(as_administrator):
    assert "given-up" not in as_administrator.get("/admin/").content.decode()


def test_the_first_page_leads_to_it(as_administrator, given_up, failed):
    said = as_administrator.get("/admin/").content.decode()
    assert "1 message could not be delivered" in said
    assert "1 task failed" in said
    listed = as_administrator.get(page(OutboxMessage, "changelist") + "?outcome=given-up")
    assert "ConnectionRefusedError: no server" in listed.content.decode()
    listed = as_administrator.get(page(DBTaskResult, "changelist") + "?status__exact=FAILED")
    assert "ValueError: always" in listed.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_button_has_a_message_tried_again(as_administrator, administrator, given_up):
    chosen = {"action": "try_again", "_selected_action": [given_up.pk]}
    said = as_administrator.post(page(OutboxMessage, "changelist"), chosen, follow=True)
    assert "The worker tries 1 again." in said.content.decode()
    given_up.refresh_from_db()
    assert (given_up.given_up_at, given_up.attempts) == (None, 0)
    entry = AuditEntry.objects.get(action="kernel.message.retried")
    assert entry.actor == administrator
    said = as_administrator.post(page(OutboxMessage, "changelist"), chosen, follow=True)
    assert "This message is waiting." in said.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_button_has_a_task_run_again(as_administrator, failed):
    chosen = {"action": "try_again", "_selected_action": [failed.pk]}
    as_administrator.post(page(DBTaskResult, "changelist"), chosen)
    failed.refresh_from_db()
    assert failed.status == TaskResultStatus.READY
    assert AuditEntry.objects.filter(action="kernel.task.retried").exists()


def test_is_for_administrators(given_up, editor):
    with pytest.raises(NotAllowed):
        retry_message(actor=editor, message_id=given_up.pk, at=timezone.now())


def test_what_was_delivered_is_not_told_twice(given_up, administrator):
    OutboxMessage.objects.update(given_up_at=None, delivered_at=AT)
    with pytest.raises(WrongState, match="delivered"):
        retry_message(actor=administrator, message_id=given_up.pk, at=timezone.now())
