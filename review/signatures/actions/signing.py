"""Signing, and the approval that follows when the rule is met."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.reauthentication import Reauthentication
from accounts.rules import months_after, newest_declaration
from articles.models import Version
from articles.texts.draft import tidy_lines
from kernel.action import Action, action
from kernel.errors import NotAllowed, WrongState
from review import mail
from review.models import Assignment, Decision, Signature, State, Submission
from review.public.actions.publishing import settle
from review.rounds.actions.locking import lock_submission
from review.rounds.assignments import open_assignment
from review.rounds.rules import missing_for_approval, qualifying_credential, standing
from review.signatures.events import SignatureEvent
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
    recorded as they stand. When the rule is met, the submission is approved and the publication moves
    to it in the same action.

    :raises NotAllowed: if that was somebody else or long ago, or `actor` may not sign (law 5), with
        the reason.
    :raises WrongState: if the text is another than the one read, or not under review any more.
    """
    confirmed.require(user=actor, at=at)
    with action(actor=actor, at=at) as act:
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
        signature = _store(
            act, submission, assignment, method=confirmed.method, comment=tidy_lines(comment)
        )
        rows = Signature.objects.filter(submission=submission).select_related("signer")
        signatures = standing(list(rows.order_by("pk")))
        approved = not missing_for_approval(rule=submission.rule, signatures=signatures)
        if approved:
            _approve(act, submission=submission)
        act.record(
            SignatureEvent.SIGNED,
            submission,
            {
                "signature": signature.pk,
                "digest": signature.digest,
                "payload_digest": signature.payload_digest,
                "approved": approved,
            },
        )
        act.send(mail.decided, decision_id=signature.decision_id)
    return Signed(signature, approved)


def _store(
    act: Action[User], submission: Submission, assignment: Assignment, *, method: str, comment: str
) -> Signature:
    """Write the approving decision and the signature over all that it states."""
    credential = qualifying_credential(
        person=act.actor, specialty_id=assignment.capacity_id, day=act.at.date()
    )
    declaration = newest_declaration(act.actor)
    assert credential is not None
    assert declaration is not None
    interests = interests_that_count(person=act.actor, since=assignment.assigned_at, at=act.at)
    signed = payload(
        submission=submission,
        assignment=assignment,
        signer=act.actor,
        credential=credential,
        declaration=declaration,
        interests=interests,
        method=method,
        at=act.at,
    )
    decision = insert_decision(
        act, submission=submission, kind=Decision.Kind.APPROVE, comment=comment
    )
    return Signature.objects.create(
        decision=decision,
        submission=submission,
        version=submission.version,
        signer=act.actor,
        signed_at=act.at,
        **signature_fields(signed),
    )


def _approve(act: Action[User], *, submission: Submission) -> None:
    """Approve inside the caller's transaction: the approved one before it is superseded."""
    before = (
        Submission.objects.select_for_update(of=("self",))
        .filter(edition=submission.edition, state=State.APPROVED)
        .first()
    )
    reviewed_on = act.at.date()
    if before is not None:
        before.state = State.SUPERSEDED
        before.state_changed_at = act.at
        before.save(update_fields=["state", "state_changed_at"])
        editorial = submission.version.change_class == Version.ChangeClass.EDITORIAL
        if editorial and before.latest_full_review_on is not None:
            reviewed_on = before.latest_full_review_on
    submission.state = State.APPROVED
    submission.state_changed_at = submission.approved_at = act.at
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
    settle(act, edition=submission.edition)
    act.record(
        SignatureEvent.APPROVED,
        submission,
        {
            "version": submission.version_id,
            "digest": submission.version.digest,
            "supersedes": before.pk if before else None,
        },
    )
