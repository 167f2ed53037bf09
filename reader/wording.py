"""What pages say about a text, in words: whom it is for, why it is shown, what the board did."""

from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_noop as _noop

from articles.models import Audience
from reader.personalise import Choice, Reason

# The audiences that the migrations make. Others are shown by the label they were given.
READERS = {
    "public": _noop("the public"),
    "patient": _noop("patients"),
    "caregiver": _noop("relatives and caregivers"),
    "clinician": _noop("clinicians"),
    "physician": _noop("physicians"),
    "nurse": _noop("nurses"),
    "pharmacist": _noop("pharmacists"),
    "student": _noop("students of the health professions"),
    "researcher": _noop("researchers"),
}
# As the migrations label the roles, so that other languages can say them.
ROLES = (
    _noop("Someone looking for information"),
    _noop("A patient"),
    _noop("A relative or caregiver"),
    _noop("A health professional"),
    _noop("A physician"),
    _noop("A nurse"),
    _noop("A pharmacist"),
    _noop("A student of a health profession"),
    _noop("A researcher"),
)
# How accounts.models.Interest calls the kinds, and the specialty that the migrations make.
KINDS = (
    _noop("Employment"),
    _noop("Consulting or speaking fees"),
    _noop("Research grant"),
    _noop("Shares or options"),
    _noop("Patent or royalties"),
    _noop("Travel or hospitality"),
    _noop("Other"),
)
SPECIALTIES = (
    _noop("General medicine"),
    _noop("Rheumatology"),
    _noop("Pulmonology"),
    _noop("Respiratory medicine"),
    _noop("Dermatology"),
    _noop("Clinical pharmacy"),
    _noop("Pharmacy"),
)
LANGUAGES = {"en": _noop("English"), "zh": _noop("Chinese")}


def readers_of(audience: Audience) -> str:
    """Return whom a text is written for, as it stands in "written for …"."""
    return gettext(READERS.get(audience.slug, audience.label))


def role_label(audience: Audience) -> str:
    """Return a role as readers choose it."""
    return gettext(audience.reader_label)


def role_in_sentence(audience: Audience) -> str:
    """Return a role as it stands in "you said you are …"."""
    label = role_label(audience)
    return label[:1].lower() + label[1:]


def language_name(code: str) -> str:
    """Return the name of a language in the language in use."""
    return gettext(LANGUAGES.get(code, code))


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


def why_shown(choice: Choice, *, role: Audience | None, audience: Audience) -> str:
    """Return the sentence that says why this text and no other is on the page."""
    names = {"readers": readers_of(audience)}
    if choice.reason == Reason.OPENED:
        return gettext("Written for %(readers)s. You opened this text by its own address.") % names
    if role is None:
        return gettext("Written for %(readers)s.") % names
    names["role"] = role_in_sentence(role)
    if choice.reason == Reason.EXACT:
        words = gettext("Shown to you because you said you are %(role)s; written for %(readers)s.")
    elif choice.reason == Reason.PENDING_EXACT:
        words = gettext(
            "Shown to you because you said you are %(role)s; written for %(readers)s. "
            "The board has not approved it yet."
        )
    elif choice.reason == Reason.FALLBACK:
        words = gettext(
            "You said you are %(role)s. No approved text was written for exactly that, so this "
            "is the nearest: written for %(readers)s."
        )
    else:
        words = gettext(
            "You said you are %(role)s, but there is no such text of this article. This one was "
            "written for %(readers)s."
        )
    return words % names
