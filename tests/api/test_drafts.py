"""Writing over the API: the draft that was read, what moved on meanwhile, and freezing."""

import json

import pytest

from articles.models import Article, Contribution, Edition, Version
from kernel.models import AuditEntry
from tests import factories
from tests.api.conftest import V1, problem_of, program

BODY = "<p>Another sentence.</p>"


@pytest.fixture
def draft(editor) -> Edition:
    return factories.make_edition(editor)


@pytest.fixture
def api(editor):
    return program(editor)


def patch(client, edition, tag='"draft-1"', **changes):
    headers = {"if-match": tag} if tag else {}
    return client.patch(f"{V1}/editions/{edition.pk}/", changes, format="json", headers=headers)


class TestReadingADraft:
    def test_stands_under_the_tag_of_its_number(self, api, draft):
        response = api.get(f"{V1}/editions/{draft.pk}/")

        assert response.headers["ETag"] == '"draft-1"'
        assert response.json()["body"] == draft.body
        assert response.json()["article"]["slug"] == draft.article.slug

    def test_lists_filter_by_language_audience_and_article(self, api, editor, draft):
        factories.make_edition(editor, slug="public")

        found = api.get(f"{V1}/editions/?audience=clinician&language=en").json()["results"]
        by_slug = api.get(f"{V1}/editions/?article={draft.article.slug}").json()["results"]

        assert [row["id"] for row in found] == [row["id"] for row in by_slug] == [draft.pk]
        assert "body" not in found[0]

    def test_an_unknown_audience_in_a_filter_is_refused_with_those_there_are(self, api, draft):
        said = problem_of(api.get(f"{V1}/editions/?audience=pilots"), 400, "bad-input")

        assert "clinician" in said["errors"]["audience"][0]


class TestSavingADraft:
    def test_saves_and_moves_the_tag_on(self, api, draft, editor):
        response = patch(api, draft, body=BODY, note="A better sentence.")

        assert response.status_code == 200
        assert response.headers["ETag"] == '"draft-2"'
        draft.refresh_from_db()
        assert (draft.body, draft.draft_number, draft.updated_by) == (BODY, 2, editor)

    @pytest.mark.parametrize("tag", ["", "*"])
    def test_needs_to_be_told_which_draft_was_read(self, api, draft, tag):
        problem_of(patch(api, draft, tag, body=BODY), 428, "precondition-required")
        draft.refresh_from_db()
        assert draft.draft_number == 1

    @pytest.mark.parametrize("tag", ['"draft-1"', '"draft-7"', 'W/"draft-2"', "nonsense"])
    def test_a_stale_one_is_refused_and_both_texts_are_kept(self, api, draft, other_editor, tag):
        factories.edit(draft, other_editor, body="<p>What the other one wrote.</p>")

        response = patch(api, draft, tag, body=BODY)

        said = problem_of(response, 412, "stale-draft")
        assert said["current"]["draft_number"] == 2
        assert said["current"]["body"] == "<p>What the other one wrote.</p>"
        assert said["typed"]["body"] == BODY
        assert response.headers["ETag"] == '"draft-2"'
        draft.refresh_from_db()
        assert draft.body == "<p>What the other one wrote.</p>"

    def test_the_tag_of_the_problem_lets_the_merged_text_in(self, api, draft, other_editor):
        factories.edit(draft, other_editor, body="<p>What the other one wrote.</p>")
        tag = patch(api, draft, body=BODY).headers["ETag"]

        assert patch(api, draft, tag, body=BODY).status_code == 200

    def test_changing_nothing_makes_nothing(self, api, draft):
        before = AuditEntry.objects.count(), Contribution.objects.count()

        response = patch(api, draft, body=f"  {draft.body} \n")

        assert response.headers["ETag"] == '"draft-1"'
        assert (AuditEntry.objects.count(), Contribution.objects.count()) == before

    def test_putting_half_a_text_is_refused_rather_than_emptying_the_rest(self, api, draft):
        response = api.put(
            f"{V1}/editions/{draft.pk}/",
            {"body": BODY},
            format="json",
            headers={"if-match": '"draft-1"'},
        )

        said = problem_of(response, 400, "bad-input")
        assert set(said["errors"]) == {
            "title", "heading", "summary", "jurisdiction", "ai_provenance",
        }  # fmt: skip

    @pytest.mark.parametrize(
        "field", ["draft_number", "id", "language", "audience", "state", "digest", "updated_by"]
    )
    def test_sets_nothing_but_the_text(self, api, draft, field):
        said = problem_of(patch(api, draft, **{field: 7}), 400, "bad-input")

        assert list(said["errors"]) == [field]

    def test_what_cannot_be_stored_is_named_with_its_field(self, api, draft):
        said = problem_of(patch(api, draft, title="x" * 301), 400, "bad-input")

        assert "300" in said["errors"]["title"][0]

    def test_a_script_does_not_get_in(self, api, draft):
        patch(api, draft, body=f"{BODY}<script>alert(1)</script><p onclick='x()'>More.</p>")

        draft.refresh_from_db()
        assert "script" not in draft.body
        assert "onclick" not in draft.body


class TestStarting:
    def test_an_article_begins_with_the_draft_that_is_answered(self, api, editor):
        response = api.post(
            f"{V1}/articles/",
            {
                "question": "What is asked?",
                "specialty": "general-medicine",
                "language": "en",
                "audience": "public",
                "body": BODY,
            },
            format="json",
        )

        assert response.status_code == 201
        said = response.json()
        assert (said["title"], said["body"]) == ("What is asked?", BODY)
        assert response.headers["ETag"] == '"draft-1"'
        assert Article.objects.get(slug=said["article"]["slug"]).created_by == editor

    def test_an_edition_that_is_there_already_conflicts(self, api, draft):
        response = api.post(
            f"{V1}/articles/{draft.article.slug}/editions/",
            {"language": "en", "audience": "clinician"},
            format="json",
        )

        assert problem_of(response, 409, "wrong-state")["current"] == "exists"


class TestFreezing:
    def freeze(self, client, edition, **body):
        return client.post(f"{V1}/editions/{edition.pk}/freeze/", body, format="json")

    def test_makes_the_next_version(self, api, draft):
        response = self.freeze(api, draft, draft_number=1)

        assert response.status_code == 201
        assert response.json()["digest"] == Version.objects.get(edition=draft).digest
        listed = api.get(f"{V1}/editions/{draft.pk}/versions/").json()["results"]
        assert [row["number"] for row in listed] == [1]

    def test_is_refused_with_each_problem_and_its_remedy(self, api, draft, editor):
        factories.edit(draft, editor, title="", body="")

        said = problem_of(self.freeze(api, draft, draft_number=2), 409, "freeze-refused")
        checks = api.get(f"{V1}/editions/{draft.pk}/checks/").json()

        assert [row["code"] for row in said["problems"]] == ["empty-title", "empty-body"]
        assert said["problems"] == checks["problems"]
        assert checks["can_be_frozen"] is False
        assert not Version.objects.exists()

    def test_of_another_draft_than_the_one_read_conflicts(self, api, draft, other_editor):
        factories.edit(draft, other_editor, body=BODY)

        said = problem_of(self.freeze(api, draft, draft_number=1), 409, "wrong-state")

        assert said["current"] == "draft 2"

    def test_of_the_same_text_again_makes_nothing(self, api, draft):
        self.freeze(api, draft, draft_number=1)

        again = self.freeze(
            api, draft, draft_number=1, change_class="EDITORIAL", change_note="None."
        )

        problem_of(again, 409, "nothing-changed")
        assert Version.objects.count() == 1

    def test_of_a_change_that_is_not_described_names_the_field(self, api, draft, editor):
        self.freeze(api, draft, draft_number=1)
        factories.edit(draft, editor, body=BODY)

        said = problem_of(self.freeze(api, draft, draft_number=2), 400, "bad-input")

        assert list(said["errors"]) == ["change_class"]


class TestTheLibrary:
    def test_a_source_that_is_there_conflicts_and_is_named(self, api, editor):
        reference = factories.make_reference(editor)

        response = api.post(f"{V1}/references/", {"csl": reference.csl}, format="json")

        assert problem_of(response, 409, "wrong-state")["current"] == reference.key

    @pytest.mark.parametrize(
        "csl",
        [
            {"type": "poem"},
            {"type": "book", "title": "A \ud800 half"},
            {"type": "book", "title": "A \x00 hole", "DOI": "10.5555/x"},
            {"type": "book", "note": {"deep": [1]}},
            {"type": "book", "x-odd": "\ud800"},
        ],
    )
    def test_a_record_that_cannot_be_read_or_stored_is_refused_or_cleaned(self, api, csl):
        # Escaped by hand: a client that sends half a character has to be answered too.
        sent = json.dumps({"csl": csl})
        response = api.post(f"{V1}/references/", sent, content_type="application/json")

        assert response.status_code in {201, 400}

    def test_a_notice_in_the_future_is_refused(self, api, editor):
        reference = factories.make_reference(editor)

        response = api.post(
            f"{V1}/references/{reference.key}/notices/",
            {"kind": "RETRACTION", "noticed_on": "2050-01-01"},
            format="json",
        )

        assert list(problem_of(response, 400, "bad-input")["errors"]) == ["noticed_on"]

    def test_search_finds_every_word(self, api, editor):
        factories.make_reference(editor, title="A trial of teapots", key="teapots")
        factories.make_reference(editor, title="A trial of kettles")

        found = api.get(f"{V1}/references/?search=trial teapots").json()["results"]

        assert [row["key"] for row in found] == ["teapots"]


class TestBodies:
    def post(self, api, data, content_type="application/json"):
        return api.post(f"{V1}/references/", data, content_type=content_type)

    def test_that_are_not_json_are_refused(self, api):
        problem_of(self.post(api, "{"), 400, "malformed")
        problem_of(self.post(api, "<a/>", "text/xml"), 415, "unsupported-media-type")

    def test_nested_without_end_are_refused(self, api):
        problem_of(self.post(api, "[" * 100_000), 400, "malformed")

    def test_longer_than_the_site_accepts_are_refused(self, api, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

        problem_of(self.post(api, '"' + "x" * 200 + '"'), 413, "too-large")

    def test_that_are_no_object_are_refused(self, api):
        problem_of(self.post(api, "[1]"), 400, "bad-input")

    def test_in_another_form_are_not_answered(self, api):
        response = api.get(f"{V1}/references/", headers={"accept": "application/xml"})

        problem_of(response, 406, "not-acceptable")
