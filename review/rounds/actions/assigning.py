"""Asking reviewers."""

from datetime import date, datetime

from accounts.models import Specialty, User
from kernel.action import Action, action
from kernel.errors import NotAllowed, WrongState
from review import mail
from review.models import Assignment, Decision, State, Submission
from review.public.actions.publishing import settle
from review.public.rules import why_not_chair
from review.rounds.actions.locking import lock_submission
from review.rounds.events import RoundEvent
from review.rounds.rules import why_not_assign


def start_review(act: Action[User], submission: Submission) -> None:
    """Move a submission to UNDER_REVIEW when its first reviewer is asked."""
    if submission.state != State.SUBMITTED:
        return
    submission.state = State.UNDER_REVIEW
    submission.state_changed_at = submission.review_started_at = act.at
    submission.save(update_fields=["state", "state_changed_at", "review_started_at"])
    settle(act, edition=submission.edition)


def assign_reviewer(
    *,
    actor: User,
    submission_id: int,
    reviewer_id: int,
    capacity_id: int,
    at: datetime,
    due_on: date | None = None,
) -> Assignment:
    """Ask a reviewer to review a submission in one capacity (a Specialty).

    :raises NotAllowed: if `actor` is no chair, or the reviewer is not qualified or independent.
    :raises WrongState: if the submission is closed, or the reviewer has been asked already.
    """
    with action(actor=actor, at=at) as act:
        submission = lock_submission(submission_id)
        reviewer = User.objects.get(pk=reviewer_id)
        capacity = Specialty.objects.get(pk=capacity_id)
        if reason := why_not_assign(
            actor=actor,
            reviewer=reviewer,
            submission=submission,
            specialty_id=capacity_id,
            at=at,
        ):
            raise NotAllowed(reason)
        submission.require(State.SUBMITTED, State.UNDER_REVIEW)
        if Assignment.objects.filter(
            submission=submission, reviewer=reviewer, ended_at__isnull=True
        ).exists():
            raise WrongState(f"{reviewer} has been asked already.", current=submission.state)
        assignment = Assignment.objects.create(
            submission=submission,
            reviewer=reviewer,
            capacity=capacity,
            assigned_by=actor,
            assigned_at=at,
            due_on=due_on,
        )
        start_review(act, submission)
        act.record(
            RoundEvent.REVIEWER_ASSIGNED,
            submission,
            {
                "assignment": assignment.pk,
                "reviewer": reviewer.pk,
                "capacity": capacity.slug,
            },
        )
        act.send(mail.assigned, assignment_id=assignment.pk)
    return assignment


def end_assignment(*, actor: User, assignment_id: int, at: datetime) -> Assignment:
    """Take a reviewer off a submission before they decided.

    :raises NotAllowed: if `actor` is no chair.
    :raises WrongState: if the reviewer has decided, or was taken off before.
    """
    with action(actor=actor, at=at) as act:
        submission_id = Assignment.objects.values_list("submission_id", flat=True).get(
            pk=assignment_id
        )
        submission = lock_submission(submission_id)
        if reason := why_not_chair(actor):
            raise NotAllowed(reason)
        submission.require(State.SUBMITTED, State.UNDER_REVIEW)
        assignment = Assignment.objects.select_related("reviewer").get(pk=assignment_id)
        if assignment.ended_at is not None:
            raise WrongState(f"{assignment.reviewer} was taken off before.", current="ended")
        if Decision.objects.filter(assignment=assignment).exists():
            raise WrongState(f"{assignment.reviewer} has decided already.", current="decided")
        assignment.ended_at = at
        assignment.save(update_fields=["ended_at"])
        act.record(
            RoundEvent.REVIEWER_TAKEN_OFF,
            submission,
            {"assignment": assignment.pk, "reviewer": assignment.reviewer_id},
        )
    return assignment
