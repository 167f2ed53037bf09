"""JATS XML: the body in order, citations as atoms, everything else set aside with its words."""

import re

import pytest

from manuscript.importing import counts, read_article
from tests.manuscript.importing.journals import body_of, jats
from tests.manuscript.importing.reading import cited, codes, labels, noted, words

pytestmark = pytest.mark.pure


def xref(number: int, text: str | None = None) -> str:
    return f'<xref ref-type="bibr" rid="B{number}">{number if text is None else text}</xref>'


class TestCitations:
    @pytest.mark.parametrize(
        ("source", "expected", "left"),
        [
            (f"Gout [{xref(1)}].", ["1"], "Gout ."),
            (f"Gout {xref(1, '[1]')}.", ["1"], "Gout ."),
            (f"Gout [{xref(7)}-{xref(12)}].", ["7 8 9 10 11 12"], "Gout ."),
            (f"Gout [{xref(1)},{xref(3)}–{xref(5)}].", ["1 3 4 5"], "Gout ."),
            (f"Gout.<sup>{xref(2)}–{xref(4)}</sup> More", ["2 3 4"], "Gout. More"),
            (
                f"Gout.{xref(2, '<sup>2</sup>')}<sup>,</sup>{xref(4, '<sup>4</sup>')}",
                ["2 4"],
                "Gout.",
            ),
            (f"Gout {xref(7, '[7–9]')}.", ["7 8 9"], "Gout ."),
            (f"Gout [{xref(7)}–9].", ["7 8 9"], "Gout ."),
            ('Gout <xref ref-type="bibr" rid="B3 B5">3,5</xref>.', ["3 5"], "Gout ."),
            (
                f"Gout ({xref(1, 'Fictional, 2020')}) is.",
                ["1"],
                "Gout (Fictional, 2020 ) is.",
            ),
        ],
    )
    def test_become_atoms_whatever_the_journal_prints(self, source, expected, left):
        article = read_article(jats(f"<p>{source}</p>"))

        assert cited(article) == expected
        assert words(article.body).replace(" .", ".").replace(" )", ")") == left.replace(
            " .", "."
        ).replace(" )", ")")

    def test_of_nothing_are_noted_and_stay_as_text(self):
        article = read_article(jats('<p>Gout <xref ref-type="bibr" rid="B99">[99]</xref>.</p>'))

        assert cited(article) == []
        assert "[99]" in article.body
        assert noted(article, "citation-without-reference")[0].text == "[99]"

    def test_uncited_references_are_told(self):
        article = read_article(jats(f"<p>Gout [{xref(1)}-{xref(11)}].</p>"))

        assert [w.text.split()[0] for w in noted(article, "reference-never-cited")] == ["12"]


class TestReferences:
    def test_labels_that_are_raised_or_of_other_scripts_are_numbers_and_names_of_their_own(self):
        refs = "".join(
            f'<ref id="r{at}"><label>{label}</label><mixed-citation>Said {at}.</mixed-citation></ref>'
            for at, label in enumerate(("¹", "²", "注", "肺"))
        )
        said = "".join(f'x<xref ref-type="bibr" rid="r{at}">{at}</xref>, ' for at in range(4))

        article = read_article(jats(f"<p>{said}</p>", refs=refs))

        assert cited(article) == labels(article) == ["1", "2", "x", "x-2"]

    def test_of_every_age_become_records(self):
        refs = (
            '<ref id="a"><citation citation-type="journal"><person-group person-group-type="author"><name><surname>Old</surname>'
            "<given-names>B</given-names></name><collab>Invented Study Group</collab></person-group><article-title>First</article-title>"
            "<source>J Invented</source><year>1999a</year><volume>3</volume><fpage>5</fpage><lpage>8</lpage>"
            '<pub-id pub-id-type="pmid">12345678</pub-id><pub-id pub-id-type="doi">10.5555/ABC.1</pub-id></citation></ref>'
            '<ref id="b"><mixed-citation publication-type="book"><string-name><surname>New</surname>, <given-names>C</given-names></string-name>. '
            "<source>A whole book</source>. <publisher-loc>Nowhere</publisher-loc>: <publisher-name>Invented Press</publisher-name>; <year>2011</year>.</mixed-citation></ref>"
            '<ref id="c"><label>3</label><mixed-citation>Somebody said so in a letter.</mixed-citation></ref>'
            '<ref id="d"><label>4</label><element-citation><article-title>Part one</article-title><year>2001</year></element-citation>'
            "<element-citation><article-title>Part two</article-title><year>2002</year></element-citation></ref>"
        )
        article = read_article(
            jats(
                '<p>x<xref ref-type="bibr" rid="a">1</xref>, y<xref ref-type="bibr" rid="d">4</xref></p>',
                refs=refs,
            )
        )

        assert labels(article) == ["1", "2", "3", "4", "4-2"]
        first, book, letter = (one.csl for one in article.references[:3])
        assert first["author"] == [
            {"family": "Old", "given": "B"},
            {"literal": "Invented Study Group"},
        ]
        assert (first["DOI"], first["PMID"], first["page"]) == ("10.5555/abc.1", "12345678", "5-8")
        assert first["issued"] == {"date-parts": [[1999]]}
        assert (book["type"], book["title"], book["publisher"]) == (
            "book",
            "A whole book",
            "Invented Press",
        )
        assert letter["note"] == "Somebody said so in a letter."
        assert [one.identified for one in article.references] == [True, True, False, False, False]
        assert cited(article) == ["1", "4 4-2"]

    def test_a_field_that_cannot_be_is_left_out_and_noted(self):
        refs = '<ref id="a"><element-citation><article-title>First</article-title><pub-id pub-id-type="pmid">none</pub-id></element-citation></ref>'

        article = read_article(jats("<p>x</p>", refs=refs))

        assert "PMID" not in article.references[0].csl
        assert "none" in noted(article, "reference-field-left-out")[0].text


class TestBody:
    def test_sections_become_headings_and_the_deepest_are_clamped(self):
        article = read_article(
            jats(
                "<sec><label>1</label><title>One</title><p>a</p><sec><title>Two</title><sec><title>Three</title><sec><title>Four</title><p>b</p></sec></sec></sec></sec>"
            )
        )

        assert re.findall(r"<(h\d)>(.*?)</h\d>", article.body) == [
            ("h2", "1 One"),
            ("h3", "Two"),
            ("h4", "Three"),
            ("h4", "Four"),
        ]
        assert [w.text for w in noted(article, "level-changed")] == ["Four"]

    def test_lists_nest_and_count_on(self):
        body = body_of(
            '<list list-type="order" id="l"><list-item><p>a</p><list list-type="bullet"><list-item><p>b</p></list-item></list></list-item></list>'
            '<p>x</p><list list-type="order" continued-from="l"><list-item><p>c</p></list-item></list>'
            "<def-list><def-item><term>OHIP</term><def><p>a profile</p></def></def-item></def-list>"
        )

        assert "<ol><li><p>a</p><ul><li><p>b</p></li></ul></li></ol>" in body
        assert '<ol start="2"><li><p>c</p></li></ol>' in body
        assert "<li><p><strong>OHIP</strong>: a profile</p></li>" in body

    def test_tables_keep_caption_spans_and_notes(self):
        article = read_article(
            jats(
                '<table-wrap id="t"><label>Table 1</label><caption><title>Doses</title></caption><table><thead><tr><td colspan="2">Dose</td></tr></thead>'
                '<tbody><tr><td rowspan="2">a<xref ref-type="table-fn" rid="f">*</xref></td><td>1</td></tr><tr><td>2</td></tr></tbody></table>'
                '<table-wrap-foot><fn id="f"><label>*</label><p>In milligrams.</p></fn></table-wrap-foot></table-wrap>'
            )
        )

        assert "<caption><strong>Table 1</strong> Doses</caption>" in article.body
        assert '<thead><tr><th colspan="2"><p>Dose</p></th></tr></thead>' in article.body
        assert '<td rowspan="2"><p>a*</p></td>' in article.body
        assert "<p><sup>*</sup> In milligrams.</p>" in article.body
        assert counts(article)["tables"] == 1

    def test_figures_keep_their_caption_and_ask_for_their_image(self):
        article = read_article(
            jats(
                '<p>See.<fig id="f"><label>Figure 1</label><caption><title>Flow.</title><p>All of them.</p></caption><alt-text>A chart</alt-text><graphic xlink:href="a-g1.tif"/></fig></p>'
            )
        )

        assert (
            '<figure data-figure="imported-figure-1" data-alt="A chart"><figcaption><strong>Figure 1</strong> Flow.<br>All of them.</figcaption></figure>'
            in article.body
        )
        assert (
            noted(article, "figure-without-image")[0].text == "imported-figure-1: Figure 1 a-g1.tif"
        )
        assert counts(article)["figures"] == 1
        assert article.figures == ()

    def test_boxes_quotations_and_marks(self):
        body = body_of(
            "<boxed-text><caption><title>Key</title></caption><p>a</p></boxed-text><disp-quote><p>said</p><attrib>Nobody</attrib></disp-quote>"
            '<p>H<sub>2</sub>O <italic>in</italic> <bold>vitro</bold> <ext-link ext-link-type="doi" xlink:href="10.5555/x">there</ext-link></p>'
        )

        assert '<aside data-callout="note"><p><strong>Key</strong></p><p>a</p></aside>' in body
        assert "<blockquote><p>said</p><p>— Nobody</p></blockquote>" in body
        assert (
            'H<sub>2</sub>O <em>in</em> <strong>vitro</strong> <a href="https://doi.org/10.5555/x">there</a>'
            in body
        )

    def test_formulas_become_text_or_say_that_they_are_missing(self):
        article = read_article(
            jats(
                "<p>so <inline-formula><math><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac></math></inline-formula>"
                ' and <inline-formula><inline-graphic xlink:href="e1.gif"/></inline-formula>.</p>'
            )
        )

        assert "so x<sup>2</sup> = 1/(a + b) and [formula]." in article.body
        assert "formula-flattened" in codes(article)
        assert "e1.gif" in noted(article, "formula-without-text")[0].text

    def test_footnotes_stand_below_their_paragraph(self):
        article = read_article(
            jats(
                '<p>One<xref ref-type="fn" rid="n1"><sup>a</sup></xref>.</p><p>Two.</p>',
                back='<fn-group><fn id="n1"><label>a</label><p>A note.</p></fn><fn fn-type="conflict"><p>None declared.</p></fn></fn-group>',
            )
        )

        assert "<p>One<sup>a</sup>.</p><p><sup>a</sup> A note.</p><p>Two.</p>" in article.body
        assert noted(article, "competing-interests-set-aside")[0].text == "None declared."
