import pytest

from manuscript.content.lines import parts
from manuscript.content.terms import Term, abbreviations, used_terms

pytestmark = pytest.mark.pure

CYTOKINE = Term("Cytokine", "", "A small messenger protein.")
JAKI = Term("JAK inhibitor", "JAKi", "A tablet that blocks Janus kinases.")


def found(text):
    return {one.text: one for one in abbreviations(parts(text))}


class TestAbbreviations:
    @pytest.mark.parametrize(
        "text",
        [
            "Interstitial lung disease (ILD) scars. ILD is slow.",
            "ILD (interstitial lung disease) scars.",
            "ILD stands for interstitial lung disease.",
            "Interstitial lung diseases (ILDs) scar.",
            "Interstitial lung disease, or ILD, scars.",
            "Interstitial lung disease, also called ILD, scars.",
            "ILD, or interstitial lung disease, scars.",
            "间质性肺病（ILD）会留疤。",
            "间质性肺病（interstitial lung disease，ILD）会留疤。",
            "An interstitial pattern of lung disease (severe; ILD) was seen.",
        ],
    )
    def test_is_explained_beside_its_long_form(self, text):
        assert found(f"<p>{text}</p>")["ILD"].explained_at_first_use

    @pytest.mark.parametrize(
        "text",
        [
            "ILD scars.",
            "It scars (ILD).",
            "ILD (see below) scars.",
            "The form (ILD) scars.",
            "Fever, or ILD, scars.",
        ],
    )
    def test_is_not_explained_by_any_parenthesis(self, text):
        assert found(f"<p>{text}</p>")["ILD"].explained is None

    def test_knows_when_the_explanation_comes_late(self):
        one = found("<p>ILD scars. Interstitial lung disease (ILD) is slow.</p>")["ILD"]

        assert one.explained is not None
        assert not one.explained_at_first_use
        assert one.uses == 2

    def test_takes_compounds_plurals_and_numbers_apart(self):
        assert list(found("<p>SjD-ILD, JAK1, tsDMARDs and IL-6.</p>")) == [
            "SjD",
            "ILD",
            "JAK",
            "tsDMARD",
            "IL",
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "5 mL",
            "type II",
            "phase IV",
            "Xeljanz",
            "pH 7",
            "A",
            "www.EXAMPLE.invalid",
            "STOP SMOKING BEFORE THE OPERATION",
        ],
    )
    def test_units_numerals_names_and_shouting_are_none(self, text):
        assert not found(f"<p>{text}</p>")

    def test_a_heading_is_no_use(self):
        assert not found("<h2>ILD</h2><p>text</p>")


class TestUsedTerms:
    def used(self, text, *terms):
        return used_terms(parts(f"<p>{text}</p>"), terms or (CYTOKINE, JAKI))

    @pytest.mark.parametrize(
        "text",
        [
            "A cytokine (a messenger) acts.",
            "A cytokine is a messenger.",
            "Cytokines: messengers.",
            "A messenger called cytokine acts.",
            "Cytokines, which are messengers, act.",
            "Cytokines – messengers – act.",
            "A messenger, or cytokine, is small.",
            "Messengers, that is, cytokines, are small.",
            "A cytokine, also called a messenger, is small.",
            "Cytokines are also known as messengers.",
        ],
    )
    def test_is_explained(self, text):
        (one,) = self.used(text)

        assert one.explained is not None

    @pytest.mark.parametrize(
        "text",
        [
            "A cytokine acts.",
            "Many cytokines act, and more.",
            "CYTOKINE levels.",
            "Salt, water, or cytokines, act.",
        ],
    )
    def test_is_used_without_explanation(self, text):
        (one,) = self.used(text)

        assert one.explained is None
        assert one.term == CYTOKINE

    def test_the_longer_term_wins(self):
        inhibitor = Term("Inhibitor", "", "What inhibits.")

        assert [one.term for one in self.used("A JAK inhibitor acts.", JAKI, inhibitor)] == [JAKI]

    def test_part_of_a_word_is_no_use(self):
        assert self.used("Cytokinesis.") == []

    def test_chinese_terms_need_no_spaces(self):
        (one,) = self.used("这种细胞因子起作用。", Term("细胞因子", "", "信使蛋白。"))

        assert one.explained is None

    def test_no_glossary_finds_nothing(self):
        assert used_terms(parts("<p>A cytokine.</p>"), ()) == []
