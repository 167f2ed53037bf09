"""Signing, and the approval that follows when the rule is met."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.reauthentication import Reauthentication
from accounts.rules import months_after, newest_declaration
from articles.models import Version
from articles.texts.draft import tidy_lines
from kernel import audit
from kernel.errors import NotAllowed, WrongState
from review import mail
from review.models import Decision, Signature, State, Submission
from review.public.actions.publishing import settle
from review.rounds.actions.locking import lock_submission
from review.rounds.assignments import open_assignment
from review.rounds.rules import missing_for_approval, qualifying_credential, standing
from review.signatures.payload import payload, signature_fields
from review.signatures.rules import interests_that_count, why_not_sign
from review.verdicts.actions.deciding import insert_decision


@dataclass(frozen=True)
class Signed:
    """The signature, and whether it completed the approval."""

    signature: Signature
    approved: bool


def sign_submission(
    *,
    actor: User,
    submission_id: int,
    digest: str,
    confirmed: Reauthentication,
    at: datetime,
    comment: str = "",
) -> Signed:
    """Sign the version whose `digest` the reviewer read; approve it if that meets the rule.

    `confirmed` says how and when `actor` proved again who they are; credentials and interests are
    recorded as they stand. When the
    rule is met, the submission is approved and the publication moves to it in this transaction.

    :raises NotAllowed: if that was somebody else or long ago, or `actor` may not sign (law 5), with
        the reason.
    :raises WrongState: if the text is another than the one read, or not under review any more.
    """
    confirmed.require(user=actor, at=at)
    with transaction.atomic(durable=True):
        submission = lock_submission(submission_id)
        assignment = open_assignment(submission=submission, reviewer=actor)
        if reason := why_not_sign(actor=actor, submission=submission, assignment=assignment, at=at):
            raise NotAllowed(reason)
        submission.require(State.UNDER_REVIEW)
        if digest != submission.version.digest:
            raise WrongState(
                "This is not the text that you read. Read it again before you sign.",
                current=submission.version.digest,
            )
        assert assignment is not None
        credential = qualifying_credential(
            person=actor, specialty_id=assignment.capacity_id, day=at.date()
        )
        declaration = newest_declaration(actor)
        assert credential is not None
        assert declaration is not None
        signed = payload(
            submission=submission,
            assignment=assignment,
            signer=actor,
            credential=credential,
            declaration=declaration,
            interests=interests_that_count(person=actor, since=assignment.assigned_at, at=at),
            method=confirmed.method,
            at=at,
        )
        decision = insert_decision(
            submission=submission,
            actor=actor,
            kind=Decision.Kind.APPROVE,
            comment=tidy_lines(comment),
            at=at,
        )
        signature = Signature.objects.create(
            decision=decision,
            submission=submission,
            version=submission.version,
            signer=actor,
            signed_at=at,
            **signature_fields(signed),
        )
        rows = Signature.objects.filter(submission=submission).select_related("signer")
        signatures = standing(list(rows.order_by("pk")))
        approved = not missing_for_approval(rule=submission.rule, signatures=signatures)
        if approved:
            _approve(submission=submission, actor=actor, at=at)
        audit.record(
            actor=actor,
            action="review.submission.signed",
            subject=submission,
            at=at,
            data={
                "signature": signature.pk,
                "digest": signature.digest,
                "payload_digest": signature.payload_digest,
                "approved": approved,
            },
        )
        mail.after_commit(mail.decided, decision_id=decision.pk)
    return Signed(signature, approved)


def _approve(*, submission: Submission, actor: User, at: datetime) -> None:
    """Approve inside the caller's transaction: the approved one before it is superseded."""
    before = (
        Submission.objects.select_for_update(of=("self",))
        .filter(edition=submission.edition, state=State.APPROVED)
        .first()
    )
    reviewed_on = at.date()
    if before is not None:
        before.state = State.SUPERSEDED
        before.state_changed_at = at
        before.save(update_fields=["state", "state_changed_at"])
        editorial = submission.version.change_class == Version.ChangeClass.EDITORIAL
        if editorial and before.latest_full_review_on is not None:
            reviewed_on = before.latest_full_review_on
    submission.state = State.APPROVED
    submission.state_changed_at = submission.approved_at = at
    submission.latest_full_review_on = reviewed_on
    submission.review_due_on = months_after(reviewed_on, submission.rule["months_to_next_review"])
    submission.save(
        update_fields=[
            "state",
            "state_changed_at",
            "approved_at",
            "latest_full_review_on",
            "review_due_on",
        ]
    )
    settle(edition=submission.edition, actor=actor, at=at)
    audit.record(
        actor=actor,
        action="review.submission.approved",
        subject=submission,
        at=at,
        data={
            "version": submission.version_id,
            "digest": submission.version.digest,
            "supersedes": before.pk if before else None,
        },
    )
