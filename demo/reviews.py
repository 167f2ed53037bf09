"""Steps of an article's plan that the board takes, or that put a text before it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Specialty, User
from accounts.reauthentication import confirm_password
from articles.models import Reference
from demo import library
from demo.stage import PASSWORD, Stage, Step
from demo.texts import the_edition
from review.models import Notice, Submission
from review.public.actions.noticing import publish_notice
from review.rounds.actions.assigning import assign_reviewer
from review.rounds.actions.submitting import submit_version
from review.rounds.actions.withdrawing import retract_submission, withdraw_submission
from review.signatures.actions.signing import sign_submission
from review.verdicts.actions import deciding


def the_submission(article: Mapping[str, Any], step: Step) -> Submission:
    """Return the newest submission of the edition that a step names."""
    rows = Submission.objects.filter(edition=the_edition(article, step["edition"]))
    return rows.select_related("version").order_by("-pk")[0]


def submit(stage: Stage, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
    """Send the newest version to the board."""
    version = the_edition(article, step["edition"]).versions.order_by("-number")[0]
    submit_version(actor=actor, version_id=version.pk, note=step["note"], at=at)


def assign(stage: Stage, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
    """Ask a reviewer."""
    assign_reviewer(
        actor=actor,
        submission_id=the_submission(article, step).pk,
        reviewer_id=stage.people[step["reviewer"]].pk,
        capacity_id=Specialty.objects.get(slug=step["capacity"]).pk,
        due_on=at.date() + timedelta(days=step["due_in_days"]),
        at=at,
    )


def sign(stage: Stage, article: Mapping[str, Any], step: Step, actor: User, at: datetime) -> None:
    """Sign, with the demo's password."""
    submission = the_submission(article, step)
    sign_submission(
        actor=actor,
        submission_id=submission.pk,
        digest=submission.version.digest,
        confirmed=confirm_password(user=actor, password=PASSWORD, at=at, request=None),
        comment=step["comment"],
        at=at,
    )


def request_changes(
    stage: Stage, article: Mapping[str, Any], step: Step, actor: User, at: datetime
) -> None:
    """Send the submission back."""
    submission = the_submission(article, step)
    deciding.request_changes(
        actor=actor, submission_id=submission.pk, comment=step["comment"], at=at
    )


def withdraw(
    stage: Stage, article: Mapping[str, Any], step: Step, actor: User, at: datetime
) -> None:
    """Take a pending text back, with a notice."""
    submission = the_submission(article, step)
    withdraw_submission(actor=actor, submission_id=submission.pk, notice=step["notice"], at=at)


def retract(
    stage: Stage, article: Mapping[str, Any], step: Step, actor: User, at: datetime
) -> None:
    """Take an approved text down."""
    submission = the_submission(article, step)
    retract_submission(actor=actor, submission_id=submission.pk, notice=step["notice"], at=at)


def caution(
    stage: Stage, article: Mapping[str, Any], step: Step, actor: User, at: datetime
) -> None:
    """Put a caution on the article."""
    publish_notice(
        actor=actor,
        article=stage.articles[article["slug"]],
        kind=Notice.Kind.CAUTION,
        text=step["notice"],
        at=at,
    )


def record_notice(
    stage: Stage, _article: Mapping[str, Any], step: Step, actor: User, at: datetime
) -> None:
    """Record a journal's notice that came after the approval."""
    reference = Reference.objects.get(key=step["reference"])
    row = stage.notices[step["reference"]][step["notice_index"]]
    library.record(reference, row, actor=actor, at=at)
