"""Law 5: whose signature is refused, and that no way round leads past it."""

from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from accounts.actions.interests import DeclaredInterest, declare_interests
from accounts.actions.users import change_password, set_password
from accounts.models import Credential, User
from accounts.models.user import Role
from accounts.reauthentication import HOLDS_FOR, confirm_password
from kernel.errors import NotAllowed, WrongState
from review.models import Assignment, Signature, State, Submission
from review.rounds.actions.withdrawing import withdraw_submission
from tests import factories
from tests.factories import AT, PASSWORD


def force_assignment(submission: Submission, person: User, chair: User) -> None:
    """Put an assignment into the database past its rule, to see that signing asks again."""
    Assignment.objects.create(
        submission=submission,
        reviewer=person,
        capacity=factories.make_specialty(),
        assigned_by=chair,
        assigned_at=AT,
    )
    Submission.objects.filter(pk=submission.pk).update(state=State.UNDER_REVIEW)


def refuse(submission: Submission, person: User, *, match: str, **changes) -> None:
    with pytest.raises((NotAllowed, WrongState), match=match):
        factories.sign(submission, User.objects.get(pk=person.pk), **changes)
    assert not Signature.objects.exists()
    assert Submission.objects.get(pk=submission.pk).approved_at is None


class TestNobodySigns:
    def test_confirmed_by_somebody_else(self, submission, reviewer, chair):
        factories.assign(submission, reviewer, chair)
        confirmed = confirm_password(user=chair, password=PASSWORD, at=AT, request=None)
        refuse(submission, reviewer, match="who you are", confirmed=confirmed)

    @pytest.mark.parametrize("ago", [HOLDS_FOR + timedelta(seconds=1), timedelta(seconds=-1)])
    def test_confirmed_too_long_ago_or_in_advance(self, submission, reviewer, chair, ago):
        factories.assign(submission, reviewer, chair)
        confirmed = confirm_password(user=reviewer, password=PASSWORD, at=AT - ago, request=None)
        refuse(submission, reviewer, match="who you are", confirmed=confirmed)

    def test_without_the_right_password(self, submission, reviewer, chair):
        factories.assign(submission, reviewer, chair)
        refuse(submission, reviewer, match="password is not right", password="wrong")

    def test_without_being_asked(self, submission, reviewer, chair, superuser):
        factories.assign(submission, factories.make_reviewer("Ria", verifier=superuser), chair)
        refuse(submission, reviewer, match="not been asked")

    def test_as_a_superuser(self, submission, superuser, chair):
        force_assignment(submission, superuser, chair)
        refuse(submission, superuser, match="no verified credential")

    def test_as_a_superuser_who_wrote_it(self, superuser, chair, administrator):
        factories.set_rule(approvals=1)
        factories.qualify(superuser, factories.make_specialty(), verifier=administrator)
        declare_interests(user=superuser, interests=[], at=AT)
        submission = factories.make_submission(superuser)
        force_assignment(submission, superuser, chair)
        refuse(submission, superuser, match="not independent")

    def test_as_its_author_with_a_reviewers_role(self, administrator, chair):
        factories.set_rule(approvals=1)
        author = factories.make_reviewer(
            "Aldo Author", verifier=administrator, roles=(Role.EDITOR, Role.REVIEWER)
        )
        submission = factories.make_submission(author)
        with pytest.raises(NotAllowed, match="created a draft of this edition"):
            factories.assign(submission, author, chair)
        force_assignment(submission, author, chair)
        refuse(submission, author, match="not independent")

    def test_as_an_editor_who_touched_only_an_earlier_draft_of_this_round(
        self, editor, administrator, chair
    ):
        factories.set_rule(approvals=1)
        helper = factories.make_reviewer(
            "Hedy Helper", verifier=administrator, roles=(Role.EDITOR, Role.REVIEWER)
        )
        edition = factories.make_edition(editor)
        factories.edit(edition, helper, body="<p>A helping hand.</p>")
        factories.edit(edition, editor, body="<p>All of it rewritten.</p>")
        submission = factories.make_submission(editor, edition=edition)
        force_assignment(submission, helper, chair)
        refuse(submission, helper, match="edited a draft of this edition")

    def test_who_only_froze_it(self, editor, administrator, chair):
        factories.set_rule(approvals=1)
        freezer = factories.make_reviewer(
            "Fred Freezer", verifier=administrator, roles=(Role.EDITOR, Role.REVIEWER)
        )
        edition = factories.make_edition(editor)
        submission = factories.submit(factories.make_version(edition, freezer), editor)
        force_assignment(submission, freezer, chair)
        refuse(submission, freezer, match="froze a draft")

    def test_who_edits_the_next_draft_while_this_one_is_under_review(
        self, submission, administrator, chair
    ):
        meddler = factories.make_reviewer(
            "Mimi Meddler", verifier=administrator, roles=(Role.EDITOR, Role.REVIEWER)
        )
        factories.assign(submission, meddler, chair)
        factories.edit(submission.edition, meddler, body="<p>Next.</p>")
        refuse(submission, meddler, match="not independent")

    def test_with_an_expired_credential(self, submission, administrator, chair):
        person = factories.make_reviewer(
            "Exa Expired", verifier=administrator, expires_on=AT.date() - timedelta(days=1)
        )
        force_assignment(submission, person, chair)
        refuse(submission, person, match="no verified credential")

    def test_with_a_credential_that_expires_between_assignment_and_signature(
        self, submission, administrator, chair
    ):
        person = factories.make_reviewer(
            "Exa Expired", verifier=administrator, expires_on=AT.date() + timedelta(days=1)
        )
        factories.assign(submission, person, chair)
        refuse(submission, person, match="no verified credential", at=AT + timedelta(days=2))

    def test_with_a_credential_that_nobody_verified(self, submission, administrator, chair):
        person = factories.make_reviewer("Una Unverified", verifier=administrator)
        Credential.objects.filter(user=person).update(verified_at=None, verified_by=None)
        force_assignment(submission, person, chair)
        refuse(submission, person, match="no verified credential")

    def test_with_a_credential_of_another_specialty(self, submission, administrator, chair):
        person = factories.make_reviewer(
            "Otto Other", verifier=administrator, specialty=factories.make_specialty("surgery")
        )
        force_assignment(submission, person, chair)
        refuse(submission, person, match="no verified credential")

    def test_who_was_never_asked_about_interests(self, submission, administrator, chair):
        person = factories.make_reviewer("Nora Never", verifier=administrator, declares=False)
        factories.assign(submission, person, chair)
        refuse(submission, person, match="not been asked about your interests")

    def test_whose_declaration_expired(self, submission, reviewer, chair):
        factories.assign(submission, reviewer, chair)
        refuse(
            submission,
            reviewer,
            match="declaration of interests expired",
            at=AT + timedelta(days=366),
        )

    @pytest.mark.parametrize(
        ("product", "company", "body"),
        [
            ("Fictomab", "Fictional Ltd", "<p>What fictomab does.</p>"),
            ("", "Fictional Ltd", "<p>A trial paid by Fictional Ltd.</p>"),
            ("托法替布", "Fictional Ltd", "<p>使用托法替布治疗。</p>"),
        ],
    )
    def test_with_an_interest_in_what_the_text_is_about(
        self, editor, administrator, chair, product, company, body
    ):
        factories.set_rule(approvals=1)
        submission = factories.make_submission(editor, body=body)
        person = factories.make_reviewer(
            "Connie Conflict",
            verifier=administrator,
            interests=[
                DeclaredInterest(company=company, product=product, kind="FEES", from_on=AT.date())
            ],
        )
        factories.assign(submission, person, chair)
        refuse(submission, person, match="declared an interest that this text is about")

    def test_whose_account_is_closed(self, submission, reviewer, chair):
        factories.assign(submission, reviewer, chair)
        User.objects.filter(pk=reviewer.pk).update(is_active=False)
        refuse(submission, reviewer, match="password is not right")

    def test_who_lost_the_reviewers_role(self, submission, reviewer, chair):
        factories.assign(submission, reviewer, chair)
        reviewer.groups.clear()
        refuse(submission, reviewer, match="not a reviewer")

    def test_another_text_than_the_one_read(self, submission, reviewer, chair):
        factories.assign(submission, reviewer, chair)
        refuse(submission, reviewer, match="not the text that you read", digest="0" * 64)

    def test_failed_passwords_count_towards_the_lockout(
        self, submission, reviewer, chair, settings
    ):
        settings.AXES_ENABLED = True
        settings.AXES_FAILURE_LIMIT = 3
        factories.assign(submission, reviewer, chair)

        def request() -> HttpRequest:
            return RequestFactory().post("/", REMOTE_ADDR="192.0.2.7")

        for _attempt in range(3):
            refuse(submission, reviewer, match="password", password="wrong", request=request())
        refuse(submission, reviewer, match="password", request=request())


class TestAWayRound:
    """What an attack on the rules found; each stays closed."""

    def test_freezing_the_same_draft_again_makes_nobody_independent(
        self, submission, editor, reviewer, administrator, chair
    ):
        from articles.references.actions.references import change_reference

        reference = factories.make_reference(editor, key="source-9")
        edition = factories.edit(
            submission.edition, editor, body='<p>Cited.<cite data-refs="source-9"></cite></p>'
        )
        withdraw_submission(actor=editor, submission_id=submission.pk, at=AT)
        first = factories.submit(factories.make_version(edition, editor), editor)
        factories.approve(first, reviewer, chair)
        cheat = factories.make_reviewer(
            "Cheryl Cheat", verifier=administrator, roles=(Role.EDITOR, Role.REVIEWER)
        )
        change_reference(
            actor=editor,
            reference_id=reference.pk,
            csl={**reference.csl, "title": "Another title"},
            at=AT,
        )
        second = factories.submit(factories.make_version(edition, cheat), cheat)
        assert second.version.draft_number == first.version.draft_number
        force_assignment(second, cheat, chair)
        with pytest.raises(NotAllowed, match="froze a draft"):
            factories.sign(second, cheat)

    def test_changing_a_cited_source_is_a_contribution(self, editor, administrator, chair):
        from articles.references.actions.references import change_reference

        factories.set_rule(approvals=1)
        librarian = factories.make_reviewer(
            "Libby Librarian", verifier=administrator, roles=(Role.EDITOR, Role.REVIEWER)
        )
        reference = factories.make_reference(editor, key="source-9")
        edition = factories.make_edition(
            editor, body='<p>Cited.<cite data-refs="source-9"></cite></p>'
        )
        change_reference(
            actor=librarian,
            reference_id=reference.pk,
            csl={**reference.csl, "title": "Another title"},
            at=AT,
        )
        submission = factories.make_submission(editor, edition=edition)
        force_assignment(submission, librarian, chair)
        refuse(submission, librarian, match="changed a source of a draft")

    def test_a_conflict_cannot_be_taken_back_after_being_asked(self, editor, administrator, chair):
        factories.set_rule(approvals=1)
        submission = factories.make_submission(editor, body="<p>About Fictomab.</p>")
        person = factories.make_reviewer(
            "Tara Takeback",
            verifier=administrator,
            interests=[
                DeclaredInterest(
                    company="Fictional, Inc.", product="Fictomab®", kind="FEES", from_on=AT.date()
                )
            ],
        )
        factories.assign(submission, person, chair)
        declare_interests(user=person, interests=[], at=AT + timedelta(minutes=1))
        refuse(submission, person, match="declared an interest", at=AT + timedelta(minutes=2))

    @pytest.mark.parametrize("company", ["Fictional, Inc.", "FICTIONAL  Ltd", "Ｆictional GmbH"])
    def test_a_company_is_known_by_its_name_not_its_form(
        self, editor, administrator, chair, company
    ):
        factories.set_rule(approvals=1)
        submission = factories.make_submission(editor, body="<p>Paid for by Fictional.</p>")
        person = factories.make_reviewer(
            "Connie Conflict",
            verifier=administrator,
            interests=[DeclaredInterest(company=company, kind="FEES", from_on=AT.date())],
        )
        factories.assign(submission, person, chair)
        refuse(submission, person, match="declared an interest")

    def test_a_password_that_an_administrator_chose_signs_nothing(
        self, submission, reviewer, administrator, chair
    ):
        factories.assign(submission, reviewer, chair)
        set_password(actor=administrator, user_id=reviewer.pk, password="a chosen phrase", at=AT)
        refuse(submission, reviewer, match="Choose one of your own", password="a chosen phrase")
        change_password(user=reviewer, password="a phrase of my own", at=AT)
        assert factories.sign(submission, reviewer, password="a phrase of my own").approved

    def test_an_approval_does_not_rest_on_somebody_who_was_let_go(
        self, editor, reviewer, second_reviewer, chair
    ):
        factories.set_rule(approvals=2)
        submission = factories.make_submission(editor)
        factories.assign(submission, second_reviewer, chair)
        factories.approve(submission, reviewer, chair)
        User.objects.filter(pk=reviewer.pk).update(is_active=False)
        assert not factories.sign(submission, second_reviewer).approved
