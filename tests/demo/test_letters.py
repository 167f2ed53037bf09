"""The demonstration writes letters to invented people as any site would; none of them leaves it."""

import pytest
from django.core import mail
from django.core.management import call_command

from accounts.models.user import Role
from kernel.models import OutboxMessage
from kernel.worker import work_off
from tests import factories


@pytest.mark.django_db
def test_no_letter_of_the_demonstration_is_sent_by_the_worker_after_it(monkeypatch, settings):
    def load(_loader):
        factories.make_user("Clara Chair", Role.CHAIR)
        factories.make_submission(factories.make_user("Edda Editor", Role.EDITOR))

    settings.DEMO = True
    monkeypatch.setattr("demo.loader.Loader.load", load)
    monkeypatch.setattr("config.management.commands.demo.sign_ins", list)
    call_command("demo")

    work_off(worker_id="test")

    assert mail.outbox == []
    assert OutboxMessage.objects.exists()
    assert not OutboxMessage.objects.waiting().exists()
