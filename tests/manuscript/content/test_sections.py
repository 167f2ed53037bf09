"""Sections of a body, and which of one text became or renders which of another."""

import pytest

from manuscript.content.section_changes import changed_blocks, section_changes
from manuscript.content.section_pairs import adaptation, in_order, same_text
from manuscript.content.sections import sections

pytestmark = pytest.mark.pure

SOURCE = (
    "<p>Before any heading.</p>"
    '<h2>Benefits</h2><p>It helped 5 of 10<cite data-refs="one"></cite>.</p>'
    '<h3>In the lungs</h3><p>After 52 weeks<cite data-refs="two"></cite>.</p>'
    '<h2>Harms</h2><p>Shingles in 3%<cite data-refs="three"></cite>.</p>'
)
CHINESE = (
    "<p>开头。</p>"
    '<h2>益处</h2><p>10 人中有 5 人<cite data-refs="one"></cite>。</p>'
    '<h3>肺部</h3><p>52 周后<cite data-refs="two"></cite>。</p>'
    '<h2>危害</h2><p>3% 患带状疱疹<cite data-refs="three"></cite>。</p>'
)


def kinds(before: str, after: str) -> list[tuple[str, str]]:
    return [
        (change.kind, change.heading)
        for change in section_changes(sections(before), sections(after))
    ]


def rendered(source: str, target: str, *, followed: str | None = None) -> list[tuple[str, str]]:
    ours, theirs = sections(source), sections(target)
    found = adaptation(
        ours,
        theirs,
        same_language=False,
        followed=sections(followed) if followed is not None else None,
    )
    return [(ours[s].heading, theirs[t].heading) for s, t in sorted(found.items())]


class TestSections:
    def test_a_section_is_a_heading_and_what_stands_under_it(self):
        found = sections(SOURCE)

        assert [(part.level, part.heading, part.id) for part in found] == [
            (0, "", ""),
            (2, "Benefits", "benefits"),
            (3, "In the lungs", "in-the-lungs"),
            (2, "Harms", "harms"),
        ]
        assert "".join(part.body for part in found) == SOURCE

    def test_ids_are_those_of_the_rendered_body_though_a_list_holds_a_heading(self):
        body = "<h2>Part</h2><ul><li><h3>Part</h3><p>x</p></li></ul><h2>Part</h2><p>y</p>"

        assert [part.id for part in sections(body)] == ["part", "part-3"]

    def test_lines_have_their_places_in_the_whole_body(self):
        lines = sections(SOURCE)[3].lines

        assert [(line.place, line.text) for line in lines] == [("h2:2/p:1/s:1", "Shingles in 3%.")]

    def test_an_empty_body_has_none(self):
        assert sections("") == []


class TestSectionChanges:
    def test_equal_texts_have_none(self):
        assert kinds(SOURCE, SOURCE) == []

    def test_a_changed_word_changes_its_section_alone(self):
        assert kinds(SOURCE, SOURCE.replace("52 weeks", "24 weeks")) == [
            ("changed", "In the lungs")
        ]

    def test_a_new_section_and_a_lost_one_are_told_apart(self):
        after = SOURCE.replace("<h2>Harms</h2>", "<h2>Pregnancy</h2><p>Never.</p><h2>Harms</h2>")

        assert kinds(SOURCE, after) == [("added", "Pregnancy")]
        assert kinds(after, SOURCE) == [("removed", "Pregnancy")]

    def test_a_renamed_section_is_one_that_changed(self):
        after = SOURCE.replace("<h2>Harms</h2>", "<h2>What can go wrong</h2>")

        assert kinds(SOURCE, after) == [("changed", "What can go wrong")]

    def test_a_section_at_another_place_moved(self):
        parts = [part.body for part in sections(SOURCE)]
        after = "".join([parts[0], parts[3], parts[1], parts[2]])

        assert kinds(SOURCE, after) == [("moved", "Harms")]

    def test_every_section_is_listed_once_whatever_moved(self):
        before, after = sections(SOURCE), sections(SOURCE + SOURCE.replace("Harms", "Costs"))
        rows = in_order(len(before), len(after), same_text(before, after))

        assert sorted(b for b, _a in rows if b is not None) == list(range(len(before)))
        assert [a for _b, a in rows if a is not None] == list(range(len(after)))

    def test_what_is_the_same_is_left_out(self):
        before = SOURCE.replace("<h2>Harms</h2>", "<h2>Harms</h2><p>Kept as it is.</p>")

        old, new = changed_blocks(before, before.replace("3%", "4%"))

        assert "Kept" not in old + new
        assert (old.count("<h2>"), new.count("<h2>")) == (1, 1)
        assert "3%" in old
        assert "4%" in new


class TestAdaptation:
    def test_in_another_language_order_and_level_pair_the_sections(self):
        assert rendered(SOURCE, CHINESE) == [
            ("", ""),
            ("Benefits", "益处"),
            ("In the lungs", "肺部"),
            ("Harms", "危害"),
        ]

    def test_the_sources_cited_tell_which_section_is_missing(self):
        shorter = "".join(part.body for part in sections(CHINESE) if part.heading != "益处")

        assert rendered(SOURCE, shorter) == [("", ""), ("In the lungs", "肺部"), ("Harms", "危害")]

    def test_a_section_that_is_new_since_pairs_with_none_of_the_old_ones(self):
        newer = SOURCE.replace("<h2>Benefits", "<h2>Pregnancy</h2><p>Never.</p><h2>Benefits")

        assert ("Pregnancy", "益处") not in rendered(newer, CHINESE, followed=SOURCE)
        assert ("Benefits", "益处") in rendered(newer, CHINESE, followed=SOURCE)

    def test_a_new_section_on_both_sides_is_a_pair(self):
        newer = SOURCE.replace("<h2>Benefits", "<h2>Pregnancy</h2><p>Never.</p><h2>Benefits")
        translated = CHINESE.replace("<h2>益处", "<h2>妊娠</h2><p>不可。</p><h2>益处")

        assert ("Pregnancy", "妊娠") in rendered(newer, translated, followed=SOURCE)
