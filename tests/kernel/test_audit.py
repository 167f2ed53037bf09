from itertools import pairwise

import pytest
from django.db.transaction import TransactionManagementError

from accounts.actions.interests import declare_interests
from kernel import audit
from kernel.models import AuditEntry
from tests.factories import AT


class TestTheTrail:
    def test_each_entry_carries_the_digest_of_the_one_before(self, editor, reviewer):
        for _ in range(3):
            declare_interests(user=editor, interests=[], at=AT)

        entries = list(AuditEntry.objects.order_by("position"))
        assert len(entries) > 5
        assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))
        assert entries[0].previous_digest == audit.GENESIS
        for before, after in pairwise(entries):
            assert after.previous_digest == before.digest

    def test_a_digest_can_be_made_again_from_what_the_entry_says(self, editor):
        declare_interests(user=editor, interests=[], at=AT)

        entry = AuditEntry.objects.get()
        facts = {
            name: getattr(entry, name)
            for name in (
                "position",
                "at",
                "actor_id",
                "action",
                "subject",
                "data",
                "previous_digest",
            )
        }
        assert audit.entry_digest(**facts) == entry.digest
        assert audit.entry_digest(**{**facts, "action": "other"}) != entry.digest

    @pytest.mark.django_db(transaction=True)
    def test_is_refused_outside_a_transaction(self):
        with pytest.raises(TransactionManagementError):
            audit.append([audit.Deed("accounts.test", "accounts.user:1", {})], actor_id=None, at=AT)

        assert not AuditEntry.objects.exists()
