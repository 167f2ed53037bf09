"""The states of a submission, and what the public sees in each."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kernel import publication_log
from kernel.errors import NotAllowed, WrongState
from kernel.worker import work_off
from review.models import Notice, Publication, State, Submission
from review.rounds.actions.assigning import end_assignment
from review.rounds.actions.withdrawing import retract_submission, withdraw_submission
from review.verdicts.actions.deciding import recuse, request_changes
from tests import factories
from tests.factories import AT


@pytest.fixture
def public_rule(db):
    return factories.set_rule(approvals=1, pending=True)


def shown() -> str | None:
    publication = Publication.objects.select_related("submission").first()
    return publication.submission.state if publication else None


class TestWhatThePublicSees:
    def test_nothing_of_a_draft_or_a_frozen_version(self, public_rule, editor):
        factories.make_version(factories.make_edition(editor), editor)
        assert shown() is None

    def test_a_pending_text_only_where_the_rule_says_so(self, editor):
        factories.set_rule(pending=False)
        factories.make_submission(editor)
        assert shown() is None
        factories.set_rule(pending=True)
        factories.make_submission(editor)
        assert shown() == State.SUBMITTED

    def test_nothing_after_changes_are_requested_of_a_pending_text(
        self, public_rule, editor, reviewer, chair
    ):
        submission = factories.make_submission(editor)
        factories.assign(submission, reviewer, chair)
        assert shown() == State.UNDER_REVIEW
        request_changes(
            actor=reviewer, submission_id=submission.pk, comment="Name the dose.", at=AT
        )
        assert shown() is None

    def test_the_approved_text_while_and_after_the_next_is_refused(
        self, public_rule, editor, reviewer, chair
    ):
        first = factories.make_submission(editor)
        factories.approve(first, reviewer, chair)
        factories.edit(first.edition, editor, body="<p>Next.</p>")
        second = factories.make_submission(editor, edition=first.edition)
        factories.assign(second, reviewer, chair)
        request_changes(actor=reviewer, submission_id=second.pk, comment="No.", at=AT)
        assert Publication.objects.get().submission == first

    def test_a_notice_after_a_retraction_even_with_a_newer_text_pending(
        self, public_rule, editor, reviewer, chair
    ):
        first = factories.make_submission(editor)
        factories.approve(first, reviewer, chair)
        factories.edit(first.edition, editor, body="<p>Next.</p>")
        factories.make_submission(editor, edition=first.edition)
        retract_submission(actor=chair, submission_id=first.pk, notice="Taken down.", at=AT)
        assert Publication.objects.get().submission == first
        assert not Publication.objects.get().is_readable

    def test_the_next_approved_text_after_a_retraction(self, public_rule, editor, reviewer, chair):
        first = factories.make_submission(editor)
        factories.approve(first, reviewer, chair)
        retract_submission(actor=chair, submission_id=first.pk, notice="Taken down.", at=AT)
        factories.edit(first.edition, editor, body="<p>Next.</p>")
        second = factories.make_submission(editor, edition=first.edition)
        factories.approve(second, reviewer, chair)
        assert Publication.objects.get().submission == second

    def test_a_notice_where_a_withdrawal_is_explained_and_nothing_where_not(
        self, public_rule, editor, chair
    ):
        first = factories.make_submission(editor)
        withdraw_submission(actor=editor, submission_id=first.pk, at=AT)
        assert shown() is None
        second = factories.make_submission(editor)
        withdraw_submission(actor=chair, submission_id=second.pk, notice="Unsafe.", at=AT)
        assert shown() == State.WITHDRAWN
        assert Notice.objects.get().kind == Notice.Kind.WITHDRAWAL

    def test_every_change_moves_the_publication_log_on(self, public_rule, editor, reviewer, chair):
        def number() -> int:
            return publication_log.stamp(article.pk)

        edition = factories.make_edition(editor)
        article = edition.article
        before = number()
        submission = factories.make_submission(editor, edition=edition)
        assert number() > before
        before = number()
        factories.assign(submission, reviewer, chair)
        assert number() > before
        before = number()
        factories.sign(submission, reviewer)
        assert number() > before
        before = number()
        retract_submission(actor=chair, submission_id=submission.pk, notice="Down.", at=AT)
        assert number() > before


class TestSubmitting:
    def test_one_submission_of_an_edition_is_open_at_a_time(self, editor):
        first = factories.make_submission(editor)
        factories.edit(first.edition, editor, body="<p>Next.</p>")
        with pytest.raises(WrongState, match="Withdraw it first"):
            factories.make_submission(editor, edition=first.edition)

    def test_only_the_newest_version_goes_to_the_board(self, editor):
        edition = factories.make_edition(editor)
        first = factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Next.</p>")
        factories.make_version(edition, editor)
        with pytest.raises(WrongState, match="Version 2 is newer"):
            factories.submit(first, editor)

    def test_an_approved_version_is_not_submitted_again(self, editor, reviewer, chair):
        factories.set_rule(approvals=1)
        submission = factories.make_submission(editor)
        factories.approve(submission, reviewer, chair)
        with pytest.raises(WrongState, match="approved version 1 before"):
            factories.submit(submission.version, editor)

    @pytest.mark.parametrize("person", ["reviewer", "chair", "stranger", "administrator"])
    def test_is_for_editors(self, editor, person, request):
        version = factories.make_version(factories.make_edition(editor), editor)
        with pytest.raises(NotAllowed):
            factories.submit(version, request.getfixturevalue(person))

    def test_the_most_particular_rule_is_frozen_into_it(self, editor):
        from review.models import ReviewRule

        rheumatology = factories.make_specialty()
        ReviewRule.objects.create(specialty=rheumatology, approvals_needed=3)
        ReviewRule.objects.create(
            specialty=rheumatology, audience=factories.audience(), approvals_needed=4
        )
        assert factories.make_submission(editor).rule["approvals_needed"] == 4
        assert factories.make_submission(editor, slug="public").rule["approvals_needed"] == 3
        other = factories.make_submission(editor, specialty=factories.make_specialty("surgery"))
        assert other.rule["approvals_needed"] == 2

    def test_tells_the_chairs(self, editor, chair):
        factories.make_submission(editor)
        assert mail.outbox == []
        work_off(worker_id="test")
        assert mail.outbox[0].to == [chair.email]
        assert "/board/submissions/" in mail.outbox[0].body


class TestDeciding:
    @pytest.fixture
    def submission(self, editor, reviewer, chair) -> Submission:
        submission = factories.make_submission(editor)
        factories.assign(submission, reviewer, chair)
        return submission

    def test_asking_for_changes_needs_words(self, submission, reviewer):
        with pytest.raises(ValidationError, match="what has to change"):
            request_changes(actor=reviewer, submission_id=submission.pk, comment="  ", at=AT)

    def test_asking_for_changes_ends_the_round_and_the_next_follows_on_it(
        self, submission, reviewer, editor
    ):
        request_changes(actor=reviewer, submission_id=submission.pk, comment="Dose.", at=AT)
        submission.refresh_from_db()
        assert submission.state == State.CHANGES_REQUESTED
        factories.edit(submission.edition, editor, body="<p>With a dose.</p>")
        assert factories.make_submission(editor, edition=submission.edition).follows == submission

    def test_stepping_aside_leaves_the_round_open_and_ends_ones_part(
        self, submission, reviewer, second_reviewer, chair
    ):
        recuse(actor=reviewer, submission_id=submission.pk, comment="", at=AT)
        submission.refresh_from_db()
        assert submission.state == State.UNDER_REVIEW
        with pytest.raises(NotAllowed, match="decided"):
            factories.sign(submission, reviewer)
        factories.assign(submission, second_reviewer, chair)

    def test_whoever_was_taken_off_decides_no_more(self, submission, reviewer, chair):
        end_assignment(actor=chair, assignment_id=submission.assignments.get().pk, at=AT)
        with pytest.raises(NotAllowed, match="no longer asked"):
            request_changes(actor=reviewer, submission_id=submission.pk, comment="x", at=AT)

    def test_nobody_decides_on_a_closed_submission(self, submission, reviewer, chair):
        withdraw_submission(actor=chair, submission_id=submission.pk, at=AT)
        with pytest.raises(WrongState, match="withdrawn now") as refusal:
            request_changes(actor=reviewer, submission_id=submission.pk, comment="x", at=AT)
        assert refusal.value.current == State.WITHDRAWN

    @pytest.mark.parametrize("person", ["editor", "reviewer", "stranger", "administrator"])
    def test_only_a_chair_assigns(self, submission, second_reviewer, person, request):
        with pytest.raises(NotAllowed, match="Only a chair"):
            factories.assign(submission, second_reviewer, request.getfixturevalue(person))


class TestTakingDown:
    def test_the_editor_withdraws_only_before_a_decision(self, editor, reviewer, chair):
        factories.set_rule(approvals=2)
        submission = factories.make_submission(editor)
        factories.approve(submission, reviewer, chair)
        with pytest.raises(NotAllowed, match="only a chair withdraws it now"):
            withdraw_submission(actor=editor, submission_id=submission.pk, at=AT)
        withdraw_submission(actor=chair, submission_id=submission.pk, at=AT)

    def test_another_editor_does_not_withdraw(self, editor, other_editor):
        submission = factories.make_submission(editor)
        with pytest.raises(NotAllowed, match="Only the editor who submitted it"):
            withdraw_submission(actor=other_editor, submission_id=submission.pk, at=AT)

    @pytest.mark.parametrize("person", ["editor", "reviewer", "administrator"])
    def test_only_a_chair_retracts(self, editor, reviewer, chair, person, request):
        factories.set_rule(approvals=1)
        submission = factories.make_submission(editor)
        factories.approve(submission, reviewer, chair)
        actor = request.getfixturevalue(person)
        with pytest.raises(NotAllowed, match="Only a chair"):
            retract_submission(actor=actor, submission_id=submission.pk, notice="x", at=AT)

    def test_a_retraction_says_why(self, editor, reviewer, chair):
        factories.set_rule(approvals=1)
        submission = factories.make_submission(editor)
        factories.approve(submission, reviewer, chair)
        with pytest.raises(ValidationError, match="Tell readers why"):
            retract_submission(actor=chair, submission_id=submission.pk, notice=" ", at=AT)
        retract_submission(actor=chair, submission_id=submission.pk, notice="Wrong dose.", at=AT)
        with pytest.raises(WrongState, match="retracted now"):
            retract_submission(actor=chair, submission_id=submission.pk, notice="x", at=AT)


class TestTheDatabaseItself:
    """No statement types a state in (law 2)."""

    def test_refuses_an_approval_without_the_signatures_that_the_rule_wants(
        self, editor, reviewer, chair
    ):
        factories.set_rule(approvals=2)
        submission = factories.make_submission(editor)
        factories.approve(submission, reviewer, chair)
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.update(state=State.APPROVED, approved_at=AT)

    def test_refuses_a_submission_that_begins_approved(self, editor):
        version = factories.make_version(factories.make_edition(editor), editor)
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.create(
                version=version,
                edition=version.edition,
                rule={"approvals_needed": 0},
                submitted_by=editor,
                submitted_at=AT,
                state=State.APPROVED,
                state_changed_at=AT,
                approved_at=AT,
            )

    @pytest.mark.parametrize("state", ["SUBMITTED", "UNDER_REVIEW", "APPROVED"])
    def test_refuses_to_open_what_is_closed(self, editor, chair, state):
        submission = factories.make_submission(editor)
        withdraw_submission(actor=chair, submission_id=submission.pk, at=AT)
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.update(state=state)

    def test_refuses_to_move_the_date_of_the_last_review(self, editor, reviewer, chair):
        factories.set_rule(approvals=1)
        factories.approve(factories.make_submission(editor), reviewer, chair)
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.update(latest_full_review_on="2030-01-01")


def test_a_withdrawal_tells_readers_nothing_of_a_text_they_never_saw(editor, chair):
    factories.set_rule(pending=False)
    submission = factories.make_submission(editor)
    with pytest.raises(ValidationError, match="Readers never saw this text"):
        withdraw_submission(actor=chair, submission_id=submission.pk, notice="x", at=AT)
    withdraw_submission(actor=chair, submission_id=submission.pk, at=AT)
    assert shown() is None
