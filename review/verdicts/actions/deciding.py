"""Asking for changes, and stepping aside."""

from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.models import User
from articles.texts.draft import tidy_lines
from kernel.action import Action, action
from kernel.errors import NotAllowed
from review import mail
from review.models import Decision, State, Submission
from review.public.actions.publishing import settle
from review.rounds.actions.locking import lock_submission
from review.rounds.assignments import open_assignment
from review.verdicts.events import VerdictEvent
from review.verdicts.rules import why_not_decide


def insert_decision(
    act: Action[User], *, submission: Submission, kind: Decision.Kind, comment: str
) -> Decision:
    """Store a decision inside the caller's transaction, once the rule and the state allow it.

    :raises NotAllowed: if `actor` was not asked, or decided before.
    :raises WrongState: if the submission is not under review.
    """
    assignment = open_assignment(submission=submission, reviewer=act.actor)
    if reason := why_not_decide(actor=act.actor, assignment=assignment):
        raise NotAllowed(reason)
    submission.require(State.UNDER_REVIEW)
    assert assignment is not None
    return Decision.objects.create(
        assignment=assignment, kind=kind, comment=comment, decided_by=act.actor, decided_at=act.at
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
    with action(actor=actor, at=at) as act:
        submission = lock_submission(submission_id)
        decision = insert_decision(
            act, submission=submission, kind=Decision.Kind.REQUEST_CHANGES, comment=words
        )
        submission.state = State.CHANGES_REQUESTED
        submission.state_changed_at = at
        submission.save(update_fields=["state", "state_changed_at"])
        settle(act, edition=submission.edition)
        act.record(VerdictEvent.CHANGES_REQUESTED, submission, {"decision": decision.pk})
        act.send(mail.decided, decision_id=decision.pk)
    return decision


def recuse(*, actor: User, submission_id: int, comment: str, at: datetime) -> Decision:
    """Step aside from a review. The chair asks somebody else.

    :raises NotAllowed: if `actor` was not asked, or decided before.
    :raises WrongState: if the submission is not under review.
    """
    with action(actor=actor, at=at) as act:
        submission = lock_submission(submission_id)
        decision = insert_decision(
            act, submission=submission, kind=Decision.Kind.RECUSE, comment=tidy_lines(comment)
        )
        act.record(VerdictEvent.RECUSED, submission, {"decision": decision.pk})
        act.send(mail.decided, decision_id=decision.pk)
    return decision
