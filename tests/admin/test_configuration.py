"""Plain configuration and review rules, audited."""

import pytest

from accounts.models import Specialty
from articles.models import (
    Audience,
    Topic,
)
from kernel.models import AuditEntry
from review.models import (
    ReviewRule,
)
from tests import factories
from tests.admin.pages import page, stamp


class TestConfiguration:
    def test_a_new_row_leaves_an_entry_and_tells_the_caches(self, as_administrator, administrator):
        before = stamp()

        as_administrator.post(page(Topic, "add"), {"name": "Heart", "slug": "heart"})

        topic = Topic.objects.get()
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.actor) == ("articles.topic.added", administrator)
        assert entry.subject == f"articles.topic:{topic.pk}"
        assert stamp() > before

    def test_a_change_says_what_it_was_before(self, as_administrator):
        topic = Topic.objects.create(name="Heart", slug="heart")
        form = {"name": "The heart", "slug": "heart"}

        as_administrator.post(page(Topic, "change", topic.pk), form)

        assert AuditEntry.objects.get().data == {"name": ["Heart", "The heart"]}

    def test_a_save_that_changes_nothing_leaves_no_trace(self, as_administrator):
        topic = Topic.objects.create(name="Heart", slug="heart")
        before = stamp()

        as_administrator.post(page(Topic, "change", topic.pk), {"name": "Heart", "slug": "heart"})

        assert not AuditEntry.objects.exists()
        assert stamp() == before

    def test_a_deletion_is_on_record(self, as_administrator):
        topic = Topic.objects.create(name="Heart", slug="heart")

        as_administrator.post(page(Topic, "delete", topic.pk), {"post": "yes"})

        entry = AuditEntry.objects.get()
        assert not Topic.objects.exists()
        assert (entry.action, entry.subject) == (
            "articles.topic.deleted",
            f"articles.topic:{topic.pk}",
        )
        assert entry.data == {"name": "Heart"}

    def test_the_entry_and_the_row_stand_or_fall_together(self, as_administrator, monkeypatch):
        def broken(*deeds, **kwargs):
            raise RuntimeError("no entry")

        monkeypatch.setattr("kernel.action.audit.append", broken)

        with pytest.raises(RuntimeError):
            as_administrator.post(page(Topic, "add"), {"name": "Heart", "slug": "heart"})

        assert not Topic.objects.exists()

    @pytest.mark.parametrize("model", [Specialty, Audience])
    def test_a_row_that_others_refer_to_is_not_deleted(self, as_superuser, everything, model):
        row = model.objects.get(slug="rheumatology" if model is Specialty else "clinician")

        response = as_superuser.post(page(model, "delete", row.pk), {"post": "yes"})

        assert response.status_code == 403
        assert model.objects.filter(pk=row.pk).exists()

    def test_a_specialty_that_nobody_uses_may_go(self, as_administrator):
        unused = factories.make_specialty("mistyped")

        as_administrator.post(page(Specialty, "delete", unused.pk), {"post": "yes"})

        assert not Specialty.objects.filter(slug="mistyped").exists()

    def test_a_form_with_errors_answers_400(self, as_administrator):
        assert as_administrator.post(page(Topic, "add"), {"name": ""}).status_code == 400


class TestReviewRules:
    def form(self, *capacities: Specialty, **fields) -> dict[str, str]:
        rows = {}
        for number, specialty in enumerate(capacities):
            rows[f"capacities-{number}-specialty"] = str(specialty.pk)
            rows[f"capacities-{number}-count"] = "1"
        return {
            "approvals_needed": "3",
            "months_to_next_review": "6",
            "capacities-TOTAL_FORMS": str(len(capacities)),
            "capacities-INITIAL_FORMS": "0",
            **rows,
            **fields,
        }

    @pytest.fixture
    def general(self, db) -> ReviewRule:
        return ReviewRule.objects.get(specialty=None, audience=None)

    @pytest.mark.parametrize("who", ["administrator", "superuser"])
    def test_the_general_rule_is_never_deleted(self, request, client, general, who):
        client.force_login(request.getfixturevalue(who))

        response = client.post(page(ReviewRule, "delete", general.pk), {"post": "yes"})

        assert response.status_code == 403
        assert ReviewRule.objects.filter(pk=general.pk).exists()

    def test_the_general_rule_stays_general(self, as_administrator, general):
        form = self.form(specialty=str(factories.make_specialty().pk))

        as_administrator.post(page(ReviewRule, "change", general.pk), form)

        general.refresh_from_db()
        assert general.specialty is None
        assert general.approvals_needed == 3

    def test_capacities_are_set_inline_and_named_in_the_trail(self, as_administrator, general):
        specialty = factories.make_specialty()

        as_administrator.post(page(ReviewRule, "change", general.pk), self.form(specialty))

        assert general.capacities.get().specialty == specialty
        entry = AuditEntry.objects.get()
        assert entry.action == "review.reviewrule.changed"
        assert entry.data["rule capacities added"] == ["1 × Rheumatology"]

    def test_a_second_rule_for_the_same_texts_is_refused(self, as_administrator):
        response = as_administrator.post(page(ReviewRule, "add"), self.form())

        assert response.status_code == 400
        assert (
            "There is a rule for this specialty and audience already." in response.content.decode()
        )

    def test_another_rule_may_be_deleted(self, as_administrator):
        rule = ReviewRule.objects.create(specialty=factories.make_specialty())

        as_administrator.post(page(ReviewRule, "delete", rule.pk), {"post": "yes"})

        assert not ReviewRule.objects.filter(pk=rule.pk).exists()
