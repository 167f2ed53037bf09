"""Laws 2 and 5: who can sign, what a signature binds, and what an approval rests on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from accounts.actions.interests import DeclaredInterest
from accounts.models import Credential, User
from accounts.models.user import Role
from articles.texts.actions.drafts import save_draft
from articles.texts.draft import DraftText
from kernel.errors import NotAllowed
from kernel.models import AuditEntry
from review.models import Publication, Signature, State, Submission
from review.public.facts import facts_of, gather
from review.signatures.payload import why_signature_does_not_hold
from tests import factories
from tests.factories import AT


class TestASignature:
    def test_binds_the_digest_the_credential_the_interests_and_the_meaning(
        self, submission, reviewer, chair
    ):
        signature = factories.approve(submission, reviewer, chair).signature

        signed = signature.signed
        assert signed["digest"] == submission.version.digest == signature.digest
        assert signed["signer"]["name"] == "Rhea Reviewer"
        assert signed["credential"]["degree"] == "MD"
        assert signed["credential"]["verified_at"]
        assert signed["interests"] == {
            "state": "NONE",
            "declared_at": (AT - timedelta(days=1)).isoformat(timespec="microseconds"),
            "current": [],
        }
        assert "version 1" in signed["meaning"]
        assert signed["method"] == "password"
        assert why_signature_does_not_hold(signature) is None

    def test_keeps_what_stood_when_the_signer_changes_later(self, submission, reviewer, chair):
        signature = factories.approve(submission, reviewer, chair).signature
        User.objects.filter(pk=reviewer.pk).update(name="Another Name")
        Credential.objects.filter(user=reviewer).update(degree="PhD")

        signature = Signature.objects.select_related("version").get(pk=signature.pk)

        assert signature.signed["signer"]["name"] == "Rhea Reviewer"
        assert signature.signed["credential"]["degree"] == "MD"

    def test_that_meets_the_rule_approves_and_publishes_in_one_go(
        self, submission, reviewer, chair
    ):
        signed = factories.approve(submission, reviewer, chair)

        submission.refresh_from_db()
        assert signed.approved
        assert submission.state == State.APPROVED
        assert submission.approved_at == AT
        assert submission.latest_full_review_on == AT.date()
        assert submission.review_due_on.isoformat() == "2027-11-22"
        assert Publication.objects.get().submission == submission
        actions = list(
            AuditEntry.objects.values_list("action", flat=True).order_by("-position")[:3]
        )
        assert actions == [
            "review.submission.signed",
            "review.submission.approved",
            "review.publication.moved",
        ]


class TestTheRule:
    def test_two_signatures_are_two_people(self, editor, reviewer, second_reviewer, chair):
        factories.set_rule(approvals=2)
        submission = factories.make_submission(editor)
        factories.assign(submission, second_reviewer, chair)

        assert not factories.approve(submission, reviewer, chair).approved
        assert not Publication.objects.exists()
        assert factories.sign(submission, second_reviewer).approved

    def test_asks_for_capacities_not_only_for_numbers(
        self, editor, reviewer, second_reviewer, chair, administrator
    ):
        pharmacy = factories.make_specialty("pharmacy")
        factories.set_rule(approvals=2, capacities=(factories.make_specialty(), pharmacy))
        pharmacist = factories.make_reviewer(
            "Phil Pharmacist", verifier=administrator, specialty=pharmacy
        )
        submission = factories.make_submission(editor)
        for person in (reviewer, second_reviewer):
            assert not factories.approve(submission, person, chair).approved
        factories.assign(submission, pharmacist, chair, capacity=pharmacy)

        assert factories.sign(submission, pharmacist).approved

    def test_is_the_one_in_force_when_the_version_was_submitted(self, editor, reviewer, chair):
        factories.set_rule(approvals=2)
        submission = factories.make_submission(editor)
        factories.set_rule(approvals=1)

        assert not factories.approve(submission, reviewer, chair).approved


class TestWhoMaySign:
    def test_an_interest_that_the_text_does_not_name_is_no_conflict(
        self, submission, administrator, chair
    ):
        person = factories.make_reviewer(
            "Conrad Clear",
            verifier=administrator,
            interests=[DeclaredInterest(company="Sent", kind="FEES", from_on=AT.date())],
        )
        # "Sent" stands inside "sentence", which is another word.
        signature = factories.approve(submission, person, chair).signature
        assert signature.signed["interests"]["current"][0]["company"] == "Sent"

    def test_an_editor_of_an_older_approved_version_may_sign_the_next(
        self, editor, other_editor, reviewer, administrator, chair
    ):
        factories.set_rule(approvals=1)
        writer = factories.make_reviewer(
            "Wilma Writer", verifier=administrator, roles=(Role.EDITOR, Role.REVIEWER)
        )
        edition = factories.make_edition(writer)
        factories.approve(factories.make_submission(writer, edition=edition), reviewer, chair)
        factories.edit(edition, other_editor, body="<p>A new text.</p>")
        second = factories.make_submission(other_editor, edition=edition)

        assert factories.approve(second, writer, chair).approved

    def test_nobody_signs_twice(self, editor, reviewer, chair):
        factories.set_rule(approvals=2)
        submission = factories.make_submission(editor)
        factories.approve(submission, reviewer, chair)
        with pytest.raises(NotAllowed, match="decided on this submission already"):
            factories.sign(submission, reviewer)


class TestApprovingWhileTheEditorSaves:
    def test_names_and_publishes_the_version_that_was_read(
        self, submission, editor, reviewer, chair
    ):
        factories.assign(submission, reviewer, chair)
        edition = submission.edition
        save_draft(
            actor=editor,
            edition_id=edition.pk,
            draft_number=edition.draft_number,
            text=replace(DraftText.of(edition), body="<p>Changed after it was sent.</p>"),
            at=AT,
        )

        signed = factories.sign(submission, reviewer)

        shown = Publication.objects.get().submission.version
        assert signed.approved
        assert shown.digest == signed.signature.digest == submission.version.digest
        assert "A sentence to review" in shown.rendered
        assert "Changed" not in shown.rendered

    def test_a_save_that_changes_nothing_resets_nothing(self, submission, editor, reviewer, chair):
        factories.approve(submission, reviewer, chair)
        edition = submission.edition
        before = Publication.objects.values().get()

        saved = save_draft(
            actor=editor,
            edition_id=edition.pk,
            draft_number=edition.draft_number,
            text=DraftText.of(edition),
            at=AT + timedelta(days=1),
        )

        submission.refresh_from_db()
        assert not saved.changed
        assert submission.state == State.APPROVED
        assert Publication.objects.values().get() == before


class TestTheNextVersion:
    @pytest.fixture
    def second(self, submission, editor, reviewer, chair):
        factories.approve(submission, reviewer, chair)

        def make(change_class: str) -> Submission:
            edition = factories.edit(submission.edition, editor, body="<p>Corrected.</p>")
            version = factories.make_version(edition, editor, change_class=change_class)
            return factories.submit(version, editor, at=AT + timedelta(days=30))

        return make

    def test_leaves_the_approved_one_public_until_it_is_approved(self, second, submission):
        pending = second("SUBSTANTIVE")
        assert Publication.objects.get().submission == submission
        shown = gather(Publication.objects.all()).get()
        assert facts_of(shown, on=AT.date()).has_newer_pending
        assert pending.follows == submission

    def test_supersedes_the_approved_one(self, second, submission, reviewer, chair):
        later = AT + timedelta(days=40)
        pending = second("SUBSTANTIVE")
        factories.approve(pending, reviewer, chair, at=later)
        submission.refresh_from_db()
        pending.refresh_from_db()
        assert submission.state == State.SUPERSEDED
        assert pending.latest_full_review_on == later.date()
        assert Publication.objects.get().submission == pending

    def test_does_not_move_last_reviewed_for_a_typo(self, second, submission, reviewer, chair):
        pending = second("EDITORIAL")
        factories.approve(pending, reviewer, chair, at=AT + timedelta(days=40))
        submission.refresh_from_db()
        pending.refresh_from_db()
        assert pending.latest_full_review_on == submission.latest_full_review_on
        assert pending.review_due_on == submission.review_due_on
