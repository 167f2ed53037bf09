"""The table of which text a reader gets."""

import pytest

from articles.models import Article, Audience, Edition
from reader.personalise import Reason, chain, choose, known_role, opened
from review.models import Publication, State, Submission

A, P, R = State.APPROVED, State.SUBMITTED, State.RETRACTED
SLUGS = {
    "public": None,
    "patient": "public",
    "caregiver": "patient",
    "clinician": "public",
    "nurse": "clinician",
}
AUDIENCES = [
    Audience(pk=place, slug=slug, label=slug, reader_label=slug, position=place)
    for place, slug in enumerate(SLUGS, start=1)
]
BY_SLUG = {audience.slug: audience for audience in AUDIENCES}
for _slug, _parent in SLUGS.items():
    BY_SLUG[_slug].falls_back_to_id = BY_SLUG[_parent].pk if _parent else None


def public(*texts):
    """Make publications from "nurse:en" → state pairs, as the database would hold them."""
    rows = []
    for pk, (name, state) in enumerate(texts, start=1):
        slug, _colon, language = name.partition(":")
        edition = Edition(pk=pk, audience=BY_SLUG[slug], language=language or "en")
        edition.article = Article(pk=1, slug="one")
        rows.append(
            Publication(
                edition=edition,
                submission=Submission(pk=pk, state=state),
                language=edition.language,
            )
        )
    return rows


def name(publication):
    return f"{publication.edition.audience.slug}:{publication.language}"


TABLE = [
    # role, language, what is public, what is shown, why, in another language
    ("nurse", "en", [("nurse", A), ("clinician", A)], "nurse:en", Reason.EXACT, False),
    ("nurse", "en", [("clinician", A), ("public", A)], "clinician:en", Reason.FALLBACK, False),
    ("nurse", "en", [("public", A)], "public:en", Reason.FALLBACK, False),
    ("nurse", "en", [("nurse", P), ("public", A)], "public:en", Reason.FALLBACK, False),
    ("nurse", "en", [("nurse", P), ("clinician", P)], "nurse:en", Reason.PENDING_EXACT, False),
    ("nurse", "en", [("nurse", P), ("patient", A)], "nurse:en", Reason.PENDING_EXACT, False),
    ("nurse", "en", [("clinician", P), ("patient", A)], "patient:en", Reason.OTHER, False),
    ("nurse", "en", [("clinician", P), ("patient", P)], "clinician:en", Reason.OTHER, False),
    ("patient", "en", [("clinician", A)], "clinician:en", Reason.OTHER, False),
    ("caregiver", "en", [("patient", A), ("public", A)], "patient:en", Reason.FALLBACK, False),
    ("", "en", [("public", A), ("clinician", A)], "public:en", Reason.EXACT, False),
    ("", "en", [("clinician", A)], "clinician:en", Reason.OTHER, False),
    ("", "en", [("public", P), ("clinician", A)], "public:en", Reason.PENDING_EXACT, False),
    ("astronaut", "en", [("public", A), ("nurse", A)], "public:en", Reason.EXACT, False),
    ("nurse", "en", [("nurse", R), ("public", A)], "public:en", Reason.FALLBACK, False),
    ("nurse", "zh", [("nurse", A), ("public:zh", A)], "public:zh", Reason.FALLBACK, False),
    ("nurse", "zh", [("nurse", A), ("public:zh", P)], "public:zh", Reason.OTHER, False),
    ("nurse", "zh", [("nurse", A), ("public", A)], "nurse:en", Reason.EXACT, True),
    ("nurse", "en", [("nurse:zh", A)], "nurse:zh", Reason.EXACT, True),
]


class TestChoose:
    @pytest.mark.parametrize(("role", "language", "texts", "shown", "reason", "other"), TABLE)
    def test_the_table(self, role, language, texts, shown, reason, other):
        choice = choose(public(*texts), role=role, audiences=AUDIENCES, language=language)
        assert (name(choice.publication), choice.reason, choice.is_other_language) == (
            shown,
            reason,
            other,
        )

    @pytest.mark.parametrize(("role", "language", "texts", "shown", "_reason", "_other"), TABLE)
    def test_the_others_are_all_that_can_be_read_too(
        self, role, language, texts, shown, _reason, _other
    ):
        choice = choose(public(*texts), role=role, audiences=AUDIENCES, language=language)
        readable = {name(row) for row in public(*texts) if row.is_readable}
        assert {name(row) for row in choice.others} == readable - {shown}

    def test_the_order_of_rows_does_not_matter(self):
        texts = [("nurse", P), ("clinician:zh", A), ("patient", A), ("public", P)]
        shown = {
            name(choose(rows, role="nurse", audiences=AUDIENCES, language="en").publication)
            for rows in (public(*texts), public(*texts[::-1]), public(*texts[2:], *texts[:2]))
        }
        assert shown == {"nurse:en"}

    @pytest.mark.parametrize("texts", [[], [("nurse", R)]])
    def test_nothing_readable_is_nothing_chosen(self, texts):
        assert choose(public(*texts), role="", audiences=AUDIENCES, language="en") is None


class TestOpened:
    def test_an_address_shows_its_own_text_in_the_language_in_use(self):
        rows = public(("nurse", A), ("nurse:zh", P), ("public", A))
        choice = opened(rows, audience_id=BY_SLUG["nurse"].pk, audiences=AUDIENCES, language="zh")
        assert (name(choice.publication), choice.reason) == ("nurse:zh", Reason.OPENED)

    def test_a_text_of_another_audience_does_not_stand_in(self):
        rows = public(("public", A))
        nurse = BY_SLUG["nurse"].pk
        assert opened(rows, audience_id=nurse, audiences=AUDIENCES, language="en") is None


class TestRoles:
    def test_an_unknown_role_counts_as_none(self):
        assert known_role("astronaut", AUDIENCES) == ""
        assert known_role("nurse", AUDIENCES) == "nurse"

    def test_a_chain_that_goes_round_ends(self):
        first = Audience(pk=1, slug="a", position=1, falls_back_to_id=2)
        second = Audience(pk=2, slug="b", position=2, falls_back_to_id=1)
        assert chain("a", [first, second]) == [1, 2]
