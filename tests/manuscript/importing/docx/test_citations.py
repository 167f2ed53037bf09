"""Citations: the field codes of programs that manage references, and numbers that someone typed."""

import base64
import json
from html import escape

import pytest

from tests.manuscript.importing.docx.building import (
    abstract,
    codes,
    field,
    noted,
    num,
    para,
    read,
    run,
)

pytestmark = pytest.mark.pure

TITLE = para("T", "Title")
TRIAL = {
    "id": 11,
    "type": "article-journal",
    "title": "A fictional trial of rest",
    "DOI": "10.5555/REST.1",
    "author": [{"family": "Fiktiv", "given": "Ada"}],
    "issued": {"date-parts": [["2020"]]},
}
BOOK = {"id": 12, "type": "book", "title": "Rest: an invented handbook", "author": [{"family": "Muster"}]}  # fmt: skip


def citation(*items: dict, program: str = "ADDIN ZOTERO_ITEM CSL_CITATION") -> str:
    record = {"citationID": "x", "properties": {"formattedCitation": "(1)"}, "citationItems": list(items)}  # fmt: skip
    return f" {program} {json.dumps(record)} "


def cites(*keys: str, locator: str = "") -> str:
    place = f' data-locator="{locator}"' if locator else ""
    return f'<cite data-refs="{" ".join(keys)}"{place}></cite>'


class TestZoteroAndMendeley:
    @pytest.mark.parametrize("pieces", [1, 7])
    @pytest.mark.parametrize("program", ["ADDIN ZOTERO_ITEM CSL_CITATION", "ADDIN CSL_CITATION"])
    def test_a_citation_of_several_sources_is_one_atom(self, program, pieces):
        code = citation({"id": 1, "itemData": TRIAL}, {"id": 2, "itemData": BOOK}, program=program)
        article = read(TITLE + para(run("Rest helps ") + field(code, "(Fiktiv 2020; Muster)", pieces=pieces) + run(".")))  # fmt: skip

        assert article.body == f"<p>Rest helps{cites('imported-1', 'imported-2')}.</p>"
        first, second = article.references
        assert (first.csl["DOI"], first.csl["issued"], first.identified) == ("10.5555/rest.1", {"date-parts": [[2020]]}, True)  # fmt: skip
        assert second.csl["title"] == BOOK["title"]
        assert codes(article) == []

    def test_a_source_cited_twice_is_one_reference(self):
        one = field(citation({"id": 1, "itemData": TRIAL}), "1")
        two = field(citation({"id": 99, "itemData": {**TRIAL, "id": 99}}), "1")
        article = read(TITLE + para(run("A ") + one + run(". B ") + two))

        assert article.body == f"<p>A{cites('imported-1')}. B{cites('imported-1')}</p>"
        assert len(article.references) == 1

    @pytest.mark.parametrize(
        ("item", "place"),
        [
            ({"locator": "12"}, "p. 12"),
            ({"locator": "12-14", "label": "page"}, "pp. 12-14"),
            ({"locator": "3", "label": "chapter"}, "ch. 3"),
        ],
    )
    def test_a_locator_is_kept_and_words_around_are_noted(self, item, place):
        code = citation({"itemData": TRIAL, "prefix": "see ", "suffix": ", but", **item})
        article = read(TITLE + para(run("Rest") + field(code, "x")))

        assert article.body == f"<p>Rest{cites('imported-1', locator=place)}</p>"
        assert [(w.text, w.line) for w in noted(article, "marker-note-dropped")] == [("see … , but", 2)]  # fmt: skip

    @pytest.mark.parametrize(
        ("first", "second"), [("p. 12", ""), ("", "p. 12"), ("p. 12", "p. 3"), ("", "")]
    )
    @pytest.mark.parametrize("together", [True, False])
    def test_a_locator_stays_with_its_source(self, first, second, together):
        items = [
            {"itemData": data, **({"locator": place.removeprefix("p. ")} if place else {})}
            for data, place in ((TRIAL, first), (BOOK, second))
        ]
        codes_ = [citation(*items)] if together else [citation(one) for one in items]
        article = read(
            TITLE + para(run("Rest helps") + "".join(field(code, "x") for code in codes_))
        )

        apart = cites("imported-1", locator=first) + cites("imported-2", locator=second)
        joined = cites("imported-1", "imported-2")
        expected = apart if first or second else joined
        assert article.body == f"<p>Rest helps{expected}</p>"

    def test_simple_fields_and_fields_in_links_are_read(self):
        code = escape(citation({"itemData": TRIAL}), quote=True)
        simple = f'<w:fldSimple w:instr="{code}">{run("(1)")}</w:fldSimple>'
        article = read(TITLE + para(run("Rest") + simple + field('HYPERLINK "https://example.org"', "x")))  # fmt: skip

        assert article.body == f'<p>Rest{cites("imported-1")}<a href="https://example.org/">x</a></p>' or article.body == f'<p>Rest{cites("imported-1")}<a href="https://example.org">x</a></p>'  # fmt: skip

    def test_the_citation_a_control_holds_is_read(self):
        packed = base64.b64encode(json.dumps({"citationItems": [{"itemData": BOOK}]}).encode())
        control = f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{packed.decode()}"/></w:sdtPr><w:sdtContent>{run("(Muster)")}</w:sdtContent></w:sdt>'
        article = read(TITLE + para(run("Rest ") + control))

        assert article.body == f"<p>Rest{cites('imported-1')}</p>"

    def test_the_generated_list_goes_and_what_only_it_names_stays(self):
        bibliography = (
            '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>ADDIN ZOTERO_BIBL {"uncited":[]} CSL_BIBLIOGRAPHY</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("1. Fiktiv A. A fictional trial of rest. 2020.")}</w:p>'
            f'{para("2. Doe J. Another. doi:10.5555/other")}<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        )  # fmt: skip
        article = read(
            TITLE + para(run("Rest") + field(citation({"itemData": TRIAL}), "1")) + para("References", "Heading1") + bibliography + para("After.")
        )  # fmt: skip

        assert article.body == f"<p>Rest{cites('imported-1')}</p><p>After.</p>"
        assert [one.csl.get("DOI") for one in article.references] == ["10.5555/rest.1", "10.5555/other"]  # fmt: skip
        assert [w.text for w in noted(article, "reference-list-set-aside")] == ["References", "2 generated entries"]  # fmt: skip
        assert len(noted(article, "reference-never-cited")) == 1

    def test_a_citation_nobody_can_read_keeps_its_words_and_is_noted(self):
        article = read(TITLE + para(run("Rest ") + field("ADDIN ZOTERO_ITEM CSL_CITATION {broken", "(Fiktiv)")))  # fmt: skip

        assert article.body == "<p>Rest (Fiktiv)</p>"
        assert codes(article) == ["possible-citation"]

    def test_a_field_that_cannot_stand_goes_to_the_note(self):
        article = read(TITLE + para(run("Rest") + field(citation({"itemData": {**BOOK, "DOI": "none"}}), "x")))  # fmt: skip

        assert article.references[0].csl["note"] == "DOI: none"
        assert "reference-to-identify" in codes(article)

    def test_a_footnote_that_holds_only_a_citation_is_one(self):
        code = field(citation({"itemData": TRIAL}), "Fiktiv, A fictional trial.")
        article = read(
            TITLE + para(run("Rest") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
            footnotes=f'<w:footnote w:id="2">{para(run("See ") + code)}</w:footnote>',
        )

        assert article.body == f"<p>Rest{cites('imported-1')}</p>"


class TestEndNote:
    RECORD = (
        "<EndNote><Cite><Author>Fiktiv</Author><Year>2020</Year><RecNum>4</RecNum><Pages>12</Pages><record><rec-number>4</rec-number>"
        '<ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Fiktiv, Ada</style></author></authors></contributors>'
        "<titles><title>A fictional trial &amp; rest</title><secondary-title>J Fict</secondary-title></titles><dates><year>2020</year></dates>"
        "<accession-num>12345678</accession-num><electronic-resource-num>10.5555/end</electronic-resource-num></record></Cite></EndNote>"
    )

    @pytest.mark.parametrize("encoded", [False, True])
    def test_its_records_are_read_from_the_instruction_and_from_the_data(self, encoded):
        packed = base64.b64encode(self.RECORD.encode()).decode()
        code = field("ADDIN EN.CITE", "1", data=packed) if encoded else field(f"ADDIN EN.CITE {self.RECORD}", "1", pieces=5)  # fmt: skip
        article = read(TITLE + para(run("Rest") + code))

        assert article.body == f"<p>Rest{cites('imported-1', locator='p. 12')}</p>"
        csl = article.references[0].csl
        assert (csl["title"], csl["DOI"], csl["PMID"], csl["author"]) == (
            "A fictional trial & rest",
            "10.5555/end",
            "12345678",
            [{"family": "Fiktiv", "given": "Ada"}],
        )


class TestTyped:
    LIST = para("References", "Heading1") + para("[1] Fiktiv A. A trial. J Fict. 2020;1:2. doi:10.5555/a") + para("[2] Muster B. Another. J Fict. 2021;1:3. doi:10.5555/b")  # fmt: skip

    def test_numbers_in_brackets_and_their_list_are_citations(self):
        article = read(TITLE + para("Why", "Heading1") + para(run("Rest helps [1") + run(",2].")) + self.LIST)  # fmt: skip

        assert article.body == f"<h2>Why</h2><p>Rest helps{cites('imported-1', 'imported-2')}.</p>"
        assert [one.csl["DOI"] for one in article.references] == ["10.5555/a", "10.5555/b"]

    def test_raised_numbers_are_citations_only_behind_words(self):
        sup = '<w:vertAlign w:val="superscript"/>'
        article = read(TITLE + para(run("Rest helps.") + run("1", sup) + run(" At 20 m") + run("2", sup)) + self.LIST)  # fmt: skip

        assert article.body == f"<p>Rest helps.{cites('imported-1')} At 20 m<sup>2</sup></p>"

    def test_the_raised_numbers_of_authors_are_none(self):
        sup = '<w:vertAlign w:val="superscript"/>'
        article = read(TITLE + para(run("Ada Fiktiv") + run("1", sup)) + para(run("1", sup) + run("A place")) + para("Rest [1].") + self.LIST)  # fmt: skip

        assert article.body.startswith("<p>Ada Fiktiv<sup>1</sup></p><p><sup>1</sup>A place</p>")

    def test_points_in_brackets_without_a_list_are_text(self):
        article = read(TITLE + para("[25] Explain rest."))

        assert article.body == "<p>[25] Explain rest.</p>"
        assert codes(article) == ["possible-citation"]

    def test_an_unnumbered_list_in_its_own_section_is_the_list(self):
        article = read(TITLE + para("Rest [2].") + para("References", "Heading1") + para("A first fictional source") + para("") + para("A second fictional source"))  # fmt: skip

        assert article.body == f"<p>Rest{cites('imported-2')}.</p>"
        assert len(article.references) == 2

    def test_a_list_that_word_numbers_is_the_list(self):
        numbered = (
            para("A first fictional source. 2020;1:2.", "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
            + para("A second fictional source. 2021;1:2.", "", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
        )  # fmt: skip
        article = read(
            TITLE + para("Rest [2].") + para("References", "Heading1") + numbered,
            numbering=abstract(1, ("decimal", "[%1]")) + num(1, 1),
        )

        assert article.body == f"<p>Rest{cites('imported-2')}.</p>"
        assert [one.csl["note"][:7] for one in article.references] == ["A first", "A secon"]

    def test_sources_of_fields_and_of_a_typed_list_have_labels_of_their_own(self):
        code = field(citation({"itemData": TRIAL}), "(1)")
        article = read(TITLE + para(run("Rest [1] and ") + code + run(".")) + self.LIST)

        assert article.body == f"<p>Rest{cites('imported-1')} and{cites('imported-3')}.</p>"
        assert [one.label for one in article.references] == ["1", "2", "3"]
        assert article.references[2].csl["DOI"] == "10.5555/rest.1"


def test_a_citation_in_a_bookmark_keeps_its_words_and_is_noted():
    article = read(TITLE + para('<w:bookmarkStart w:id="1" w:name="ZOTERO_BREF_abc"/>' + run("Rest (1).")))  # fmt: skip

    assert article.body == "<p>Rest (1).</p>"
    assert codes(article) == ["possible-citation"]
