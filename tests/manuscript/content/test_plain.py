"""A body as plain text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings

from manuscript.content.canonical import canonicalise
from manuscript.content.citations import DanglingCitation
from manuscript.content.plain import changed_words, plain_text, word_count
from tests.manuscript.content.strategies import bodies

pytestmark = pytest.mark.pure


def test_blocks_lists_and_tables_keep_their_shape() -> None:
    body = canonicalise(
        "<h2>H</h2><p>a<br>b</p><ul><li>c<ol start=9><li>d<li>e<p>f</p></ol><li>g</ul>"
        "<table><caption>t</caption><tr><th>x<th>y<tr><td>1<td><p>2</p><p>3</p></table><blockquote><p>q</p><p>r</p></blockquote>"
    )

    assert plain_text(body) == (
        "H\n\na\nb\n\n• c\n  9. d\n  10. e\n\n      f\n• g\n\nt\nx\ty\n1\t2 3\n\nq\n\nr"
    )


def test_citations_show_only_where_numbers_are_given() -> None:
    body = '<p>a.<cite data-refs="x y"></cite> b<cite data-refs="x" data-locator="p. 3"></cite></p>'

    assert plain_text(body) == "a. b"
    assert plain_text(body, citations={"x": 2, "y": 1}) == "a.[1,2] b[2(p. 3)]"
    with pytest.raises(DanglingCitation):
        plain_text(body, citations={"x": 2})


def test_words_are_counted_as_people_count_them() -> None:
    assert word_count("<p>HR 0.18 in JAK-inhibitor users, patient's own.</p>") == 7
    assert word_count("<p>间质性肺病 ILD</p>") == 6
    assert (
        word_count(
            "<ol><li><p>one</p></li></ol><table><tbody><tr><td><p>two</p></td></tr></tbody></table>"
        )
        == 2
    )
    assert word_count("") == 0


def test_the_words_of_what_differs_are_those_of_one_side_alone() -> None:
    before = "<h2>Risk</h2><p>Stays <strong>here</strong> now.</p><p>A &amp; b&lt;c goes.</p><p>Twice</p>"
    after = "<p>Twice</p><h2>Risk</h2><p>Twice</p><p>Stays <strong>here</strong> now.</p><ul><li><p>肺 came</p></li></ul>"

    gone, new = changed_words(before, after)

    assert dict(gone) == {"A": 1, "b": 1, "c": 1, "goes": 1}
    assert dict(new) == {"肺": 1, "came": 1, "Twice": 1}
    assert changed_words("", after)[1].total() == word_count(after)


@settings(deadline=None)
@given(bodies, bodies)
def test_changed_words_are_words_of_their_side(before: str, after: str) -> None:
    gone, new = changed_words(before, after)

    assert changed_words(after, before) == (new, gone)
    assert gone <= changed_words(before, "")[0]
    assert changed_words(before, before) == ({}, {})


@settings(deadline=None)
@given(bodies)
def test_plain_text_is_composed_and_holds_no_markup_of_its_own(body: str) -> None:
    text = plain_text(body)

    assert unicodedata.is_normalized("NFC", text)
    assert "\u00a0" not in text
