"""The words of a document: headings, title, marks, links, fields, notes, comments."""

import pytest

from manuscript.importing.result import ImportRefused
from tests.manuscript.importing.docx.building import (  # fmt: skip
    STRICT,
    STYLES,
    codes,
    field,
    noted,
    para,
    parts,
    read,
    read_bytes,
    run,
    zipped,
)

pytestmark = pytest.mark.pure


class TestTitleAndHeadings:
    def test_the_title_style_is_the_title_and_the_highest_heading_is_h2(self):
        article = read(para("On sleep", "Title") + para("Why", "Heading1") + para("How", "Heading2") + para("Words."))  # fmt: skip

        assert article.title == "On sleep"
        assert article.body == "<h2>Why</h2><h3>How</h3><p>Words.</p>"
        assert codes(article) == []

    def test_the_only_first_rank_heading_is_the_title_and_the_rest_move_up(self):
        article = read(para("On sleep", "Heading1") + para("Why", "Heading3") + para("Words."))

        assert article.title == "On sleep"
        assert article.body == "<h2>Why</h2><p>Words.</p>"

    def test_two_first_rank_headings_are_sections(self):
        article = read(para("One", "Heading1") + para("A.") + para("Two", "Heading1") + para("B."))

        assert article.title == "essay"
        assert article.body == "<h2>One</h2><p>A.</p><h2>Two</h2><p>B.</p>"
        assert "title-guessed" in codes(article)

    @pytest.mark.parametrize("style", ["berschrift2", "Kapitel", "Outlined"])
    def test_a_heading_is_known_by_its_localised_name_its_base_or_its_outline(self, style):
        article = read(para("On sleep", "Title") + para("Why", style) + para("Words."))

        assert article.body == "<h2>Why</h2><p>Words.</p>"

    def test_a_style_that_leaves_the_outline_is_no_heading(self):
        article = read(para("On sleep", "Title") + para("Not one", "Ausnahme"))

        assert article.body == "<p>Not one</p>"

    def test_headings_below_h4_are_clamped_and_noted(self):
        article = read(para("T", "Title") + "".join(para(f"L{n}", f"Heading{n}") for n in (1, 2, 3, 4)))  # fmt: skip

        assert article.body == "<h2>L1</h2><h3>L2</h3><h4>L3</h4><h4>L4</h4>"
        assert [w.line for w in noted(article, "level-changed")] == [5]

    def test_the_properties_give_a_title_and_then_the_file_name(self):
        assert read(para("Words."), title="Sleep and rest").title == "Sleep and rest"
        assert read(para("Words."), title="Document1", name="sleep_well.docx").title == "sleep well"
        assert codes(read(para("Words."), title="Sleep and rest")) == ["title-guessed"]

    def test_short_bold_lines_are_headings_where_no_style_says_so(self):
        article = read(para("T", "Title") + para(run("Causes", "<w:b/>")) + para("They are many, and most are known."))  # fmt: skip

        assert article.body.startswith("<h2>Causes</h2>")
        assert codes(article) == ["level-guessed"]


class TestMarks:
    def test_bold_italic_sub_and_sup_are_kept_and_split_runs_are_one(self):
        article = read(
            para("T", "Title")
            + para(run("CO") + run("2", '<w:vertAlign w:val="subscript"/>') + run(" bo", "<w:b/>") + run("ld", "<w:b/>"))
            + para(run("m") + run("2", '<w:position w:val="6"/>') + run(" it", "<w:i/>") + run(" no", '<w:i w:val="0"/>'))
        )  # fmt: skip

        assert article.body == (
            "<p>CO<sub>2</sub> <strong>bold</strong></p><p>m<sup>2</sup> <em>it</em> no</p>"
        )

    def test_breaks_tabs_hyphens_and_symbols_are_read(self):
        article = read(
            para("T", "Title")
            + para(
                '<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/>'
                '<w:sym w:font="Symbol" w:char="F0B3"/><w:sym w:font="Wingdings" w:char="F001"/><w:br w:type="page"/></w:r>'
            )
        )  # fmt: skip

        assert article.body == "<p>a<br>b c\u2011d≥\ufffd</p>"
        assert codes(article) == ["symbol-unreadable"]

    def test_hidden_and_struck_words_are_noted(self):
        article = read(para("T", "Title") + para(run("seen ") + run("unseen", "<w:vanish/>") + run("10 mg", "<w:strike/>")))  # fmt: skip

        assert article.body == "<p>seen 10 mg</p>"
        assert [(w.code, w.text) for w in article.warnings] == [
            ("hidden-text-left-out", "unseen"),
            ("strike-dropped", "10 mg"),
        ]

    def test_text_in_smart_tags_controls_and_other_scripts_is_kept(self):
        article = read(
            para("T", "Title")
            + para("<w:smartTag>" + run("one ") + "</w:smartTag><w:sdt><w:sdtContent>" + run("два 三 אربعة") + "</w:sdtContent></w:sdt>")
            + "<w:sdt><w:sdtContent>" + para("four") + "</w:sdtContent></w:sdt>"
        )  # fmt: skip

        assert article.body == "<p>one два 三 אربعة</p><p>four</p>"

    def test_an_equation_becomes_a_line_of_text_and_is_noted(self):
        formula = (
            "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
            "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath>"
        )
        article = read(para("T", "Title") + para(formula))

        assert article.body == "<p>(a+b)/2x<sup>2</sup></p>"
        assert codes(article) == ["formula-flattened"]

    def test_the_text_of_a_box_is_kept_once(self):
        box = f"<w:txbxContent>{para('In the box')}</w:txbxContent>"
        article = read(
            para("T", "Title")
            + para(
                f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
                f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{run('Beside')}"
            )
        )  # fmt: skip

        assert article.body == "<p>Beside</p><p>In the box</p>"


class TestLinks:
    def test_links_by_relation_and_by_field_are_kept_and_anchors_are_words(self):
        article = read(
            para("T", "Title")
            + para(f'<w:hyperlink r:id="l1">{run("one")}</w:hyperlink>')
            + para(field('HYPERLINK "https://example.org/b" \\l "part"', "two"))
            + para(f'<w:hyperlink w:anchor="here">{run("three")}</w:hyperlink>')
            + para(f'<w:hyperlink r:id="l2">{run("four")}</w:hyperlink>'),
            links={"l1": "https://example.org/a", "l2": "file:///c:/x"},
        )  # fmt: skip

        assert article.body == (
            '<p><a href="https://example.org/a">one</a></p><p><a href="https://example.org/b#part">two</a></p>'
            "<p>three</p><p>four</p>"
        )
        assert [w.text for w in noted(article, "link-left-out")] == ["four (file:///c:/x)"]

    def test_a_link_to_a_paper_is_a_citation(self):
        article = read(para("T", "Title") + para(run("See ") + f'<w:hyperlink r:id="l1">{run("the trial")}</w:hyperlink>'), links={"l1": "https://doi.org/10.5555/abc"})  # fmt: skip

        assert article.body == '<p>See the trial<cite data-refs="imported-1"></cite></p>'
        assert article.references[0].csl["DOI"] == "10.5555/abc"


class TestWhatIsSetAside:
    def test_comments_are_noted_with_author_and_paragraph(self):
        article = read(
            para("T", "Title") + para(run("Dose") + '<w:r><w:commentReference w:id="7"/></w:r>'),
            comments=f'<w:comment w:id="7" w:author="Ada Fiktiv">{para("Which dose?")}</w:comment>',
        )

        assert article.body == "<p>Dose</p>"
        assert [(w.code, w.line, w.text) for w in article.warnings] == [
            ("comment-set-aside", 2, "Ada Fiktiv: Which dose?")
        ]

    def test_headers_are_noted_once(self):
        article = read(para("T", "Title") + para("Words."), header=para("Draft of May"))

        assert [(w.code, w.text) for w in article.warnings] == [
            ("furniture-left-out", "Draft of May")
        ]

    def test_a_web_page_inside_is_read_and_noted(self):
        article = read(para("T", "Title") + '<w:altChunk r:id="chunk1"/>', chunk="<html><body><p>From <b>outside</b><script>x()</script></p></body></html>")  # fmt: skip

        assert article.body == "<p>From <strong>outside</strong></p>"
        assert codes(article) == ["embedded-part-read"]

    def test_a_table_of_contents_and_prompts_are_left_out(self):
        article = read(
            para("T", "Title")
            + para(field("TOC \\o", "Why 1"))
            + f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{para('Click here')}</w:sdtContent></w:sdt>"
            + para("Words.")
        )

        assert article.body == "<p>Words.</p>"
        assert [w.text for w in noted(article, "furniture-left-out")] == ["Why 1", "Click here"]


class TestNotes:
    def test_a_note_that_cites_is_a_citation(self):
        article = read(
            para("T", "Title") + para(run("It helps") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(".")),
            footnotes=f'<w:footnote w:id="2">{para("Doe J. A trial. J Fict. 2020;1:2. doi:10.5555/xyz")}</w:footnote>',
        )  # fmt: skip

        assert article.body == '<p>It helps<cite data-refs="imported-1"></cite>.</p>'
        assert article.references[0].csl["DOI"] == "10.5555/xyz"

    def test_another_note_moves_to_the_end_with_its_mark_in_words(self):
        article = read(
            para("T", "Title") + para(run("It helps") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(".")),
            footnotes=f'<w:footnote w:id="2">{para("In adults only.")}</w:footnote>',
        )  # fmt: skip

        assert article.body == (
            "<p>It helps (note 1).</p><h2>Notes</h2><ol><li><p>In adults only.</p></li></ol>"
        )
        assert [(w.code, w.line) for w in article.warnings] == [("footnote-moved", 2)]


def test_strict_documents_are_read_as_transitional_ones():
    files = parts(para("T", "Title") + para(run("x", "<w:b/>")))
    strict = {
        name: str(content)
        .replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            f"{STRICT}wordprocessingml/main",
        )
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            f"{STRICT}officeDocument/relationships",
        )
        for name, content in files.items()
    }
    article = read_bytes(zipped(strict))

    assert f'"{STRICT}wordprocessingml/main"' in strict["word/document.xml"]
    assert (article.title, article.body) == ("T", "<p><strong>x</strong></p>")


def test_the_language_is_the_documents_own_unless_its_words_contradict():
    german = '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:rPrDefault></w:docDefaults>'
    words = para("Schlaf", "Title") + para("Der Schlaf ist für den Menschen nicht zu ersetzen.")

    assert read(words, styles=german + STYLES).language == "de"
    assert read(words).language == "en"
    english = para("Sleep", "Title") + para("The sleep of the just is for all and not in vain.")
    assert read(english, styles=german + STYLES).language == "en"


def test_fields_that_nobody_closed_lose_no_words():
    article = read(para("T", "Title") + para('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("Words.")))  # fmt: skip

    assert article.body == "<p>Words.</p>"


def test_a_document_without_words_is_refused():
    with pytest.raises(ImportRefused, match="no text"):
        read(para(""))


def test_a_title_alone_is_noted():
    article = read(para("T", "Title"))

    assert (article.title, article.body, codes(article)) == ("T", "", ["empty-body"])
