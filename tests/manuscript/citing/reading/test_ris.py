"""RIS as programs really write it; the fixtures are written here."""

import pytest

from manuscript.citing.reading import read_references
from tests.manuscript.citing.reading.sources import codes, only, read, shown

pytestmark = pytest.mark.pure

ONE = "TY  - JOUR\nTI  - A title\nAU  - Alpha, Anna\nPY  - 2020\nER  - \n"


class TestRecords:
    @pytest.mark.parametrize(
        "text",
        [
            "\ufeff" + ONE,
            ONE.replace("\n", "\r\n"),
            "\n\n" + ONE,
            ONE.removesuffix("\n"),
            ONE.replace("ER  - \n", "ER  -"),
            "Exported from somewhere\n1.\n" + ONE,
            ONE.replace("TI  - ", "TI  -  "),
        ],
        ids=["mark", "crlf", "blank", "no newline", "bare end", "banner", "spaces"],
    )
    def test_are_read_however_the_file_begins_and_ends(self, text):
        (reference,) = read_references(text.encode()).references

        assert reference.csl["title"] == "A title"
        assert reference.csl["author"] == [{"family": "Alpha", "given": "Anna"}]

    def test_without_an_end_are_read_to_the_next(self):
        found = read_references((ONE.replace("ER  - \n", "") * 2).encode())

        assert len(found.references) == 2
        assert codes(found) == ["missing-end", "missing-end"]

    def test_without_a_beginning_fail_with_their_text(self):
        found = read_references(("AU  - Lost, Lina\nTI  - Lost\nER  - \n" + ONE).encode())

        (failed,) = found.failed
        assert "Lost, Lina" in failed.text
        assert failed.place == "record 1, line 1"
        assert len(found.references) == 1
        assert found.records == 2

    def test_an_end_within_a_text_ends_nothing(self):
        csl = only("""
            TY  - JOUR
            TI  - A title
            AB  - Tumours were
            ER positive in most.
            PY  - 2020
            ER  -
        """)

        assert csl["abstract"] == "Tumours were ER positive in most."

    def test_lines_without_a_tag_and_blank_lines_belong_to_the_tag_before(self):
        csl = only("""
            TY  - JOUR
            TI  - A title
            that goes on
            U3  - Cited by

            Somebody, Sam
            KW  - first
            second
            PY  - 2020
            ER  -
        """)

        assert csl["title"] == "A title that goes on"
        assert csl["keyword"] == "first, second"
        assert "author" not in csl

    def test_an_unknown_type_is_kept_as_a_document(self):
        found = read("TY  - ZZZZ\nTI  - A title\nPY  - 2020\nER  -\n")

        assert found.references[0].csl["type"] == "document"
        assert codes(found) == ["unknown-type"]


class TestPeople:
    @pytest.mark.parametrize(
        ("line", "name"),
        [
            ("Alpha, Anna B.", {"family": "Alpha", "given": "Anna B."}),
            ("Alpha, Anna, Jr.", {"family": "Alpha", "given": "Anna", "suffix": "Jr."}),
            ("Alpha A.B.", {"family": "Alpha", "given": "A.B."}),
            ("van der Alpha A.", {"family": "van der Alpha", "given": "A."}),
            ("Alpha AB", {"family": "Alpha", "given": "AB"}),
            ("Alpha Anna", {"literal": "Alpha Anna"}),
            ("Alpha Anna B", {"literal": "Alpha Anna B"}),
            ("Test Study Group,", {"literal": "Test Study Group"}),
            ("World Test Organization", {"literal": "World Test Organization"}),
            ("王 小明", {"literal": "王 小明"}),
        ],
    )
    def test_are_divided_only_where_that_is_certain(self, line, name):
        csl = only(f"TY  - JOUR\nTI  - A title\nAU  - {line}\nPY  - 2020\nER  -\n")

        assert csl["author"] == [name]

    def test_an_undivided_person_is_told_and_a_group_is_not(self):
        found = read("TY  - JOUR\nTI  - T\nAU  - Alpha Anna\nAU  - Test Group\nPY  - 1999\nER  -\n")

        (warning,) = found.warnings
        assert warning.code == "name-without-comma"
        assert "Alpha Anna" in warning.message
        assert "Test Group" not in warning.message

    def test_several_in_one_name_are_told(self):
        found = read(
            "TY  - JOUR\nTI  - T\nAU  - Alpha, A., Beta, B., Gamma, C.\nPY  - 1999\nER  -\n"
        )

        assert codes(found) == ["several-people-in-one-name"]

    def test_others_are_no_person(self):
        found = read("TY  - JOUR\nTI  - T\nAU  - Alpha, A.\nAU  - et al.\nPY  - 1999\nER  -\n")

        assert shown(found.references[0].csl) == ["Alpha, A."]
        assert found.references[0].csl["custom"] == {"authors-et-al": True}
        assert codes(found) == ["truncated-authors"]


class TestDates:
    @pytest.mark.parametrize(
        ("lines", "parts"),
        [
            ("PY  - 2019\nDA  - 2019///", [2019]),
            ("PY  - 2019\nDA  - 2019/10//undefined", [2019, 10]),
            ("PY  - 2019/10/05/", [2019, 10, 5]),
            ("PY  - 2019\nDA  - 10 15", [2019, 10, 15]),
            ("PY  - 2019\nDA  - Oct 15", [2019, 10, 15]),
            ("PY  - 2019\nDA  - Jun", [2019, 6]),
            ("PY  - 2019\nDA  - 2020/01/02", [2019]),
            ("Y1  - 2014//", [2014]),
            ("Y1  - 2014/03/02/Spring", [2014, 3, 2]),
            ("DA  - 2 March 2014", [2014, 3, 2]),
            ("DA  - March 2, 2014", [2014, 3, 2]),
            ("PY  - 2019\nDA  - 02/31", [2019, 2]),
        ],
    )
    def test_are_read_as_they_are_written(self, lines, parts):
        csl = only(f"TY  - JOUR\nTI  - T\n{lines}\nER  -\n")

        assert csl["issued"] == {"date-parts": [parts]}

    def test_words_stay_words(self):
        csl = only("TY  - JOUR\nTI  - T\nPY  - in press\nER  -\n")

        assert csl["issued"] == {"literal": "in press"}


class TestIdentifiers:
    @pytest.mark.parametrize(
        "lines",
        [
            "AN  - 1234567\nDP  - NLM",
            "AN  - 1234567\nDB  - PubMed",
            "C5  - 1234567",
            "N1  - PMID: 1234567",
            "UR  - https://pubmed.ncbi.nlm.nih.gov/1234567/",
        ],
    )
    def test_pmids_are_found(self, lines):
        csl = only(f"TY  - JOUR\nTI  - T\nPY  - 2020\n{lines}\nER  -\n")

        assert csl["PMID"] == "1234567"

    @pytest.mark.parametrize("lines", ["AN  - 1234567", "AN  - L373\nDB  - PubMed", "C5  - x"])
    def test_other_numbers_are_no_pmids(self, lines):
        assert "PMID" not in only(f"TY  - JOUR\nTI  - T\nPY  - 2020\n{lines}\nER  -\n")

    def test_a_doi_is_found_in_an_address(self):
        csl = only("TY  - JOUR\nTI  - T\nPY  - 2020\nL2  - http://dx.doi.org/10.5555/ABC\nER  -\n")

        assert csl["DOI"] == "10.5555/abc"

    def test_a_doi_that_is_none_is_set_aside_and_told(self):
        found = read("TY  - JOUR\nTI  - T\nPY  - 2020\nDO  - see publisher\nER  -\n")

        csl = found.references[0].csl
        assert "DOI" not in csl
        assert csl["custom"] == {"unread-DOI": "see publisher"}
        assert codes(found) == ["unusual-doi"]

    def test_an_address_that_is_none_loses_nothing_else(self):
        csl = only("TY  - JOUR\nTI  - T\nPY  - 2020\nUR  - http://exa mple\nER  -\n")

        assert csl["title"] == "T"

    def test_pages_are_written_out(self):
        csl = only("TY  - JOUR\nTI  - T\nPY  - 2020\nSP  - 349\nEP  - 69\nER  -\n")

        assert csl["page"] == "349-369"
