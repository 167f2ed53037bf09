"""What pages say about a text, in words: whom it is for, why it is shown, what the board did."""

from django.utils.translation import gettext
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
    _noop("Gastroenterology"),
)
# Topics, and what is said of them, as the demo names them.
TOPICS = (
    _noop("Tofacitinib"),
    _noop("A JAK inhibitor: what it is, what has been shown, and what to watch for."),
    _noop("Sjögren’s disease"),
    _noop(
        "An autoimmune disease that causes dryness and can affect other organs, the lungs among them."
    ),
    _noop("Interstitial lung disease"),
    _noop("Inflammation and scarring of lung tissue: how it is found and treated."),
    _noop("Rheumatoid arthritis"),
    _noop("Long-term inflammation of the joints, and its treatment."),
    _noop("Psoriatic arthritis"),
    _noop("Inflammation of joints in people with psoriasis."),
    _noop("Ulcerative colitis"),
    _noop("Long-term inflammation of the large bowel."),
    _noop("Drug safety"),
    _noop("Risks of medicines, warnings by authorities, and what to check."),
    _noop("Groups of medicines"),
    _noop("How medicines are named and sorted, and what a name does and does not say."),
    _noop("Vaccination"),
    _noop("Vaccines around treatments that weaken the defences."),
    _noop("Screening"),
    _noop("Whom to examine, how, and what the guidelines say about it."),
    _noop("Methotrexate"),
    _noop("A conventional medicine for inflammatory arthritis."),
    _noop("Research integrity"),
    _noop("Corrections, retractions and what they mean for a text."),
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
