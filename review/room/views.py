"""The review room: one submission, its text, and how far its review is."""

from datetime import datetime
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from articles.models import Version
from review.desk.common import SignedInRequest, board, board_page, visible_submission
from review.desk.texts import Changes, changes, readable
from review.models import (
    OPEN_STATES,
    WAS_APPROVED_STATES,
    Assignment,
    Decision,
    Signature,
    State,
    Submission,
)
from review.public.details import signature_facts
from review.public.facts import facts_of_submissions
from review.public.rules import why_not_chair
from review.public.wording import board_badges
from review.rounds.assignments import open_assignment
from review.rounds.rules import why_not_withdraw
from review.rounds.views.people import reviewer_lines, rule_in_words, still_missing
from review.signatures.rules import why_not_sign
from review.verdicts.rules import why_not_decide


@board_page
@require_safe
def submission(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show the review room; `view=changes` shows what changed instead of the text alone."""
    at = timezone.now()
    row = visible_submission(request, pk)
    earlier = earlier_rounds(row)
    bases = bases_of_comparison(row, earlier)
    chosen = _chosen_base(bases, request.GET.get("since", ""))
    found: Changes | None = None
    if request.GET.get("view") == "changes" and chosen is not None:
        # The lists above left the frozen text in the database.
        before = Version.objects.get(pk=chosen.pk)
        found = changes(before=before, after=row.version)
    text = readable(row.version)
    facts = facts_of_submissions([row.pk], on=at.date())[row.pk]
    context = {
        "at": at,
        "heading": row.version.title,
        "submission": row,
        "text": text,
        "view": "changes" if request.GET.get("view") == "changes" else "text",
        "bases": bases,
        "base": chosen,
        "changes": found,
        "badges": board_badges(facts),
        "source_alarm": facts.has_retracted_source,
        "rounds": [
            {"submission": old, "reviewers": reviewer_lines(old, day=at.date())} for old in earlier
        ],
        "seen": set(
            Submission.objects.visible_to(request.user)
            .filter(edition=row.edition_id)
            .values_list("pk", flat=True)
        ),
        "newer": Submission.objects.visible_to(request.user)
        .filter(edition=row.edition_id, pk__gt=row.pk)
        .select_related("version")
        .without_text()
        .order_by("-pk")
        .first(),
        **progress(row, at=at),
        **doors(request.user, row, at=at),
    }
    return board(request, "review/submission.html", context)


def earlier_rounds(row: Submission) -> list[Submission]:
    """Return the submissions of the same edition before this one, newest first."""
    return list(
        Submission.objects.filter(edition=row.edition_id, pk__lt=row.pk)
        .select_related("version", "submitted_by")
        .without_text()
        .with_reviewers()
        .order_by("-pk")
    )


def bases_of_comparison(row: Submission, earlier: list[Submission]) -> dict[str, Version]:
    """Return the versions to compare with: "approved", the last one approved before this, and
    "round", the one of the round before, where they are other texts.
    """
    found: dict[str, Version] = {}
    for old in earlier:
        if old.version_id == row.version_id:
            continue
        found.setdefault("round", old.version)
        if old.state in WAS_APPROVED_STATES:
            found.setdefault("approved", old.version)
    if "approved" in found and found["approved"] == found["round"]:
        del found["round"]
    return found


def progress(row: Submission, *, at: datetime) -> dict[str, Any]:
    """Return reviewers, signatures, the rule and what is missing, for a template."""
    prefetch_related_objects(
        [row],
        Prefetch("assignments", Assignment.objects.with_people()),
        Prefetch("signatures", Signature.objects.order_by("pk")),
    )
    return {
        "reviewers": reviewer_lines(row, day=at.date()),
        "signatures": [signature_facts(signature, row) for signature in row.signatures.all()],
        "rule": rule_in_words(row.rule),
        "missing": still_missing(row),
        "is_open": row.state in OPEN_STATES,
    }


def doors(user: User, row: Submission, *, at: datetime) -> dict[str, Any]:
    """Return what this person may do here, and why not where they may not."""
    assignment = open_assignment(submission=row, reviewer=user)
    is_open = row.state in OPEN_STATES
    return {
        "assignment": assignment,
        "decided": own_decision(row, user),
        "why_not_decide": why_not_decide(actor=user, assignment=assignment),
        "why_not_sign": why_not_sign(actor=user, submission=row, assignment=assignment, at=at),
        "is_chair": why_not_chair(user) is None,
        "why_not_withdraw": why_not_withdraw(actor=user, submission=row) if is_open else None,
        "may_withdraw_somehow": is_open
        and (why_not_chair(user) is None or user.pk == row.submitted_by_id),
        "can_decide_now": row.state == State.UNDER_REVIEW,
        "is_approved": row.state == State.APPROVED,
    }


def own_decision(row: Submission, user: User) -> str:
    """Return what `user` decided here and when, in words, or nothing. `progress` comes before."""
    mine = [line for line in row.assignments.all() if line.reviewer_id == user.pk]
    decision = getattr(mine[-1], "decision", None) if mine else None
    if decision is None:
        return ""
    words = {
        Decision.Kind.APPROVE: _("You signed version %(number)s on %(date)s."),
        Decision.Kind.REQUEST_CHANGES: _(
            "You asked for changes to version %(number)s on %(date)s."
        ),
        Decision.Kind.RECUSE: _("You stepped aside from version %(number)s on %(date)s."),
    }
    day = date_format(timezone.localtime(decision.decided_at), "DATE_FORMAT")
    return words[decision.kind] % {"number": row.version.number, "date": day}


def _chosen_base(bases: dict[str, Version], since: str) -> Version | None:
    return bases.get(since) or bases.get("approved") or bases.get("round")
