"""Files we write are read back as what they were, and hold to their formats."""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscript.citing.csl import normalise_csl
from manuscript.citing.reading import read_references
from manuscript.citing.writing import FILE_TYPES, write_references

pytestmark = pytest.mark.pure

ARTICLE = {
    "type": "article-journal",
    "title": "Half & half: a trial",
    "title-short": "Half",
    "author": [
        {"family": "Alpha", "given": "Anna B."},
        {"family": "King", "given": "Carl", "suffix": "Jr"},
        {"literal": "Test Study Group, Section 2"},
    ],
    "container-title": "Journal of Tests & Trials",
    "container-title-short": "J Tests",
    "issued": {"date-parts": [[2022, 1, 27]]},
    "accessed": {"date-parts": [[2026, 11, 22]]},
    "volume": "386",
    "issue": "4",
    "page": "316-326",
    "number": "e17",
    "ISSN": "1234-5678",
    "DOI": "10.5555/x_1(2)",
    "PMID": "1234567",
    "PMCID": "PMC7654321",
    "URL": "https://a.example/x?a=1&b=50%25#c_d~e",
    "language": "en",
    "keyword": "one, two",
    "abstract": "A 50% effect.",
    "custom": {"authors-et-al": True},
}
BOOK = {
    "type": "book",
    "title": "A manual",
    "editor": [{"family": "Beta", "given": "Bo"}],
    "edition": "2nd",
    "publisher": "Test Press",
    "publisher-place": "Testville",
    "issued": {"date-parts": [[2020]]},
    "collection-title": "Manuals",
    "ISBN": "978-3-16-148410-0",
}
CHAPTER = {
    "type": "chapter",
    "title": "A part",
    "author": [{"family": "Alpha", "given": "Anna"}],
    "editor": [{"family": "Beta", "given": "Bo"}],
    "container-title": "A manual",
    "publisher": "Test Press",
    "issued": {"date-parts": [[2020]]},
    "page": "5-19",
}
REPORT = {
    "type": "report",
    "title": "A report",
    "author": [{"literal": "Test Office"}],
    "publisher": "Test Office",
    "number": "TO-12",
    "genre": "Technical report",
    "issued": {"date-parts": [[2021, 3]]},
    "URL": "https://office.example/r",
}
PREPRINT = {
    "type": "article",
    "title": "A preprint",
    "author": [{"family": "Alpha", "given": "Anna"}],
    "publisher": "testRxiv",
    "DOI": "10.5555/pre",
    "issued": {"date-parts": [[2026, 1, 5]]},
}
WEBPAGE = {
    "type": "webpage",
    "title": "A page",
    "author": [{"literal": "Test Agency"}],
    "publisher": "Test Agency",
    "URL": "https://agency.example/p",
    "accessed": {"date-parts": [[2026, 11, 2]]},
    "issued": {"literal": "in press"},
}
THESIS = {
    "type": "thesis",
    "title": "A thesis",
    "author": [{"family": "Alpha", "given": "Anna"}],
    "publisher": "Test University",
    "genre": "Doctoral dissertation",
    "issued": {"date-parts": [[2019]]},
}
ALL = [ARTICLE, BOOK, CHAPTER, REPORT, PREPRINT, WEBPAGE, THESIS]
_KEYS = {"id", "citation-key"}


def back(csls, format):  # noqa: A002 - the option's name
    found = read_references(write_references(csls, format).encode())
    assert not found.failed
    return [{k: v for k, v in one.csl.items() if k not in _KEYS} for one in found.references]


@pytest.mark.parametrize("format", FILE_TYPES)
@pytest.mark.parametrize("csl", ALL, ids=lambda csl: csl["type"])
def test_what_is_written_is_read_back(csl, format):  # noqa: A002 - the option's name
    assert back([csl], format) == [normalise_csl(csl)]


@pytest.mark.parametrize("format", FILE_TYPES)
def test_many_are_written_in_their_order(format):  # noqa: A002 - the option's name
    assert [csl["title"] for csl in back(ALL, format)] == [csl["title"] for csl in ALL]


@pytest.mark.parametrize("format", FILE_TYPES)
def test_nothing_is_a_file_too(format):  # noqa: A002 - the option's name
    assert write_references([], format).strip() in {"", "[]"}


words = st.text(
    alphabet=st.sampled_from(list("abcZé王αß{}\\$&#%_~^\"'`@,=-–— .;:!?<()[]/|0159")),
    min_size=1,
    max_size=25,
).filter(lambda text: bool(re.search(r"[a-zé王]", text)))


@pytest.mark.parametrize("format", FILE_TYPES)
@settings(max_examples=150, deadline=None)
@given(title=words, journal=words, group=words)
def test_any_signs_survive(format, title, journal, group):  # noqa: A002 - the option's name
    csl = normalise_csl(
        {
            "type": "article-journal",
            "title": f"A {title} z",
            "container-title": f"B {journal} y",
            "issued": {"date-parts": [[2020]]},
            "author": [{"literal": f"Team {group} x"}],
        }
    )

    (read,) = back([csl], format)

    assert read["title"] == csl["title"]
    assert read["container-title"] == csl["container-title"]
    assert read["author"] == csl["author"]


class TestKeys:
    @pytest.mark.parametrize("format", FILE_TYPES)
    def test_are_unique(self, format):  # noqa: A002 - the option's name
        written = write_references([ARTICLE] * 3, format)

        keys = re.findall(r'(?:ID  - |@article\{|"id": ")([a-z0-9-]+)', written)
        assert len(keys) == len(set(keys)) == 3

    def test_of_the_library_are_used(self):
        assert "@article{my-key," in write_references([ARTICLE], "bibtex", keys=["my-key"])

    def test_that_differ_only_in_capitals_are_told_apart_in_bibtex(self):
        written = write_references([ARTICLE, ARTICLE], "bibtex", keys=["Key", "key"])

        assert "@article{Key," in written
        assert "@article{key-2," in written


class TestFormats:
    def test_ris_lines_end_as_its_specification_says(self):
        written = write_references([ARTICLE], "ris")

        assert written.count("\n") == written.count("\r\n")
        assert written.startswith("TY  - JOUR\r\n")
        assert "\r\nER  - \r\n" in written

    def test_no_text_can_begin_a_line_of_ris(self):
        evil = ARTICLE | {"title": "A\nER  - \nTY  - BOOK", "abstract": "x\r\nAU  - Evil, E."}

        (read,) = back([evil], "ris")
        assert len(read["author"]) == 3

    def test_bibtex_protects_capitals_and_groups(self):
        written = write_references([ARTICLE], "bibtex")

        assert r"title = {{Half \& half: a trial}}" in written
        assert "{Test Study Group, Section 2} and others" in written
        assert "url = {https://a.example/x?a=1&b=50%25#c_d~e}" in written

    def test_csl_json_is_json(self):
        (item,) = json.loads(write_references([ARTICLE], "csl-json"))

        assert item["id"] == "alpha-2022"
        assert {k: v for k, v in item.items() if k != "id"} == normalise_csl(ARTICLE)
