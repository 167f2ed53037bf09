"""Vancouver as the ICMJE's samples have it, APA's 7th edition, and what the styles share."""

import time
from html import unescape

import nh3
import pytest
from citeproc import CitationStylesStyle
from hypothesis import given, settings

from manuscript.citing.formatting import STYLES, clean, format_references, style_path

from .test_csl import accepted, records

pytestmark = pytest.mark.pure


def person(number, given="Anna B."):
    return {"family": f"Author{number}", "given": given}


def people(count):
    return [person(number) for number in range(1, count + 1)]


ARTICLE = {
    "type": "article-journal",
    "title": "A title",
    "author": [person(1), person(2, "Ana-Maria")],
    "container-title": "A Journal of Tests",
    "container-title-short": "A J Tests",
    "issued": {"date-parts": [[2022, 1, 27]]},
    "volume": "386",
    "issue": "4",
    "page": "316-326",
    "DOI": "10.5555/x1",
    "PMID": "1234567",
}
BOOK = {
    "type": "book",
    "title": "A manual",
    "edition": "11",
    "editor": people(2),
    "publisher": "A Press",
    "publisher-place": "Testville",
    "issued": {"date-parts": [[2020]]},
}
CHAPTER = BOOK | {
    "type": "chapter",
    "title": "On references",
    "author": [person(3)],
    "container-title": "A manual",
    "page": "5-9",
}
WEBPAGE = {
    "type": "webpage",
    "title": "A warning",
    "author": [{"literal": "An Agency"}],
    "publisher": "An Agency",
    "issued": {"date-parts": [[2022, 10, 28]]},
    "accessed": {"date-parts": [[2026, 11, 2]]},
    "URL": "https://agency.example/w",
}
REPORT = {
    "type": "report",
    "title": "A report",
    "author": [{"literal": "Test Office."}],
    "publisher": "Test Office",
    "publisher-place": "Testville",
    "number": "TO-12",
    "issued": {"date-parts": [[2021]]},
    "URL": "https://office.example/r",
}
PREPRINT = {
    "type": "article",
    "title": "A preprint",
    "author": [person(1)],
    "publisher": "testRxiv",
    "number": "2026.01.01",
    "issued": {"date-parts": [[2026, 1, 5]]},
    "DOI": "10.5555/pp",
}
THESIS = {
    "type": "thesis",
    "title": "A thesis",
    "author": [person(1)],
    "publisher": "Test University",
    "genre": "Doctoral dissertation",
    "issued": {"date-parts": [[2019]]},
}


def one(style, record, **changes):
    csl = {key: value for key, value in (record | changes).items() if value is not None}
    return format_references([csl], style=style)[0]


def link(address, text=""):
    return f'<a href="{address}">{text or address}</a>'


DOI = "https://doi.org/10.5555/x1"
VANCOUVER_DOI = f"doi: {link(DOI, '10.5555/x1')}. PubMed PMID: 1234567."


@pytest.mark.parametrize("style", STYLES)
def test_every_style_is_valid_csl(style):
    assert CitationStylesStyle(str(style_path(style)), validate=True).has_bibliography()


def test_ama_is_the_style_that_is_used_where_none_is_named():
    assert format_references([ARTICLE]) == format_references([ARTICLE], style="ama")


class TestVancouver:
    @pytest.mark.parametrize(
        ("record", "entry"),
        [
            (
                ARTICLE,
                f"Author1 AB, Author2 AM. A title. A J Tests. 2022 Jan 27;386(4):316-26. {VANCOUVER_DOI}",
            ),
            (BOOK, "Author1 AB, Author2 AB, editors. A manual. 11th ed. Testville: A Press; 2020."),
            (
                CHAPTER,
                (
                    "Author3 AB. On references. In: Author1 AB, Author2 AB, editors. A manual. 11th ed. "
                    "Testville: A Press; 2020. p. 5-9."
                ),
            ),
            (
                WEBPAGE,
                (
                    "An Agency. A warning [Internet]. An Agency; 2022 Oct 28 [cited 2026 Nov 2]. "
                    f"Available from: {link('https://agency.example/w')}"
                ),
            ),
            (
                REPORT,
                (
                    "Test Office. A report. Testville: Test Office; 2021. Report No.: TO-12. "
                    f"Available from: {link('https://office.example/r')}"
                ),
            ),
            (
                PREPRINT,
                (
                    "Author1 AB. A preprint. testRxiv 2026.01.01 [Preprint]. 2026 Jan 5. "
                    f"doi: {link('https://doi.org/10.5555/pp', '10.5555/pp')}"
                ),
            ),
            (THESIS, "Author1 AB. A thesis [Doctoral dissertation]. Test University; 2019."),
        ],
        ids=lambda value: value["type"] if isinstance(value, dict) else "",
    )
    def test_prints_each_kind(self, record, entry):
        assert one("vancouver", record) == entry

    @pytest.mark.parametrize(
        ("count", "beginning"),
        [
            (6, "Author5 AB, Author6 AB. A title"),
            (7, "Author5 AB, Author6 AB, et al. A title"),
            (7456, "Author5 AB, Author6 AB, et al. A title"),
        ],
    )
    def test_more_than_six_are_six_and_others(self, count, beginning):
        entry = one("vancouver", ARTICLE, author=people(count))

        assert beginning in entry
        assert "al.." not in entry

    def test_people_and_groups(self):
        entry = one(
            "vancouver",
            ARTICLE,
            author=[
                {"family": "Alpha", "non-dropping-particle": "van der", "given": "D"},
                {"family": "King", "given": "Anna III"},
                {"literal": "Test Study Group."},
            ],
        )

        assert entry.startswith("van der Alpha D, King A 3rd, Test Study Group. A title.")

    @pytest.mark.parametrize(
        ("page", "printed"),
        [
            ("316-326", ":316-26."),
            ("637-641", ":637-41."),
            ("S93-S99", ":S93-9."),
            ("98-101", ":98-101."),
            ("e17", ":e17."),
            ("i55-ii58", ":i55-ii58."),
        ],
    )
    def test_page_ranges_are_shortened(self, page, printed):
        assert printed in one("vancouver", ARTICLE, page=page)

    @pytest.mark.parametrize(
        ("issued", "printed"),
        [
            ([2022], "A J Tests. 2022;386(4)"),
            ([2022, 5], "A J Tests. 2022 May;386(4)"),
            ([2022, 9, 3], "A J Tests. 2022 Sep 3;386(4)"),
        ],
    )
    def test_dates_have_spaces(self, issued, printed):
        assert printed in one("vancouver", ARTICLE, issued={"date-parts": [issued]})

    def test_without_a_doi_there_is_the_pmid_then_the_address(self):
        assert one("vancouver", ARTICLE, DOI=None).endswith(":316-26. PubMed PMID: 1234567.")
        assert one("vancouver", ARTICLE, DOI=None, PMID=None, URL="https://a.example/").endswith(
            f"Available from: {link('https://a.example/')}"
        )


class TestApa:
    @pytest.mark.parametrize(
        ("record", "entry"),
        [
            (
                ARTICLE,
                (
                    "Author1, A. B., & Author2, A.-M. (2022). A title. <i>A Journal of Tests</i>, <i>386</i>(4), "
                    f"316–326. {link(DOI)}"
                ),
            ),
            (
                BOOK,
                "Author1, A. B., & Author2, A. B. (Eds.). (2020). <i>A manual</i> (11th ed.). A Press.",
            ),
            (
                CHAPTER,
                (
                    "Author3, A. B. (2020). On references. In A. B. Author1 & A. B. Author2 (Eds.), "
                    "<i>A manual</i> (11th ed., pp. 5–9). A Press."
                ),
            ),
            (
                WEBPAGE,
                f"An Agency. (2022, October 28). <i>A warning</i>. {link('https://agency.example/w')}",
            ),
            (
                REPORT,
                f"Test Office. (2021). <i>A report</i> (No. TO-12). {link('https://office.example/r')}",
            ),
            (
                PREPRINT,
                (
                    "Author1, A. B. (2026). <i>A preprint</i> (2026.01.01). testRxiv. "
                    f"{link('https://doi.org/10.5555/pp')}"
                ),
            ),
            (
                THESIS,
                "Author1, A. B. (2019). <i>A thesis</i> [Doctoral dissertation, Test University].",
            ),
        ],
        ids=lambda value: value["type"] if isinstance(value, dict) else "",
    )
    def test_prints_each_kind(self, record, entry):
        assert one("apa", record).replace("&amp;", "&") == entry

    def test_up_to_twenty_are_all_listed(self):
        entry = unescape(one("apa", ARTICLE, author=people(20)))

        assert "Author19, A. B., & Author20, A. B. (2022)" in entry
        assert ". . ." not in entry

    def test_of_more_there_are_nineteen_and_the_last_without_an_ampersand(self):
        entry = unescape(one("apa", ARTICLE, author=people(23)))

        assert "Author18, A. B., Author19, A. B., . . . Author23, A. B. (2022)" in entry
        assert "Author20" not in entry
        assert "&" not in entry

    def test_a_list_known_to_go_on_says_so(self):
        entry = one("apa", ARTICLE, custom={"authors-et-al": True})

        assert entry.startswith("Author1, A. B., Author2, A.-M., et al. (2022).")

    def test_people_and_groups(self):
        entry = unescape(
            one(
                "apa",
                ARTICLE,
                author=[
                    {"family": "Alpha", "non-dropping-particle": "van der", "given": "D"},
                    {"literal": "Test Study Group."},
                    {"family": "King", "given": "Anna", "suffix": "Jr"},
                ],
            )
        )

        assert entry.startswith("van der Alpha, D., Test Study Group, & King, A., Jr. (2022).")

    def test_one_editor_is_one(self):
        assert one("apa", BOOK, editor=people(1)).startswith("Author1, A. B. (Ed.). (2020).")

    def test_without_an_author_the_title_leads(self):
        assert one("apa", ARTICLE, author=None).startswith("A title. (2022). <i>A Journal")

    def test_an_undated_page_says_when_it_was_read(self):
        entry = one("apa", WEBPAGE, issued=None)

        assert entry == (
            "An Agency. (n.d.). <i>A warning</i>. Retrieved November 2, 2026, from "
            f"{link('https://agency.example/w')}"
        )

    def test_an_article_number_is_named(self):
        assert "(4), Article e17." in one("apa", ARTICLE, page=None, number="e17")

    def test_a_question_needs_no_period(self):
        assert "(2022). Is it? <i>A Journal" in one("apa", ARTICLE, title="Is it?")


@pytest.mark.parametrize("style", STYLES)
class TestSafety:
    def test_a_source_that_says_nothing(self, style):
        assert one(style, {"type": "book"}) == "Source without details."

    def test_markup_in_fields_is_text(self, style):
        evil = "<img src=x onerror=alert(1)> & <i>p</i>"
        entry = one(
            style,
            ARTICLE,
            title=evil,
            volume=evil,
            author=[{"literal": evil}, {"family": evil, "given": "X"}],
        )

        assert "<img" not in entry
        assert "&lt;img src=x onerror=alert(1)&gt; &amp; &lt;i&gt;p&lt;/i&gt;" in entry

    @settings(max_examples=120, deadline=None)
    @given(record=records)
    def test_any_kept_record_prints_as_links_and_italics_only(self, style, record):
        if accepted(record) is not None:
            [entry] = format_references([record], style=style)
            assert entry
            assert clean(entry) == entry
            assert nh3.clean(entry, tags={"a", "i"}, link_rel=None) == entry


@pytest.mark.parametrize("style", STYLES)
def test_forty_references_take_less_than_half_a_second(style):
    csls = [ARTICLE | {"title": f"Study {style} {n}", "author": people(9)} for n in range(40)]

    started = time.process_time()
    format_references(csls, style=style)

    assert time.process_time() - started < 0.5
