import pytest

from manuscript.content.parity import KINDS, parity
from manuscript.content.schema import NotCanonical

pytestmark = pytest.mark.pure

EN = (
    "<h2>Dose</h2><p>Take 5 mg of tofacitinib twice daily for at least 12 weeks. It may be considered after methotrexate.</p>"
    "<h2>Risks</h2><p>Do not use it in people aged 65 years or older. Avoid it with rituximab. No side effects were seen in 20% of 1,234 people.</p>"
)
ZH = (
    "<h2>剂量</h2><p>托法替布每日两次，每次5毫克，至少12周。可在甲氨蝶呤之后考虑使用。</p>"
    "<h2>风险</h2><p>65岁及以上者禁用。避免与利妥昔单抗合用。1234人中20%未见不良反应。</p>"
)


def told(found):
    return [(one.kind, one.text, one.side, one.section) for one in found.differences]


class TestWithinOneLanguage:
    def test_a_text_agrees_with_itself_and_says_how_much_was_compared(self):
        found = parity(EN, EN, "en", "en")

        assert found.differences == ()
        assert set(found.compared) == set(KINDS)
        assert found.compared["dose"] == (2, 2)
        assert found.by_section
        assert not found.not_compared

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            ("5 mg", "50 mg", {("dose", "5 mg", "source"), ("dose", "50 mg", "target")}),
            ("twice", "once", {("dose", "twice daily", "source"), ("dose", "once daily", "target")}),
            ("12 weeks", "12 months", {("number", "12 weeks", "source"), ("number", "12 months", "target")}),
            ("at least", "at most", {("comparison", "at least", "source"), ("comparison", "at most", "target")}),
            ("Do not use", "Use", {("strength", "Do not use", "source")}),
            ("No side", "Side", {("negation", "No", "source")}),
            ("may be", "must be", {("strength", "may", "source"), ("strength", "must", "target")}),
            ("rituximab", "infliximab", {("drug", "rituximab", "source"), ("drug", "infliximab", "target")}),
            ("1,234", "1,324", {("number", "1,234", "source"), ("number", "1,324", "target")}),
        ],
    )  # fmt: skip
    def test_lists_what_only_one_side_says(self, before, after, expected):
        found = parity(EN, EN.replace(before, after), "en", "en")

        assert {(kind, text, side) for kind, text, side, _section in told(found)} == expected

    def test_names_section_and_sentence(self):
        found = parity(EN, EN.replace("rituximab", "it"), "en", "en")

        (one,) = found.differences
        assert (one.section, one.sentence, one.place) == (
            "Risks",
            "Avoid it with rituximab.",
            "h2:2/p:1/s:2",
        )

    def test_counts_repetitions_but_not_of_medicines(self):
        found = parity(
            "<p>5 mg. 5 mg. Tofacitinib, tofacitinib.</p>", "<p>5 mg. Tofacitinib.</p>", "en", "en"
        )

        assert told(found) == [("dose", "5 mg", "source", "")]

    def test_of_several_alike_the_one_in_the_changed_sentence_is_listed(self):
        before = "<p>Do not run. Do not walk.</p>"

        found = parity(before, "<p>Do not run. Walk.</p>", "en", "en")

        assert [one.sentence for one in found.differences] == ["Do not walk."]

    def test_follows_the_names_it_is_given(self):
        found = parity(
            "<p>Testola is one.</p>", "<p>This is one.</p>", "en", "en", names=["Testola"]
        )

        assert told(found) == [("drug", "Testola", "source", "")]


class TestSections:
    def test_a_fact_that_moved_to_another_section_is_told_on_both_sides(self):
        found = parity(
            "<h2>A</h2><p>5 mg</p><h2>B</h2><p>x</p>",
            "<h2>A</h2><p>x</p><h2>B</h2><p>5 mg</p>",
            "en",
            "en",
        )

        assert [(one.side, one.section) for one in found.differences] == [
            ("source", "A"),
            ("target", "B"),
        ]

    def test_highest_headings_correspond_where_lower_ones_differ(self):
        found = parity(
            "<h2>A</h2><p>5 mg</p><h2>B</h2><p>x</p>",
            "<h2>A</h2><h3>C</h3><p>5 mg</p><h2>B</h2><p>x</p>",
            "en",
            "en",
        )

        assert found.by_section
        assert not found.differences

    def test_whole_texts_are_compared_where_nothing_corresponds_and_it_says_so(self):
        found = parity(
            "<h2>A</h2><p>5 mg</p><h2>B</h2><p>x</p>",
            "<p>x</p><h2>A</h2><p>5 mg</p>" + "<h2>Z</h2><p>z</p>" * 3,
            "en",
            "en",
        )

        assert not found.by_section
        assert not found.differences


class TestAcrossLanguages:
    def test_a_faithful_translation_has_no_differences(self):
        found = parity(EN, ZH, "en", "zh")

        assert told(found) == []
        assert all(ours == theirs > 0 for ours, theirs in found.compared.values())

    @pytest.mark.parametrize(
        ("before", "after", "kinds"),
        [("5毫克", "50毫克", {"dose"}), ("每日两次", "每日一次", {"dose"}), ("至少", "至多", {"comparison"}), ("禁用", "可以使用", {"strength"}), ("未见", "可见", {"negation"}), ("利妥昔单抗", "此药", {"drug"}), ("20%", "2%", {"number"})],
    )  # fmt: skip
    def test_a_changed_meaning_is_listed(self, before, after, kinds):
        found = parity(EN, ZH.replace(before, after), "en", "zh")

        assert kinds <= {one.kind for one in found.differences}

    def test_says_what_it_does_less_well(self):
        assert len(parity(EN, ZH, "en", "zh").limits) == 2
        assert parity(EN, EN, "en", "en").limits == ()

    def test_says_which_kinds_a_language_without_lists_cannot_compare(self):
        found = parity(EN, "<p>5 mg Tofacitinib</p>", "en", "de")

        assert set(found.not_compared) == {"comparison", "negation", "strength"}
        assert not set(found.not_compared) & set(found.compared)
        assert "de" in found.not_compared["negation"]
        assert {one.kind for one in found.differences} == {"number", "dose", "drug"}


def test_a_body_that_is_none_is_refused():
    with pytest.raises(NotCanonical):
        parity("<script>", EN, "en", "en")
