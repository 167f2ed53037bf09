"""HTML: a page's article without the page, and what Word and Google Docs put on the clipboard."""

import base64
import re

import pytest

from manuscript.importing import ImportRefused, counts, read_article
from manuscript.importing.docx.changes import TrackedChanges
from tests.manuscript.importing.reading import cited, codes, labels, noted

pytestmark = pytest.mark.pure

LONG = "Colchicine is an invented example here and says nothing about patients at all. " * 4


def page(body: str, *, head: str = "", lang: str = "en") -> bytes:
    return f'<!DOCTYPE html><html lang="{lang}"><head><title>Gout in words | A site</title>{head}</head><body>{body}</body></html>'.encode()


class TestAPage:
    def test_only_its_article_is_read_and_the_rest_is_noted(self):
        article = read_article(
            page(
                "<header><a href='/'>A site</a></header><nav>Home About</nav><div id='cookie-consent'>We use cookies</div>"
                f"<main><h1>Gout</h1><p>{LONG}</p><form><input name=q><button>Ask</button></form><aside>Buy this</aside></main>"
                "<footer>© Nobody</footer><script>alert(1)</script>"
            )
        )

        out = " ".join(w.text for w in noted(article, "furniture-left-out"))
        assert article.title == "Gout"
        assert re.sub(r"\s+", " ", article.body) == f"<p>{LONG.strip()}</p><p>Buy this</p>"
        assert all(
            words in out for words in ("A site", "Home About", "We use cookies", "Ask", "© Nobody")
        )

    def test_without_a_heading_the_page_title_is_taken_without_the_site(self):
        article = read_article(page(f"<article><p>{LONG}</p></article>"))

        assert article.title == "Gout in words"
        assert "title-guessed" in codes(article)

    def test_headings_begin_at_two(self):
        article = read_article(
            page(f"<h1>Gout</h1><h3>Causes</h3><p>{LONG}</p><h4>Food</h4><p>{LONG}</p>")
        )

        assert re.findall(r"<(h\d)>(.*?)</h\d>", article.body) == [("h2", "Causes"), ("h3", "Food")]
        assert "level-changed" in codes(article)

    def test_its_furniture_lines_dates_and_disclaimer_are_recognised_as_in_text(self):
        article = read_article(
            page(
                f"<h1>Gout</h1><p>Share</p><p>Last updated: 2025-08-25</p><p>{LONG}</p><h2>Disclaimer</h2><p>This page is for general information only and does not replace medical advice.</p>"
            )
        )

        assert str(article.updated_on) == "2025-08-25"
        assert len(article.disclaimers) == 1
        assert "Share" in [w.text for w in noted(article, "furniture-left-out")]
        assert "replace medical advice" not in article.body

    def test_another_language_is_told(self):
        article = read_article(page(f"<h1>Gicht</h1><p>{LONG}</p>", lang="de"))

        assert "'de'" in noted(article, "script-language")[0].proposal

    def test_a_declared_encoding_is_honoured(self):
        data = page(f"<h1>Sjögren</h1><p>{LONG}</p>", head='<meta charset="windows-1252">')

        assert read_article(data.decode().encode("cp1252")).title == "Sjögren"

    def test_links_within_the_site_need_its_address(self):
        body = f"<h1>Gout</h1><p>{LONG} <a href='/diet'>Diet</a></p>"

        bare = read_article(page(body))
        known = read_article(
            page(body, head='<link rel="canonical" href="https://site.example/gout">')
        )

        assert noted(bare, "link-left-out")[0].text == "[Diet](/diet)"
        assert '<a href="https://site.example/diet">Diet</a>' in known.body


class TestContent:
    def test_tables_keep_their_spans_and_layout_tables_vanish(self):
        article = read_article(
            page(
                f"<table><tr><td><h1>Gout</h1><p>{LONG}</p><table><caption>Doses</caption><tr><th>A</th><th>B</th></tr><tr><td colspan=2>c</td></tr></table></td></tr></table>"
            )
        )

        assert counts(article)["tables"] == 1
        assert (
            "<table><caption>Doses</caption><thead><tr><th><p>A</p></th><th><p>B</p></th></tr></thead>"
            '<tbody><tr><td colspan="2"><p>c</p></td></tr></tbody></table>' in article.body
        )

    def test_figures_keep_their_caption_and_ask_for_their_image(self):
        article = read_article(
            page(
                f"<h1>Gout</h1><p>{LONG}</p><figure><img src='/a.png' alt='A toe'><figcaption>A <b>toe</b></figcaption></figure><p>x <img src=icon.png alt=icon width=16></p>"
            )
        )

        assert (
            '<figure data-figure="imported-figure-1" data-alt="A toe"><figcaption>A <strong>toe</strong></figcaption></figure>'
            in article.body
        )
        assert "/a.png" in noted(article, "figure-without-image")[0].text
        assert "icon.png" in noted(article, "image-left-out")[0].text

    def test_an_embedded_image_comes_along(self):
        data = b"\x89PNG\r\n\x1a\n" + b"x" * 40
        source = base64.b64encode(data).decode()

        article = read_article(
            page(
                f"<h1>Gout</h1><p>{LONG}</p><p><img alt='A toe' src='data:image/png;base64,{source}'></p>"
            )
        )

        (figure,) = article.figures
        assert (figure.key, figure.name, figure.data) == (
            "imported-figure-1",
            "imported-figure-1.png",
            data,
        )
        assert 'data-figure="imported-figure-1"' in article.body
        assert "figure-without-image" not in codes(article)

    def test_marks_may_be_styles(self):
        body = read_article(
            b'<h1>Gout</h1><p>A <span style="font-weight:700">bold</span> H<span style="vertical-align:sub">2</span>O <i>x</i></p>'
        ).body

        assert "<strong>bold</strong> H<sub>2</sub>O <em>x</em>" in body


class TestReferences:
    def test_citing_anchors_become_atoms(self):
        article = read_article(
            page(
                f"<h1>Gout</h1><p>{LONG}<sup><a href='#ref-1'>1</a>,<a href='#ref-2'>2</a></sup> and 10<sup>9</sup>/L [<a href='#ref-2'>2</a>].</p>"
                "<h2>References</h2><ol><li id='ref-1'>Fictional A. <a href='https://doi.org/10.5555/one'>First</a>. 2020. <a href='#back'>↩</a></li><li id='ref-2'><a href='https://site.example/two'>Second page</a></li></ol>"
            )
        )

        assert cited(article) == ["1 2", "2"]
        assert labels(article) == ["1", "2"]
        assert article.references[0].csl["DOI"] == "10.5555/one"
        assert article.references[1].csl["title"] == "Second page"
        assert "10<sup>9</sup>/L" in article.body
        assert "References" not in article.body
        assert "reference-list-set-aside" in codes(article)

    def test_typed_numbers_and_a_list_under_its_heading(self):
        article = read_article(
            page(
                f"<h1>Gout</h1><p>{LONG}[1]</p><p>{LONG}<sup>2</sup></p><h2>References</h2><ol><li>Fictional A. First. J Inv. 2020;1:1-2.</li><li>https://site.example/two</li></ol>"
            )
        )

        assert cited(article) == ["1", "2"]
        assert labels(article) == ["1", "2"]

    def test_an_encyclopedias_markers(self):
        article = read_article(
            page(
                f"<h1>Gout</h1><p>{LONG}<sup class='reference' id='cite_ref-a-1'><a href='#cite_note-a-1'>[1]</a></sup></p><h2>References<span class='mw-editsection'>[edit]</span></h2>"
                "<ol class='references'><li id='cite_note-a-1'><span class='mw-cite-backlink'>^ <a href='#cite_ref-a-1'>a</a></span> <span class='reference-text'>Fictional (2020). <a href='https://site.example/x'>\"A page\"</a>.</span></li></ol>"
            )
        )

        assert cited(article) == ["1"]
        assert article.references[0].csl["title"] == "A page"

    def test_notes_that_are_no_sources_stand_below_their_paragraph(self):
        article = read_article(
            page(
                f"<h1>Gout</h1><p>{LONG}<sup><a href='#n1'>1</a></sup></p><p>{LONG}</p><hr><ol><li id='n1'>Only a remark.</li></ol>"
            )
        )

        assert "<p><sup>1</sup> Only a remark.</p>" in article.body
        assert article.references == ()

    def test_a_link_to_a_doi_is_a_citation(self):
        article = read_article(
            page(f"<h1>Gout</h1><p>{LONG}<a href='https://doi.org/10.5555/x'>a trial</a></p>")
        )

        assert cited(article) == ["1"]
        assert "link-made-citation" in codes(article)


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<p class=MsoTitle>Invented gout</p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>{open}<span style='mso-list:Ignore'>1.<span>&nbsp; </span></span>{close}First</p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'>{open}<span style='mso-list:Ignore'>a.<span>&nbsp; </span></span>{close}Below <b>first</b></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'>{open}<span style='mso-list:Ignore'>2.<span>&nbsp; </span></span>{close}Second</p>
<p class=MsoNormal>Between.</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>{open}<span style='mso-list:Ignore'>3.<span>&nbsp; </span></span>{close}Third</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'>{open}<span style='font-family:Symbol;mso-list:Ignore'>·<span>&nbsp; </span></span>{close}Bullet</p>
<!--EndFragment--></body></html>"""


class TestClipboards:
    @pytest.mark.parametrize(
        ("opened", "closed"),
        [
            ("<!--[if !supportLists]-->", "<!--[endif]-->"),
            ("<![if !supportLists]>", "<![endif]>"),
        ],
    )
    def test_word_lists_are_lists_again(self, opened, closed):
        article = read_article(WORD.format(open=opened, close=closed).encode())

        assert article.title == "Invented gout"
        assert article.body == (
            "<ol><li><p>First</p><ol><li><p>Below <strong>first</strong></p></li></ol></li><li><p>Second</p></li></ol>"
            '<p>Between.</p><ol start="3"><li><p>Third</p></li></ol><ul><li><p>Bullet</p></li></ul>'
        )

    def test_google_docs_nests_lists_right_in_lists(self):
        article = read_article(
            b'<meta charset="utf-8"><b style="font-weight:normal" id="docs-internal-guid-1"><h1>Gout</h1><ol><li><p>a</p></li><ol><li><p>b</p></li></ol><li><p>c</p></li></ol>'
            b'<p><span style="font-weight:700">Bold</span> plain</p></b>'
        )

        assert article.title == "Gout"
        assert (
            "<ol><li><p>a</p><ol><li><p>b</p></li></ol></li><li><p>c</p></li></ol>" in article.body
        )
        assert "<p><strong>Bold</strong> plain</p>" in article.body

    def test_a_piece_of_markup_is_told_from_text(self):
        article = read_article(b"<article><h1>Gout</h1><p>Words of it stand here.</p></article>")
        assert (article.title, article.body) == ("Gout", "<p>Words of it stand here.</p>")
        assert read_article(b"<p>One</p><p>Two words follow.</p>").body.count("<p>") == 1
        assert "&lt;5 mg" in read_article(b"A title\n\n<5 mg is little, and more words.").body
        assert "html-dropped" in codes(read_article(b"# A title\n\n<div>**x**</div>", name="a.md"))


class TestTrackedChanges:
    SOURCE = page(
        f"<h1>Gout</h1><p>{LONG} Give <del>two</del><ins>three</ins> tablets<span class='msoDel'> now</span>.</p>"
    )

    def test_are_asked_about(self):
        with pytest.raises(TrackedChanges) as refused:
            read_article(self.SOURCE)
        assert (refused.value.insertions, refused.value.deletions) == (1, 2)

    @pytest.mark.parametrize(
        ("choice", "left"),
        [("accept", "Give three tablets."), ("reject", "Give two tablets now.")],
    )
    def test_are_accepted_or_rejected(self, choice, left):
        assert left in read_article(self.SOURCE, tracked_changes=choice).body


def test_markup_that_holds_no_words_is_refused():
    with pytest.raises(ImportRefused, match="no text of an article"):
        read_article(page("<nav>Home</nav><script>x</script>"))


def test_scripts_and_handlers_do_nothing():
    body = read_article(
        page(
            f"<h1>Gout</h1><p onclick='x()'>{LONG}<a href='javascript:x()'>go</a><img src=x onerror=x()><svg onload=x()></svg></p><iframe src='//evil.example'></iframe><style>p{{}}</style>"
        )
    ).body

    assert not re.search(r"script|on\w+=|<svg|<iframe|<img|style", body)
