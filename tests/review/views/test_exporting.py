"""Taking a Version away: what the files say of its review, and who may have them."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from articles.models import ReferenceNotice
from articles.texts.exporting.formats import FORMATS
from review.models import Notice
from review.public.actions.noticing import publish_notice
from review.public.exporting import standing_of
from review.rounds.actions.withdrawing import retract_submission
from tests import factories
from tests.review.views.conftest import NOW, enter


def url(version, form: str = "html") -> str:
    return reverse("review:export", args=[version.pk, form])


def words(client, version, form: str = "html") -> str:
    response = client.get(url(version, form))
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture(autouse=True)
def _one_signature_approves(db):
    factories.set_rule(approvals=1)


@pytest.fixture
def approved(board, editor, chair, reviewer):
    factories.sign(board.submission, reviewer)
    board.submission.refresh_from_db()
    return board.submission


class TestWhatItSays:
    def test_a_version_that_was_not_sent_says_so(self, client, editor):
        version = factories.make_version(factories.make_edition(editor), editor)
        client.force_login(editor)

        html = words(client, version)

        assert "Not reviewed. This version was not sent to the board." in html
        assert "No reviewer has approved this text." in html

    def test_one_under_review_names_nobody(self, client, board, editor, reviewer):
        client.force_login(editor)

        html = words(client, board.submission.version)

        assert "Not approved yet. Under review since 22 November 2026." in html
        assert reviewer.name not in html

    def test_a_signature_that_is_not_yet_an_approval_names_nobody(
        self, client, editor, chair, reviewer, second_reviewer
    ):
        factories.set_rule(approvals=2)
        submission = factories.make_submission(editor)
        factories.assign(submission, reviewer, chair)
        factories.assign(submission, second_reviewer, chair)
        factories.sign(submission, reviewer)
        client.force_login(editor)

        html = words(client, submission.version)

        assert "Not approved yet." in html
        assert reviewer.name not in html

    @pytest.mark.parametrize("form", ["html", "markdown", "jats"])
    def test_an_approved_one_says_who_signed_exactly_this_text(
        self, client, approved, reviewer, form
    ):
        text = words(client, approved.version, form)

        assert "Reviewed and approved on 22 November 2026." in text
        assert reviewer.name in text
        assert approved.version.digest in text

    def test_a_wording_change_does_not_claim_a_review_of_the_whole_text(
        self, client, approved, editor, chair, second_reviewer
    ):
        later = factories.AT + timedelta(days=3)
        factories.edit(
            approved.edition, editor, body="<p>A sentence to review again.</p>", at=later
        )
        version = factories.make_version(
            approved.edition, editor, change_class="EDITORIAL", at=later
        )
        factories.approve(
            factories.submit(version, editor, at=later), second_reviewer, chair, at=later
        )

        standing = standing_of(version, on=later.date())

        assert "after a change of wording only" in standing.status
        assert "last reviewed on 22 November 2026" in standing.status

    def test_a_replaced_one_says_by_when_and_keeps_who_signed(
        self, client, approved, editor, chair, reviewer, second_reviewer
    ):
        factories.edit(approved.edition, editor, body="<p>Another sentence.</p>")
        newer = factories.make_submission(editor, edition=approved.edition)
        factories.approve(newer, second_reviewer, chair)

        html = words(client, approved.version)

        assert "Replaced by a newer version on 22 November 2026." in html
        assert reviewer.name in html
        assert second_reviewer.name not in html

    def test_an_overdue_one_says_so(self, approved):
        day = approved.review_due_on + timedelta(days=1)

        standing = standing_of(approved.version, on=day)

        assert "Review overdue since" in standing.status
        assert standing.tone == "caution"

    def test_a_caution_stands_in_the_status_until_it_is_lifted(self, client, approved, chair):
        caution = {"actor": chair, "article": approved.edition.article}
        publish_notice(**caution, kind=Notice.Kind.CAUTION, text="Wait for the new study.", at=NOW)

        assert "Under a caution since" in words(client, approved.version)
        assert "Wait for the new study." in words(client, approved.version)

        publish_notice(**caution, kind=Notice.Kind.CAUTION_LIFTED, text="It came.", at=NOW)
        assert "Under a caution" not in words(client, approved.version)

    def test_a_retracted_source_stands_in_the_status(self, client, editor, chair, reviewer):
        source = factories.make_reference(editor, key="gone")
        submission = factories.make_submission(
            editor, body='<p>It helped<cite data-refs="gone"></cite>.</p>'
        )
        factories.approve(submission, reviewer, chair)
        ReferenceNotice.objects.create(
            reference=source, kind="RETRACTION", noticed_on=NOW.date(), recorded_by=editor, recorded_at=NOW
        )  # fmt: skip

        html = words(client, submission.version)

        assert "A source cited here was retracted." in html
        assert "Retraction, 22 November 2026" in html

    def test_a_retracted_one_lends_nobodys_name(self, client, approved, editor, chair, reviewer):
        retract_submission(actor=chair, submission_id=approved.pk, notice="It was wrong.", at=NOW)
        client.force_login(editor)

        html = words(client, approved.version)

        assert "Retracted on 22 November 2026. Do not rely on this text." in html
        assert reviewer.name not in html
        assert "It was wrong." in html

    def test_its_words_are_in_the_texts_language(self, client, editor, chair, reviewer):
        submission = factories.make_submission(editor, language="zh")
        factories.approve(submission, reviewer, chair)

        html = words(client, submission.version)

        assert "已审核，并于2026年11月22日批准。" in html
        assert '<html lang="zh">' in html
        assert "/zh/articles/" in html

    def test_it_says_what_was_frozen_not_what_the_draft_says_now(self, client, approved, editor):
        factories.edit(approved.edition, editor, body="<p>Later words.</p>")

        html = words(client, approved.version)

        assert "A sentence to review." in html
        assert "Later words." not in html


class TestWhoMay:
    def test_the_public_gets_an_approved_one_without_a_session(self, client, approved):
        for form, row in FORMATS.items():
            response = client.get(url(approved.version, form))

            assert response.status_code == 200
            assert f".en.clinician.v1.{row.ending}" in response["Content-Disposition"]
            assert not response.cookies
            assert not response.wsgi_request.session.accessed
        assert not Session.objects.exists()

    def test_nobody_outside_gets_one_that_is_not_public(self, client, board):
        version = board.submission.version
        allowed = {name: _status(client, person, version) for name, person in board.people.items()}

        assert allowed == {
            "anonymous": 404,
            "stranger": 404,
            "unassigned": 404,
            "reviewer": 200,
            "editor": 200,
            "chair": 200,
            "superuser": 200,
        }

    def test_the_public_loses_it_when_it_is_retracted(self, client, approved, chair):
        tag = client.get(url(approved.version))["ETag"]
        retract_submission(actor=chair, submission_id=approved.pk, notice="It was wrong.", at=NOW)

        response = client.get(url(approved.version), headers={"if-none-match": tag})

        assert response.status_code == 404

    def test_another_form_is_404(self, client, approved):
        assert client.get(url(approved.version, "exe")).status_code == 404


class TestTags:
    def test_an_unchanged_one_is_not_sent_again(self, client, approved):
        tag = client.get(url(approved.version))["ETag"]

        response = client.get(url(approved.version), headers={"if-none-match": tag})

        assert response.status_code == 304
        assert response["ETag"] == tag

    def test_each_form_and_each_standing_has_its_own(self, client, approved, chair):
        tags = {client.get(url(approved.version, form))["ETag"] for form in ("html", "jats")}
        publish_notice(
            actor=chair,
            article=approved.edition.article,
            kind=Notice.Kind.CAUTION,
            text="Wait.",
            at=NOW,
        )
        tags.add(client.get(url(approved.version))["ETag"])

        assert len(tags) == 3

    def test_its_queries_are_few_and_do_not_grow(
        self, client, editor, chair, reviewer, django_assert_num_queries
    ):
        keys = [factories.make_reference(editor, key=f"many-{n}").key for n in range(30)]
        body = "".join(f'<p>x<cite data-refs="{key}"></cite></p>' for key in keys)
        large = factories.make_submission(editor, body=body)
        small = factories.make_submission(editor, body='<p>x<cite data-refs="many-0"></cite></p>')
        for submission in (large, small):
            factories.approve(submission, reviewer, chair)

        with django_assert_num_queries(7):
            client.get(url(small.version))
        with django_assert_num_queries(7):
            client.get(url(large.version))


class TestTheMenu:
    def test_the_review_room_leads_to_every_form(self, client, board, reviewer):
        client.force_login(reviewer)

        page = client.get(reverse("review:submission", args=[board.submission.pk])).content.decode()

        found = re.findall(r'href="(/board/versions/\d+/export/\w+/)"', page)
        assert found == [url(board.submission.version, form) for form in FORMATS]


def _status(client, person, version) -> int:
    enter(client, person)
    return client.get(url(version)).status_code
