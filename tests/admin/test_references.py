"""The reference library and the policy."""

import json
from datetime import timedelta

import reversion

from articles.models import (
    Reference,
)
from articles.references.actions.references import change_reference
from kernel.models import AuditEntry
from reader.actions.policy import publish_policy
from reader.models import PolicyVersion
from tests import factories
from tests.admin.pages import page, stamp
from tests.factories import AT


class TestReferences:
    CSL = {
        "type": "article-journal",
        "title": "A title",
        "author": [{"family": "Specimen", "given": "Sam"}],
        "issued": {"date-parts": [[2024]]},
        "DOI": "10.5555/new",
    }

    def notices(self, **fields) -> dict[str, str]:
        return {
            "notices-TOTAL_FORMS": "0",
            "notices-INITIAL_FORMS": fields.pop("initial", "0"),
            **fields,
        }

    def test_adds_through_the_action(self, as_administrator, administrator):
        form = self.notices(key="", csl=json.dumps(self.CSL))

        response = as_administrator.post(page(Reference, "add"), form)

        assert response.status_code == 302, response.content.decode()
        reference = Reference.objects.get()
        assert (reference.doi, reference.added_by) == ("10.5555/new", administrator)
        assert AuditEntry.objects.filter(action="articles.reference.added").exists()

    def test_a_record_that_cannot_be_read_is_refused_with_reason(self, as_administrator):
        form = self.notices(key="", csl=json.dumps({**self.CSL, "DOI": "not one"}))

        response = as_administrator.post(page(Reference, "add"), form)

        assert response.status_code == 400
        assert "is not a DOI" in response.content.decode()
        assert "A title" in response.content.decode()
        assert not Reference.objects.exists()

    def test_the_same_source_twice_is_a_conflict_with_nothing_lost(self, as_administrator, editor):
        factories.make_reference(editor, key="there", doi="10.5555/new")
        form = self.notices(key="", csl=json.dumps(self.CSL))

        response = as_administrator.post(page(Reference, "add"), form)

        assert response.status_code == 409
        assert "has this source already" in response.content.decode()
        assert "A title" in response.content.decode()

    def test_changes_through_the_action_and_keeps_the_key(self, as_administrator, editor):
        reference = factories.make_reference(editor, key="there")
        form = self.notices(key="forged", csl=json.dumps(self.CSL))

        response = as_administrator.post(page(Reference, "change", reference.pk), form)

        assert response.status_code == 302
        reference.refresh_from_db()
        assert (reference.title, reference.key) == ("A title", "there")
        assert AuditEntry.objects.filter(action="articles.reference.changed").exists()

    def test_history_shows_who_when_and_what_and_offers_no_way_back(
        self, as_administrator, administrator, editor
    ):
        reference = factories.make_reference(editor, key="there", title="Before <b>")
        change_reference(
            actor=administrator,
            reference_id=reference.pk,
            csl={**reference.csl, "title": "After"},
            at=AT + timedelta(hours=1),
        )

        text = as_administrator.get(page(Reference, "history", reference.pk)).content.decode()

        assert text.index("13:00") < text.index("First record")
        assert "Ada Administrator" in text
        assert "Eda Editor" in text
        assert "<del>Before &lt;b&gt;</del> <ins>After</ins>" in text
        assert "revert" not in text.lower()
        assert reversion.models.Version.objects.get_for_object(reference).count() == 2


class TestPolicy:
    FORM = {"text": "The policy.", "change_note": "First.", "in_force_from": "2026-11-22"}

    def test_a_new_version_is_published_through_the_action(self, as_administrator, administrator):
        before = stamp()

        assert as_administrator.post(page(PolicyVersion, "add"), self.FORM).status_code == 302

        policy = PolicyVersion.objects.get()
        assert (policy.number, policy.published_by) == (1, administrator)
        assert stamp() > before

    def test_the_same_words_again_are_a_conflict(self, as_administrator):
        as_administrator.post(page(PolicyVersion, "add"), self.FORM)

        response = as_administrator.post(page(PolicyVersion, "add"), self.FORM)

        assert response.status_code == 409
        assert "says the same" in response.content.decode()
        assert PolicyVersion.objects.count() == 1

    def test_a_published_version_cannot_be_edited(self, as_superuser, administrator):
        policy = publish_policy(
            actor=administrator, text="A", change_note="", in_force_from=AT.date(), at=AT
        )
        path = page(PolicyVersion, "change", policy.pk)

        assert as_superuser.post(path, self.FORM).status_code == 403
        policy.refresh_from_db()
        assert policy.text == "A"
