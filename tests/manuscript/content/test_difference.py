"""What changed, word by word, in the shape of the text."""

from __future__ import annotations

import random
import re
import time

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscript.content import steps
from manuscript.content.alignment import align
from manuscript.content.canonical import canonicalise
from manuscript.content.difference import Difference, difference, is_too_long, shown_difference
from manuscript.content.plain import plain_text
from manuscript.content.schema import NotCanonical
from tests.manuscript.content.strategies import bodies, words
from tests.manuscript.content.test_canonical_safety import executable

pytestmark = pytest.mark.pure


def applied(markup: str, *, drop: str, keep: str) -> str:
    """Return the body that is left when one side of a difference is taken out."""
    root = lxml.html.fragment_fromstring(markup, create_parent="div")
    gone = {"del": "removed", "ins": "added"}[drop]
    for element in root.xpath(f'.//*[@class="{gone}"] | .//{drop}'):
        if element.getparent() is not None:
            element.drop_tree()
    for element in root.xpath(f".//{keep}"):
        element.drop_tag()
    return canonicalise(lxml.html.tostring(root, encoding="unicode"))


def changed(before: str, after: str) -> Difference:
    return difference(canonicalise(before), canonicalise(after))


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """Two bodies, the second often an edit of the first."""
    before = draw(bodies)
    if draw(st.booleans()):
        return before, draw(bodies)
    pieces = re.split(r"(?<=>)|(?=<)| ", before)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(pieces)))
        if draw(st.booleans()):
            pieces.insert(
                place,
                draw(
                    st.one_of(
                        words, st.sampled_from(("<b>", "<p>", "<li>", "<tr><td>x", "<td>", "<h2>"))
                    )
                ),
            )
        else:
            del pieces[place : place + draw(st.integers(1, 3))]
    return before, canonicalise(" ".join(pieces))


@settings(deadline=None)
@given(edited())
def test_taking_out_one_side_leaves_the_other_body(pair: tuple[str, str]) -> None:
    before, after = pair
    markup = difference(before, after).html

    assert applied(markup, drop="del", keep="ins") == after
    assert applied(markup, drop="ins", keep="del") == before
    assert plain_text(applied(markup, drop="del", keep="ins")) == plain_text(after)


@settings(deadline=None)
@given(edited())
def test_the_counts_are_those_of_the_markup(pair: tuple[str, str]) -> None:
    found = difference(*pair)

    assert found.insertions == found.html.count("<ins")
    assert found.deletions == found.html.count("<del")
    assert re.findall(r'id="change-(\d+)"', found.html) == [
        str(step) for step in range(1, found.changes + 1)
    ]
    assert (found.changes == 0) == (pair[0] == pair[1]) == (found.changed_blocks == 0)


@settings(deadline=None)
@given(edited())
def test_a_difference_holds_nothing_executable(pair: tuple[str, str]) -> None:
    assert executable(difference(*pair).html) == []


@settings(deadline=None)
@given(bodies)
def test_a_body_does_not_differ_from_itself(body: str) -> None:
    found = difference(body, body)

    assert (found.insertions, found.deletions, found.changed_blocks, found.changes) == (0, 0, 0, 0)
    assert canonicalise(found.html) == body


CHANGES = {
    "a number changes as one word": (
        "<p>HR 0.18 a</p>",
        "<p>HR 0.19 a</p>",
        '<p>HR <del id="change-1">0.18</del><ins>0.19</ins> a</p>',
    ),
    "two words in a row are one change": (
        "<p>a b c d</p>",
        "<p>a x y d</p>",
        '<p>a <del id="change-1">b c</del><ins>x y</ins> d</p>',
    ),
    "a citation changes as a whole": (
        "<p>a<cite data-refs='x y'></cite> b</p>",
        "<p>a<cite data-refs='x'></cite> b</p>",
        (
            '<p>a<del id="change-1"><cite data-refs="x y" class="citation"><sup>x,y</sup></cite></del>'
            '<ins><cite data-refs="x" class="citation"><sup>x</sup></cite></ins> b</p>'
        ),
    ),
    "neighbouring citations are parted on each side": (
        "<p>a<cite data-refs='x' data-locator='p. 1'></cite><cite data-refs='y'></cite> b</p>",
        "<p>a<cite data-refs='x' data-locator='p. 1'></cite><cite data-refs='z' data-locator='p. 2'></cite> b</p>",
        (
            '<p>a<cite data-refs="x" data-locator="p. 1" class="citation"><sup>x(p1)</sup></cite>'
            '<del id="change-1"><cite data-refs="y" class="citation"><sup>,y</sup></cite></del>'
            '<ins><cite data-refs="z" data-locator="p. 2" class="citation"><sup>,z(p2)</sup></cite></ins> b</p>'
        ),
    ),
    "a new citation is parted from the one before it": (
        "<p>a b</p>",
        "<p>a<cite data-refs='x' data-locator='p. 1'></cite><cite data-refs='y'></cite> b</p>",
        (
            '<p>a<ins id="change-1"><cite data-refs="x" data-locator="p. 1" class="citation"><sup>x(p1)</sup></cite>'
            '<cite data-refs="y" class="citation"><sup>,y</sup></cite></ins> b</p>'
        ),
    ),
    "formatting is flagged": (
        "<p>a b</p>",
        "<p>a <b>b</b></p>",
        (
            '<p>a <del class="reformatted" title="Formatting or link changed" id="change-1">b</del>'
            '<ins class="reformatted" title="Formatting or link changed"><strong>b</strong></ins></p>'
        ),
    ),
    "a link target is flagged": (
        "<p><a href='https://a.org'>a</a></p>",
        "<p><a href='https://b.org'>a</a></p>",
        (
            '<p><del class="reformatted" title="Formatting or link changed" id="change-1"><a href="https://a.org">a</a></del>'
            '<ins class="reformatted" title="Formatting or link changed"><a href="https://b.org">a</a></ins></p>'
        ),
    ),
    "an item goes where it was": (
        "<ul><li>one</li><li>two</li><li>three</li></ul>",
        "<ul><li>one</li><li>three</li></ul>",
        '<ul><li><p>one</p></li><li class="removed" id="change-1"><p class="removed"><del>two</del></p></li><li><p>three</p></li></ul>',
    ),
    "a nested list comes inside its item": (
        "<ul><li>one</li></ul>",
        "<ul><li>one<ol><li>two</ol></li></ul>",
        '<ul><li><p>one</p><ol class="added" id="change-1"><li class="added"><p class="added"><ins>two</ins></p></li></ol></li></ul>',
    ),
    "a cell changes in its place": (
        "<table><tr><td>HR</td><td>1.3</td></tr></table>",
        "<table><tr><td>HR</td><td>1.4</td></tr></table>",
        (
            '<div class="table-scroll" tabindex="0" role="region" aria-label="Table 1"><table><tbody><tr><td><p>HR</p></td>'
            '<td><p><del id="change-1">1.3</del><ins>1.4</ins></p></td></tr></tbody></table></div>'
        ),
    ),
    "a row comes in its place": (
        "<table><tr><td>a</td></tr></table>",
        "<table><tr><td>a</td></tr><tr><td>b</td></tr></table>",
        (
            '<div class="table-scroll" tabindex="0" role="region" aria-label="Table 1"><table><tbody><tr><td><p>a</p></td></tr>'
            '<tr class="added" id="change-1"><td class="added"><p class="added"><ins>b</ins></p></td></tr></tbody></table></div>'
        ),
    ),
    "another kind of callout is another callout": (
        "<aside data-callout=note>a</aside>",
        "<aside data-callout=warning>a</aside>",
        (
            '<aside data-callout="note" role="note" class="removed" id="change-1"><p class="callout-label" data-label="">Note</p>'
            '<p class="removed"><del>a</del></p></aside>'
            '<aside data-callout="warning" role="note" class="added" id="change-2"><p class="callout-label" data-label="">Warning</p>'
            '<p class="added"><ins>a</ins></p></aside>'
        ),
    ),
}


@pytest.mark.parametrize(("before", "after", "html"), CHANGES.values(), ids=CHANGES.keys())
def test_a_change_shows_where_it_is(before: str, after: str, html: str) -> None:
    assert changed(before, after).html == html


def test_unchanged_blocks_stay_around_the_change() -> None:
    found = changed("<h2>A</h2><p>b c d e f</p><p>z</p>", "<h2>A</h2><p>b c x e f</p><p>z</p>")

    assert found.html == '<h2>A</h2><p>b c <del id="change-1">d</del><ins>x</ins> e f</p><p>z</p>'
    assert (found.insertions, found.deletions, found.changed_blocks, found.changes) == (1, 1, 1, 1)


def test_renumbering_is_no_change_and_each_side_has_its_numbers() -> None:
    before = '<p>a<cite data-refs="x"></cite> b<cite data-refs="y"></cite></p>'
    after = '<p>a<cite data-refs="x"></cite> b<cite data-refs="z"></cite></p>'

    found = difference(
        before, after, numbers_before={"x": 1, "y": 2}, numbers_after={"x": 7, "z": 8}
    )

    assert re.findall("<sup>(.*?)</sup>", found.html) == ["7", "2", "8"]
    assert found.changes == 1


def test_a_rewritten_paragraph_is_replaced_as_a_whole() -> None:
    found = changed(
        "<p>" + "one two three four five six seven" + "</p>",
        "<p>" + "acht neun zehn elf zwölf dreizehn" + "</p>",
    )

    assert found.html.startswith('<p class="removed" id="change-1"><del>one')


def test_what_is_not_canonical_is_not_compared() -> None:
    with pytest.raises(NotCanonical):
        difference("<p>a</p>", "<p onclick='x'>a</p>")


@given(st.lists(st.integers(0, 5), max_size=30), st.lists(st.integers(0, 5), max_size=30))
def test_an_alignment_covers_both_sides_and_tells_no_lie(
    before: list[int], after: list[int]
) -> None:
    b = a = 0
    for stretch in align(before, after):
        assert (stretch.b1, stretch.a1) == (b, a)
        assert stretch.same == (before[stretch.b1 : stretch.b2] == after[stretch.a1 : stretch.a2])
        b, a = stretch.b2, stretch.a2
    assert (b, a) == (len(before), len(after))


def _articles(length: int, paragraph: int) -> tuple[str, str]:
    source = random.Random(3)
    vocabulary = [f"word{number}" for number in range(3000)]
    before = [source.choice(vocabulary) for _ in range(length)]
    after = [word if source.random() > 0.1 else source.choice(vocabulary) for word in before]
    one, other = (
        canonicalise(
            "".join(
                f"<p>{' '.join(text[place : place + paragraph])}</p>"
                for place in range(0, length, paragraph)
            )
        )
        for text in (before, after)
    )
    return one, other


@pytest.mark.parametrize("paragraph", [10, 60, 5000])
def test_a_tenth_of_five_thousand_words_is_compared_in_half_a_second(paragraph: int) -> None:
    before, after = _articles(5000, paragraph)

    started = time.process_time()
    found = difference(before, after)

    assert time.process_time() - started < 0.5
    assert found.changes > 300


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a</p>", "<p>b</p>"),
        ("<p>a b</p>", "<p>b a</p>"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
        ("a ", "b "),
    ],
)
def test_a_large_repetitive_text_is_compared_soon(one: str, other: str) -> None:
    before, after = canonicalise(one * 5000), canonicalise((one + other) * 3000)

    started = time.process_time()
    found = difference(before, after)

    assert time.process_time() - started < 5
    assert applied(found.html, drop="del", keep="ins") == after


def test_a_page_says_that_a_text_is_too_long_instead_of_comparing_it_for_seconds() -> None:
    before, after = "<p>a</p>" * 5000, "<p>a</p>" * 5001

    found = shown_difference(before, after)

    assert found.changes == 1
    assert 'id="change-1"' in found.html
    assert "too long to compare in detail" in found.html
    assert shown_difference(before, before + "") == difference(before, before)
    assert shown_difference(before[:-8], before) == difference(before[:-8], before)
    assert is_too_long("<ul><li><p>a</p></li></ul>" * 5001, before)
    assert not is_too_long(after, after)
    assert ' id="change-4"' in shown_difference(before, after, step=steps.after(3)).html


@settings(deadline=None)
@given(edited())
def test_steps_are_counted_as_the_page_wants_them_and_nothing_else_changes(
    pair: tuple[str, str],
) -> None:
    identity = re.compile(r' id="change-([0-9]+)"')
    plain = difference(*pair)
    count = plain.changes
    ids = {
        name: [int(step) for step in identity.findall(difference(*pair, step=step).html)]
        for name, step in (
            ("each", steps.each),
            ("after", steps.after(7)),
            ("only", steps.only(5)),
            ("none", steps.none),
        )
    }

    assert sorted(ids["each"]) == list(range(1, count + 1))
    assert ids["after"] == [step + 7 for step in ids["each"]]
    assert ids["only"] == ([5] if count else [])
    assert ids["none"] == []
    for step in (steps.after(7), steps.only(5), steps.none):
        found = difference(*pair, step=step)
        assert identity.sub("", found.html) == identity.sub("", plain.html)
        assert found.changes == count


def test_tables_of_two_texts_on_a_page_are_told_apart_by_name() -> None:
    body = canonicalise("<table><caption>Dose</caption><tr><td>a</table><table><tr><td>b</table>")

    names = re.findall(
        r'aria-label="([^"]*)"', difference(body, body, tables_of="Mine & now: ").html
    )

    assert names == ["Mine &amp; now: Dose", "Mine &amp; now: Table 2"]
