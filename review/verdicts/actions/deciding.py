"""Asking for changes, and stepping aside."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from articles.texts.draft import tidy_lines
from kernel import audit, generation
from kernel.errors import NotAllowed
from review import mail
from review.models import Decision, State, Submission
from review.public.actions.publishing import settle
from review.rounds.actions.locking import lock_submission
from review.rounds.assignments import open_assignment
from review.verdicts.rules import why_not_decide


def insert_decision(
    *, submission: Submission, actor: User, kind: Decision.Kind, comment: str, at: datetime
) -> Decision:
    """Store a decision inside the caller's transaction, once the rule and the state allow it.

    :raises NotAllowed: if `actor` was not asked, or decided before.
    :raises WrongState: if the submission is not under review.
    """
    assignment = open_assignment(submission=submission, reviewer=actor)
    if reason := why_not_decide(actor=actor, assignment=assignment):
        raise NotAllowed(reason)
    submission.require(State.UNDER_REVIEW)
    assert assignment is not None
    # Readers of a pending text see how many have decided.
    generation.advance()
    return Decision.objects.create(
        assignment=assignment, kind=kind, comment=comment, decided_by=actor, decided_at=at
    )


def request_changes(*, actor: User, submission_id: int, comment: str, at: datetime) -> Decision:
    """Send a submission back to its editor; `comment` says what has to change.

    :raises NotAllowed: if `actor` was not asked, or decided before.
    :raises ValidationError: if the comment is empty.
    :raises WrongState: if the submission is not under review.
    """
    words = tidy_lines(comment)
    if not words:
        raise ValidationError({"comment": "Say what has to change."})
    with transaction.atomic(durable=True):
        submission = lock_submission(submission_id)
        decision = insert_decision(
            submission=submission,
            actor=actor,
            kind=Decision.Kind.REQUEST_CHANGES,
            comment=words,
            at=at,
        )
        submission.state = State.CHANGES_REQUESTED
        submission.state_changed_at = at
        submission.save(update_fields=["state", "state_changed_at"])
        settle(edition=submission.edition, actor=actor, at=at)
        audit.record(
            actor=actor,
            action="review.submission.changes_requested",
            subject=submission,
            at=at,
            data={"decision": decision.pk},
        )
        mail.after_commit(mail.decided, decision_id=decision.pk)
    return decision


def recuse(*, actor: User, submission_id: int, comment: str, at: datetime) -> Decision:
    """Step aside from a review. The chair asks somebody else.

    :raises NotAllowed: if `actor` was not asked, or decided before.
    :raises WrongState: if the submission is not under review.
    """
    with transaction.atomic(durable=True):
        submission = lock_submission(submission_id)
        decision = insert_decision(
            submission=submission,
            actor=actor,
            kind=Decision.Kind.RECUSE,
            comment=tidy_lines(comment),
            at=at,
        )
        audit.record(
            actor=actor,
            action="review.reviewer.recused",
            subject=submission,
            at=at,
            data={"decision": decision.pk},
        )
        mail.after_commit(mail.decided, decision_id=decision.pk)
    return decision
