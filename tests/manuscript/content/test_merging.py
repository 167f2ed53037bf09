"""Merging two texts made from one: what one side changed is taken, what both changed is a choice."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscript.content import tree
from manuscript.content.canonical import canonicalise
from manuscript.content.merged import Choice, Origin, Part
from manuscript.content.merging import merge, merge_value
from tests.manuscript.content.strategies import bodies

pytestmark = pytest.mark.pure

FEW = settings(max_examples=20, deadline=None)

ONE, TWO, THREE = "<p>The first block of it.</p>", "<p>A second one.</p>", "<p>Third and last.</p>"


def all_of(merged, choice: Choice) -> str:
    return merged.body({place.name: choice for place in merged.places})


def blocks(body: str) -> list[str]:
    return [tree.serialise([block]) for block in tree.blocks(body)]


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str, str]:
    """Return a base and two texts made from it by leaving out, putting in and replacing blocks."""
    base = draw(bodies) + draw(bodies)
    sides = []
    for _side in range(2):
        text = ""
        for block in blocks(canonicalise(base)):
            new = draw(bodies)
            text += draw(st.sampled_from([block, block, block, "", new, new + block, block + new]))
        sides.append(canonicalise(text))
    return canonicalise(base), *sides


class TestWhatOneSideChanged:
    def test_changes_in_neighbouring_paragraphs_are_both_taken(self):
        stored = ONE.replace("first", "very first") + TWO + THREE
        typed = ONE + TWO.replace("one", "paragraph") + THREE

        merged = merge(ONE + TWO + THREE, stored, typed)

        assert merged.places == []
        assert merged.body() == (
            "<p>The very first block of it.</p><p>A second paragraph.</p><p>Third and last.</p>"
        )
        assert [part.origin for part in merged.parts] == [Origin.THEIRS, Origin.MINE, Origin.SAME]

    def test_a_block_that_one_took_out_is_gone_and_a_new_one_stays(self):
        merged = merge(ONE + TWO + THREE, ONE + THREE, ONE + TWO + THREE + "<h2>New</h2>")

        assert merged.body() == ONE + THREE + "<h2>New</h2>"
        assert merged.places == []

    def test_items_of_one_list_changed_by_both_are_both_taken(self):
        items = "<li><p>a</p></li><li><p>b</p></li><li><p>c</p></li>"
        stored = f"<ul>{items.replace('>a<', '>a1<')}</ul>"
        typed = f"<ul>{items}<li><p>d</p></li></ul>"

        merged = merge(f"<ul>{items}</ul>", stored, typed)

        assert merged.places == []
        assert merged.body() == (
            "<ul><li><p>a1</p></li><li><p>b</p></li><li><p>c</p></li><li><p>d</p></li></ul>"
        )

    def test_rows_are_merged_unless_a_column_came_or_went(self):
        def table(*rows: str) -> str:
            cells = ("".join(f"<td><p>{cell}</p></td>" for cell in row.split()) for row in rows)
            return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in cells)}</tbody></table>"

        base = table("a b", "c d", "e f")

        assert merge(base, table("a1 b", "c d", "e f"), table("a b", "c d", "e f1")).body() == (
            table("a1 b", "c d", "e f1")
        )
        assert len(merge(base, table("a b x", "c d x", "e f x"), table("a b", "c d")).places) == 1


class TestWhatBothChanged:
    def test_the_same_block_is_a_place_with_both_versions(self):
        merged = merge(
            ONE + TWO, ONE.replace("first", "1st") + TWO, ONE.replace("it", "this") + TWO
        )

        (place,) = merged.places
        assert (place.before, place.theirs, place.mine) == (
            ONE,
            "<p>The 1st block of it.</p>",
            "<p>The first block of this.</p>",
        )
        assert place.default is Choice.MINE
        assert merged.body({place.name: Choice.THEIRS}) == place.theirs + TWO
        assert merged.body({place.name: Choice.BOTH}) == place.theirs + place.mine + TWO

    def test_the_same_change_by_both_is_no_place(self):
        changed = ONE.replace("first", "1st")

        assert merge(ONE, changed, changed).parts == (Part(ONE, changed, Origin.THEIRS),)

    def test_new_blocks_at_one_spot_are_both_kept_unless_told_otherwise(self):
        merged = merge(ONE + TWO, ONE + "<h2>Theirs</h2>" + TWO, ONE + "<p>Mine</p>" + TWO)

        assert merged.places[0].default is Choice.BOTH
        assert merged.body() == ONE + "<h2>Theirs</h2><p>Mine</p>" + TWO

    @pytest.mark.parametrize(("stored", "typed"), [(1, 0), (0, 1)])
    def test_what_one_took_out_and_the_other_changed_stays_unless_told_otherwise(
        self, stored, typed
    ):
        sides = ONE + THREE, ONE + "<p>A second one, changed.</p>" + THREE

        merged = merge(ONE + TWO + THREE, sides[stored], sides[typed])

        assert len(merged.places) == 1
        assert merged.body() == sides[1]

    def test_a_paragraph_made_a_heading_and_changed_elsewhere_is_one_choice(self):
        typed = ONE + "<h2>A second one.</h2>" + THREE
        stored = ONE + "<p>A second one, changed.</p>" + THREE

        merged = merge(ONE + TWO + THREE, stored, typed)

        (place,) = merged.places
        assert (place.theirs, place.mine) == (
            "<p>A second one, changed.</p>",
            "<h2>A second one.</h2>",
        )

    def test_a_choice_stays_made_when_something_else_is_saved(self):
        typed = ONE.replace("first", "my") + TWO + THREE
        stored = ONE.replace("first", "their") + TWO + THREE

        again = merge(ONE + TWO + THREE, stored + "<p>Saved a moment later.</p>", typed)

        assert again.places == merge(ONE + TWO + THREE, stored, typed).places


class TestWithoutABase:
    def test_every_difference_is_a_place(self):
        merged = merge(None, ONE + TWO + THREE, ONE + TWO.replace("one", "thing") + "<h2>X</h2>")

        assert [(place.theirs, place.mine) for place in merged.places] == [
            (TWO, "<p>A second thing.</p>"),
            (THREE, "<h2>X</h2>"),
        ]

    @FEW
    @given(bodies, bodies)
    def test_all_theirs_is_the_stored_text_and_all_mine_the_typed_one(self, stored, typed):
        merged = merge(None, stored, typed)

        assert all_of(merged, Choice.THEIRS) == stored
        assert all_of(merged, Choice.MINE) == typed


class TestAlways:
    @FEW
    @given(bodies, bodies)
    def test_equal_sides_and_sides_that_changed_nothing_need_no_choice(self, base, side):
        for stored, typed in ((side, side), (base, side), (side, base)):
            merged = merge(base, stored, typed)
            assert merged.places == []
            assert merged.body() == side

    @FEW
    @given(edited())
    def test_nothing_that_one_side_wrote_is_lost(self, texts):
        base, stored, typed = texts

        merged = merge(base, stored, typed)

        held = "".join(
            part.html if isinstance(part, Part) else part.theirs + part.mine
            for part in merged.parts
        )
        leaves = {tree.serialise([leaf]) for leaf in tree.leaves(tree.parse(held))}
        before = {tree.serialise([leaf]) for leaf in tree.leaves(tree.blocks(base))}
        for side in (stored, typed):
            written = {tree.serialise([leaf]) for leaf in tree.leaves(tree.blocks(side))}
            assert written - before <= leaves

    @FEW
    @given(edited(), st.sampled_from(Choice))
    def test_the_merged_text_is_canonical_whatever_is_chosen(self, texts, choice):
        merged = merge(*texts)

        html = "".join(
            part.html if isinstance(part, Part) else part.chosen(choice) for part in merged.parts
        )
        assert all_of(merged, choice) == html

    @FEW
    @given(edited())
    def test_where_both_changed_mine_is_what_i_typed(self, texts):
        base, stored, typed = texts

        for place in merge(base, stored, typed).places:
            assert place.mine in typed
            assert place.theirs in stored

    @FEW
    @given(edited())
    def test_each_place_has_a_name_of_its_own(self, texts):
        names = [place.name for place in merge(*texts).places]

        assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("base", "stored", "typed", "merged"),
    [
        ("a", "a", "b", "b"),
        ("a", "b", "a", "b"),
        ("a", "b", "b", "b"),
        ("a", "b", "c", None),
        (None, "a", "b", None),
        ("a", "", "a", ""),
    ],
)
def test_a_single_field_is_merged_or_left_to_choose(base, stored, typed, merged):
    assert merge_value(base, stored, typed) == merged


class TestVeryLongTexts:
    BASE, THEIRS, MINE = (
        "".join(f"<p>{word}{number}</p>" for number in range(5001)) for word in "abc"
    )

    def test_there_is_one_choice_between_both_and_never_both(self):
        merged = merge(self.BASE, self.THEIRS, self.MINE)

        (place,) = merged.parts
        assert place.is_whole
        assert place.default is Choice.MINE
        assert merged.body() == self.MINE
        assert merged.body({place.name: Choice.THEIRS}) == self.THEIRS
        assert merged.body({place.name: Choice.BOTH}) == self.MINE

    def test_without_a_base_too(self):
        assert merge(None, self.THEIRS, self.MINE).body() == self.MINE

    def test_what_only_one_changed_is_taken(self):
        mine, theirs = (
            merge(self.BASE, self.BASE, self.MINE),
            merge(self.BASE, self.MINE, self.BASE),
        )

        assert [part.origin for part in mine.parts] == [Origin.MINE]
        assert [part.origin for part in theirs.parts] == [Origin.THEIRS]
        assert mine.body() == theirs.body() == self.MINE
