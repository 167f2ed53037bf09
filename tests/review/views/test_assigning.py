"""The chair asks reviewers and takes them off, through the page."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models.user import Role
from review.models import Assignment, State
from review.rounds.actions.submitting import submit_version
from tests import factories
from tests.review.views.conftest import words_of


@pytest.fixture
def page(board) -> str:
    return reverse("review:assign", args=[board.submission.pk])


class TestAssignPage:
    def test_lists_everybody_with_the_reason_why_not(
        self, client, board, page, chair, administrator
    ):
        factories.make_reviewer(
            "Odo Other",
            verifier=administrator,
            specialty=factories.make_specialty("cardiology"),
        )
        factories.make_reviewer("Una Undeclared", verifier=administrator, declares=False)
        client.force_login(chair)

        text = words_of(client.get(page))

        assert "Has been asked already." in text
        assert "Odo Other has no verified credential in this specialty that is valid today." in text
        assert "Has to declare interests before signing." in text
        assert text.index("Remo Reviewer") < text.index("Odo Other")

    def test_another_capacity_qualifies_others(self, client, board, page, chair, administrator):
        cardiology = factories.make_specialty("cardiology")
        factories.make_reviewer("Odo Other", verifier=administrator, specialty=cardiology)
        client.force_login(chair)

        text = words_of(client.get(page, {"capacity": cardiology.pk}))

        assert "Odo Other has no verified credential" not in text
        assert "Remo Reviewer has no verified credential" in text

    def test_proposes_the_capacity_that_the_rule_still_wants(self, client, editor, chair):
        pharmacy = factories.make_specialty("pharmacy")
        factories.set_rule(approvals=2, capacities=(pharmacy,))
        submission = factories.make_submission(editor)
        client.force_login(chair)

        text = words_of(client.get(reverse("review:assign", args=[submission.pk])))

        assert f'<option value="{pharmacy.pk}" selected>' in text

    def test_a_capacity_that_is_none_falls_back(self, client, board, page, chair):
        client.force_login(chair)

        for nonsense in ("x", "999999", "", "²"):
            assert client.get(page, {"capacity": nonsense}).status_code == 200

    def test_says_what_will_appear_when_there_are_no_reviewers(self, client, editor, chair):
        submission = factories.make_submission(editor)
        client.force_login(chair)

        text = words_of(client.get(reverse("review:assign", args=[submission.pk])))

        assert "The board has no reviewers yet" in text

    def test_costs_the_same_for_few_reviewers_and_many(
        self, client, board, page, chair, administrator, django_assert_max_num_queries
    ):
        client.force_login(chair)
        client.get(page)
        with django_assert_max_num_queries(40) as few:
            client.get(page)
        for number in range(50):
            factories.make_reviewer(f"Many Reviewer {number}", verifier=administrator)

        with django_assert_max_num_queries(40) as many:
            client.get(page)

        assert len(many) == len(few)


class TestAssigning:
    def test_asks_the_reviewer_and_starts_the_review(self, client, editor, chair, reviewer):
        submission = factories.make_submission(editor)
        client.force_login(chair)

        response = client.post(
            reverse("review:assign", args=[submission.pk]),
            {
                "capacity": factories.make_specialty().pk,
                "reviewer": reviewer.pk,
                "due_on": "2026-12-06",
            },
        )

        assert response.status_code == 302
        assignment = Assignment.objects.get()
        assert (assignment.reviewer, assignment.due_on) == (reviewer, date(2026, 12, 6))
        submission.refresh_from_db()
        assert submission.state == State.UNDER_REVIEW

    def test_refuses_who_is_not_independent_with_the_reason(
        self, client, board, page, chair, administrator
    ):
        author = factories.make_reviewer(
            "Aurel Author", verifier=administrator, roles=(Role.REVIEWER, Role.EDITOR)
        )
        factories.edit(board.submission.edition, author, summary="Touched.")
        client.force_login(chair)

        response = client.post(
            page,
            {
                "capacity": board.specialty.pk,
                "reviewer": author.pk,
                "due_on": "2026-12-06",
            },
        )

        assert response.status_code == 403
        assert "Aurel Author edited a draft of this edition" in words_of(response)
        assert 'value="2026-12-06"' in words_of(response)
        assert Assignment.objects.count() == 1

    def test_refuses_to_ask_twice(self, client, board, page, chair, reviewer):
        client.force_login(chair)

        response = client.post(page, {"capacity": board.specialty.pk, "reviewer": reviewer.pk})

        assert response.status_code == 409
        assert "Rhea Reviewer has been asked already." in words_of(response)

    def test_needs_a_reviewer(self, client, board, page, chair):
        client.force_login(chair)

        response = client.post(page, {"capacity": board.specialty.pk})

        assert response.status_code == 400
        assert "Choose a reviewer." in words_of(response)


class TestTakeOff:
    def test_ends_the_assignment(self, client, board, chair, reviewer):
        client.force_login(chair)

        response = client.post(reverse("review:end-assignment", args=[board.assignment.pk]))

        board.assignment.refresh_from_db()
        assert response.status_code == 302
        assert board.assignment.ended_at is not None
        client.force_login(reviewer)
        room = words_of(client.get(response.headers["Location"]))
        assert "You are no longer asked to review this submission." in room

    def test_refuses_once_the_reviewer_has_decided(self, client, board, chair, reviewer):
        factories.sign(board.submission, reviewer)
        client.force_login(chair)
        url = reverse("review:end-assignment", args=[board.assignment.pk])

        assert "has decided already" in words_of(client.get(url))
        response = client.post(url)

        assert response.status_code == 409
        assert "Rhea Reviewer has decided already." in words_of(response)


class TestSubmitting:
    def test_shows_text_and_rule_and_sends_it(self, client, editor):
        pharmacy = factories.make_specialty("pharmacy")
        factories.set_rule(approvals=2, capacities=(pharmacy,), months=6, pending=True)
        version = factories.make_version(factories.make_edition(editor), editor)
        url = reverse("review:submit", args=[version.pk])
        client.force_login(editor)

        text = words_of(client.get(url))
        response = client.post(url, {"note": "Please look at the second list first."})

        assert version.rendered in text
        assert "2 different people have to sign, among them 1 for Pharmacy." in text
        assert "Until then readers may see it under a caution" in text
        assert "Readers see this text as soon as you send it," in text
        assert "The next review is due 6 months after approval." in text
        submission = version.submissions.get()
        assert response.headers["Location"] == reverse("review:submission", args=[submission.pk])
        room = words_of(client.get(response.headers["Location"]))
        assert "Please look at the second list first." in room

    def test_keeps_the_note_when_another_version_is_before_the_board(self, client, editor):
        edition = factories.make_edition(editor)
        submit_version(
            actor=editor, version_id=factories.make_version(edition, editor).pk, at=factories.AT
        )
        factories.edit(edition, editor, summary="Newer.")
        newer = factories.make_version(edition, editor)
        client.force_login(editor)

        response = client.post(reverse("review:submit", args=[newer.pk]), {"note": "My words."})

        assert response.status_code == 409
        assert "Version 1 is before the board already. Withdraw it first." in words_of(response)
        assert ">\nMy words.</textarea>" in words_of(response)
