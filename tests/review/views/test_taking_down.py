"""Withdrawing, retracting and warning readers, through the page."""

import pytest
from django.urls import reverse

from review.models import Notice, Publication, State
from tests import factories
from tests.review.views.conftest import words_of


@pytest.fixture
def approved(board, reviewer, chair):
    factories.set_rule(approvals=1)
    submission = factories.make_submission(board.people["editor"])
    factories.approve(submission, reviewer, chair)
    submission.refresh_from_db()
    return submission


class TestWithdrawing:
    def test_by_its_editor_before_a_decision(self, client, board, editor):
        client.force_login(editor)

        response = client.post(reverse("review:withdraw", args=[board.submission.pk]))

        board.submission.refresh_from_db()
        assert response.status_code == 302
        assert board.submission.state == State.WITHDRAWN
        assert not Notice.objects.exists()

    def test_not_by_its_editor_after_a_decision(self, client, board, editor, reviewer):
        factories.sign(board.submission, reviewer)
        client.force_login(editor)
        url = reverse("review:withdraw", args=[board.submission.pk])

        response = client.post(url, {"notice": "Kept words."})

        assert response.status_code == 403
        text = words_of(response)
        assert "A reviewer has decided already; only a chair withdraws it now." in text
        assert ">\nKept words.</textarea>" in text
        room = client.get(reverse("review:submission", args=[board.submission.pk]))
        assert "A reviewer has decided already" in words_of(room)

    def test_not_by_another_editor(self, client, board, other_editor):
        client.force_login(other_editor)

        response = client.post(reverse("review:withdraw", args=[board.submission.pk]))

        assert response.status_code == 403

    def test_with_a_notice_that_readers_see(self, client, chair, editor):
        factories.set_rule(pending=True)
        submission = factories.make_submission(editor)
        url = reverse("review:withdraw", args=[submission.pk])
        client.force_login(chair)

        assert "Readers can see this text now" in words_of(client.get(url))
        client.post(url, {"notice": "We are writing this text anew."})

        assert Notice.objects.get().text == "We are writing this text anew."
        assert Publication.objects.get().submission.state == State.WITHDRAWN

    def test_says_that_readers_keep_the_approved_version(self, client, approved, editor, chair):
        factories.edit(approved.edition, editor, summary="Newer.")
        newer = factories.make_submission(editor, edition=approved.edition)
        client.force_login(chair)

        text = words_of(client.get(reverse("review:withdraw", args=[newer.pk])))

        assert "Readers see version 1 and go on seeing it." in text

    def test_a_second_time_is_a_conflict_that_keeps_the_words(self, client, board, chair):
        url = reverse("review:withdraw", args=[board.submission.pk])
        client.force_login(chair)
        client.post(url)

        response = client.post(url, {"notice": "My words."})

        assert response.status_code == 409
        assert "This submission is withdrawn now." in words_of(response)
        assert ">\nMy words.</textarea>" in words_of(response)


class TestRetracting:
    def test_takes_the_text_down_with_its_notice(self, client, approved, chair):
        url = reverse("review:retract", args=[approved.pk])
        client.force_login(chair)

        response = client.post(url, {"notice": "A dose was wrong.", "confirm": "on"})

        approved.refresh_from_db()
        assert response.status_code == 302
        assert approved.state == State.RETRACTED
        assert Notice.objects.get().text == "A dose was wrong."
        assert not Publication.objects.get().is_readable
        assert "Readers see your notice in its place." in words_of(
            client.get(response.headers["Location"])
        )

    @pytest.mark.parametrize(
        ("sent", "reason"),
        [
            ({"notice": "A dose was wrong."}, "Tick this to confirm. Nothing was taken down."),
            ({"confirm": "on"}, "This field is required."),
            ({"notice": "   ", "confirm": "on"}, "This field is required."),
        ],
    )
    def test_needs_a_notice_and_a_confirmation(self, client, approved, chair, sent, reason):
        client.force_login(chair)

        response = client.post(reverse("review:retract", args=[approved.pk]), sent)

        approved.refresh_from_db()
        assert response.status_code == 400
        assert reason in words_of(response)
        assert approved.state == State.APPROVED

    def test_shows_what_readers_will_see_with_the_words_typed(self, client, approved, chair):
        client.force_login(chair)

        response = client.post(
            reverse("review:retract", args=[approved.pk]), {"notice": "A dose was wrong."}
        )

        text = words_of(response)
        assert "What readers will see in place of the text" in text
        assert text.count("A dose was wrong.") == 2

    def test_what_is_not_approved_cannot_be_retracted(self, client, board, chair):
        client.force_login(chair)
        url = reverse("review:retract", args=[board.submission.pk])

        assert client.get(url).status_code == 409
        response = client.post(url, {"notice": "My words.", "confirm": "on"})

        assert response.status_code == 409
        assert ">\nMy words.</textarea>" in words_of(response)


class TestNotices:
    def test_publishes_and_lists_it(self, client, approved, chair):
        url = reverse("review:notice", args=[approved.edition.article_id])
        client.force_login(chair)

        response = client.post(
            url,
            {"kind": "CAUTION", "edition": approved.edition_id, "text": "A figure is checked."},
        )

        notice = Notice.objects.get()
        assert (notice.kind, notice.edition) == ("CAUTION", approved.edition)
        assert "A figure is checked." in words_of(client.get(response.headers["Location"]))

    def test_takes_no_retraction_and_no_other_articles_edition(
        self, client, approved, board, chair
    ):
        url = reverse("review:notice", args=[approved.edition.article_id])
        client.force_login(chair)

        for wrong in ({"kind": "RETRACTION"}, {"edition": board.submission.edition_id}):
            sent = {"kind": "CAUTION", "text": "My words.", **wrong}
            response = client.post(url, sent)
            assert response.status_code == 400
            assert ">\nMy words.</textarea>" in words_of(response)
        assert not Notice.objects.exists()

    def test_offers_to_lift_a_caution_only_while_one_stands(self, client, approved, chair):
        url = reverse("review:notice", args=[approved.edition.article_id])
        client.force_login(chair)
        assert "Caution lifted: " not in words_of(client.get(url))

        client.post(url, {"kind": "CAUTION", "edition": approved.edition_id, "text": "Checked."})
        assert "Caution lifted: " in words_of(client.get(url))

        client.post(url, {"kind": "CAUTION_LIFTED", "edition": "", "text": "It holds."})
        assert Notice.objects.count() == 2
        assert "Caution lifted: " not in words_of(client.get(url))

    def test_cancel_leads_back_to_where_the_chair_came_from(self, client, approved, board, chair):
        url = reverse("review:notice", args=[approved.edition.article_id])
        room = reverse("review:submission", args=[approved.pk])
        article = reverse("articles:article", args=[approved.edition.article_id])
        client.force_login(chair)
        assert f"{url}?from={approved.pk}" in words_of(client.get(room))

        for sent, back in (
            (approved.pk, room),
            (board.submission.pk, article),
            ("x", article),
            ("9" * 40, article),
        ):
            text = words_of(client.get(url, {"from": sent}))
            assert f'<a class="button button--quiet" href="{back}">Cancel</a>' in text

    def test_says_before_the_button_that_it_cannot_be_deleted(self, client, approved, chair):
        client.force_login(chair)

        text = words_of(client.get(reverse("review:notice", args=[approved.edition.article_id])))

        before = text.partition("Publish this notice")[0]
        assert "A notice cannot be changed or deleted" in before

    def test_an_article_that_is_not_there_is_not_found(self, client, chair):
        client.force_login(chair)

        assert client.get(reverse("review:notice", args=[999_999])).status_code == 404
