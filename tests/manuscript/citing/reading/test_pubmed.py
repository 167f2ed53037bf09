"""NBIB, PubMed XML and esummary: one paper in three forms, and its standing."""

import json

import pytest

from manuscript.citing.reading import ReferencesRefused, read_references
from manuscript.citing.reading.notices import notice, status
from tests.manuscript.citing.reading.sources import codes, kinds, only, read, shown

pytestmark = pytest.mark.pure

NBIB = """PMID- 1234567
VI  - 12
IP  - 3
DP  - 2020 Jul-Aug
TI  - A long title that goes on
      in a second line.
PG  - 637-41
FAU - Alpha, Anna B
AU  - Alpha AB
AU  - Beta C
CN  - Test Study Group of Many
      Places
LA  - ger
PT  - Journal Article{types}
JT  - Journal of tests
TA  - J Tests
PMC - PMC7654321
LID - e5 [pii]
LID - 10.5555/NBIB.1 [doi]{more}
SO  - J Tests. 2020."""


def nbib(*, types: str = "", more: str = ""):
    return read_references(NBIB.format(types=types, more=more).encode())


def xml(inside: str, types: str = "", after: str = "", title: str = "A title.") -> str:
    kinds_ = "".join(f"<PublicationType>{one}</PublicationType>" for one in types.split("|") if one)
    return (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1234567</PMID><Article>"
        "<Journal><ISSN>1234-5678</ISSN><JournalIssue><Volume>12</Volume><PubDate><Year>2020</Year>"
        "<Month>02</Month></PubDate></JournalIssue><Title>Journal of tests</Title></Journal>"
        f"<ArticleTitle>{title}</ArticleTitle>{inside}"
        f"<PublicationTypeList>{kinds_}</PublicationTypeList></Article>{after}</MedlineCitation>"
        '<PubmedData><ArticleIdList><ArticleId IdType="doi">10.5555/own</ArticleId></ArticleIdList>'
        '<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.5555/other</ArticleId>'
        '<ArticleId IdType="pmc">PMC99</ArticleId></ArticleIdList></Reference></ReferenceList>'
        "</PubmedData></PubmedArticle></PubmedArticleSet>"
    )


class TestNbib:
    def test_is_read_whole_without_a_last_newline(self):
        csl = nbib().references[0].csl

        assert csl["title"] == "A long title that goes on in a second line."
        assert shown(csl) == ["Alpha, Anna B", "Beta, C", "Test Study Group of Many Places"]
        assert csl["issued"] == {"date-parts": [[2020, 7], [2020, 8]]}
        assert (csl["page"], csl["DOI"], csl["PMCID"]) == (
            "637-641",
            "10.5555/nbib.1",
            "PMC7654321",
        )
        assert (csl["container-title-short"], csl["language"]) == ("J Tests", "de")

    def test_a_blank_line_inside_a_record_ends_nothing(self):
        data = NBIB.format(types="", more="").replace("VI  - 12", "\nVI  - 12")

        found = read_references((data + "\n\n" + data.replace("1234567", "7654321")).encode())

        assert [one.csl["PMID"] for one in found.references] == ["1234567", "7654321"]
        assert found.references[0].csl["volume"] == "12"

    @pytest.mark.parametrize(
        ("types", "more", "expected"),
        [
            ("", "", []),
            ("\nPT  - Retracted Publication", "", ["RETRACTION"]),
            ("", "\nRIN - J Tests. 2021 Feb 6;1(2):3. PMID: 99", ["RETRACTION"]),
            ("", "\nECI - J Tests. 2021 Feb 6;1(2):3. PMID: 99", ["EXPRESSION_OF_CONCERN"]),
            ("", "\nEIN - J Tests. 2021 Feb 6;1(2):3. PMID: 99", ["CORRECTION"]),
            ("", "\nEIN - A. 2021;1.\nRIN - B. 2022 Jan 1;1.", ["RETRACTION", "CORRECTION"]),
            ("\nPT  - Retraction of Publication", "\nROF - J Tests. 2019;1:1.", []),
            ("\nPT  - Retraction Notice", "\nRIN - J Tests. 2019 Jan 1;1:1.", []),
            ("\nPT  - Published Erratum", "\nEFR - J Tests. 2019;1:1.", []),
        ],
    )
    def test_the_standing_is_read(self, types, more, expected):
        found = nbib(types=types, more=more)

        assert kinds(found) == expected
        assert ("is-a-notice" in codes(found)) is ("Retraction" in types or "Erratum" in types)

    def test_a_notice_without_a_whole_day_gets_none(self):
        found = nbib(more="\nRIN - J Tests. 2021 Feb;1(2):3. doi: 10.5555/ret.1. PMID: 99")

        assert found.references[0].notices == (
            {
                "kind": "RETRACTION",
                "noticed_on": None,
                "doi": "10.5555/ret.1",
                "url": "https://pubmed.ncbi.nlm.nih.gov/99/",
                "source": "PubMed: J Tests. 2021 Feb;1(2):3. doi: 10.5555/ret.1. PMID: 99",
            },
        )


class TestXml:
    def test_takes_the_papers_own_identifiers_and_the_group(self):
        csl = only(
            xml(
                "<AuthorList><Author><LastName>Alpha</LastName><ForeName>Anna</ForeName></Author>"
                "<Author><CollectiveName>Test Panel</CollectiveName></Author></AuthorList>"
                "<VernacularTitle>Ein Titel.</VernacularTitle>",
                title="Effect of CO<sub>2</sub> on <i>Homo</i> x<sup>th</sup> &amp; y.",
            )
        )

        assert (csl["DOI"], csl.get("PMCID")) == ("10.5555/own", None)
        assert shown(csl) == ["Alpha, Anna", "Test Panel"]
        assert csl["title"] == "Effect of CO₂ on Homo xth & y."
        assert csl["original-title"] == "Ein Titel."
        assert csl["issued"] == {"date-parts": [[2020, 2]]}

    @pytest.mark.parametrize(
        ("types", "relation", "expected"),
        [
            ("Retracted Publication", "RetractionIn", ["RETRACTION"]),
            ("Journal Article", "ExpressionOfConcernIn", ["EXPRESSION_OF_CONCERN"]),
            ("Journal Article", "ErratumIn", ["CORRECTION"]),
            ("Journal Article", "CorrectedandRepublishedIn", ["CORRECTION"]),
            ("Journal Article", "RetractedandRepublishedIn", ["RETRACTION"]),
            ("Retraction of Publication", "RetractionOf", []),
            ("Journal Article", "CommentIn", []),
            ("Journal Article", "UpdateIn", []),
        ],
    )
    def test_the_standing_is_read(self, types, relation, expected):
        after = (
            f'<CommentsCorrectionsList><CommentsCorrections RefType="{relation}">'
            "<RefSource>J Tests. 2021 Feb 6;1(2):3. doi: 10.5555/ret</RefSource><PMID>99</PMID>"
            "</CommentsCorrections></CommentsCorrectionsList>"
        )
        found = read(xml("", types, after))

        assert kinds(found) == expected
        if expected:
            assert found.references[0].notices[0]["noticed_on"] == "2021-02-06"
            assert found.references[0].notices[0]["doi"] == "10.5555/ret"

    def test_a_title_about_retraction_retracts_nothing(self):
        found = read(xml("", "Journal Article", title="Retracted papers and what became of them"))

        assert kinds(found) == []
        assert codes(found) == []

    def test_a_title_marked_as_retracted_without_a_notice_is_told(self):
        found = read(xml("", "Journal Article", title="RETRACTED: A trial"))

        assert kinds(found) == []
        assert codes(found) == ["title-says-retracted"]

    def test_books_are_read(self):
        csl = only(
            "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>7</PMID><ArticleIdList>"
            '<ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList><Book><Publisher>'
            "<PublisherName>Test Press</PublisherName></Publisher><BookTitle>Tests</BookTitle><PubDate>"
            '<Year>2019</Year></PubDate><AuthorList Type="editors"><Author><LastName>Beta</LastName>'
            "<ForeName>B</ForeName></Author></AuthorList></Book><ArticleTitle>A part</ArticleTitle>"
            '<AuthorList Type="authors"><Author><LastName>Alpha</LastName><ForeName>A</ForeName>'
            "</Author></AuthorList></BookDocument></PubmedBookArticle></PubmedArticleSet>"
        )

        assert (csl["type"], csl["title"], csl["container-title"]) == ("chapter", "A part", "Tests")
        assert csl["editor"] == [{"family": "Beta", "given": "B"}]
        assert csl["URL"] == "https://www.ncbi.nlm.nih.gov/books/NBK1/"

    def test_entities_of_its_own_are_refused(self):
        bomb = '<!DOCTYPE a [<!ENTITY b "c">]><PubmedArticleSet>&b;</PubmedArticleSet>'

        with pytest.raises(ReferencesRefused, match="entities"):
            read_references(bomb.encode())


def test_esummary_is_read_with_its_errors():
    answer = {
        "result": {
            "uids": ["1234567", "2"],
            "1234567": {
                "title": "A title.",
                "pubdate": "2020 Oct 5",
                "source": "J Tests",
                "fulljournalname": "Journal of tests",
                "pages": "349-69",
                "authors": [
                    {"name": "Alpha AB", "authtype": "Author"},
                    {"name": "Test Group", "authtype": "CollectiveName"},
                ],
                "articleids": [{"idtype": "doi", "value": "10.5555/E1"}],
                "pubtype": ["Journal Article", "Retracted Publication"],
                "references": [
                    {"reftype": "Retraction in", "refsource": "J Tests. 2021 Jan 2;1", "pmid": 9}
                ],
            },
            "2": {"uid": "2", "error": "cannot get document summary"},
        }
    }

    found = read_references(json.dumps(answer).encode(), format="pubmed")

    (one,) = found.references
    assert shown(one.csl) == ["Alpha, AB", "Test Group"]
    assert (one.csl["page"], one.csl["DOI"]) == ("349-369", "10.5555/e1")
    assert [(n["kind"], n["noticed_on"]) for n in one.notices] == [("RETRACTION", "2021-01-02")]
    assert [failed.reason for failed in found.failed] == ["cannot get document summary"]


class TestStatus:
    @pytest.mark.parametrize(
        ("days", "standing"),
        [
            ([("CORRECTION", "2020-01-01"), ("RETRACTION", "2019-01-01")], "RETRACTION"),
            ([("RETRACTION", "2019-01-01"), ("REINSTATEMENT", "2020-01-01")], "REINSTATEMENT"),
            ([("RETRACTION", "2020-01-01"), ("REINSTATEMENT", "2020-01-01")], "REINSTATEMENT"),
            ([("RETRACTION", "2021-01-01"), ("REINSTATEMENT", "2020-01-01")], "RETRACTION"),
            ([("RETRACTION", None), ("REINSTATEMENT", "2020-01-01")], "RETRACTION"),
            ([], ""),
        ],
    )
    def test_the_worst_stands_unless_a_newer_reinstatement_clears_it(self, days, standing):
        assert status([notice(kind, noticed_on=day) for kind, day in days]) == standing
