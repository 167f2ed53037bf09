"""The words of a status: one place for what readers and the board are told, in the language in use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext

from review.models import State
from review.public.details import DetailedFacts
from review.public.facts import Caveat, Facts
from review.public.value import Value

PENDING: Final = "PENDING"
NEWER_PENDING: Final = "NEWER_PENDING"
WORDS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        **{state.value: state.label for state in State},
        Caveat.SOURCE_ALARM.value: gettext_lazy("Source retracted"),
        Caveat.CAUTION.value: gettext_lazy("Under a caution"),
        Caveat.REVIEW_OVERDUE.value: gettext_lazy("Review overdue"),
        PENDING: gettext_lazy("Not approved yet"),
        NEWER_PENDING: gettext_lazy("Newer version in review"),
    }
)
_UNDECIDED: Final = gettext_lazy("Nobody on the board has approved this text yet.")


@dataclass(frozen=True, slots=True)
class Badge(Value):
    """A state and its word, for `_status_badge.html`."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Step(Value):
    """One step of the stepper: "done", "current" or "todo", since when, and who took it."""

    name: str
    state: str
    date: datetime | None
    who: str = ""


@dataclass(frozen=True, slots=True)
class DateLine(Value):
    """One line of the dates of a text: a date, or words in its place."""

    label: str
    date: date | datetime | None = None
    note: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class StatusWords(Value):
    """Everything that a page says about the review of the text it shows.

    `tone` is "alarm", "caution" or "approved"; `short` and `detail` say the same in a few words.
    """

    board_line: str
    steps: tuple[Step, ...]
    line: str
    tone: str
    short: str
    detail: str
    dates: tuple[DateLine, ...]


def badge(code: str, label: str = "") -> Badge:
    """Return the badge of a state or a derived code, with its own word unless another is given.

    :raises KeyError: for a code that has no word.
    """
    return Badge(code, label or str(WORDS[code]))


def caveats(facts: Facts) -> tuple[Badge, ...]:
    """Return what speaks against relying on a text, the gravest first."""
    return tuple(badge(caveat) for caveat in facts.caveats)


def reader_badges(facts: Facts) -> tuple[Badge, ...]:
    """Return what a list for readers marks a text with: nothing where it is approved and sound."""
    pending = () if facts.is_approved else (badge(PENDING),)
    return (*pending, *caveats(facts))


def board_badges(facts: Facts) -> tuple[Badge, ...]:
    """Return where a text stands, for the board and in a history: its state, and of a text that
    somebody may rely on what speaks against that.
    """
    found = [badge(facts.state)]
    if facts.is_pending or facts.is_reviewed:
        found += caveats(facts)
    if facts.is_approved and facts.has_newer_pending:
        found.append(badge(NEWER_PENDING))
    return tuple(found)


def caveat_sentences(facts: Facts) -> str:
    """Return what speaks against relying on a text, for those who see it without its page."""
    sentences = {
        Caveat.SOURCE_ALARM: gettext("A source that this text cites has been retracted."),
        Caveat.CAUTION: gettext("This text stands under a caution."),
        Caveat.REVIEW_OVERDUE: gettext("The review of this text is overdue."),
    }
    return " ".join(sentences[caveat] for caveat in facts.caveats)


def status_words(facts: DetailedFacts) -> StatusWords:
    """Return what to say of the review of a text on its page."""
    names = joined([signature.name for signature in facts.signatures])
    if facts.is_approved:
        board_line, line = _approved(facts, names)
    elif facts.review_started_at is not None:
        board_line, line = str(_UNDECIDED), _under_review(facts, facts.review_started_at)
    else:
        board_line = str(_UNDECIDED)
        line = gettext("Submitted to the board on %(date)s; no reviewer has been asked yet.") % {
            "date": full_date(facts.submitted_at)
        }
    return StatusWords(
        board_line=board_line,
        steps=_steps(facts, names),
        line=line,
        tone=tone(facts),
        short=_short(facts),
        detail=gettext("version %(number)s, %(date)s")
        % {"number": facts.number, "date": full_date(facts.decided_at)},
        dates=_dates(facts),
    )


def tone(facts: Facts) -> str:
    """Return "alarm", "caution" or "approved": the last only where nothing speaks against it."""
    if facts.has_retracted_source:
        return "alarm"
    return "approved" if facts.is_approved and not facts.caveats else "caution"


def full_date(day: date | datetime) -> str:
    """Return a date in full, as the language in use writes it."""
    return date_format(day, "DATE_FORMAT")


def how_many(number: int) -> str:
    """Return a small number as a word, a larger one in digits."""
    words = [
        pgettext("how many", "no"),
        pgettext("how many", "one"),
        pgettext("how many", "two"),
        pgettext("how many", "three"),
        pgettext("how many", "four"),
        pgettext("how many", "five"),
        pgettext("how many", "six"),
        pgettext("how many", "seven"),
        pgettext("how many", "eight"),
        pgettext("how many", "nine"),
    ]
    return words[number] if number < len(words) else str(number)


def board_members(number: int) -> str:
    """Return "one board member", "two board members"."""
    return ngettext("%(count)s board member", "%(count)s board members", number) % {
        "count": how_many(number)
    }


def joined(names: Sequence[str]) -> str:
    """Join names as a sentence does."""
    if not names[1:]:
        return "".join(names)
    return pgettext("the last two of a list of names", "%(first)s and %(last)s") % {
        "first": pgettext("between the names of a list", ", ").join(names[:-1]),
        "last": names[-1],
    }


def _approved(facts: DetailedFacts, names: str) -> tuple[str, str]:
    assert facts.approved_at is not None  # the database keeps the time of every approval
    said = {"who": board_members(len(facts.signatures)), "date": full_date(facts.approved_at)}
    if facts.is_wording_only:
        said["reviewed"] = full_date(facts.latest_full_review_on or facts.approved_at)
        board_line = gettext(
            "Approved by %(who)s on %(date)s after a change of wording only; the whole text was "
            "last reviewed on %(reviewed)s."
        )
    else:
        board_line = gettext("Reviewed by %(who)s on %(date)s.")
    line = gettext("%(names)s signed exactly this text, version %(number)s.") % {
        "names": names,
        "number": facts.number,
    }
    return board_line % said, line


def _under_review(facts: DetailedFacts, since: datetime) -> str:
    if facts.reviewers:
        line = gettext("Being reviewed by %(who)s since %(date)s.") % {
            "who": board_members(facts.reviewers),
            "date": full_date(since),
        }
    else:
        line = gettext("Under review since %(date)s.") % {"date": full_date(since)}
    if facts.signed:
        count = ngettext(
            "%(count)s of them has signed so far; that is not an approval yet.",
            "%(count)s of them have signed so far; that is not an approval yet.",
            facts.signed,
        ) % {"count": how_many(facts.signed).capitalize()}
        line = f"{line} {count}"
    return line


def _steps(facts: Facts, names: str) -> tuple[Step, ...]:
    started, approved = facts.review_started_at, facts.is_approved
    return (
        Step(
            pgettext("step of a review", "Submitted"),
            "done" if started or approved else "current",
            facts.submitted_at,
        ),
        Step(
            pgettext("step of a review", "Under review"),
            "done" if approved else "current" if started else "todo",
            started,
        ),
        Step(
            pgettext("step of a review", "Approved"),
            "done" if approved else "todo",
            facts.approved_at if approved else None,
            names if approved else "",
        ),
    )


def _short(facts: Facts) -> str:
    if facts.has_retracted_source:
        return str(WORDS[Caveat.SOURCE_ALARM])
    if facts.is_under_caution:
        return str(WORDS[Caveat.CAUTION])
    if facts.is_approved:
        approved = str(WORDS[State.APPROVED])
        return gettext("Approved, review overdue") if facts.is_overdue else approved
    return str(WORDS[PENDING])


def _dates(facts: Facts) -> tuple[DateLine, ...]:
    updated = DateLine(gettext("Last updated"), facts.frozen_at)
    if not facts.is_approved:
        return (updated, DateLine(gettext("Last reviewed"), text=gettext("not yet")))
    return (
        updated,
        DateLine(
            gettext("Last reviewed"), facts.latest_full_review_on, note=gettext("the whole text")
        ),
        DateLine(
            gettext("Next review due"),
            facts.review_due_on,
            note=gettext("overdue") if facts.is_overdue else "",
        ),
    )
