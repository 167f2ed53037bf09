"""JATS: valid, nothing lost, and the same text when it comes back."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from lxml import etree

from manuscript.content.canonical import canonicalise
from manuscript.exporting import jats
from manuscript.importing import read_article
from tests.manuscript.content import strategies
from tests.manuscript.content.test_names import ODD
from tests.manuscript.exporting.texts import BODY, SOURCES, a_draft, a_version, citing, figure

pytestmark = pytest.mark.pure

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HREF = "{http://www.w3.org/1999/xlink}href"
SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


@cache
def schema() -> etree.DTD:
    """The declarations of JATS Archiving for every element that the exporter writes."""
    with (Path(__file__).parent / "jats-archiving.dtd").open() as file:
        return etree.DTD(file)


def written(text) -> etree._Element:
    article = etree.fromstring(jats.write(text), SAFE)
    assert schema().validate(article), schema().error_log.filter_from_errors()
    return article


def meta(article) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in article.iter("custom-meta"):
        found.setdefault(one.findtext("meta-name"), []).append(one.findtext("meta-value"))
    return found


class TestSchema:
    def test_it_notices_what_jats_does_not_allow(self):
        article = etree.fromstring(jats.write(a_draft()), SAFE)
        article.find("body").append(etree.fromstring("<p><sec><title>x</title></sec></p>"))

        assert not schema().validate(article)

    def test_it_notices_an_element_that_is_not_jats(self):
        article = etree.fromstring(jats.write(a_draft()), SAFE)
        article.find("body/p").append(etree.Element("span"))

        assert not schema().validate(article)

    @pytest.mark.parametrize(
        "text",
        [a_draft(), a_version(), a_draft("", references=()), a_draft("<p>x</p>", summary="")],
    )
    def test_every_kind_of_text_is_valid(self, text):
        assert written(text).get("dtd-version") == "1.3"

    @given(body=strategies.bodies)
    @example(body="<h2>¹</h2><p>a</p>")
    @settings(max_examples=40, deadline=None)
    def test_whatever_a_body_holds_is_valid(self, body):
        written(a_draft(body))

    @pytest.mark.parametrize("heading", ODD)
    def test_whatever_a_heading_is_called_its_section_is_valid(self, heading):
        written(a_draft(canonicalise(f"<h2>{heading}</h2><p>a</p><h3>{heading}</h3><p>b</p>")))


class TestTheRecord:
    def test_a_draft_says_that_it_is_one_and_names_no_reviewer(self):
        article = written(a_draft())

        assert meta(article)["review-status"] == ["draft"]
        assert "Draft. Not reviewed." in article.findtext("front/notes/p")
        assert "reviewer" not in meta(article)
        assert not list(article.iter("article-version"))

    def test_a_version_says_its_status_digest_and_who_signed(self):
        article = written(a_version())
        facts = meta(article)

        assert facts["review-status"] == ["approved"]
        assert facts["version"] == ["3"]
        assert facts["digest-sha-256"] == ["0123456789abcdef" * 4]
        assert facts["reviewer"][0] == "Rhea Reviewer 1, MD, Consultant in rheumatology"
        assert facts["review-signed-on"] == ["2026-11-20"] * 2
        assert article.findtext("front/article-meta/article-version") == "3"

    def test_reviewers_are_no_authors(self):
        assert not list(written(a_version()).iter("contrib"))

    def test_title_summary_language_and_figures_licence_are_there(self):
        article = written(a_version(language="zh"))

        assert article.get(LANG) == "zh"
        assert article.findtext("front/article-meta/abstract/p") == "In short: it depends."
        assert article.findtext("body//fig/permissions/license/license-p") == "CC BY 4.0"
        assert article.findtext("body//fig/alt-text") == "A scan of a lung"

    def test_disclaimers_notices_and_the_part_of_a_model_are_there(self):
        article = written(a_version())
        kinds = {one.get("notes-type"): "".join(one.itertext()) for one in article.iter("notes")}

        assert "See somebody." in kinds["disclaimer"]
        assert "A model" in kinds["ai-provenance"]
        assert "A dose was corrected." in kinds["review-status"]


class TestTheBody:
    def test_headings_become_nested_sections_with_the_pages_ids(self):
        article = written(a_draft())

        top = [one.findtext("title") for one in article.findall("body/sec")]
        assert top == ["Benefits", "Risks", "Uncertainty"]
        assert article.find("body/sec[@id='sec-benefits']/sec[@id='sec-in-adults']") is not None

    def test_a_level_that_is_left_out_is_kept(self):
        article = written(a_draft("<h4>Deep</h4><h2>Top</h2>"))

        assert article.find("body/sec/sec/sec[@id='sec-deep']") is not None
        assert article.find("body/sec[@id='sec-top']") is not None

    def test_a_citation_points_at_all_its_sources_and_keeps_its_locator(self):
        article = written(a_draft())
        first = next(article.iter("xref"))

        assert first.get("rid") == "ref-1 ref-2"
        assert article.find(".//named-content[@content-type='locator']").text == "(p3)"

    def test_tables_keep_spans_scopes_and_heads(self):
        table = next(written(a_draft()).iter("table"))

        assert table.find("thead/tr/th[@scope='col']").text == "Dose"
        assert table.find("tbody/tr/td[@rowspan='2']").text == "5 mg"

    def test_a_source_without_details_is_not_empty(self):
        text = a_draft('<p>x<cite data-refs="unknown"></cite></p>')

        assert written(text).findtext(".//element-citation/comment") == "Source without details."

    def test_a_source_of_which_little_is_known_keeps_its_words_and_no_markup(self):
        text = citing(
            'About &lt;i&gt; &amp; <i>more</i>. <a href="https://x.org/?a&amp;b">x.org</a>'
        )

        assert written(text).findtext(".//element-citation/comment") == "About <i> & more. x.org"

    def test_a_source_says_all_that_is_known_of_it(self):
        citation = next(written(a_draft()).iter("element-citation"))

        assert citation.findtext("person-group/name/suffix") == "Jr"
        assert citation.findtext("person-group/collab") == "The Group"
        assert citation.find("person-group/etal") is not None
        assert {one.get("pub-id-type"): one.text for one in citation.iter("pub-id")} == {
            "doi": "10.5555/test.1",
            "pmid": "12345678",
            "pmcid": "PMC1234567",
        }
        assert citation.findtext("year") == "2024"
        assert citation.findtext("lpage") == "109"

    @pytest.mark.parametrize(
        "words",
        ["]]>", "<script>alert(1)</script>", "&amp;&lt;", "\x0b\x1f\ufffe\ufffft", '"><!--'],
    )
    def test_whatever_stands_in_titles_and_captions_is_text(self, words):
        body = canonicalise(f"<h2>{words.replace('<', '&lt;')}x</h2><p>y</p>")
        text = a_version(
            a_draft(body, title=words, summary=words, heading=words), change_note=words
        )

        article = written(text)

        assert not list(article.iter("script"))
        legal = "".join(letter for letter in words if letter not in "\x0b\x1f\ufffe\uffff")
        assert article.findtext("front/article-meta/title-group/article-title") == legal.strip()


def back(text):
    return read_article(jats.write(text), format="jats", language="en", name="x.xml")


class TestTheWayBack:
    def test_the_same_headings_lists_tables_and_words_come_back(self):
        bare = {"lung-scan": figure("lung-scan", credit="", licence="")}

        article = back(a_draft(figures=bare))

        assert article.title == "What is the role of tests?"
        assert article.summary == "In short: it depends."
        # The importer does not know kinds of boxes or our keys; all else is the same.
        same = (
            BODY.replace('data-callout="warning"', 'data-callout="note"')
            .replace("lung-scan", "imported-figure-1")
            .replace('"a b"', '"imported-1 imported-2"')
            .replace('"a"', '"imported-1"')
            .replace('"c"', '"imported-3"')
        )
        assert article.body == same

    def test_the_same_sources_come_back(self):
        found = {row.label: row.csl for row in back(a_draft()).references}

        for label, key in (("1", "a"), ("2", "b"), ("3", "c")):
            wanted = {
                name: value
                for name, value in SOURCES[key].items()
                if name not in {"custom", "accessed", "issued"}
            }
            assert {name: found[label].get(name) for name in wanted} == wanted
        assert found["1"]["issued"] == {"date-parts": [[2024, 3, 1]]}
