"""Which references a body cites, in which order, and where."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from manuscript.content.canonical import canonicalise
from manuscript.content.citations import (
    CitationPlace,
    citation_places,
    cited_keys,
    keys_as_typed,
    mentions,
    number,
    uncited,
)
from manuscript.content.schema import MAX_MARKUP_DEPTH
from tests.manuscript.content.strategies import anything, bodies

pytestmark = pytest.mark.pure

BODY = canonicalise(
    "<h2>Risk</h2><p>One.<cite data-refs='b a'></cite> Two<cite data-refs='b' data-locator='p. 3'></cite>.</p>"
    "<table><tr><th>x<tr><td>HR 1.33<cite data-refs=c></cite></table>"
)


def test_keys_come_in_the_order_of_their_first_citation() -> None:
    assert cited_keys(BODY) == ["b", "a", "c"]
    assert number(BODY) == {"b": 1, "a": 2, "c": 3}
    assert mentions(BODY) == {"b": 2, "a": 1, "c": 1}


@settings(deadline=None)
@given(anything)
def test_what_was_typed_cites_all_that_its_canonical_form_will_cite(html: str) -> None:
    assert set(cited_keys(canonicalise(html))) <= set(keys_as_typed(html))


@settings(deadline=None)
@given(bodies)
def test_a_canonical_body_cites_what_it_cites_however_it_is_read(body: str) -> None:
    assert keys_as_typed(body) == cited_keys(body)


def test_what_was_typed_is_read_as_a_browser_reads_it_and_never_refused() -> None:
    html = (
        "<CITE class=x data-refs='B  a' data-locator=\"x>y\">1<cite data-refs=c&amp;d>2</cite>"
        "<!-- <cite data-refs='no'> --><script><cite data-refs='no'></script>&lt;cite data-refs='no'&gt;"
        f"\x00\ud800{'<blockquote>' * (MAX_MARKUP_DEPTH + 1)}<p data-refs='no'><cite data-refs='a last'"
    )

    assert keys_as_typed(html) == ["b", "a", "last"]
    assert keys_as_typed("") == []


def test_references_that_nothing_cites_are_named() -> None:
    assert uncited(BODY, ["z", "a", "y"]) == ["z", "y"]


def test_a_place_is_the_sentence_or_row_with_the_locator() -> None:
    assert citation_places(BODY) == [
        CitationPlace("b", None, "One.", "h2:1/p:1/s:1"),
        CitationPlace("a", None, "One.", "h2:1/p:1/s:1"),
        CitationPlace("b", "p. 3", "Two.", "h2:1/p:1/s:2"),
        CitationPlace("c", None, "HR 1.33", "h2:1/row:1"),
    ]


@settings(deadline=None)
@given(bodies)
def test_every_mention_in_the_markup_is_counted_in_order(body: str) -> None:
    written = [key for refs in re.findall(r'data-refs="([^"]*)"', body) for key in refs.split()]

    assert cited_keys(body) == list(dict.fromkeys(written))
    assert {key: written.count(key) for key in written} == mentions(body)
    assert [place.key for place in citation_places(body)] == written
    assert uncited(body, written) == []
