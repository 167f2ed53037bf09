"""CSL-JSON and Crossref JSON in the shapes they come in, and which is which."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscript.citing.reading import ReferencesRefused, read_references
from manuscript.citing.reading.checks import unmangled
from tests.manuscript.citing.reading.sources import codes, kinds, shown

pytestmark = pytest.mark.pure

WORK = {
    "DOI": "10.5555/W1",
    "type": "journal-article",
    "title": ["A &amp; B: CO<sub>2</sub> and <i>x</i>"],
    "container-title": ["Journal of Tests &amp; Trials"],
    "author": [
        {"family": "Alpha", "given": "Anna"},
        {"name": "Test Consortium"},
        {"family": "Carl Delta"},
    ],
    "issued": {"date-parts": [[2020, 5]]},
    "page": "349-69",
}
ITEM = {
    "id": "x",
    "type": "article-journal",
    "title": "A title",
    "issued": {"date-parts": [["2020", "5"]]},
    "author": [{"family": "Alpha", "given": "Anna"}],
}


def load(value: object, **options: str):
    return read_references(json.dumps(value).encode(), **options)


class TestCrossref:
    @pytest.mark.parametrize(
        "shape",
        [
            {"status": "ok", "message": WORK},
            {"message": {"items": [WORK]}},
            {"items": [WORK]},
            [WORK],
            [{"message": WORK}],
            WORK,
        ],
    )
    def test_is_told_and_read_in_every_shape(self, shape):
        found = load(shape)

        assert found.format == "crossref"
        csl = found.references[0].csl
        assert csl["title"] == "A & B: CO₂ and x"
        assert csl["container-title"] == "Journal of Tests & Trials"
        assert shown(csl) == ["Alpha, Anna", "Test Consortium", "Carl Delta"]
        assert csl["page"] == "349-369"
        assert codes(found) == ["name-without-comma"]

    @pytest.mark.parametrize(
        ("updates", "expected"),
        [
            ({"updated-by": [{"DOI": "10.5555/n", "type": "retraction"}]}, ["RETRACTION"]),
            ({"updated-by": [{"DOI": "10.5555/n", "type": "partial-retraction"}]}, ["RETRACTION"]),
            ({"updated-by": [{"DOI": "10.5555/n", "type": "expression_of_concern"}]}, ["EXPRESSION_OF_CONCERN"]),
            ({"updated-by": [{"DOI": "10.5555/n", "type": "Corrigendum"}]}, ["CORRECTION"]),
            (
                {"updated-by": [{"type": "erratum"}, {"type": "withdrawal"}]},
                ["RETRACTION", "CORRECTION"],
            ),
            ({"updated-by": [{"DOI": "10.5555/n", "type": "new_version"}]}, []),
            ({"update-to": [{"DOI": "10.5555/paper", "type": "retraction"}]}, []),
            (
                {
                    "update-to": [{"DOI": "10.5555/paper", "type": "retraction"}],
                    "updated-by": [{"DOI": "10.5555/n", "type": "retraction"}],
                },
                [],
            ),
            (
                {
                    "update-to": [{"DOI": "10.5555/OLD", "type": "new_version"}],
                    "updated-by": [{"DOI": "10.5555/n", "type": "retraction"}],
                },
                ["RETRACTION"],
            ),
        ],
    )  # fmt: skip
    def test_the_paper_and_its_notice_are_told_apart(self, updates, expected):
        found = load(WORK | updates)

        assert kinds(found) == expected
        is_notice = any(u["type"] == "retraction" for u in updates.get("update-to", []))
        assert ("is-a-notice" in codes(found)) is is_notice

    def test_marks_that_are_not_known_are_told(self):
        found = load(WORK | {"updated-by": [{"type": "mystery"}, {"type": "new_edition"}]})

        assert {"unknown-notice", "newer-version"} <= set(codes(found))


class TestCsl:
    @pytest.mark.parametrize("shape", [[ITEM], ITEM, {"items": [ITEM]}])
    def test_is_told_and_read_with_years_in_quotes(self, shape):
        found = load(shape)

        assert found.format == "csl"
        assert found.references[0].csl["issued"] == {"date-parts": [[2020, 5]]}
        assert codes(found) == []

    def test_one_broken_record_fails_alone(self):
        found = load([ITEM, ITEM | {"id": "y", "issued": {"date-parts": [[2020, 99]]}}, 7])

        assert len(found.references) == 1
        assert [one.place for one in found.failed] == ["record 2, id y", "record 3"]
        assert "no month 99" in found.failed[0].reason
        assert found.records == 3

    def test_what_repeats_is_told(self):
        found = load([ITEM | {"DOI": "10.5555/A"}, ITEM | {"DOI": "https://doi.org/10.5555/a"}])

        assert codes(found) == ["repeated-id", "duplicate-in-file"]

    def test_an_unknown_type_and_a_bad_address_lose_nothing(self):
        found = load([ITEM | {"type": "hologram", "URL": "example.org/x"}])

        csl = found.references[0].csl
        assert csl["type"] == "document"
        assert csl["custom"] == {"unread-URL": "example.org/x"}
        assert sorted(codes(found)) == ["unknown-type", "unusual-url"]

    def test_a_bare_record_misses_title_and_year(self):
        assert codes(load([{"type": "book", "id": 1}])) == ["missing-title", "missing-year"]


class TestMojibake:
    @pytest.mark.parametrize(
        ("damaged", "repaired"),
        [
            ("CastaÃ±o", "Castaño"),
            ("itâ€™s", "it’s"),
            ("PÃ©rez-GÃ³mez", "Pérez-Gómez"),
            ("Castaño", ""),
            ("MARCHÉ»", ""),
            ("São Paulo, CORAÇÃO", ""),
            ("20 °C ± 5 µm", ""),
            ("naïve café", ""),
        ],
    )
    def test_is_told_from_accents(self, damaged, repaired):
        assert unmangled(damaged) == repaired

    @given(st.text(alphabet="aéñüß°±µ»«–’ÀÉÇ ", max_size=20))
    def test_sound_text_is_left_alone(self, text):
        assert unmangled(text.encode("ascii", "ignore").decode()) == ""


class TestEncodings:
    @pytest.mark.parametrize(
        ("data", "title"),
        [
            ("王伟".encode("gbk"), "王伟"),
            ("Müller über Größen".encode("cp1252"), "Müller über Größen"),
            ("Größen und Wörter ".encode() + "früher".encode("cp1252"), "Größen und Wörter früher"),
        ],
    )
    def test_that_are_not_utf_8_are_read_and_told(self, data, title):
        found = read_references(b"TY  - JOUR\nPY  - 2020\nTI  - " + data + b"\nER  -\n")

        assert found.references[0].csl["title"] == title
        assert codes(found) == ["encoding-guessed"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (b"", "empty"),
            (b"  \n", "empty"),
            (b"hello", "none of the formats"),
            (b"{not json", "not readable as JSON"),
            (b"<html><body>x</body></html>", "html XML or HTML"),
            (b"<PubmedArticleSet></PubmedArticleSet>", "no article"),
            (b"\x00\x01\x02", "binary"),
            (b"[]", "no record"),
            (b"[[", "JSON"),
            (b'[{"volume": ' + b"9" * 5000 + b"}]", "number of 5,000 digits"),
            (b"Key,Item Type\n1,2\n", "table"),
        ],
    )
    def test_are_one_line(self, data, reason):
        with pytest.raises(ReferencesRefused, match=reason) as refused:
            read_references(data)

        assert "\n" not in str(refused.value)

    def test_an_unknown_format_is_refused(self):
        with pytest.raises(ReferencesRefused, match="not known"):
            read_references(b"x", format="word")

    def test_a_file_larger_than_allowed_is_refused(self, monkeypatch):
        monkeypatch.setattr("manuscript.citing.reading.decoding.MAX_BYTES", 10)

        with pytest.raises(ReferencesRefused, match="larger"):
            read_references(b"x" * 11)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3000, 3000) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["DOI", "type", "name", "family", "date-parts", "x"]), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
fields = st.sampled_from(
    "DOI type title author editor issued page URL ISSN volume note updated-by update-to institution abstract PMID"
    " container-title result uids message items reference-count articleids pubtype references lang".split()
)


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(fields, json_values, max_size=6),
    st.sampled_from(["auto", "csl", "crossref", "esummary"]),
)
def test_no_json_breaks_the_reader(record, format):  # noqa: A002 - the option's name
    try:
        found = load([record] if format != "esummary" else {"result": {"1": record}}, format=format)
    except ReferencesRefused:
        return
    assert found.records >= 1


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "TY  - JOUR",
                "ER  - ",
                "AU  - A",
                "TI  - ",
                "x",
                "",
                "PY  - 2O20",
                "PMID- 1",
                "FAU - B",
                "@article{a,",
                "}",
                "title={x",
                "DP  - 2020 Feb 31",
                "ZZ  - 1",
            ]
        ),
        max_size=12,
    )
)
def test_no_text_breaks_the_reader(lines):
    try:
        found = read_references("\n".join(lines).encode())
    except ReferencesRefused:
        return
    assert found.references or found.failed
