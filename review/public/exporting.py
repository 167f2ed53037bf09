"""What an export may say of a Version's review: derived from submissions, signatures and notices.

The same facts as the public page shows (law 2): reviewers stand only where their signatures led to
an approval; whatever speaks against the text stands in the status, which is on every page.
"""

from collections.abc import Sequence
from datetime import date, datetime

from articles.models import ReferenceNotice, Version
from manuscript.exporting.text import PublicNotice, Reviewer, Standing
from manuscript.exporting.words import say
from review.models import Notice, Publication, Signature, State, Submission

STATES = {
    State.SUBMITTED: "submitted",
    State.UNDER_REVIEW: "under-review",
    State.APPROVED: "approved",
    State.CHANGES_REQUESTED: "changes-requested",
    State.WITHDRAWN: "withdrawn",
    State.SUPERSEDED: "superseded",
    State.RETRACTED: "retracted",
}
ENDED = {State.WITHDRAWN, State.CHANGES_REQUESTED}
SIGNED = {State.APPROVED, State.SUPERSEDED}


def standing_of(version: Version, *, on: date) -> Standing:
    """Return what may be said on that day of the review of exactly this Version. Five queries."""
    language = version.edition.language
    submission = _submission_of(version)
    if submission is None:
        return Standing(state="not-sent", tone="pending", status=say(language, "not-sent"))
    notices = list(Notice.objects.in_force_on(submission))
    against = _against(submission, notices, language=language, on=on)
    state = State(submission.state)
    sentences = [_said(submission, language), *against]
    return Standing(
        state=STATES[state],
        tone=_tone(state, against=bool(against)),
        status=" ".join(sentences) if not language.startswith("zh") else "".join(sentences),
        reviewers=_reviewers(submission) if state in SIGNED else (),
        dates=_dates(submission) if state in SIGNED else (),
        notices=tuple(
            PublicNotice(
                kind=say(language, notice.kind), on=notice.published_at.date(), text=notice.text
            )
            for notice in notices
        ),
    )


def _submission_of(version: Version) -> Submission | None:
    """Return the round that counts: the one that went on, else the latest. One query."""
    rows = list(version.submissions.select_related("version").order_by("-pk"))
    return next((row for row in rows if row.state not in ENDED), rows[0] if rows else None)


def _said(submission: Submission, language: str) -> str:
    """Return how far the review is, in one sentence."""
    state = State(submission.state)
    word = STATES[state]
    if state not in SIGNED:
        since = {
            State.SUBMITTED: submission.submitted_at,
            State.UNDER_REVIEW: submission.review_started_at or submission.state_changed_at,
        }.get(state, submission.state_changed_at)
        return say(language, word, date=since.date())
    approved = _day(submission.approved_at)
    if state == State.SUPERSEDED:
        return say(language, word, date=submission.state_changed_at.date(), approved=approved)
    reviewed = submission.latest_full_review_on
    if (
        submission.version.change_class == Version.ChangeClass.EDITORIAL
        and reviewed is not None
        and reviewed < approved
    ):
        return say(language, "approved-wording", date=approved, reviewed=reviewed)
    return say(language, word, date=approved)


def _day(moment: datetime | None) -> date:
    assert moment is not None  # the database keeps the time of every approval
    return moment.date()


def _against(
    submission: Submission, notices: Sequence[Notice], *, language: str, on: date
) -> list[str]:
    """Return what speaks against relying on the text, a sentence each. Two queries."""
    found: list[str] = []
    if submission.state in SIGNED:
        publication = Publication.objects.filter(edition=submission.edition_id)
        if not publication.readable().exists():
            found.append(say(language, "taken-down"))
    if submission.is_review_overdue(on):
        found.append(say(language, "overdue", date=submission.review_due_on))
    caution = next((row for row in notices if row.kind == Notice.Kind.CAUTION), None)
    if caution is not None:
        found.append(say(language, "under-caution", date=caution.published_at.date()))
    retracting = ReferenceNotice.objects.retracting()
    if retracting.filter(reference__cited_in__version=submission.version_id).exists():
        found.append(say(language, "source-alarm"))
    return found


def _tone(state: State, *, against: bool) -> str:
    if state == State.RETRACTED:
        return "gone"
    if state == State.APPROVED:
        return "caution" if against else "approved"
    return "caution" if state == State.SUPERSEDED else "pending"


def _reviewers(submission: Submission) -> tuple[Reviewer, ...]:
    """Return who signed, from what they signed and nothing else. One query."""
    found: list[Reviewer] = []
    rows = Signature.objects.filter(submission=submission, digest=submission.version.digest)
    for signature in rows.order_by("signed_at", "pk"):
        signed = signature.signed
        credential = signed["credential"]
        found.append(
            Reviewer(
                name=signed["signer"]["name"],
                credential=", ".join(
                    filter(None, (credential["degree"], credential["profession"]))
                ),
                capacity=signed["capacity"]["name"],
                signed_on=datetime.fromisoformat(signed["signed_at"]).date(),
                meaning=signed["meaning"],
            )
        )
    return tuple(found)


def _dates(submission: Submission) -> tuple[tuple[str, date], ...]:
    rows = (
        ("approved-on", _day(submission.approved_at)),
        ("last-reviewed", submission.latest_full_review_on),
        ("review-due", submission.review_due_on if submission.state == State.APPROVED else None),
    )
    return tuple((label, on) for label, on in rows if on is not None)
