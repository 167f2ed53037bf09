import pytest

from tests.articles.texts.checks.making import cite, found, notice, source

pytestmark = pytest.mark.pure


class TestDanglingCitation:
    def test_names_key_number_and_sentence(self):
        body = f"<h2>Head</h2><p>One.{cite('a')} Two.{cite('b')}</p>"

        (one,) = found("dangling-citation", body, sources=[source("a")])

        assert (one.citation_number, one.section, one.sentence) == (2, "Head", "Two.")
        assert "b" in one.message

    def test_finds_one_in_a_heading(self):
        assert found("dangling-citation", f"<h2>Head{cite('a')}</h2><p>x</p>")[0].words == "Head"


class TestUnidentifiedReference:
    def test_names_the_reference_to_mend(self):
        sources = [source("a", is_identified=False), source("b", 8)]

        (one,) = found("unidentified-reference", f"<p>x{cite('b', 'a')}</p>", sources=sources)

        assert (one.reference_id, one.citation_number, one.severity) == (7, 2, "blocking")

    def test_it_is_called_by_its_words_and_says_what_a_web_page_needs(self):
        page = source(
            "source-c",
            is_identified=False,
            called="https://pages.example/",
            web_page_needs="A web page needs its title.",
        )

        (one,) = found("unidentified-reference", f"<p>x{cite('source-c')}</p>", sources=[page])

        assert "cited as 1 (https://pages.example/)" in one.message
        assert one.remedy == "A web page needs its title."


class TestRetractedSourceWithoutComment:
    CODE = "retracted-source-without-comment"

    def retracted(self, *more):
        return [source("a", notices=(notice("RETRACTION", 2), *more)), source("b", 8)]

    @pytest.mark.parametrize(
        "body",
        [
            f"<p>It worked.{cite('a')}</p>",
            f"<p>It worked.{cite('a')}</p><p>It was retracted.</p>",
            f"<ul><li><p>It worked.{cite('a')}</p></li><li><p>It was retracted.</p></li></ul>",
            f"<p>It was retracted.{cite('a')}</p><p>It worked.{cite('a')}</p>",
            f"<h2>Head{cite('a')}</h2><p>It was retracted.</p>",
        ],
    )
    def test_blocks_where_the_paragraph_does_not_say_so(self, body):
        (one,) = found(self.CODE, body, sources=self.retracted())

        assert (one.severity, one.reference_id, one.citation_number) == ("blocking", 7, 1)

    @pytest.mark.parametrize(
        "body",
        [
            f"<p>It worked.{cite('a')} The study was retracted since.</p>",
            f"<p>The journal withdrew the study.{cite('a')}</p>",
            f"<h2>Retracted studies</h2><p>It worked.{cite('a')}</p>",
            f"<p>It worked.{cite('b')}</p>",
        ],
    )
    def test_is_content_where_it_is_said(self, body):
        assert not found(self.CODE, body, sources=self.retracted())

    def test_knows_the_chinese_words(self):
        facts = {"sources": self.retracted(), "language": "zh"}

        assert found(self.CODE, f"<p>该研究有效。{cite('a')}</p>", **facts)
        assert not found(self.CODE, f"<p>该研究已被撤稿。{cite('a')}</p>", **facts)

    def test_a_reinstatement_of_that_day_or_later_lifts_it_and_an_earlier_one_does_not(self):
        body = f"<p>It worked.{cite('a')}</p>"

        for day in (2, 3):
            sources = self.retracted(notice("REINSTATEMENT", day))
            assert not found(self.CODE, body, sources=sources)
        assert found(self.CODE, body, sources=self.retracted(notice("REINSTATEMENT", 1)))

    def test_a_later_correction_does_not_lift_it(self):
        sources = self.retracted(notice("CORRECTION", 3))

        assert found(self.CODE, f"<p>It worked.{cite('a')}</p>", sources=sources)


class TestSourceUnderNotice:
    @pytest.mark.parametrize(
        ("kind", "said"),
        [("CORRECTION", "corrected"), ("EXPRESSION_OF_CONCERN", "concern"), ("RETRACTION", "retracted")],
    )  # fmt: skip
    def test_is_advice_with_the_day(self, kind, said):
        sources = [source("a", notices=(notice(kind),))]

        (one,) = found("source-under-notice", f"<p>Retracted.{cite('a')}</p>", sources=sources)

        assert one.severity == "advisory"
        assert said in one.message
        assert "1 January 2026" in one.message

    def test_the_gravest_is_told_once(self):
        sources = [
            source("a", notices=(notice("CORRECTION", 3), notice("EXPRESSION_OF_CONCERN", 2)))
        ]

        (one,) = found("source-under-notice", f"<p>x{cite('a')}</p>", sources=sources)

        assert "concern" in one.message

    def test_a_retraction_that_blocks_is_not_told_twice(self):
        sources = [source("a", notices=(notice("RETRACTION"),))]

        assert not found("source-under-notice", f"<p>It worked.{cite('a')}</p>", sources=sources)

    def test_a_source_without_notice_is_left_alone(self):
        assert not found("source-under-notice", f"<p>x{cite('a')}</p>", sources=[source("a")])


class TestRepeatedSource:
    @pytest.mark.parametrize(
        "shared",
        [{"doi": "10.5555/x"}, {"pmid": "123"}, {"title_key": "one title"}, {"stands_for": 9}],
    )
    def test_tells_two_entries_for_one_source(self, shared):
        sources = [source("a", 7, **shared), source("b", 8, **shared)]

        (one,) = found("repeated-source", f"<p>x{cite('a')} y{cite('b')}</p>", sources=sources)

        assert one.citation_number == 2

    def test_sources_of_their_own_are_left_alone(self):
        sources = [source("a", 7, doi="10.5555/x"), source("b", 8, doi="10.5555/y")]

        assert not found("repeated-source", f"<p>x{cite('a', 'b')}</p>", sources=sources)


class TestReferenceNeverCited:
    def warned(
        self, text="3 Specimen S. A title of a test. 10.5555/x", code="reference-never-cited"
    ):
        return ({"code": code, "line": 9, "text": text, "proposal": "cite it"},)

    def test_repeats_what_the_importer_found(self):
        (one,) = found("reference-never-cited", "<p>x</p>", import_warnings=self.warned())

        assert "A title of a test" in one.message

    @pytest.mark.parametrize("facts", [{"doi": "10.5555/X"}, {"title": "A title of a TEST"}])
    def test_is_content_once_the_text_cites_it(self, facts):
        sources = [source("a", **facts)]

        assert not found(
            "reference-never-cited",
            f"<p>x{cite('a')}</p>",
            sources=sources,
            import_warnings=self.warned(),
        )

    def test_other_warnings_are_none_of_its_business(self):
        assert not found(
            "reference-never-cited", "<p>x</p>", import_warnings=self.warned(code="mojibake")
        )
