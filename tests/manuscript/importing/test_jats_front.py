"""JATS XML: what its front says, which files are refused, and how their characters are read."""

import pytest

from manuscript.importing import ImportRefused, read_article
from tests.manuscript.importing.journals import body_of, jats
from tests.manuscript.importing.reading import codes, noted

pytestmark = pytest.mark.pure


class TestFront:
    def test_a_title_has_no_marks(self):
        assert read_article(jats("<p>x</p>")).title == "An invented trial"

    def test_a_short_abstract_is_the_summary(self):
        article = read_article(
            jats(
                "<p>x</p>",
                meta="<abstract><sec><title>Aim</title><p>To try.</p></sec><sec><title>Conclusion</title><p>Tried.</p></sec></abstract>",
            )
        )

        assert article.summary == "Aim: To try. Conclusion: Tried."
        assert noted(article, "abstract-set-aside")[0].text == "Aim\nTo try.\nConclusion\nTried."
        assert "Conclusion" not in article.body

    def test_of_a_long_abstract_the_conclusion_is_the_summary(self):
        long = "word " * 300

        def summary(heading):
            return read_article(
                jats(
                    "<p>x</p>",
                    meta=f"<abstract><sec><title>Aim</title><p>{long}</p></sec><sec><title>{heading}</title><p>Tried.</p></sec></abstract>",
                )
            ).summary

        assert summary("Conclusions") == "Tried."
        assert summary("Findings") == ""

    def test_an_editors_summary_is_no_summary(self):
        article = read_article(
            jats(
                "<p>x</p>",
                meta='<abstract abstract-type="editor"><title>For editors</title><p>Their words.</p></abstract>',
            )
        )

        assert article.summary == ""
        assert "(editor) For editors" in noted(article, "abstract-set-aside")[0].text

    def test_the_licence_is_kept_with_its_address(self):
        licence = "<permissions><copyright-statement>© Nobody</copyright-statement><license xlink:href='https://creativecommons.org/licenses/by/4.0/'><license-p>Open.</license-p></license></permissions>"

        article = read_article(jats("<p>x</p>", meta=licence))

        assert article.licence == "https://creativecommons.org/licenses/by/4.0/ Open. © Nobody"
        assert "licence-noted" in codes(article)

    def test_a_date_of_publication_is_no_update(self):
        published = (
            "<pub-date pub-type='epub'><day>1</day><month>2</month><year>2020</year></pub-date>"
        )
        updated = "<history><date date-type='updated'><day>3</day><month>4</month><year>2021</year></date></history>"

        assert read_article(jats("<p>x</p>", meta=published)).updated_on is None
        assert (
            str(read_article(jats("<p>x</p>", meta=published + updated)).updated_on) == "2021-04-03"
        )

    def test_what_comes_behind_is_set_aside_with_its_words(self):
        article = read_article(
            jats(
                "<p>x</p>",
                meta="<funding-group><funding-statement>Nobody paid.</funding-statement></funding-group><kwd-group><kwd>gout</kwd></kwd-group>",
                back="<ack><p>Thanks to nobody.</p></ack><glossary><def-list><def-item><term>A</term><def><p>b</p></def></def-item></def-list></glossary>"
                "<app-group><app><title>Appendix</title><p>Kept here.</p></app></app-group>",
            )
        )

        assert noted(article, "acknowledgements-set-aside")[0].text == "Thanks to nobody."
        assert noted(article, "funding-set-aside")[0].text == "Nobody paid."
        assert "glossary-set-aside" in codes(article)
        assert "Keywords: gout" in [w.text for w in noted(article, "metadata-set-aside")]
        assert "<h2>Appendix</h2><p>Kept here.</p>" in article.body


class TestRefusals:
    @pytest.mark.parametrize(
        ("kind", "related", "said"),
        [
            ("retraction", "retracted-article", "a retraction notice of 10.5555/paper"),
            ("other", "retracted-article", "a retraction notice of 10.5555/paper"),
            ("correction", "corrected-article", "a correction of 10.5555/paper"),
            ("expression-of-concern", "object-of-concern", "an expression of concern of"),
        ],
    )
    def test_notices(self, kind, related, said):
        link = f'<related-article related-article-type="{related}" xlink:href="info:doi/10.5555/paper"/>'

        with pytest.raises(ImportRefused, match=f"This is {said}"):
            read_article(jats("<p>The article is retracted.</p>", meta=link, kind=kind))

    def test_retracted_articles(self):
        link = '<related-article related-article-type="retraction-forward" xlink:href="10.5555/notice"/>'

        with pytest.raises(ImportRefused, match=r"retracted or withdrawn \(see 10\.5555/notice\)"):
            read_article(jats("<p>Words.</p>", meta=link))
        marked = jats("<p>Words.</p>").replace(b"An invented", b"RETRACTED: An invented")
        with pytest.raises(ImportRefused, match="retracted or withdrawn"):
            read_article(marked)

    def test_a_study_that_replaces_a_retracted_one_is_an_article(self):
        link = (
            '<related-article related-article-type="retracted-article" xlink:href="10.5555/old"/>'
        )

        assert read_article(jats("<p>Words.</p>", meta=link)).title == "An invented trial"

    def test_a_study_about_retraction_is_an_article(self):
        about = jats("<p>Words.</p>").replace(b"An invented", b"Retracted articles: an invented")

        assert read_article(about).title.startswith("Retracted articles")

    def test_a_corrected_article_is_read_and_the_correction_noted(self):
        link = (
            '<related-article related-article-type="correction-forward" xlink:href="10.5555/fix"/>'
        )

        article = read_article(jats("<p>Words.</p>", meta=link))

        assert "10.5555/fix" in noted(article, "article-has-notice")[0].text

    def test_records_without_a_body(self):
        with pytest.raises(ImportRefused, match="has no body"):
            read_article(jats("").replace(b"<body></body>", b""))
        with pytest.raises(ImportRefused, match="was withdrawn"):
            read_article(jats("<p>This article has been withdrawn by its authors.</p>"))

    def test_several_articles_and_none(self):
        with pytest.raises(ImportRefused, match="2 articles"):
            read_article(b"<pmc-articleset><article/><article/></pmc-articleset>")
        with pytest.raises(ImportRefused, match="no JATS article"):
            read_article(b"<book/>", format="jats")


class TestCharacters:
    def test_named_characters_that_only_a_dtd_declares(self):
        article = read_article(
            jats("<p>&alpha;&nbsp;&le;&nbsp;5&thinsp;&micro;g &unheard; &lt;</p>")
        )

        assert "α ≤ 5 µg &amp;unheard; &lt;" in article.body
        assert [w.text for w in noted(article, "unknown-entity")] == ["&unheard;"]

    def test_a_files_own_short_names_and_its_pictures(self):
        doctype = '<!DOCTYPE article SYSTEM "a.dtd" [<!ENTITY drug "invented&#x2d;mab"> <!ENTITY f1 SYSTEM "f1.gif" NDATA GIF>]>'

        assert "invented-mab" in body_of("<p>&drug;</p>", doctype=doctype)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
    def test_the_declared_encoding_is_honoured(self, encoding):
        source = jats("<p>Sjögren ½</p>").decode().replace("UTF-8", encoding)

        assert "<p>Sjögren ½</p>" in read_article(source.encode(encoding)).body
