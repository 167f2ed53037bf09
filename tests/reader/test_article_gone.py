"""The page of a text that was taken down: what it says, and what it offers instead."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Topic
from review.rounds.actions.withdrawing import retract_submission, withdraw_submission
from tests import factories
from tests.reader.conftest import json_ld, multiply, url, words


class TestGone:
    def test_a_retracted_text_is_410_with_its_notice(self, client, approve, chair):
        submission = approve(body="<p>Wrong words.</p>")
        tag = client.get(url(submission)).headers["ETag"]
        retract_submission(
            actor=chair, submission_id=submission.pk, notice="It was wrong.", at=factories.AT
        )
        response = client.get(url(submission), headers={"If-None-Match": tag})
        assert response.status_code == 410
        page = words(response)
        assert "It was wrong." in page
        assert "Wrong words." not in page
        assert f"{url(submission)}history/" in response.content.decode()
        assert json_ld(response) == {}
        assert "noindex" in response.content.decode()
        assert client.get(url(submission, "clinician")).status_code == 410

    def test_other_approved_texts_on_its_topics_are_offered(
        self, client, approve, pending, submit_edition, chair
    ):
        one, two = (Topic.objects.create(slug=name, name=name) for name in ("one", "two"))
        gone = approve(question="What is gone?")
        gone.edition.article.topics.add(one, two)
        both = approve(question="Of both?", slug="public")
        both.edition.article.topics.add(one, two)
        submit_edition(both.edition.article, "clinician", title="Of both, for clinicians?")
        for number in range(4):
            approve(question=f"Of one, {number}?").edition.article.topics.add(one)
        approve(question="Of neither?")
        pending(question="Not approved?").edition.article.topics.add(one, two)
        retract_submission(
            actor=chair, submission_id=gone.pk, notice="It was wrong.", at=factories.AT
        )
        version = gone.version.number
        for path in (url(gone), f"{url(gone)}history/clinician/{version}/"):
            response = client.get(path)
            assert response.status_code == 410
            html = response.content.decode()
            titles = re.findall(r'entry__title"><a href="([^"]+)">([^<]+)<', html)
            assert "Other texts on this" in html
            assert [title for _url, title in titles] == [
                "Of both, for clinicians?",
                "Of one, 3?",
                "Of one, 2?",
            ]
            assert titles[0][0] == url(both, "clinician")

    def test_other_texts_cost_one_query_however_many(self, client, approve, chair):
        topic = Topic.objects.create(slug="one", name="One")
        gone, other = approve(question="What is gone?"), approve(question="What else?")
        gone.edition.article.topics.add(topic)
        retract_submission(
            actor=chair, submission_id=gone.pk, notice="It was wrong.", at=factories.AT
        )
        with CaptureQueriesContext(connection) as none:
            assert "Other texts on this" not in words(client.get(url(gone)))
        other.edition.article.topics.add(topic)
        multiply(other, 200)
        with CaptureQueriesContext(connection) as many:
            assert "Other texts on this" in words(client.get(url(gone)))
        assert len(many) == len(none)

    def test_a_withdrawn_text_with_a_notice_is_410(self, client, editor, pending):
        submission = pending()
        withdraw_submission(
            actor=editor, submission_id=submission.pk, notice="An error.", at=factories.AT
        )
        response = client.get(url(submission))
        assert response.status_code == 410
        assert "An error." in words(response)
        assert "withdrawn before the board approved it" in words(response)

    def test_a_withdrawn_text_without_one_was_never_there(self, client, editor, pending):
        submission = pending()
        withdraw_submission(actor=editor, submission_id=submission.pk, at=factories.AT)
        assert client.get(url(submission)).status_code == 404

    def test_another_edition_is_shown_in_place_of_a_retracted_one(
        self, client, approve, submit_edition, chair
    ):
        submission = approve(slug="public")
        submit_edition(submission.edition.article, "clinician")
        retract_submission(
            actor=chair, submission_id=submission.pk, notice="Wrong.", at=factories.AT
        )
        assert "Written for clinicians." in words(client.get(url(submission)))
        assert client.get(url(submission, "public")).status_code == 410
