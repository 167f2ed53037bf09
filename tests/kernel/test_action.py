"""The one context of every action."""

import pytest
from django.db import connection, transaction

from accounts.events import AccountEvent
from articles.references.actions.references import insert_reference
from articles.texts.events import TextEvent
from kernel import audit, publication_log
from kernel.action import ActionOver, action
from kernel.events import Event, Reach
from kernel.models import AuditEntry, OutboxMessage, PublicationEntry
from review import mail
from tests import factories
from tests.factories import AT


class Noted(Exception):
    """Something went wrong half-way."""


class TestAnAction:
    def test_writes_what_it_noted_last_and_in_order(self, editor, monkeypatch):
        written = []
        append = audit.append
        monkeypatch.setattr(
            audit, "append", lambda deeds, **facts: (written.extend(deeds), append(deeds, **facts))
        )
        with action(actor=editor, at=AT) as act:
            act.record(AccountEvent.PROFILE_CHANGED, editor, {"name": "First"})
            act.record(AccountEvent.TOKEN_ISSUED, editor, {"token": "Second"})
            assert written == []
        entries = AuditEntry.objects.order_by("position").values_list("action", "actor", "at")
        assert list(entries) == [
            ("accounts.profile.changed", editor.pk, AT),
            ("accounts.token.issued", editor.pk, AT),
        ]

    def test_that_fails_leaves_nothing(self, editor):
        with pytest.raises(Noted), action(actor=editor, at=AT) as act:  # noqa: PT012
            editor.name = "Somebody else"
            editor.save()
            act.record(AccountEvent.PROFILE_CHANGED, editor)
            act.send(mail.decided, decision_id=1)
            raise Noted
        editor.refresh_from_db()
        assert editor.name != "Somebody else"
        assert not AuditEntry.objects.exists()
        assert not PublicationEntry.objects.exists()
        assert not OutboxMessage.objects.exists()

    def test_that_is_over_takes_nothing_more(self, editor):
        with action(actor=editor, at=AT) as act:
            pass
        with pytest.raises(ActionOver):
            act.record(AccountEvent.PROFILE_CHANGED, editor)
        with pytest.raises(ActionOver):
            act.send(mail.decided, decision_id=1)

    @pytest.mark.django_db(transaction=True)
    def test_does_not_run_inside_a_transaction(self, editor):
        with (
            pytest.raises(RuntimeError, match="durable"),
            transaction.atomic(),
            action(actor=editor, at=AT),
        ):
            pass

    def test_is_what_inner_functions_cannot_do_without(self):
        with pytest.raises(TypeError, match="act"):
            insert_reference(csl={"type": "document", "title": "x"})

    def test_sends_by_marked_handlers_alone(self, editor):
        with pytest.raises(Exception, match="not marked"), action(actor=editor, at=AT) as act:
            act.send(print, line="hello")

    @pytest.mark.django_db(transaction=True)
    def test_holds_the_chain_only_at_its_end(self, editor):
        """What takes long (20,000 references, a figure) takes long before the lock."""
        if connection.vendor != "postgresql":
            pytest.skip("SQLite has one writer at a time, lock or not.")

        def locks() -> int:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
                return cursor.fetchone()[0]

        with action(actor=editor, at=AT) as act:
            act.record(AccountEvent.PROFILE_CHANGED, editor)
            assert locks() == 0


class TestThePublicationLog:
    def test_says_which_article_changed_and_why(self, editor):
        edition = factories.make_edition(editor)
        with action(actor=editor, at=AT) as act:
            act.record(TextEvent.ARTICLE_CHANGED, edition.article)
            act.record(TextEvent.ARTICLE_CHANGED, edition.article)
        entry = PublicationEntry.objects.get()
        assert (entry.event, entry.article_id) == ("articles.article.changed", edition.article_id)
        assert entry.subject == f"articles.article:{edition.article_id}"

    def test_moves_for_one_article_alone(self, editor):
        ours, other = (factories.make_edition(editor).article for _ in range(2))
        before = publication_log.stamp(ours.pk)
        with action(actor=editor, at=AT) as act:
            act.record(TextEvent.ARTICLE_CHANGED, other)
        assert publication_log.stamp(ours.pk) == before
        assert publication_log.stamp() > before

    def test_moves_for_every_article_with_what_shows_everywhere(self, editor):
        article = factories.make_edition(editor).article
        before = publication_log.stamp(article.pk)
        with action(actor=editor, at=AT) as act:
            act.record(AccountEvent.PROFILE_CHANGED, editor)
        assert publication_log.stamp(article.pk) > before

    def test_keeps_silent_of_what_nobody_sees(self, editor):
        factories.make_version(factories.make_edition(editor), editor)
        assert publication_log.stamp() == 0


def every_event() -> list[Event]:
    kinds = [kind for kind in Event.__subclasses__() if not kind.__module__.startswith("tests")]
    return [event for kind in kinds for event in kind]


class TestEvents:
    def test_no_two_are_called_the_same(self):
        names = [event.value for event in every_event()]
        assert len(names) > 50
        assert sorted(names) == sorted(set(names))

    def test_are_called_by_app_thing_and_what_happened(self):
        assert [event for event in every_event() if event.value.count(".") not in (1, 2)] == []

    def test_that_reach_articles_are_of_rows_that_know_them(self):
        """Each is recorded in a test of its action; a row without `seen_in` fails there."""
        reaching = {event.value for event in every_event() if event.reach is Reach.ARTICLES}
        assert "review.publication.moved" in reaching
        assert "articles.reference.notice_recorded" in reaching
        assert "articles.draft.saved" not in reaching
