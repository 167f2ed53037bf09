import time
from html import unescape

import nh3
import pytest
from citeproc import CitationStylesStyle
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscript.citing import formatting
from manuscript.citing.formatting import entry_text, format_references
from manuscript.citing.initials import initials_and_suffix

from .test_csl import accepted, records


def person(number):
    return {"family": f"Author{number}", "given": "Anna B."}


JOURNAL = {
    "type": "article-journal",
    "title": "A title",
    "author": [person(1)],
    "container-title": "A Journal",
    "issued": {"date-parts": [[2022, 1, 27]]},
    "volume": "386",
    "issue": "4",
    "page": "316-326",
    "DOI": "10.1000/X1",
    "PMID": "35081280",
}
LINK = '<a href="https://doi.org/10.1000/x1">doi:10.1000/x1</a>'


def one(**changes):
    record = {key: value for key, value in (JOURNAL | changes).items() if value is not None}
    return format_references([record])[0]


@pytest.mark.parametrize("edition", ["²", "①", "½", "9" * 5000])
def test_an_edition_in_signs_that_are_no_number_is_shown_as_it_is(edition):
    entry = one(type="book", publisher="A press", edition=edition)

    assert edition[:5] in entry


def test_the_style_is_valid_csl():
    style = CitationStylesStyle(str(formatting.style_path("ama")), validate=True)

    assert style.has_bibliography()


class TestJournalArticles:
    def test_print_the_whole_entry_without_number_or_pmid(self):
        assert one() == (f"Author1 AB. A title. <i>A Journal</i>. 2022;386(4):316-326. {LINK}")

    def test_have_words_without_links_and_italics(self):
        entry = one(title="A <i>b</i> & c &lt;", URL="https://x.org/?a=1&copy=2")

        assert entry_text(entry) == (
            "Author1 AB. A <i>b</i> & c &lt;. A Journal. 2022;386(4):316-326. doi:10.1000/x1"
        )

    @pytest.mark.parametrize(
        ("changes", "printed"),
        [
            ({"issue": None}, "2022;386:316-326."),
            ({"volume": None}, "2022;(4):316-326."),
            ({"volume": None, "issue": None}, "2022:316-326."),
            ({"page": None}, "2022;386(4)."),
            ({"page": None, "number": "e17"}, "2022;386(4):e17."),
            ({"issued": None}, "386(4):316-326."),
            ({"page": "i55-i58", "issue": "Suppl 1"}, "2022;386(Suppl 1):i55-i58."),
            ({"volume": None, "issue": None, "page": None}, "Published January 27, 2022."),
        ],
    )
    def test_leave_out_what_is_not_known(self, changes, printed):
        assert one(**changes) == f"Author1 AB. A title. <i>A Journal</i>. {printed} {LINK}"

    @pytest.mark.parametrize(
        ("issued", "printed"),
        [
            ({"date-parts": [[2023]]}, "Published 2023."),
            ({"date-parts": [[2023, 5]]}, "Published May 2023."),
            ({"date-parts": [[2023, 5], [2024, 2]]}, "Published May 2023."),
            ({"date-parts": [[2023]], "season": 2}, "Published 2023."),
            ({"literal": "in press"}, "Published in press."),
        ],
    )
    def test_print_the_date_where_nothing_else_places_them(self, issued, printed):
        entry = one(volume=None, issue=None, page=None, issued=issued)

        assert f"<i>A Journal</i>. {printed} <a" in entry

    def test_prefer_the_short_name_of_a_journal_where_one_is_given(self):
        assert "<i>A J</i>. 2022" in one(**{"container-title-short": "A J."})

    def test_keep_a_questioning_title_as_it_is(self):
        assert "Author1 AB. Is it? <i>A Journal</i>." in one(title="Is it?")

    def test_print_an_address_where_there_is_no_doi(self):
        entry = one(
            DOI=None, URL="https://a.example/?a=1&b=2", accessed={"date-parts": [[2026, 11, 22]]}
        )

        assert entry.endswith(
            ":316-326. Accessed November 22, 2026. "
            '<a href="https://a.example/?a=1&amp;b=2">https://a.example/?a=1&amp;b=2</a>'
        )

    def test_encode_an_old_doi_in_its_link_only(self):
        doi = "10.1002/1529-0131(200110)44:10<2371::aid-art401>3.0.co;2-w"
        entry = one(DOI=doi)

        assert '44:10%3C2371::aid-art401%3E3.0.co;2-w">' in entry
        assert unescape(entry).endswith(f"doi:{doi}</a>")


class TestPeople:
    @pytest.mark.parametrize(
        ("count", "printed"),
        [
            (2, "Author1 AB, Author2 AB. A title"),
            (6, "Author1 AB, Author2 AB, Author3 AB, Author4 AB, Author5 AB, Author6 AB. A title"),
            (7, "Author1 AB, Author2 AB, Author3 AB, et al. A title"),
        ],
    )
    def test_more_than_six_are_three_and_others(self, count, printed):
        assert one(author=[person(n) for n in range(1, count + 1)]).startswith(printed)

    @pytest.mark.parametrize(
        ("count", "printed"),
        [
            (1, "Author1 AB, et al. A title"),
            (3, "Author1 AB, Author2 AB, Author3 AB, et al. A title"),
            (6, "Author1 AB, Author2 AB, Author3 AB, et al. A title"),
        ],
    )
    def test_a_list_known_to_go_on_says_so(self, count, printed):
        authors = [person(n) for n in range(1, count + 1)]

        assert one(author=authors, custom={"authors-et-al": True}).startswith(printed)

    def test_a_list_not_said_to_go_on_ends(self):
        assert one(custom={"authors-et-al": False}).startswith("Author1 AB. A title")

    @pytest.mark.parametrize(
        ("given", "initials", "suffix"),
        [
            ("JR", "JR", ""),
            ("Tom WJ", "TWJ", ""),
            ("Sindhu R.", "SR", ""),
            ("D.G.", "DG", ""),
            ("Ana-Maria", "AM", ""),
            ("Désirée", "D", ""),
            ("Clifton O III", "CO", "III"),
            ("Robert Jr.", "R", "Jr"),
            ("Jean le Rond", "JR", ""),
            ("JOHN", "J", ""),
            ("伟", "伟", ""),
            ("", "", ""),
        ],
    )
    def test_given_names_become_initials(self, given, initials, suffix):
        assert initials_and_suffix(given) == (initials, suffix)

    def test_groups_and_particles_are_printed_whole(self):
        entry = one(
            author=[
                {"family": "Heijde", "non-dropping-particle": "van der", "given": "D"},
                {"literal": "ORAL Study Group."},
                {"family": "King", "given": "Anna", "suffix": "Jr"},
            ]
        )

        assert entry.startswith("van der Heijde D, ORAL Study Group, King A Jr. A title")


class TestOtherSources:
    def test_a_page_of_a_public_body(self):
        entry = format_references(
            [
                {
                    "type": "webpage",
                    "title": "A warning",
                    "publisher": "An Agency",
                    "number": "E/1/2022",
                    "issued": {"date-parts": [[2022, 10, 28]]},
                    "accessed": {"date-parts": [[2026, 11]]},
                    "URL": "https://agency.example/w",
                }
            ]
        )

        assert entry == [
            (
                "A warning. An Agency. E/1/2022. Published October 28, 2022. Accessed November 2026. "
                '<a href="https://agency.example/w">https://agency.example/w</a>'
            )
        ]

    def test_a_book_and_a_chapter_in_it(self):
        book = {
            "type": "book",
            "title": "A Manual",
            "edition": "11th",
            "editor": [person(1), person(2)],
            "publisher": "A Press",
            "issued": {"date-parts": [[2020]]},
        }
        chapter = book | {
            "type": "chapter",
            "title": "References",
            "author": [person(3)],
            "container-title": "A Manual",
            "page": "5-9",
        }

        assert format_references([book, chapter]) == [
            "Author1 AB, Author2 AB, eds. <i>A Manual</i>. 11th ed. A Press; 2020.",
            (
                "Author3 AB. References. In: Author1 AB, Author2 AB, eds. <i>A Manual</i>. 11th ed. "
                "A Press; 2020:5-9."
            ),
        ]

    def test_a_title_in_another_script(self):
        entry = format_references(
            [
                {
                    "type": "webpage",
                    "title": "干燥综合征",
                    "author": [{"family": "王", "given": "伟"}],
                    "issued": {"date-parts": [[2024]]},
                }
            ]
        )

        assert entry == ["王 伟. 干燥综合征. Published 2024."]

    def test_a_source_that_says_nothing(self):
        assert format_references([{"type": "book"}]) == ["Source without details."]


class TestSafety:
    def test_markup_in_fields_is_text(self):
        evil = "<img src=x onerror=alert(1)> & <i>p</i> &lt;"
        entry = one(title=evil, author=[{"family": evil, "given": evil}], page=evil, volume=evil)

        assert "<img" not in entry
        assert entry.count(unescape(evil).split(" src")[0]) == 0
        assert "&lt;img src=x onerror=alert(1)&gt; &amp; &lt;i&gt;p&lt;/i&gt; &amp;lt;" in entry

    @settings(max_examples=300, deadline=None)
    @given(record=records)
    def test_any_kept_record_prints_as_links_and_italics_only(self, record):
        csl = accepted(record)

        if csl is not None:
            [entry] = format_references([record])
            assert entry
            assert formatting.clean(entry) == entry
            assert nh3.clean(entry, tags={"a", "i"}, link_rel=None) == entry

    @settings(max_examples=100, deadline=None)
    @given(text=st.text(alphabet="<>\"'&;/scriptonload=.?!- ", max_size=40))
    def test_no_text_becomes_a_tag(self, text):
        entry = one(
            title=text, publisher=text, author=[{"literal": "x" + text}, {"family": "x" + text}]
        )

        assert formatting.clean(entry) == entry
        assert nh3.clean(entry, tags={"a", "i"}, link_rel=None) == entry
        assert "<script" not in entry.lower()


def test_forty_references_take_less_than_half_a_second():
    csls = [
        JOURNAL | {"title": f"Study {n}", "author": [person(m) for m in range(9)]}
        for n in range(40)
    ]

    started = time.process_time()  # other tests run at the same time
    entries = format_references(csls)

    assert time.process_time() - started < 0.5
    assert [f"Study {n}" in entry for n, entry in enumerate(entries)] == [True] * 40
