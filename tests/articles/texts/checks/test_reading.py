import pytest

from manuscript.content.terms import Term
from tests.articles.texts.checks.making import found

pytestmark = pytest.mark.pure

HARD = " ".join(["Immunosuppressive pharmacotherapy necessitates individualised consideration of comorbidities everywhere."] * 4)  # fmt: skip
EASY = " ".join(["The cat sat on the mat and the dog ran home."] * 4)
ILD = Term("Interstitial lung disease", "ILD", "One of many diseases that scar the lung.")
CYTOKINE = Term("Cytokine", "", "A small messenger protein. It steers inflammation.")


class TestReadingGrade:
    def test_tells_section_grade_and_aim(self):
        body = f"<h2>Easy</h2><p>{EASY}</p><h2>Hard</h2><p>{HARD}</p>"

        (one,) = found("reading-grade", body, reading_grade=8, audience="Public")

        assert (one.section, one.severity) == ("Hard", "advisory")
        assert "8" in one.message
        assert one.sentence

    @pytest.mark.parametrize(
        "facts",
        [{"reading_grade": None}, {"reading_grade": 42}, {"reading_grade": 8, "language": "zh"}],
    )
    def test_is_silent_without_an_aim_below_it_and_without_a_grade(self, facts):
        assert not found("reading-grade", f"<p>{HARD}</p>", **facts)


class TestAbbreviationNotExpanded:
    def test_offers_what_the_glossary_has(self):
        (one,) = found("abbreviation-not-expanded", "<p>ILD is slow.</p>", terms=(ILD,))

        assert (one.words, one.insertion) == ("ILD", " (interstitial lung disease)")
        assert "nowhere" in one.message

    def test_tells_a_late_explanation_apart(self):
        body = "<p>ILD is slow. Interstitial lung disease (ILD) scars.</p>"

        assert "before" in found("abbreviation-not-expanded", body)[0].message

    def test_what_professionals_know_is_told_to_others_only(self):
        assert not found("abbreviation-not-expanded", "<p>CT shows DNA.</p>")
        assert [
            one.words
            for one in found(
                "abbreviation-not-expanded", "<p>CT shows DNA.</p>", is_professional=False
            )
        ] == ["CT"]

    def test_an_explained_one_is_left_alone(self):
        assert not found(
            "abbreviation-not-expanded", "<p>Interstitial lung disease (ILD) scars.</p>"
        )


class TestUndefinedTerm:
    def test_offers_the_definition_to_insert(self):
        (one,) = found(
            "undefined-term", "<p>Many cytokines act.</p>", terms=(CYTOKINE,), is_professional=False
        )

        assert (one.words, one.insertion) == ("cytokines", " (a small messenger protein)")

    def test_chinese_is_inserted_in_its_own_parentheses(self):
        term = Term("细胞因子", "", "信使蛋白。")

        (one,) = found(
            "undefined-term",
            "<p>这种细胞因子起作用。</p>",
            terms=(term,),
            is_professional=False,
            language="zh",
        )

        assert one.insertion == "（信使蛋白）"

    def test_professionals_need_no_definition(self):
        assert not found("undefined-term", "<p>Many cytokines act.</p>", terms=(CYTOKINE,))

    def test_an_inserted_definition_mends_it(self):
        body = "<p>Many cytokines (a small messenger protein) act.</p>"

        assert not found("undefined-term", body, terms=(CYTOKINE,), is_professional=False)


class TestMissingTreatmentPart:
    CODE = "missing-treatment-part"
    WHOLE = (
        "<p>It is effective. It has side effects. There are other treatments. Without treatment it gets worse. "
        "Much is unclear.</p>"
    )

    def test_tells_each_part_that_is_missing_and_how_it_decided(self):
        missing = found(self.CODE, "<p>It is a tablet.</p>", title="Does specimentinib help?")

        assert len(missing) == 4
        assert all("specimentinib" in one.remedy for one in missing)

    def test_a_whole_text_misses_nothing(self):
        assert not found(self.CODE, self.WHOLE, title="Does treatment help?")

    @pytest.mark.parametrize(
        "part", ["is effective", "side effects", "other treatments", "Without treatment", "unclear"]
    )
    def test_each_part_is_missed(self, part):
        assert len(found(self.CODE, self.WHOLE.replace(part, "x"), title="Is surgery done?")) == 1

    def test_a_heading_decides_where_the_question_does_not(self):
        assert found(self.CODE, "<h2>Treatment</h2><p>x</p>", title="What is asthma?")

    def test_a_text_on_something_else_is_left_alone(self):
        assert not found(self.CODE, "<h2>Causes</h2><p>x</p>", title="What is asthma?")

    def test_reads_chinese(self):
        whole = "<p>有效。有风险。也可选其他治疗。不治疗会加重。证据有限。</p>"

        assert not found(self.CODE, whole, title="怎样治疗？", language="zh")
        assert len(found(self.CODE, "<p>这是药。</p>", title="怎样治疗？", language="zh")) == 5

    def test_a_language_without_lists_is_left_alone(self):
        assert not found(self.CODE, "<p>x</p>", title="Tofacitinib?", language="de")
