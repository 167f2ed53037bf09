"""The panel beside the text and the page of checks, through the door."""

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Edition
from tests import factories
from tests.articles.texts.checks.making import cite

BODY = "<h2>Risks</h2><p>It is always safe.</p><h2>Empty</h2>"


@pytest.fixture
def draft(editor):
    return factories.make_edition(editor, body=BODY, slug="public")


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def url(draft):
    return reverse("articles:checks", args=[draft.pk])


class TestThePage:
    def test_shows_what_blocks_and_the_advice_of_the_saved_draft(self, desk, draft):
        page = desk.get(url(draft)).content.decode()

        assert "One thing keeps this draft from being frozen." in page
        assert "Nothing stands under the heading “Empty”." in page
        assert "“always” promises more than evidence can." in page
        assert "Absolute wording" in page
        assert "a promise misleads" in page
        assert page.index("Nothing stands under") < page.index("promises more")

    def test_says_so_when_nothing_is_found(self, desk, editor):
        draft = factories.make_edition(editor, body="<p>A plain sentence.</p>", summary="In short.")

        page = desk.get(url(draft)).content.decode()

        assert "Nothing stands against freezing this draft." in page
        assert "No advice." in page

    def test_a_chair_sees_it_without_a_way_to_write(self, client, chair, draft):
        client.force_login(chair)

        page = client.get(url(draft)).content.decode()

        assert "always" in page
        assert "Continue writing" not in page

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_what_one_may_not_know_of_is_not_found(self, client, stranger, draft, method):
        client.force_login(stranger)

        assert getattr(client, method)(url(draft)).status_code == 404

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_visitor_is_asked_to_sign_in(self, client, draft, method):
        assert getattr(client, method)(url(draft)).status_code == 302

    def test_no_other_method_is_taken(self, desk, draft):
        assert desk.delete(url(draft)).status_code == 405


class TestThePanel:
    def typed(self, **text):
        return {
            "title": "What is asked?",
            "heading": "",
            "summary": "In short.",
            "body": BODY,
            **text,
        }

    def test_checks_what_is_typed_and_stores_nothing(self, desk, draft):
        answer = desk.post(url(draft), self.typed(body="<p>It cures asthma.</p>")).content.decode()

        assert "“cures” promises more than evidence can." in answer
        assert "<html" not in answer
        draft.refresh_from_db()
        assert (draft.body, draft.draft_number) == (BODY, 1)

    def test_leads_to_the_words_in_their_sentence(self, desk, draft):
        answer = desk.post(url(draft), self.typed()).content.decode()

        assert 'data-sentence="It is always safe." data-words="always"' in answer
        assert "data-check-jump" in answer

    def test_says_what_is_heard_when_it_changes(self, desk, draft):
        answer = desk.post(url(draft), self.typed()).content.decode()

        assert 'data-checks-said="One thing keeps this draft from being frozen.' in answer

    def test_what_is_not_sent_is_read_from_the_draft(self, desk, draft):
        answer = desk.post(url(draft), {"title": ""}).content.decode()

        assert "The question is empty." in answer
        assert "Nothing stands under" in answer

    def test_a_text_that_could_not_be_stored_is_answered_with_the_reason(self, desk, draft):
        response = desk.post(url(draft), self.typed(title="x" * 301))

        assert response.status_code == 400
        assert "300" in response.content.decode()

    def test_a_script_that_is_typed_does_not_come_back(self, desk, draft):
        answer = desk.post(
            url(draft), self.typed(body="<h2>&lt;script&gt;x&lt;/script&gt;</h2><script>y</script>")
        )

        assert "<script" not in answer.content.decode()

    def test_needs_the_token_of_the_form(self, editor, draft):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(editor)

        assert strict.post(url(draft), self.typed()).status_code == 403

    def test_leads_to_the_reference(self, desk, draft, editor):
        reference = factories.make_reference(editor, key="a")
        type(reference).objects.filter(pk=reference.pk).update(is_identified=False)

        answer = desk.post(url(draft), self.typed(body=f"<p>x{cite('a')}</p>")).content.decode()

        assert reverse("articles:reference-edit", args=[reference.pk]) in answer

    def test_needs_as_many_queries_for_a_long_text_as_for_a_short_one(
        self, desk, draft, editor, django_assert_max_num_queries
    ):
        keys = [factories.make_reference(editor).key for _ in range(40)]
        body = "".join(f"<p>It is always safe.{cite(key)}</p>" for key in keys)

        with django_assert_max_num_queries(11):
            desk.post(url(draft), self.typed(body=body))


class TestTheEditor:
    def test_shows_the_checks_of_the_saved_draft_beside_the_text(self, desk, draft):
        page = desk.get(reverse("articles:edit", args=[draft.pk])).content.decode()

        assert f'data-checks-url="{url(draft)}"' in page
        assert "Of the saved draft." in page
        assert "Nothing stands under the heading “Empty”." in page
        assert Edition.objects.get(pk=draft.pk).draft_number == 1
