"""Folding: one way of writing for what a search takes for the same word."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manuscript.content.characters import nfc
from manuscript.content.folding import fold, folded_places, search_text

pytestmark = pytest.mark.pure

MIXED = st.text(alphabet=st.sampled_from("aB ß肺間か한éæ\u0301\u200d™ﬁ㍿ि"))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Sjögren", "sjogren"),
        ("Sjo\u0308gren", "sjogren"),
        ("BEHÇET", "behcet"),
        ("Łódź Ørsted Æsculap œdème", "lodz orsted aesculap oedeme"),
        ("Straße STRASSE", "strasse strasse"),
        ("İstanbul ısı", "istanbul isi"),
        ("Viêm đa khớp", "viem da khop"),
        ("Ἀρθρίτιδα ΑΡΘΡΊΤΙΔΑ", "αρθριτιδα αρθριτιδα"),
        ("Ёлка", "елка"),
        ("مُحَمَّد أحمد", "محمد احمد"),
        ("שָׁלוֹם", "שלום"),
        ("cm² ﬁbrosis ＪＡＫ 5 µg", "cm2 fibrosis jak 5 μg"),
        ("Xeljanz™XR", "xeljanz xr"),
        ("co\u00adoperate", "cooperate"),
    ],
)
def test_accents_capitals_and_special_letters_are_one_with_plain_ones(written, folded):
    assert fold(written) == folded


@pytest.mark.parametrize(
    "written", ["类风湿关节炎，间质性肺病。", "がん ガン ぱ は", "한국어", "हिन्दी", "ภาษาไทย"]
)
def test_signs_that_make_another_word_stay(written):
    assert fold(written).replace(",", "，") == written


def test_whatever_is_folded_folds_no_further():
    every = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
    again = [sign for sign in every if fold(folded := fold(sign)) != folded]
    assert again == []


@given(MIXED)
def test_each_folded_character_comes_from_the_place_that_is_named(text):
    text = nfc(text)
    folded, places = folded_places(text)
    assert folded == fold(text)
    assert len(places) == len(folded)
    assert all(sign in fold(text[place]) for sign, place in zip(folded, places, strict=True))
    assert list(places) == sorted(places)


def test_chinese_and_japanese_characters_stand_apart():
    assert search_text("Sjögren肺 间质性 かな한국어") == "sjogren 肺 间 质 性 か な 한국어"


@given(MIXED)
def test_search_text_of_search_text_is_itself(text):
    assert search_text(search_text(text)) == search_text(text)
    assert search_text(text).replace(" ", "") == fold(text).replace(" ", "")
