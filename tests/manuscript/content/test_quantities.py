import time

import pytest

from manuscript.content.quantities import quantities

pytestmark = pytest.mark.pure


def forms(text):
    return [(one.kind, one.normalised) for one in quantities(text)]


class TestQuantities:
    @pytest.mark.parametrize(
        ("english", "chinese", "form"),
        [
            ("5 mg", "5毫克", ("dose", "5 mg")),
            ("500 mcg", "500微克", ("dose", "500 µg")),
            ("2 mg/kg", "2毫克/公斤", ("dose", "2 mg/kg")),
            ("2 mg per kg", "2毫克每公斤", ("dose", "2 mg/kg")),
            ("10 mL", "10毫升", ("dose", "10 mL")),
            ("2–3 g", "2至3克", ("dose", "2-3 g")),
            ("400 IU", "400国际单位", ("dose", "400 IU")),
            ("twice daily", "每日两次", ("dose", "2/day")),
            ("three times a day", "一日三次", ("dose", "3/day")),
            ("once weekly", "每周一次", ("dose", "1/week")),
            ("daily", "每天", ("dose", "1/day")),
            ("20%", "百分之二十", ("number", "20 %")),
            ("20 percent", "20％", ("number", "20 %")),
            ("10,000 people", "1万人", ("number", "10000")),
            ("10 000 people", "10000人", ("number", "10000")),
            ("1.2 million", "120万", ("number", "1200000")),
            ("half", "一半", ("number", "1/2")),
            ("two-thirds", "三分之二", ("number", "2/3")),
            ("two weeks", "两周", ("number", "2 week")),
            ("12 months", "12个月", ("number", "12 month")),
            ("65 years", "65岁", ("number", "65 year")),
            ("twenty-five patients", "二十五例患者", ("number", "25")),
            ("0.18", "0.18", ("number", "0.18")),
            ("3-fold", "3倍", ("number", "3 times")),
        ],
    )
    def test_one_form_for_both_languages(self, english, chinese, form):
        assert forms(english) == forms(chinese) == [form]

    @pytest.mark.parametrize(
        ("text", "form"),
        [("5.0 mg", "5 mg"), ("0·18", "0.18"), ("½", "1/2"), ("−5.50", "-5.5"), ("100", "100"), ("5mg", "5 mg"), ("5 mg to 10 mg", "5-10 mg"), ("500 mg to 1 g", "500 mg-1 g")],
    )  # fmt: skip
    def test_one_form_for_all_spellings(self, text, form):
        assert [normalised for _kind, normalised in forms(text)] == [form]

    @pytest.mark.parametrize(
        "text", ["JAK1", "IL-6", "COVID-19", "HbA1c", "one of them", "一种药", "十分重要"]
    )
    def test_names_and_articles_are_no_numbers(self, text):
        assert forms(text) == []

    def test_a_date_is_the_same_in_both_languages(self):
        assert sorted(forms("5 March 2023")) == sorted(forms("2023年3月5日"))

    def test_keeps_the_words_and_their_place(self):
        (one,) = quantities("Take 7.5 mg.")

        assert (one.text, "Take 7.5 mg."[one.start : one.end]) == ("7.5 mg", "7.5 mg")

    @pytest.mark.parametrize("text", ["1 ", "111 ", "一二三", "1,", "5 mg "])
    def test_a_long_run_without_an_end_is_read_in_linear_time(self, text):
        started = time.process_time()

        quantities(text * 8_000)

        assert time.process_time() - started < 3
