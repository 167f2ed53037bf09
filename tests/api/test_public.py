"""What anybody may read: the one text, its truth, what was taken down, and nothing else."""

import hashlib
from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from articles.references.actions.notices import record_notice
from kernel import release
from kernel.models import PublicationEntry
from review.models import Submission
from review.public.actions.noticing import publish_notice
from review.rounds.actions.withdrawing import retract_submission, withdraw_submission
from review.verdicts.actions.deciding import recuse
from tests import factories
from tests.api.conftest import NOW, V1, problem_of, program


@pytest.fixture
def api(db):
    factories.set_rule(approvals=1)
    return program(None)


@pytest.fixture
def approved(api, editor, reviewer, chair) -> Submission:
    reference = factories.make_reference(editor, key="source")
    body = f'<p>A sentence<cite data-refs="{reference.key}">[1]</cite>.</p>'
    submission = factories.make_submission(editor, body=body, summary="In short.")
    factories.approve(submission, reviewer, chair)
    return Submission.objects.select_related("edition__article", "version").get(pk=submission.pk)


def address(submission) -> str:
    return f"{V1}/articles/{submission.edition.article.slug}/"


def newer(submission, editor):
    factories.edit(submission.edition, editor, body="<p>Newer words.</p>")
    return factories.submit(factories.make_version(submission.edition, editor), editor)


class TestReadingAnArticle:
    def test_tells_the_text_its_status_and_who_signed_exactly_it(self, api, approved, reviewer):
        said = api.get(address(approved)).json()

        assert said["status"]["code"] == "APPROVED"
        assert "Reviewed by one board member" in said["status"]["board_line"]
        assert said["publication"]["last_reviewed_on"] == "2026-11-22"
        assert said["publication"]["review_due_on"] == "2027-11-22"
        assert said["text"]["html"] == approved.version.rendered
        assert said["text"]["references"][0]["csl"]["title"]
        (signature,) = said["signatures"]
        assert signature["signed"] == approved.signatures.get().signed
        assert signature["signed"]["digest"] == approved.version.digest

    def test_lets_anybody_recompute_the_digest(self, api, approved):
        said = api.get(address(approved)).json()

        digest = hashlib.sha256(said["text"]["canonical"].encode()).hexdigest()
        assert digest == said["publication"]["version"]["digest"]

    def test_names_no_editor(self, api, approved, editor):
        for url in (
            address(approved),
            f"{V1}/versions/{approved.version_id}/",
            f"{V1}/publications/{approved.edition_id}/",
            f"{V1}/articles/",
        ):
            assert editor.name not in api.get(url).content.decode(), url

    def test_never_shows_a_draft(self, api, approved, editor):
        factories.edit(approved.edition, editor, title="Draft title", body="<p>Draft.</p>")

        assert "Draft" not in api.get(address(approved)).content.decode()

    def test_says_that_a_newer_version_is_pending(self, api, approved, editor):
        newer(approved, editor)

        said = api.get(address(approved)).json()

        assert said["publication"]["newer_pending"] is True
        assert said["publication"]["version"]["number"] == 1

    def test_raises_the_alarm_when_a_source_was_retracted(self, api, approved, editor):
        reference = approved.version.cited_references.get().reference
        record_notice(
            actor=editor,
            reference_id=reference.pk,
            kind="RETRACTION",
            noticed_on=NOW.date(),
            at=NOW,
        )

        said = api.get(address(approved)).json()

        assert said["publication"]["source_alarm"] is True
        assert said["source_notices"][0]["is_retracted"] is True

    def test_shows_a_caution_until_it_is_lifted(self, api, approved, chair):
        article = approved.edition.article
        publish_notice(actor=chair, article=article, kind="CAUTION", text="Wait.", at=NOW)
        warned = api.get(address(approved)).json()["notices"]
        publish_notice(actor=chair, article=article, kind="CAUTION_LIFTED", text="Fine.", at=NOW)

        assert [row["text"] for row in warned] == ["Wait."]
        assert api.get(address(approved)).json()["notices"] == []

    def test_tells_exactly_the_text_asked_for_or_what_there_is_instead(self, api, approved):
        there = api.get(f"{address(approved)}?audience=clinician&language=en")
        missing = api.get(f"{address(approved)}?audience=public")

        assert there.json()["text"]["audience"] == "clinician"
        said = problem_of(missing, 404, "not-found")
        assert said["available"] == [
            {"language": "en", "audience": "clinician", "status": "APPROVED"}
        ]

    def test_a_pending_text_is_told_as_such_without_its_signatures(
        self, api, editor, reviewer, second_reviewer, chair
    ):
        factories.set_rule(approvals=2, pending=True)
        submission = factories.make_submission(editor)
        factories.approve(submission, reviewer, chair)

        said = api.get(address(submission)).json()

        assert said["status"]["code"] == "UNDER_REVIEW"
        assert said["status"]["board_line"].startswith("Nobody on the board has approved")
        assert said["signatures"] == []
        assert said["publication"]["last_reviewed_on"] is None

    def test_what_is_not_public_is_not_found(self, api, editor):
        submission = factories.make_submission(editor)

        problem_of(api.get(address(submission)), 404, "not-found")


class TestWhatWasTakenDown:
    @pytest.fixture
    def retracted(self, approved, chair) -> Submission:
        retract_submission(
            actor=chair, submission_id=approved.pk, notice="A figure was wrong.", at=NOW
        )
        return approved

    def test_is_gone_with_its_notice(self, api, retracted):
        said = problem_of(api.get(address(retracted)), 410, "gone")

        assert "A figure was wrong." in said["detail"]
        assert [row["kind"] for row in said["notices"]] == ["RETRACTION"]

    def test_is_in_no_list_of_articles_but_said_to_be_down_among_publications(self, api, retracted):
        assert api.get(f"{V1}/articles/").json()["results"] == []
        (row,) = api.get(f"{V1}/publications/?state=RETRACTED").json()["results"]
        assert (row["is_readable"], row["is_approved"]) == (False, False)
        assert row["last_reviewed_on"] is None

    def test_takes_its_versions_with_it(self, api, retracted):
        problem_of(api.get(f"{V1}/versions/{retracted.version_id}/"), 404, "not-found")

    def test_takes_earlier_versions_with_it(self, api, approved, editor, reviewer, chair):
        second = newer(approved, editor)
        factories.approve(second, reviewer, chair)
        before = api.get(f"{V1}/versions/{approved.version_id}/").json()

        retract_submission(actor=chair, submission_id=second.pk, notice="Wrong.", at=NOW)

        assert before["status"]["code"] == "SUPERSEDED"
        assert before["is_shown"] is False
        problem_of(api.get(f"{V1}/versions/{approved.version_id}/"), 404, "not-found")

    def test_a_pending_version_may_be_read_only_while_it_is_shown(self, api, editor):
        factories.set_rule(pending=True)
        submission = factories.make_submission(editor)
        url = f"{V1}/versions/{submission.version_id}/"
        shown = api.get(url)

        withdraw_submission(actor=editor, submission_id=submission.pk, at=NOW)

        assert shown.json()["status"]["code"] == "SUBMITTED"
        problem_of(api.get(url), 404, "not-found")

    def test_a_pending_text_withdrawn_with_a_notice_is_gone_with_it(self, api, editor):
        factories.set_rule(pending=True)
        submission = factories.make_submission(editor)
        url = f"{V1}/submissions/{submission.pk}/withdraw/"

        done = program(editor).post(url, {"notice": "It was not ready."}, format="json")

        assert done.json()["status"]["code"] == "WITHDRAWN"
        assert (
            "It was not ready." in problem_of(api.get(address(submission)), 410, "gone")["detail"]
        )

    def test_a_notice_on_a_text_that_nobody_saw_names_its_field(self, api, editor):
        submission = factories.make_submission(editor)
        url = f"{V1}/submissions/{submission.pk}/withdraw/"

        response = program(editor).post(url, {"notice": "Never seen."}, format="json")

        assert list(problem_of(response, 400, "bad-input")["errors"]) == ["notice"]

    def test_a_pending_version_beside_an_approved_one_is_not_public(self, api, approved, editor):
        factories.set_rule(pending=True)
        second = newer(approved, editor)

        problem_of(api.get(f"{V1}/versions/{second.version_id}/"), 404, "not-found")


class TestListingArticles:
    @pytest.mark.parametrize(
        "query",
        [
            "language=en",
            "audience=clinician",
            "specialty=rheumatology",
            "state=APPROVED",
            "search=what question",
        ],
    )
    def test_finds_what_fits(self, api, approved, query):
        (row,) = api.get(f"{V1}/articles/?{query}").json()["results"]

        assert row["slug"] == approved.edition.article.slug
        assert row["texts"][0]["version"]["digest"] == approved.version.digest

    @pytest.mark.parametrize(
        "query", ["language=zh", "audience=public", "state=SUBMITTED", "search=teapot"]
    )
    def test_leaves_out_what_does_not(self, api, approved, query):
        assert api.get(f"{V1}/articles/?{query}").json()["results"] == []

    @pytest.mark.parametrize("query", ["language=xx", "topic=none", "state=DRAFT", "page=9"])
    def test_refuses_what_makes_no_sense(self, api, approved, query):
        assert api.get(f"{V1}/articles/?{query}").status_code in {400, 404}

    def test_one_text_has_to_fit_every_filter(self, api, approved, editor, reviewer, chair):
        other = factories.make_submission(editor, slug="public", question="Another one?")
        factories.approve(other, reviewer, chair)

        found = api.get(f"{V1}/articles/?audience=public&search=another").json()["results"]

        assert [row["slug"] for row in found] == [other.edition.article.slug]


class TestAskingAgain:
    @pytest.mark.parametrize("door", ["article", "articles/", "publications/"])
    def test_answers_304_until_something_readers_see_has_changed(self, api, approved, chair, door):
        url = address(approved) if door == "article" else f"{V1}/{door}"
        tag = api.get(url).headers["ETag"]
        unchanged = api.get(url, headers={"if-none-match": tag})
        publish_notice(
            actor=chair, article=approved.edition.article, kind="CAUTION", text="Wait.", at=NOW
        )
        changed = api.get(url, headers={"if-none-match": tag})

        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert changed.status_code == 200
        assert changed.headers["ETag"] != tag

    def test_a_program_is_told_when_somebody_steps_aside(
        self, api, editor, reviewer, second_reviewer, chair
    ):
        factories.set_rule(approvals=1, pending=True)
        submission = factories.make_submission(editor)
        factories.assign(submission, reviewer, chair)
        factories.assign(submission, second_reviewer, chair)
        held = api.get(address(submission))
        assert "two board members" in held.json()["status"]["line"]

        recuse(actor=reviewer, submission_id=submission.pk, comment="", at=NOW)

        response = api.get(address(submission), headers={"if-none-match": held.headers["ETag"]})
        assert response.status_code == 200
        assert "one board member" in response.json()["status"]["line"]

    def test_a_review_becomes_overdue_while_nothing_is_written(self, api, approved, monkeypatch):
        due = datetime.combine(approved.review_due_on, time(9), tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: due)
        held = api.get(address(approved))
        assert held.json()["publication"]["review_overdue"] is False

        monkeypatch.setattr(timezone, "now", lambda: due + timedelta(days=1))
        response = api.get(address(approved), headers={"if-none-match": held.headers["ETag"]})

        assert response.status_code == 200
        assert response.json()["publication"]["review_overdue"] is True

    def test_another_release_answers_anew(self, api, approved, monkeypatch):
        tags = []
        for code in ("one", "two"):
            monkeypatch.setattr(release, "stamp", lambda code=code: code)
            tags.append(api.get(address(approved)).headers["ETag"])

        assert tags[0] != tags[1]

    def test_the_tag_is_of_the_query_too(self, api, approved):
        url = address(approved)

        assert api.get(url).headers["ETag"] != api.get(f"{url}?audience=clinician").headers["ETag"]

    def test_what_is_not_there_carries_no_tag(self, api):
        assert "ETag" not in api.get(f"{V1}/articles/nothing/").headers

    def test_reads_the_publication_log_alone(self, api, approved, django_assert_num_queries):
        tag = api.get(address(approved)).headers["ETag"]

        with django_assert_num_queries(1):
            api.get(address(approved), headers={"if-none-match": tag})
        assert PublicationEntry.objects.exists()
