import pytest

from manuscript.content.drugs import drugs
from manuscript.content.lexicon import weights

pytestmark = pytest.mark.pure


def forms(text, language="en"):
    return [(one.kind, one.normalised) for one in weights(text, language)]


class TestWeights:
    @pytest.mark.parametrize(
        ("english", "chinese", "form"),
        [
            ("at least 12", "至少12", ("comparison", "≥")),
            ("no more than 12", "不超过12", ("comparison", "≤")),
            ("more than 12", "超过12", ("comparison", ">")),
            ("about 12", "约12", ("comparison", "≈")),
            ("compared with placebo", "与安慰剂相比", ("comparison", "compared")),
            ("not", "未", ("negation", "not")),
            ("without", "没有", ("negation", "not")),
            ("must", "必须", ("strength", "must")),
            ("should", "应当", ("strength", "should")),
            ("is recommended", "推荐", ("strength", "recommend")),
            ("avoid", "避免", ("strength", "avoid")),
            ("contraindicated", "禁忌", ("strength", "contraindicated")),
            ("do not use", "禁用", ("strength", "contraindicated")),
            ("may", "可能", ("strength", "may")),
        ],
    )
    def test_one_form_for_both_languages(self, english, chinese, form):
        assert forms(english) == forms(chinese, "zh") == [form]

    @pytest.mark.parametrize(
        "text", ["不良反应", "不同", "非甾体抗炎药", "未来", "适应证", "相应", "供应"]
    )
    def test_what_only_looks_like_a_word_of_weight_is_left_alone(self, text):
        assert forms(text, "zh") == []

    def test_the_month_of_may_is_no_advice(self):
        assert forms("It began in May 2020.") == []

    def test_not_only_denies_nothing(self):
        assert forms("It is not only that.") == []

    def test_a_language_without_lists_has_none(self):
        assert forms("nicht", "de") == []


class TestDrugs:
    @pytest.mark.parametrize(
        ("english", "chinese", "stem"),
        [("tofacitinib", "托法替布", "-tinib"), ("rituximab", "利妥昔单抗", "-mab"), ("methotrexate", "甲氨蝶呤", "-trexate"), ("atorvastatin", "阿托伐他汀", "-statin"), ("losartan", "氯沙坦", "-sartan"), ("ramipril", "雷米普利", "-pril"), ("metoprolol", "美托洛尔", "-olol"), ("cyclophosphamide", "环磷酰胺", "-fosfamide")],
    )  # fmt: skip
    def test_a_stem_is_the_same_in_both_languages(self, english, chinese, stem):
        assert (
            [one.stem for one in drugs(english)] == [one.stem for one in drugs(chinese)] == [stem]
        )

    @pytest.mark.parametrize(
        "text", ["except", "accept", "concept", "April", "a tablet", "somatostatin"]
    )
    def test_other_words_are_none(self, text):
        assert drugs(text) == []

    def test_an_unknown_name_with_a_stem_is_found(self):
        assert [one.name for one in drugs("Specimentinib was new.")] == ["Specimentinib"]

    def test_a_marked_or_given_name_is_found(self):
        assert [one.name for one in drugs("Specimex® or Testola", names=["testola"])] == [
            "Specimex",
            "Testola",
        ]
