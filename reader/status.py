"""What truly happened to the text on a page: board line, stepper, short bar and dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

from articles.models import Version
from reader.wording import board_members, how_many
from review.models import Publication, Signature


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that a page says about the review of the text it shows."""

    board_line: str
    steps: list[dict[str, Any]]
    line: str
    tone: str
    short: str
    detail: str
    dates: list[dict[str, Any]]


def full_date(day: date | datetime) -> str:
    """Return a date in full, as the language in use writes it."""
    return date_format(day, "DATE_FORMAT")


def status_of(
    publication: Publication, signatures: Sequence[Signature], *, reviewers: int, today: date
) -> Status:
    """Return what to say of `publication`. `reviewers` are asked and have not stepped aside.

    `signatures` are those of the submission; what they approve is said only once it is approved.
    """
    submission = publication.submission
    names = joined([signature.signed["signer"]["name"] for signature in signatures])
    if publication.is_approved:
        board_line, line = _approved(publication, signatures)
    elif submission.review_started_at is not None:
        board_line = gettext("Nobody on the board has approved this text yet.")
        line = _under_review(submission.review_started_at, reviewers, len(signatures))
    else:
        board_line = gettext("Nobody on the board has approved this text yet.")
        line = gettext("Submitted to the board on %(date)s; no reviewer has been asked yet.") % {
            "date": full_date(submission.submitted_at)
        }
    overdue = publication.is_review_overdue(today)
    return Status(
        board_line=board_line,
        steps=_steps(publication, names),
        line=line,
        tone="approved" if publication.is_approved and not overdue else "caution",
        short=_short(publication, overdue=overdue),
        detail=gettext("version %(number)s, %(date)s")
        % {
            "number": submission.version.number,
            "date": full_date(submission.approved_at or submission.submitted_at),
        },
        dates=_dates(publication, overdue=overdue),
    )


def _approved(publication: Publication, signatures: Sequence[Signature]) -> tuple[str, str]:
    submission = publication.submission
    assert submission.approved_at is not None
    who = board_members(len(signatures))
    names = joined([signature.signed["signer"]["name"] for signature in signatures])
    facts = {"who": who, "date": full_date(submission.approved_at), "names": names}
    if _is_wording_only(publication):
        facts["reviewed"] = full_date(submission.latest_full_review_on or submission.approved_at)
        board_line = gettext(
            "Approved by %(who)s on %(date)s after a change of wording only; the whole text was "
            "last reviewed on %(reviewed)s."
        )
    else:
        board_line = gettext("Reviewed by %(who)s on %(date)s.")
    line = gettext("%(names)s signed exactly this text, version %(number)s.") % {
        "names": names,
        "number": submission.version.number,
    }
    return board_line % facts, line


def _is_wording_only(publication: Publication) -> bool:
    submission = publication.submission
    return (
        submission.version.change_class == Version.ChangeClass.EDITORIAL
        and submission.approved_at is not None
        and submission.latest_full_review_on is not None
        and submission.latest_full_review_on < submission.approved_at.date()
    )


def _under_review(since: datetime, reviewers: int, signed: int) -> str:
    if reviewers:
        line = gettext("Being reviewed by %(who)s since %(date)s.") % {
            "who": board_members(reviewers),
            "date": full_date(since),
        }
    else:
        line = gettext("Under review since %(date)s.") % {"date": full_date(since)}
    if signed:
        count = ngettext(
            "%(count)s of them has signed so far; that is not an approval yet.",
            "%(count)s of them have signed so far; that is not an approval yet.",
            signed,
        ) % {"count": how_many(signed).capitalize()}
        line = f"{line} {count}"
    return line


def _steps(publication: Publication, names: str) -> list[dict[str, Any]]:
    submission = publication.submission
    started, approved = submission.review_started_at, publication.is_approved
    return [
        {
            "name": pgettext("step of a review", "Submitted"),
            "state": "done" if started or approved else "current",
            "date": submission.submitted_at,
        },
        {
            "name": pgettext("step of a review", "Under review"),
            "state": "done" if approved else "current" if started else "todo",
            "date": started,
        },
        {
            "name": pgettext("step of a review", "Approved"),
            "state": "done" if approved else "todo",
            "date": submission.approved_at if approved else None,
            "who": names if approved else "",
        },
    ]


def _short(publication: Publication, *, overdue: bool) -> str:
    if publication.is_approved:
        return gettext("Approved, review overdue") if overdue else gettext("Approved")
    return gettext("Not approved yet")


def _dates(publication: Publication, *, overdue: bool) -> list[dict[str, Any]]:
    submission = publication.submission
    rows: list[dict[str, Any]] = [
        {"label": gettext("Last updated"), "date": submission.version.frozen_at}
    ]
    if publication.is_approved:
        rows += [
            {
                "label": gettext("Last reviewed"),
                "date": submission.latest_full_review_on,
                "note": gettext("the whole text"),
            },
            {
                "label": gettext("Next review due"),
                "date": submission.review_due_on,
                "note": gettext("overdue") if overdue else "",
            },
        ]
    else:
        rows.append({"label": gettext("Last reviewed"), "text": gettext("not yet")})
    return rows


def joined(names: Sequence[str]) -> str:
    """Join names as a sentence does."""
    if not names[1:]:
        return "".join(names)
    return pgettext("the last two of a list of names", "%(first)s and %(last)s") % {
        "first": pgettext("between the names of a list", ", ").join(names[:-1]),
        "last": names[-1],
    }
