"""What an export may say of a Version's review: derived from submissions, signatures and notices.

The same facts as the public page shows (law 2): reviewers stand only where their signatures led to
an approval; whatever speaks against the text stands in the status, which is on every page.
"""

from collections.abc import Sequence
from datetime import date, datetime

from articles.models import ReferenceNotice, Version
from manuscript.exporting.text import PublicNotice, Reviewer, Standing
from manuscript.exporting.words import say
from review.models import State
from review.public.details import SignatureFacts, details_of_version
from review.public.facts import Facts


def standing_of(version: Version, *, on: date) -> Standing:
    """Return what may be said on that day of the review of exactly this Version. Four queries."""
    language = version.edition.language
    facts = details_of_version(version, on=on)
    if facts is None:
        retracting = ReferenceNotice.objects.retracting()
        is_alarm = retracting.filter(reference__cited_in__version=version).exists()
        sentences = [say(language, "not-sent"), *([say(language, "source-alarm")] * is_alarm)]
        status = _joined(sentences, language)
        return Standing(state="not-sent", tone="pending", status=status)
    against = _against(facts, language)
    return Standing(
        state=_word(facts.state),
        tone=_tone(facts, against=bool(against)),
        status=_joined([_said(facts, language), *against], language),
        reviewers=tuple(map(_reviewer, facts.reviewed_by)),
        dates=_dates(facts) if facts.is_reviewed else (),
        notices=tuple(
            PublicNotice(
                kind=say(language, notice.kind), on=notice.published_at.date(), text=notice.text
            )
            for notice in facts.notices
        ),
    )


def _joined(sentences: Sequence[str], language: str) -> str:
    return ("" if language.startswith("zh") else " ").join(sentences)


def _word(state: State) -> str:
    """Return what `manuscript.exporting.words` calls a state: "under-review"."""
    return state.lower().replace("_", "-")


def _said(facts: Facts, language: str) -> str:
    """Return how far the review is, in one sentence."""
    word = _word(facts.state)
    if not facts.is_reviewed:
        since = {
            State.SUBMITTED: facts.submitted_at,
            State.UNDER_REVIEW: facts.review_started_at or facts.state_changed_at,
        }.get(facts.state, facts.state_changed_at)
        return say(language, word, date=since.date())
    approved = _day(facts.approved_at)
    if facts.state == State.SUPERSEDED:
        return say(language, word, date=facts.state_changed_at.date(), approved=approved)
    if facts.is_wording_only:
        reviewed = facts.latest_full_review_on
        return say(language, "approved-wording", date=approved, reviewed=reviewed)
    return say(language, word, date=approved)


def _day(moment: datetime | None) -> date:
    assert moment is not None  # the database keeps the time of every approval
    return moment.date()


def _against(facts: Facts, language: str) -> list[str]:
    """Return what speaks against relying on the text, a sentence each."""
    found: list[str] = []
    if facts.is_reviewed and not facts.is_edition_readable:
        found.append(say(language, "taken-down"))
    if facts.is_overdue:
        found.append(say(language, "overdue", date=facts.review_due_on))
    if facts.caution_since is not None:
        found.append(say(language, "under-caution", date=facts.caution_since.date()))
    if facts.has_retracted_source:
        found.append(say(language, "source-alarm"))
    return found


def _tone(facts: Facts, *, against: bool) -> str:
    if facts.state == State.RETRACTED:
        return "gone"
    if facts.is_approved:
        return "caution" if against else "approved"
    return "caution" if facts.state == State.SUPERSEDED else "pending"


def _reviewer(signature: SignatureFacts) -> Reviewer:
    return Reviewer(
        name=signature.name,
        credential=signature.credentials,
        capacity=signature.capacity,
        signed_on=signature.signed_at.date(),
        meaning=signature.meaning,
    )


def _dates(facts: Facts) -> tuple[tuple[str, date], ...]:
    rows = (
        ("approved-on", _day(facts.approved_at)),
        ("last-reviewed", facts.latest_full_review_on),
        ("review-due", facts.review_due_on if facts.is_approved else None),
    )
    return tuple((label, on) for label, on in rows if on is not None)
