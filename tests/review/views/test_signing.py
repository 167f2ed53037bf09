"""Signing through the page."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.actions.interests import DeclaredInterest, declare_interests
from accounts.models import Credential
from accounts.models.user import Role
from review.models import Assignment, Publication, Signature, State, Submission
from review.verdicts.actions.deciding import request_changes
from tests import factories
from tests.review.views.conftest import words_of


def sign_page(submission) -> str:
    return reverse("review:sign", args=[submission.pk])


def sign_through_the_page(client, person, submission, **changes):
    client.force_login(person)
    data = {"digest": submission.version.digest, "password": factories.PASSWORD, "comment": ""}
    return client.post(sign_page(submission), {**data, **changes})


class TestWhatThePageShows:
    def test_shows_the_exact_text_its_meaning_and_what_is_recorded(self, client, board, reviewer):
        client.force_login(reviewer)

        text = words_of(client.get(sign_page(board.submission)))

        version = board.submission.version
        assert version.rendered in text
        assert f"I have read version {version.number} of “{version.title}” in full" in text
        assert f'name="digest" value="{version.digest}"' in text
        assert "MD, Consultant in rheumatology" in text
        assert "Nothing to declare" in text
        assert f"Sign and approve version {version.number}" in text

    def test_shows_the_interests_that_will_be_recorded(self, client, board, reviewer):
        declare_interests(
            user=reviewer,
            interests=[
                DeclaredInterest(
                    company="Fictional Laboratories", kind="FEES", from_on=date(2026, 1, 1)
                )
            ],
            at=factories.AT,
        )
        client.force_login(reviewer)

        text = words_of(client.get(sign_page(board.submission)))

        assert "Fictional Laboratories (Consulting or speaking fees)" in text

    def test_says_that_a_submission_is_decided_already(self, client, board, reviewer, chair):
        second = board.people["unassigned"]
        factories.assign(board.submission, second, chair)
        request_changes(
            actor=second, submission_id=board.submission.pk, comment="Later.", at=factories.AT
        )
        client.force_login(reviewer)

        response = client.get(sign_page(board.submission))

        assert response.status_code == 409
        assert "This submission is changes requested now." in words_of(response)
        assert "what you typed" not in words_of(response)


class TestSigning:
    def test_two_signatures_approve_and_publish(self, client, board, reviewer, chair):
        second = board.people["unassigned"]
        factories.assign(board.submission, second, chair)

        first_answer = sign_through_the_page(client, reviewer, board.submission)
        assert first_answer.status_code == 302
        after_one = words_of(client.get(first_answer.headers["Location"]))
        assert "It is not approved yet; still missing: 1 more signature." in after_one
        assert not Publication.objects.exists()

        second_answer = sign_through_the_page(client, second, board.submission)
        after_two = words_of(client.get(second_answer.headers["Location"]))

        board.submission.refresh_from_db()
        assert "It is approved, and readers see it now." in after_two
        assert board.submission.state == State.APPROVED
        assert Publication.objects.get().submission == board.submission
        assert Signature.objects.count() == 2

    def test_keeps_the_comment_with_the_decision(self, client, board, reviewer):
        sign_through_the_page(client, reviewer, board.submission, comment="Clear and well cited.")

        assert Signature.objects.get().decision.comment == "Clear and well cited."

    def test_a_wrong_password_signs_nothing_and_keeps_the_comment(self, client, board, reviewer):
        response = sign_through_the_page(
            client, reviewer, board.submission, password="not it", comment="Clear."
        )

        text = words_of(response)
        assert response.status_code == 403
        assert "The password is not right. Nothing was signed." in text
        assert ">\nClear.</textarea>" in text
        assert "not it" not in text
        assert 'role="alert" id="form-errors" tabindex="-1" autofocus' in text
        assert f'action="{sign_page(board.submission)}"' in text  # a fragment would stop autofocus
        assert not Signature.objects.exists()

    def test_no_password_is_bad_input(self, client, board, reviewer):
        response = sign_through_the_page(client, reviewer, board.submission, password="")

        assert response.status_code == 400
        assert not Signature.objects.exists()

    def test_another_digest_is_refused_and_the_page_shows_the_text_as_it_stands(
        self, client, board, reviewer
    ):
        response = sign_through_the_page(
            client, reviewer, board.submission, digest="0" * 64, comment="Clear."
        )

        text = words_of(response)
        assert response.status_code == 409
        assert "This is not the text that you read. Read it again before you sign." in text
        assert board.submission.version.rendered in text
        assert f'name="digest" value="{board.submission.version.digest}"' in text
        assert ">\nClear.</textarea>" in text
        assert not Signature.objects.exists()

    def test_a_round_that_ended_meanwhile_is_refused_and_keeps_the_comment(
        self, client, board, reviewer, chair
    ):
        second = board.people["unassigned"]
        factories.assign(board.submission, second, chair)
        request_changes(
            actor=second, submission_id=board.submission.pk, comment="Later.", at=factories.AT
        )

        response = sign_through_the_page(client, reviewer, board.submission, comment="Clear.")

        text = words_of(response)
        assert response.status_code == 409
        assert "This submission is changes requested now." in text
        assert ">\nClear.</textarea>" in text
        assert not Signature.objects.exists()

    def test_signing_twice_is_refused(self, client, board, reviewer):
        sign_through_the_page(client, reviewer, board.submission)

        response = sign_through_the_page(client, reviewer, board.submission)

        assert response.status_code == 403
        assert "You have decided on this submission already." in words_of(response)
        assert Signature.objects.count() == 1


def superuser_case(case):
    return case["superuser"], "You have not been asked to review this submission."


def author_case(case):
    """An editor with the reviewer's role, asked before they touched the draft."""
    person = factories.make_reviewer(
        "Aurel Author", verifier=case["administrator"], roles=(Role.REVIEWER, Role.EDITOR)
    )
    factories.assign(case["submission"], person, case["chair"])
    factories.edit(case["edition"], person, summary="Now with a summary.")
    return person, "Aurel Author edited a draft of this edition on 22 November 2026"


def earlier_editor_case(case):
    """Somebody who touched only an earlier draft of this round."""
    person = case["earlier"]
    # The action refuses to ask them, so the row that should not be there is made by hand.
    Assignment.objects.create(
        submission=case["submission"],
        reviewer=person,
        capacity=factories.make_specialty(),
        assigned_by=case["chair"],
        assigned_at=factories.AT,
    )
    return person, "Emil Earlier edited a draft of this edition on 22 November 2026"


def expired_credential_case(case):
    person = factories.make_reviewer("Xena Expired", verifier=case["administrator"])
    factories.assign(case["submission"], person, case["chair"])
    Credential.objects.filter(user=person).update(
        expires_on=factories.AT.date() - timedelta(days=1)
    )
    return person, "Xena Expired has no verified credential in this specialty that is valid today."


def undeclared_case(case):
    person = factories.make_reviewer(
        "Una Undeclared", verifier=case["administrator"], declares=False
    )
    factories.assign(case["submission"], person, case["chair"])
    return person, "You have not been asked about your interests yet."


def expired_declaration_case(case):
    person = factories.make_reviewer(
        "Dora Declared", verifier=case["administrator"], declares=False
    )
    declare_interests(user=person, interests=[], at=factories.AT - timedelta(days=800))
    factories.assign(case["submission"], person, case["chair"])
    return person, "Your declaration of interests expired on"


def conflict_case(case):
    person = factories.make_reviewer(
        "Karl Conflict",
        verifier=case["administrator"],
        interests=[
            DeclaredInterest(
                company="Fictional Laboratories",
                product="sentence",
                kind="GRANT",
                from_on=date(2026, 1, 1),
            )
        ],
    )
    factories.assign(case["submission"], person, case["chair"])
    return person, "You declared an interest that this text is about: Fictional Laboratories"


CASES = [
    superuser_case,
    author_case,
    earlier_editor_case,
    expired_credential_case,
    undeclared_case,
    expired_declaration_case,
    conflict_case,
]


class TestWhoCannotSign:
    @pytest.fixture
    def case(self, editor, chair, administrator, superuser) -> dict:
        """A submission whose first draft somebody else touched, under a rule of one signature."""
        factories.set_rule(approvals=1)
        earlier = factories.make_reviewer(
            "Emil Earlier", verifier=administrator, roles=(Role.REVIEWER, Role.EDITOR)
        )
        edition = factories.make_edition(editor)
        factories.edit(edition, earlier, summary="An earlier draft.")
        factories.edit(edition, editor, summary="The draft that was frozen.")
        submission = factories.make_submission(editor, edition=edition)
        factories.assign(
            submission, factories.make_reviewer("Rita Ready", verifier=administrator), chair
        )
        return {
            "submission": Submission.objects.get(pk=submission.pk),
            "edition": edition,
            "chair": chair,
            "administrator": administrator,
            "superuser": superuser,
            "earlier": earlier,
        }

    @pytest.mark.parametrize("make", CASES, ids=[one.__name__ for one in CASES])
    def test_is_refused_with_the_reason_in_room_and_page(self, client, case, make):
        person, reason = make(case)
        submission = case["submission"]

        response = sign_through_the_page(client, person, submission)

        assert response.status_code == 403
        assert reason in words_of(response)
        room = client.get(reverse("review:submission", args=[submission.pk]))
        assert reason in words_of(room)
        assert sign_page(submission) not in words_of(room)
        page = client.get(sign_page(submission))
        assert page.status_code == 403
        assert reason in words_of(page)
        assert 'name="password"' not in words_of(page)
        assert not Signature.objects.exists()
        assert not Publication.objects.exists()
