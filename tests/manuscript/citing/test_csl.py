import json
import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscript.citing.csl import ReferenceRefused, is_identified, normalise_csl, suggest_key
from manuscript.citing.vocabulary import DATES, NAMES, TEXTS, TYPES

ARTICLE = {
    "type": "article-journal",
    "title": "Basic Mechanisms of JAK Inhibition",
    "author": [{"family": "Lin", "given": "Chung MA"}],
    "container-title": "Mediterranean Journal of Rheumatology",
    "issued": {"date-parts": [[2020, 6, 11]]},
    "DOI": "10.31138/mjr.31.1.100",
}

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)
date_like = st.fixed_dictionaries(
    {},
    optional={
        "date-parts": st.lists(
            st.lists(st.integers(-3000, 3000) | st.sampled_from(["2020", None, 5]), max_size=4),
            max_size=3,
        ),
        "season": st.integers(0, 5),
        "circa": st.booleans(),
        "raw": st.sampled_from(["2020-02-30", "2020-02", "May 2020", ""]),
        "literal": st.text(max_size=8),
    },
)
name_like = st.fixed_dictionaries(
    {"family": st.text(min_size=1, max_size=9)},
    optional={
        part: st.text(max_size=9) for part in ("given", "literal", "suffix", "name", "ORCID")
    },
)
identifiers = {"DOI", "PMID", "PMCID", "URL"}
sober = st.dictionaries(st.sampled_from(sorted(TEXTS - identifiers)), st.text(), max_size=9)
wild = st.dictionaries(
    st.sampled_from(sorted(TEXTS | NAMES | DATES | {"custom", "x-seen", "categories"}))
    | st.text(max_size=8),
    anything,
    max_size=8,
)
records = st.builds(
    lambda kind, texts, people, dates: {"type": kind} | texts | people | dates,
    st.sampled_from(sorted(TYPES)),
    sober | sober | sober | wild,
    st.dictionaries(st.sampled_from(["author", "editor"]), st.lists(name_like, max_size=9)),
    st.just({}) | st.dictionaries(st.sampled_from(["issued", "accessed"]), date_like),
)


def accepted(record):
    try:
        return normalise_csl(record)
    except ReferenceRefused:
        return None


class TestNormaliseCsl:
    def test_order_and_spelling_make_no_difference(self):
        other = {
            "DOI": "https://doi.org/10.31138/MJR.31.1.100",
            "issued": {"date-parts": [["2020", "06", 11.0]]},
            "container-title": ["  Mediterranean Journal\n of Rheumatology "],
            "author": [{"given": "Chung MA", "family": "Lin", "affiliation": [{"name": "X"}]}],
            "title": "Basic\u200a Mechanisms of JAK Inhibition",
            "type": "article-journal",
            "volume": None,
            "issue": "",
        }

        assert json.dumps(normalise_csl(other)) == json.dumps(normalise_csl(ARTICLE))

    def test_text_is_nfc_and_numbers_become_text(self):
        csl = normalise_csl(ARTICLE | {"title": "Sjo\u0308gren", "volume": 31, "issue": 2.0})

        assert (csl["title"], csl["volume"], csl["issue"]) == ("Sjögren", "31", "2")

    def test_unknown_fields_move_into_custom_and_custom_wins(self):
        csl = normalise_csl(
            ARTICLE
            | {
                "x-authors-et-al": True,
                "authors-et-al": None,
                "x-note": "a",
                "note2": 1,
                "custom": {"note": "b"},
            }
        )

        assert csl["custom"] == {"authors-et-al": None, "note": "b", "note2": 1}

    def test_schema_aliases_take_their_proper_name(self):
        csl = normalise_csl(ARTICLE | {"journalAbbreviation": "Mediterr J Rheumatol"})

        assert csl["container-title-short"] == "Mediterr J Rheumatol"
        assert "journalAbbreviation" not in csl

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ({"family": "Lin", "given": "C", "ORCID": "x"}, {"family": "Lin", "given": "C"}),
            ({"literal": "World Health Organization"}, {"literal": "World Health Organization"}),
            ({"name": "ORAL Study Group"}, {"literal": "ORAL Study Group"}),
            ({"given": "Sukarno"}, {"literal": "Sukarno"}),
            ("国家卫生健康委员会", {"literal": "国家卫生健康委员会"}),
        ],
    )
    def test_names_are_people_or_groups(self, given, kept):
        assert normalise_csl(ARTICLE | {"author": [given]})["author"] == [kept]

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ({"date-parts": [[2020, None, None]]}, {"date-parts": [[2020]]}),
            ({"date-parts": [[2020, 6], [2020, 7]]}, {"date-parts": [[2020, 6], [2020, 7]]}),
            ({"raw": "2020-06-11"}, {"date-parts": [[2020, 6, 11]]}),
            ("2020-06", {"date-parts": [[2020, 6]]}),
            ({"raw": "Spring 2020"}, {"literal": "Spring 2020"}),
            ({"date-parts": [[2020]], "circa": 1}, {"date-parts": [[2020]], "circa": True}),
            ({"date-parts": [[None]]}, None),
            ({}, None),
        ],
    )
    def test_dates_have_integer_parts(self, given, kept):
        assert normalise_csl(ARTICLE | {"issued": given}).get("issued") == kept

    @pytest.mark.parametrize(
        ("change", "field", "words"),
        [
            ({"type": None}, "type", "missing"),
            ({"type": "journal-article"}, "type", "not a type"),
            ({"DOI": "Tofacitinib in RA"}, "DOI", "not a DOI"),
            ({"PMID": "PMC1"}, "PMID", "not a PMID"),
            ({"PMCID": "x"}, "PMCID", "not a PMCID"),
            ({"URL": "javascript:alert(1)"}, "URL", "http"),
            ({"URL": "http://[bad"}, "URL", "http"),
            ({"URL": "www.example.org"}, "URL", "http"),
            ({"title": ["a", "b"]}, "title", "a list of 2"),
            ({"title": {"en": "x"}}, "title", "an object"),
            ({"title": True}, "title", "true or false"),
            ({"title": "x" * 50_001}, "title", "longer"),
            ({"title": "\ud800"}, "title", "surrogate"),
            ({"volume": float("nan")}, "volume", "finite"),
            ({"volume": 10**400}, "volume", "too large"),
            ({"author": {"family": "Lin"}}, "author", "list of names"),
            ({"author": [{"family": " "}]}, "author", "name 1 is empty"),
            ({"author": [7]}, "author", "name 1"),
            ({"issued": [2020]}, "issued", "a date"),
            ({"issued": {"date-parts": [[2021, 2, 29]]}}, "issued", "no day 29"),
            ({"issued": {"date-parts": [[2021, 13]]}}, "issued", "no month 13"),
            ({"issued": {"date-parts": [[2021, None, 3]]}}, "issued", "month is missing"),
            ({"issued": {"date-parts": [["soon"]]}}, "issued", "whole numbers"),
            ({"issued": {"date-parts": [[2021]], "season": "Summer"}}, "issued", "season"),
            ({"custom": "x"}, "custom", "object"),
            ({"x-size": 2**60}, "x-size", "too large"),
            ({"x-size": float("inf")}, "x-size", "finite"),
            ({"x-set": {1, 2}}, "x-set", "JSON cannot"),
        ],
    )
    def test_a_refusal_names_field_and_reason(self, change, field, words):
        with pytest.raises(ReferenceRefused, match=re.escape(words)) as refused:
            normalise_csl(ARTICLE | change)

        assert refused.value.field == field
        assert str(refused.value).startswith(f"{field}: ")

    def test_deep_nesting_is_refused(self):
        nested: list = []
        for _ in range(500):
            nested = [nested]

        with pytest.raises(ReferenceRefused, match="nested deeper"):
            normalise_csl(ARTICLE | {"x-deep": nested})

    @pytest.mark.parametrize("record", [None, [], "x", 3, {1: 2}])
    def test_what_is_no_record_is_refused(self, record):
        with pytest.raises(ReferenceRefused):
            normalise_csl(record)

    @settings(max_examples=400, deadline=None)
    @given(record=records)
    def test_any_record_is_refused_or_kept_in_one_nfc_form(self, record):
        csl = accepted(record)

        if csl is not None:
            written = json.dumps(csl, ensure_ascii=False, allow_nan=False)
            assert json.dumps(normalise_csl(csl), ensure_ascii=False) == written
            assert unicodedata.is_normalized("NFC", written)
            written.encode()
            backwards = dict(reversed(record.items()))
            assert json.dumps(normalise_csl(backwards), ensure_ascii=False) == written


class TestIsIdentified:
    @pytest.mark.parametrize(
        ("csl", "answer"),
        [
            ({"DOI": "10.1186/ar3466"}, True),
            ({"PMID": "1"}, True),
            ({"PMCID": "PMC1"}, True),
            ({"title": "T", "ISBN": "978"}, True),
            ({"title": "T", "URL": "https://a.example", "publisher": "P"}, True),
            ({"title": "T", "URL": "https://a.example"}, False),
            ({"URL": "https://a.example", "publisher": "P"}, False),
            ({"title": "T", "container-title": "J", "issued": {}, "volume": "1"}, False),
            ({"title": "T", "container-title": "J", "issued": {"x": 1}, "volume": "1"}, True),
            ({"title": "T", "container-title": "J", "issued": {"x": 1}}, False),
            ({"title": "T", "publisher": "P", "issued": {"x": 1}, "author": [{}]}, True),
            ({"title": "T", "author": [{}], "container-title": "J"}, False),
            ({}, False),
        ],
    )
    def test_says_whether_a_reader_can_find_it(self, csl, answer):
        assert is_identified({"type": "document"} | csl) is answer


class TestSuggestKey:
    @pytest.mark.parametrize(
        ("csl", "key"),
        [
            (ARTICLE, "lin-2020"),
            ({"author": [{"family": "van der Heijde"}]}, "van-der-heijde"),
            ({"author": [{"family": "Kiełbowski"}]}, "kielbowski"),
            ({"author": [{"family": "Álvaro-Gracia"}]}, "alvaro-gracia"),
            ({"author": [{"family": "O’Brien"}]}, "obrien"),
            ({"author": [{"literal": "World Health Organization"}]}, "world-health-organization"),
            ({"publisher": "Mayo Clinic", "title": "ILD"}, "mayo-clinic"),
            ({"author": [{"family": "王"}], "title": "JAK 抑制剂"}, "jak"),
            ({"title": "干燥综合征"}, "source"),
        ],
    )
    def test_is_short_and_readable(self, csl, key):
        assert suggest_key({"type": "document"} | csl, set()) == key

    def test_counts_on_where_a_key_is_taken(self):
        taken: set[str] = set()
        for _ in range(28):
            taken.add(suggest_key(ARTICLE, taken))

        assert {"lin-2020", "lin-2020-b", "lin-2020-z", "lin-2020-27", "lin-2020-28"} <= taken
        assert "lin-2020-a" not in taken

    @settings(deadline=None)
    @given(record=records)
    def test_any_kept_record_gets_a_key_of_the_allowed_form(self, record):
        csl = accepted(record)

        if csl is not None:
            key = suggest_key(csl, ())
            assert re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,79}", key)
            assert suggest_key(csl, {key}) != key
            assert is_identified(csl) in {True, False}
