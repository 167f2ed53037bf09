"""Putting a version before the board."""

from datetime import datetime

from accounts.models import User
from articles.models import Version
from articles.texts.actions.locking import lock_edition
from articles.texts.draft import tidy_lines
from kernel.action import action
from kernel.errors import NotAllowed, WrongState
from review import mail
from review.models import ReviewRule, State, Submission
from review.public.actions.publishing import settle
from review.rounds.events import RoundEvent
from review.rounds.rules import why_not_submit


def submit_version(*, actor: User, version_id: int, at: datetime, note: str = "") -> Submission:
    """Put the newest version of an edition before the board, under the rule in force now.

    :raises NotAllowed: if `actor` does not submit.
    :raises WrongState: if a newer version exists, another is before the board already, or this
        one was approved before.
    """
    with action(actor=actor, at=at) as act:
        version = Version.objects.select_related("edition").get(pk=version_id)
        if reason := why_not_submit(actor=actor, version=version):
            raise NotAllowed(reason)
        edition = lock_edition(version.edition_id)
        newest = edition.versions.order_by("-number").values_list("number", flat=True).first()
        if newest != version.number:
            raise WrongState(
                f"Version {newest} is newer than version {version.number}.",
                current=f"version {newest}",
            )
        rows = Submission.objects.filter(edition=edition).select_related("version")
        if pending := rows.is_open().first():
            raise WrongState(
                f"Version {pending.version.number} is before the board already. Withdraw it first.",
                current=pending.state,
            )
        if rows.filter(
            version=version, state__in=[State.APPROVED, State.SUPERSEDED, State.RETRACTED]
        ).exists():
            raise WrongState(
                f"The board has approved version {version.number} before.", current=State.APPROVED
            )
        rule = ReviewRule.objects.in_force_for(article=edition.article, audience=edition.audience)
        submission = Submission.objects.create(
            version=version,
            edition=edition,
            follows=rows.order_by("-pk").first(),
            rule=rule.frozen(),
            note=tidy_lines(note),
            submitted_by=actor,
            submitted_at=at,
            state_changed_at=at,
        )
        settle(act, edition=edition)
        act.record(
            RoundEvent.SUBMITTED,
            submission,
            {"version": version.pk, "digest": version.digest, "rule": submission.rule},
        )
        act.send(mail.submitted, submission_id=submission.pk)
    return submission
