"""Taking text down: before approval (withdrawing) and after it (retracting)."""

from datetime import datetime

from django.core.exceptions import ValidationError

from accounts.models import User
from articles.texts.draft import tidy_lines
from kernel.action import Action, action
from kernel.errors import NotAllowed
from review.models import Notice, Publication, State, Submission
from review.public.actions.publishing import settle
from review.public.rules import why_not_chair
from review.rounds.actions.locking import lock_submission
from review.rounds.events import RoundEvent
from review.rounds.rules import why_not_withdraw


def insert_notice(
    act: Action[User], *, submission: Submission, kind: Notice.Kind, text: str
) -> Notice:
    """Store a notice on a submission's edition inside the caller's transaction."""
    return Notice.objects.create(
        article=submission.edition.article,
        edition=submission.edition,
        submission=submission,
        kind=kind,
        text=text,
        published_by=act.actor,
        published_at=act.at,
    )


def withdraw_submission(
    *, actor: User, submission_id: int, at: datetime, notice: str = ""
) -> Submission:
    """Take a submission back before it is approved.

    With a `notice`, readers who saw the pending text find out what became of it.

    :raises NotAllowed: if `actor` may not, with the reason.
    :raises ValidationError: if there is a notice about a text that readers never saw.
    :raises WrongState: if it is not open any more.
    """
    words = tidy_lines(notice)
    with action(actor=actor, at=at) as act:
        submission = lock_submission(submission_id)
        if reason := why_not_withdraw(actor=actor, submission=submission):
            raise NotAllowed(reason)
        submission.require(State.SUBMITTED, State.UNDER_REVIEW)
        if words and not Publication.objects.filter(submission=submission).exists():
            raise ValidationError(
                {"notice": "Readers never saw this text, so there is nothing to tell them."}
            )
        submission.state = State.WITHDRAWN
        submission.state_changed_at = at
        submission.save(update_fields=["state", "state_changed_at"])
        if words:
            insert_notice(act, submission=submission, kind=Notice.Kind.WITHDRAWAL, text=words)
        settle(act, edition=submission.edition)
        act.record(RoundEvent.WITHDRAWN, submission, {"notice": bool(words)})
    return submission


def retract_submission(*, actor: User, submission_id: int, notice: str, at: datetime) -> Submission:
    """Take an approved text down at once. One chair suffices; `notice` tells readers why.

    :raises NotAllowed: if `actor` is no chair.
    :raises ValidationError: if the notice is empty.
    :raises WrongState: if it is not approved.
    """
    words = tidy_lines(notice)
    if not words:
        raise ValidationError({"notice": "Tell readers why the text was taken down."})
    with action(actor=actor, at=at) as act:
        submission = lock_submission(submission_id)
        if reason := why_not_chair(actor):
            raise NotAllowed(reason)
        submission.require(State.APPROVED)
        submission.state = State.RETRACTED
        submission.state_changed_at = at
        submission.save(update_fields=["state", "state_changed_at"])
        insert_notice(act, submission=submission, kind=Notice.Kind.RETRACTION, text=words)
        settle(act, edition=submission.edition)
        act.record(RoundEvent.RETRACTED, submission, {"digest": submission.version.digest})
    return submission
