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
    mentions,
    number,
    uncited,
)
from tests.manuscript.content.strategies import bodies

pytestmark = pytest.mark.pure

BODY = canonicalise(
    "<h2>Risk</h2><p>One.<cite data-refs='b a'></cite> Two<cite data-refs='b' data-locator='p. 3'></cite>.</p>"
    "<table><tr><th>x<tr><td>HR 1.33<cite data-refs=c></cite></table>"
)


def test_keys_come_in_the_order_of_their_first_citation() -> None:
    assert cited_keys(BODY) == ["b", "a", "c"]
    assert number(BODY) == {"b": 1, "a": 2, "c": 3}
    assert mentions(BODY) == {"b": 2, "a": 1, "c": 1}


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
