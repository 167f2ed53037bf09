"""Asking for changes, and stepping aside, through the page."""

from django.urls import reverse

from review.models import Decision, State
from tests import factories
from tests.review.views.conftest import words_of


class TestAskForChanges:
    def test_sends_the_submission_back_with_the_words(self, client, board, reviewer):
        client.force_login(reviewer)
        url = reverse("review:request-changes", args=[board.submission.pk])

        response = client.post(url, {"comment": "The dose in the second list is missing."})

        board.submission.refresh_from_db()
        assert response.headers["Location"] == reverse(
            "review:submission", args=[board.submission.pk]
        )
        assert board.submission.state == State.CHANGES_REQUESTED
        client.force_login(board.people["editor"])
        room = words_of(client.get(response.headers["Location"]))
        assert "The dose in the second list is missing." in room
        assert "Asked for changes" in room

    def test_needs_words(self, client, board, reviewer):
        client.force_login(reviewer)
        url = reverse("review:request-changes", args=[board.submission.pk])

        response = client.post(url, {"comment": "   "})

        assert response.status_code == 400
        assert not Decision.objects.exists()

    def test_keeps_the_words_when_somebody_was_faster(self, client, board, reviewer, chair):
        second = board.people["unassigned"]
        factories.assign(board.submission, second, chair)
        url = reverse("review:request-changes", args=[board.submission.pk])
        client.force_login(second)
        client.post(url, {"comment": "First."})
        client.force_login(reviewer)

        response = client.post(url, {"comment": "The table has no source."})

        assert response.status_code == 409
        assert "This submission is changes requested now." in words_of(response)
        assert ">\nThe table has no source.</textarea>" in words_of(response)
        assert Decision.objects.count() == 1


class TestStepAside:
    def test_leaves_the_round_open_for_others(self, client, board, reviewer):
        client.force_login(reviewer)

        response = client.post(reverse("review:recuse", args=[board.submission.pk]))

        board.submission.refresh_from_db()
        assert response.status_code == 302
        assert board.submission.state == State.UNDER_REVIEW
        assert Decision.objects.get().kind == Decision.Kind.RECUSE
        room = words_of(client.get(response.headers["Location"]))
        assert "You stepped aside. The chair will ask somebody else." in room
        assert "You stepped aside from version 1 on 22 November 2026." in room
