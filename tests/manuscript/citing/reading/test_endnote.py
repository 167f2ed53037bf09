"""EndNote's XML; the fixture is written here."""

import pytest

from manuscript.citing.reading import ReferencesRefused, read_references
from tests.manuscript.citing.reading.sources import codes, only, read, shown

pytestmark = pytest.mark.pure

STYLED = '<style face="normal" font="default" size="100%">{}</style>'


def record(inside: str, kind: str = "Journal Article") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" ?><xml><records><record><rec-number>7</rec-number>'
        f'<ref-type name="{kind}">17</ref-type>{inside}</record></records></xml>'
    )


def titles(title: str, secondary: str = "Journal of Tests") -> str:
    return (
        f"<titles><title>{STYLED.format(title)}</title>"
        f"<secondary-title>{STYLED.format(secondary)}</secondary-title></titles>"
    )


ARTICLE = record(
    "<contributors><authors>"
    f"<author>{STYLED.format('Alpha, Anna')}</author><author>Test Study Group,</author>"
    "</authors></contributors>"
    + titles("A &lt;i&gt;styled&lt;/i&gt; title")
    + "<periodical><full-title>Journal of Tests</full-title><abbr-1>J Tests</abbr-1></periodical>"
    "<pages>349-69</pages><volume>50</volume><number>6</number>"
    "<dates><year>2011</year><pub-dates><date>Jun 3</date></pub-dates></dates>"
    "<isbn>1234-5678 (Electronic)&#xD;1234-5678 (Linking)</isbn><accession-num>1234567</accession-num>"
    "<urls><related-urls><url>https://a.example/x</url></related-urls></urls>"
    "<custom2>PMC7654321</custom2>"
    "<electronic-resource-num>10.5555/EN.1</electronic-resource-num>"
    "<remote-database-provider>NLM</remote-database-provider>"
    "<keywords><keyword>one</keyword><keyword>two</keyword></keywords>"
)


def test_an_article_is_read():
    csl = only(ARTICLE)

    assert csl == {
        "type": "article-journal",
        "title": "A styled title",
        "author": [
            {"family": "Alpha", "given": "Anna"},
            {"literal": "Test Study Group"},
        ],
        "container-title": "Journal of Tests",
        "container-title-short": "J Tests",
        "page": "349-369",
        "volume": "50",
        "issue": "6",
        "issued": {"date-parts": [[2011, 6, 3]]},
        "ISSN": "1234-5678",
        "PMID": "1234567",
        "PMCID": "PMC7654321",
        "DOI": "10.5555/en.1",
        "URL": "https://a.example/x",
        "keyword": "one, two",
    }


def test_a_chapter_and_its_editors_are_read():
    csl = only(
        record(
            "<contributors><authors><author>Alpha, A.</author></authors><secondary-authors>"
            "<author>Beta, B.</author></secondary-authors></contributors>"
            + titles("A part", "A whole")
            + "<edition>2nd</edition><publisher>Test Press</publisher><dates><year>2019</year></dates>",
            "Book Section",
        )
    )

    assert (csl["type"], csl["container-title"]) == ("chapter", "A whole")
    assert csl["editor"] == [{"family": "Beta", "given": "B."}]
    assert (csl["edition"], csl["publisher"]) == ("2nd", "Test Press")
    assert shown(csl) == ["Alpha, A."]


def test_an_accession_number_of_another_database_is_no_pmid():
    assert "PMID" not in only(ARTICLE.replace(">NLM<", ">Scopus<"))


def test_a_kind_that_is_not_known_is_told():
    found = read(record(titles("T") + "<dates><year>2020</year></dates>", "Hologram"))

    assert found.references[0].csl["type"] == "document"
    assert codes(found) == ["unknown-type"]


@pytest.mark.parametrize("text", ["<xml><records></records></xml>", "<xml><record></xml>"])
def test_files_without_a_whole_record_are_refused(text):
    with pytest.raises(ReferencesRefused):
        read_references(text.encode())
