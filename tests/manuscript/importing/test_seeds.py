"""The two pages this project began with."""

from datetime import date

import pytest

from manuscript.importing import ImportedArticle, counts, read_article
from tests.manuscript.importing.reading import cited, codes, labels, noted, seed, words


class TestThePageWithSteps:
    @pytest.fixture(scope="class")
    @staticmethod
    def article() -> ImportedArticle:
        return read_article(seed("002"))

    def test_tells_the_question_from_the_page_heading(self, article):
        assert article.title == (
            "What is the role of Tofacitinib (Janus kinase inhibitor) in treating Interstitial Lung"
            " Disease (ILD) associated with Sjogren's syndrome?"
        )
        assert article.heading == (
            "Role of Tofacitinib in Sjögren's Syndrome-Associated Interstitial Lung Disease"
        )

    def test_counts_what_is_in_it(self, article):
        assert counts(article) == {
            "headings": 9,
            "list_items": 35,
            "max_list_depth": 2,
            "tables": 0,
            "figures": 0,
            "paragraphs": 4,
            "citations": 19,
        }

    def test_leaves_the_furniture_out_and_says_so(self, article):
        out = {warning.line: warning.text for warning in noted(article, "furniture-left-out")}

        assert set(out) == {3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 96, 98}
        assert out[4].startswith("Educational purpose only")
        assert out[98].startswith("Our Medical A.I.")
        for line in out.values():
            assert line not in words(article.body)

    def test_reads_the_date(self, article):
        assert article.updated_on == date(2025, 8, 25)

    def test_sets_the_disclaimer_aside(self, article):
        (disclaimer,) = article.disclaimers

        assert (disclaimer.language, disclaimer.jurisdiction) == ("en", "")
        assert disclaimer.text.startswith("This information is intended for healthcare")
        assert disclaimer.text.endswith("based on this content.")
        assert "Disclaimer" not in words(article.body)

    def test_marks_every_heading_level_as_a_guess(self, article):
        assert [warning.line for warning in noted(article, "level-guessed")] == [
            22, 24, 30, 39, 48, 50, 56, 62, 83,
        ]  # fmt: skip
        assert article.body.count("<h2>") + article.body.count("<h3>") == 9

    def test_nests_the_steps(self, article):
        assert "<ol><li><p>Initial assessment:</p><ul><li><p>Determine severity" in article.body
        assert article.body.count("<ol>") == 1

    def test_finds_the_citations_in_order(self, article):
        assert " ".join(cited(article)) == "1 1 1 1 1 1 1 1 1 2 3 1 4 5 6 4 7 6 1"
        assert labels(article) == ["1", "2", "3", "4", "5", "6", "7"]
        assert not any(reference.identified for reference in article.references)
        assert len(noted(article, "reference-to-identify")) == 7

    def test_finds_citations_inside_lines(self, article):
        assert 'thrombocytopenia)<cite data-refs="imported-3"></cite>, but' in article.body
        assert 'some patients<cite data-refs="imported-5"></cite>, but' in article.body

    @pytest.mark.parametrize("number", ["(2-3g daily)", "0.18 per 100", "≥65 years", "The 2023 "])
    def test_leaves_the_numbers_of_the_text_alone(self, article, number):
        assert number in words(article.body)

    def test_raises_no_false_alarm(self, article):
        assert set(codes(article)) == {
            "disclaimer-set-aside", "furniture-left-out", "level-guessed", "reference-to-identify",
        }  # fmt: skip


class TestTheTranslatedPage:
    @pytest.fixture(scope="class")
    @staticmethod
    def article() -> ImportedArticle:
        return read_article(seed("000"))

    def test_has_a_title_and_five_paragraphs(self, article):
        assert article.title == (
            "Is tofacitinib classified as a targeted agent or a traditional immunomodulator?"
        )
        assert article.heading == ""
        assert counts(article)["paragraphs"] == 5
        assert counts(article)["headings"] == 0

    def test_keeps_the_address_as_a_reference(self, article):
        (reference,) = article.references

        assert reference.csl["URL"] == "https://www.xeljanz.com/"
        assert reference.csl["type"] == "webpage"
        assert not reference.identified

    def test_knows_the_chinese_disclaimer(self, article):
        (disclaimer,) = article.disclaimers

        assert (disclaimer.language, disclaimer.jurisdiction) == ("zh", "CN")
        assert disclaimer.text.startswith("本页面内容来自公开渠道")

    def test_drops_the_stray_media_name(self, article):
        assert [w.text for w in noted(article, "media-name-dropped")] == [".jpeg)"]
        assert "jpeg" not in article.body

    def test_proposes_repairs_and_makes_none(self, article):
        fused = noted(article, "fused-words")

        assert [(w.line, w.proposal) for w in fused] == [
            (3, "a JAK"), (5, "DMARDs Tofacitinib"), (5, "to TNF-α"), (7, "to In"),
        ]  # fmt: skip
        for word in ("aJAK", "DMARDsTofacitinib", "toTNF-α", "toIn"):
            assert sum(word in w.text for w in fused) == 1
            assert word in article.body
        (doubled,) = noted(article, "doubled-term")
        assert (doubled.line, doubled.text) == (2, "Tofacitinib(Tofacitinib)")
        assert doubled.proposal == "Tofacitinib"
        assert "Tofacitinib(Tofacitinib)" in article.body
