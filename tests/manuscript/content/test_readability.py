import pytest

from manuscript.content.lines import parts
from manuscript.content.readability import (
    flesch_kincaid,
    reading,
    readings,
    sentence_length,
    smog_grade,
    syllables,
)

pytestmark = pytest.mark.pure

EASY = ["The cat sat on the mat.", "The dog ran to the cat.", "The cat hid in the box.", "The dog went home to bed.", "They had a good long day."]  # fmt: skip
HARD = [
    "Immunosuppressive pharmacotherapy necessitates individualised consideration of comorbidities.",
    "Interstitial abnormalities frequently deteriorate despite appropriate interventions.",
    "Multidisciplinary evaluation facilitates differentiation between alternative aetiologies.",
    "Randomised investigations consistently demonstrate heterogeneous physiological responses.",
    "Immunological determinants occasionally predict unfavourable cardiovascular complications.",
]
# Counted by hand.
COUNTED = {
    1: "the lungs breathe heart blood clots nurse joints weight asked tired year months named caused whole tests dose",
    2: "disease treatment patients people table little doctor immune system breathing guideline study cancer vaccine increase "
    "reduced treated hospital's tissue virus likely women oral swollen painful because before tablets bleeding fatigue measure "
    "started pressure muscle knuckles movement statement careful useful handled rhythm trying playing apple cases doses",
    3: "medicine infection evidence serious arthritis available-ish possible unlikely area benefit uncertain oxygen fibrosis "
    "viruses previous various obvious reaction idea quality usual manual stadium museum physician injection together exercise",
    4: "inflammation recommended methotrexate rituximab cholesterol radiation medication alternative experience variety "
    "analysis material actually society mechanism interstitial bacteria diagnosis continuous organism",
    5: "tofacitinib tuberculosis association mycophenolate individual cyclophosphamide",
}


class TestSyllables:
    def test_is_right_for_more_than_nine_in_ten_words(self):
        words = [(word, count) for count, line in COUNTED.items() for word in line.split()]
        wrong = [word for word, count in words if syllables(word) != count]

        assert len(words) > 110
        assert len(wrong) < len(words) / 10, wrong

    @pytest.mark.parametrize(("word", "count"), [("patient’s", 2), ("JAK-inhibitor", 5), ("x", 1)])
    def test_takes_words_apart_at_hyphens_and_leaves_endings_out(self, word, count):
        assert syllables(word) == count


class TestFormulas:
    def test_flesch_kincaid_is_the_published_formula(self):
        assert flesch_kincaid(10, 100, 150) == pytest.approx(0.39 * 10 + 11.8 * 1.5 - 15.59)

    def test_smog_is_the_published_formula(self):
        assert smog_grade(30, 25) == pytest.approx(1.0430 * 5 + 3.1291)


class TestReading:
    def test_an_easy_text_is_far_below_a_hard_one(self):
        easy, hard = reading(EASY, "en"), reading(HARD, "en")

        assert easy.value is not None
        assert easy.value < 2
        assert hard.value is not None
        assert hard.value > 20
        assert easy.smog < hard.smog

    def test_known_counts_give_the_known_grade(self):
        found = reading(EASY, "en")

        # 30 words, 5 sentences, every word of one syllable.
        assert (found.sentences, found.words) == (5, 30)
        assert found.value == round(0.39 * 6 + 11.8 - 15.59, 1)

    def test_numbers_do_not_count_as_words(self):
        with_numbers = [sentence.replace(" on ", " on 1,234 ") for sentence in EASY]

        assert reading(with_numbers, "en") == reading(EASY, "en")

    @pytest.mark.parametrize(
        "sentences", [EASY[:2], ["Short one.", "So is this.", "And this."], []]
    )
    def test_too_little_text_has_no_grade(self, sentences):
        assert reading(sentences, "en").value is None

    def test_chinese_has_no_grade_but_a_mean_length(self):
        found = reading(["托法替布是一种药。", "它有风险。", "请问医生。"], "zh")

        assert (found.measure, found.value, found.smog) == ("characters", 5.3, None)

    def test_another_language_gets_lix_and_no_grade(self):
        sentences = ["Das ist ein kurzer Satz mit zehn kleinen deutschen Wörtern."] * 3

        found = reading(sentences, "de")

        assert (found.measure, found.smog) == ("lix", None)
        assert found.value == round(10 + 100 * 3 / 10, 1)

    def test_a_long_sentence_is_counted_in_the_units_of_its_language(self):
        assert sentence_length("Take 5 mg every day.", "en") == 4
        assert sentence_length("每日一次。", "zh") == 4


class TestReadings:
    def test_reads_each_section_without_headings_tables_and_citations(self):
        easy = "".join(f"<p>{sentence}</p>" for sentence in EASY)
        body = (
            f'<p>{EASY[0]}<cite data-refs="a"></cite></p><h2>Immunosuppressive pharmacotherapy</h2>{easy}'
            "<table><tbody><tr><td><p>Multidisciplinary evaluation facilitates.</p></td></tr></tbody></table>"
        )

        before, under = readings(parts(body), "en")

        assert (before.heading, before.reading.value) == ("", None)
        assert under.reading == reading(EASY, "en")
