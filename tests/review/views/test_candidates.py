"""The batched reasons are the rule's reasons, whoever is asked about."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission

from accounts.actions.credentials import save_credential
from accounts.models import Credential
from accounts.models.user import Role
from review.rounds.candidates import candidates, reviewers
from review.rounds.rules import why_not_review
from tests import factories


@pytest.fixture
def everybody(board, administrator, editor, chair, reviewer) -> list:
    """One person for every way to be refused, and for every way not to be."""
    make = factories.make_reviewer
    other = factories.make_specialty("cardiology")
    author = make("Aurel Author", verifier=administrator, roles=(Role.REVIEWER, Role.EDITOR))
    factories.edit(board.submission.edition, author, summary="Touched twice.")
    factories.edit(board.submission.edition, author, summary="Touched thrice.")
    closed = make("Klaas Closed", verifier=administrator)
    closed.is_active = False
    closed.save()
    unverified = factories.make_user("Vera Unverified", Role.REVIEWER)
    save_credential(
        actor=unverified,
        credential=Credential(
            user=unverified,
            degree="MD",
            profession="Consultant",
            specialty=board.specialty,
            licence_number="TEST-UNVERIFIED",
            authority="Test Council",
            jurisdiction="GB",
        ),
        at=factories.AT,
    )
    directly = make("Dirk Direct", verifier=administrator, roles=())
    directly.user_permissions.add(Permission.objects.get(codename="sign_submission"))
    qualified_superuser = make("Sora Superuser", verifier=administrator, roles=())
    qualified_superuser.is_superuser = True
    qualified_superuser.save()
    return [
        *filter(None, board.people.values()),
        administrator,
        author,
        closed,
        unverified,
        directly,
        qualified_superuser,
        make("Odo Other", verifier=administrator, specialty=other),
        make("Una Undeclared", verifier=administrator, declares=False),
        make("Xena Expired", verifier=administrator, expires_on=factories.AT.date()),
    ]


class TestCandidates:
    @pytest.mark.parametrize("days_later", [0, 1])
    def test_agrees_with_the_rule_about_everybody(self, board, everybody, days_later):
        at = factories.AT + timedelta(days=days_later)
        expected = [
            why_not_review(
                person=type(person).objects.get(pk=person.pk),
                submission=board.submission,
                specialty_id=board.specialty.pk,
                at=at,
            )
            for person in everybody
        ]

        found = candidates(
            people=everybody, submission=board.submission, specialty_id=board.specialty.pk, at=at
        )

        assert [one.reason for one in found] == expected
        assert None in expected
        kinds = ("closed", "not a reviewer", "not independent", "no verified credential")
        assert all(any(kind in (reason or "") for reason in expected) for kind in kinds)

    def test_agrees_with_the_rule_after_an_approval(self, board, everybody, reviewer, chair):
        factories.set_rule(approvals=1)
        editor = board.people["editor"]
        roles = (Role.EDITOR, Role.REVIEWER)
        verifier = everybody[6]
        early = factories.make_reviewer("Elmo Early", verifier=verifier, roles=roles)
        helper = factories.make_reviewer("Hanna Helper", verifier=verifier, roles=roles)
        edition = factories.make_edition(editor)
        factories.edit(edition, early, summary="Before the approval.")
        submission = factories.make_submission(editor, edition=edition)
        factories.approve(submission, reviewer, chair)
        factories.edit(edition, helper, summary="After the approval.")
        newer = factories.make_submission(editor, edition=edition)
        people = [*everybody, early, helper]

        found = candidates(
            people=people,
            submission=newer,
            specialty_id=board.specialty.pk,
            at=factories.AT,
        )

        assert [one.reason for one in found] == [
            why_not_review(
                person=type(person).objects.get(pk=person.pk),
                submission=newer,
                specialty_id=board.specialty.pk,
                at=factories.AT,
            )
            for person in people
        ]
        assert found[-2].reason is None
        assert found[-1].reason is not None

    def test_knows_who_was_asked_and_who_has_to_declare(self, board, everybody, reviewer):
        found = {
            one.person.name: one
            for one in candidates(
                people=everybody,
                submission=board.submission,
                specialty_id=board.specialty.pk,
                at=factories.AT,
            )
        }

        assert found["Rhea Reviewer"].is_asked
        assert not found["Rhea Reviewer"].can_be_asked
        assert found["Remo Reviewer"].can_be_asked
        assert found["Remo Reviewer"].interests_count
        assert not found["Una Undeclared"].interests_count

    def test_costs_the_same_for_three_people_and_sixty(
        self, board, administrator, django_assert_num_queries
    ):
        def ask(people, number):
            with django_assert_num_queries(number):
                candidates(
                    people=people,
                    submission=board.submission,
                    specialty_id=board.specialty.pk,
                    at=factories.AT,
                )

        make = factories.make_reviewer
        assert board.submission.edition.pk
        few = [make(f"Few Reviewer {n}", verifier=administrator) for n in range(3)]
        many = [make(f"Many Reviewer {n}", verifier=administrator) for n in range(60)]

        ask(few, 6)
        ask(many, 6)


class TestReviewers:
    def test_lists_who_holds_the_right_and_counts_what_waits_for_them(self, board, everybody):
        found = {person.name: person.waiting for person in reviewers()}

        assert found["Rhea Reviewer"] == 1
        assert found["Remo Reviewer"] == 0
        assert "Dirk Direct" in found
        for name in ("Klaas Closed", "Sten Stranger", "Susi Superuser", "Cora Chair"):
            assert name not in found
