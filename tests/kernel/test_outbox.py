"""What is told to the world outside: committed with the change, tried again, given up in the open."""

from datetime import timedelta

import pytest
from django.core import mail as sent

from accounts.events import AccountEvent
from kernel import outbox
from kernel.action import action
from kernel.models import OutboxMessage
from kernel.worker import work_off
from tests import factories
from tests.factories import AT

told = []
is_down = False


@outbox.message
def tell(*, word: str) -> None:
    """A handler whose server can be down."""
    if is_down:
        raise ConnectionRefusedError("the server is down")
    told.append(word)


@pytest.fixture(autouse=True)
def _silence(monkeypatch):
    told.clear()
    monkeypatch.setattr("tests.kernel.test_outbox.is_down", False)


@pytest.fixture
def down(monkeypatch):
    monkeypatch.setattr("tests.kernel.test_outbox.is_down", True)


def post(editor, *words: str) -> None:
    with action(actor=editor, at=AT) as act:
        act.record(AccountEvent.PROFILE_CHANGED, editor)
        for word in words:
            act.send(tell, word=word)


def deliver(after: timedelta = timedelta()) -> int:
    return outbox.deliver_due(now=lambda: AT + after)


class TestDelivering:
    def test_waits_for_the_worker_and_happens_once(self, editor):
        post(editor, "one", "two")
        assert told == []
        assert deliver() == 2
        assert deliver() == 0
        assert told == ["one", "two"]
        assert {row.delivered_at for row in OutboxMessage.objects.all()} == {AT}

    def test_is_tried_again_after_a_pause(self, editor, down, monkeypatch):
        post(editor, "one")
        assert deliver() == 0
        message = OutboxMessage.objects.get()
        assert message.error == "ConnectionRefusedError: the server is down"
        assert message.due_at == AT + outbox.PAUSES[0]
        monkeypatch.setattr("tests.kernel.test_outbox.is_down", False)
        assert deliver() == 0
        assert deliver(outbox.PAUSES[0]) == 1
        assert told == ["one"]
        assert OutboxMessage.objects.get().error == ""

    def test_one_that_fails_holds_up_no_other(self, editor, monkeypatch):
        post(editor, "one", "two")
        OutboxMessage.objects.filter(payload={"word": "one"}).update(handler="nowhere.at.all")
        assert deliver() == 1
        assert told == ["two"]

    def test_is_given_up_after_the_last_try_with_its_error(self, editor, down):
        post(editor, "one")
        after = timedelta()
        for pause in (*outbox.PAUSES, timedelta()):
            assert OutboxMessage.objects.given_up().count() == 0
            assert deliver(after) == 0
            after += pause
        message = OutboxMessage.objects.given_up().get()
        assert message.attempts == len(outbox.PAUSES) + 1
        assert "the server is down" in message.error
        assert deliver(after + timedelta(days=30)) == 0

    def test_of_what_a_dead_worker_claimed_is_taken_up_after_its_lease(self, editor):
        post(editor, "one")
        outbox._claim(AT)
        assert deliver(outbox.LEASE - timedelta(seconds=1)) == 0
        assert deliver(outbox.LEASE) == 1
        assert told == ["one"]

    def test_calls_nothing_but_marked_handlers(self, editor):
        post(editor, "one")
        OutboxMessage.objects.update(handler="os.system", payload={"command": "true"})
        assert deliver() == 0
        assert "not marked" in OutboxMessage.objects.get().error


class TestMail:
    def test_is_lost_with_no_server_and_sent_when_it_is_back(self, editor, chair, monkeypatch):
        def refuse(*args, **kwargs):
            raise ConnectionRefusedError("no server")

        with monkeypatch.context() as broken:
            broken.setattr("review.mail.send_mail", refuse)
            factories.make_submission(editor)
            work_off(worker_id="test")
        assert sent.outbox == []
        message = OutboxMessage.objects.get()
        assert outbox.deliver_due(now=lambda: message.due_at) == 1
        assert sent.outbox[0].to == [chair.email]
