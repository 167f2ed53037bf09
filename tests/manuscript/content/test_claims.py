"""What a reviewer is asked to check, one sentence at a time."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import pairwise

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscript.content.canonical import canonicalise
from manuscript.content.claims import claims
from manuscript.content.sentences import spans
from tests.manuscript.content.strategies import bodies, texts

pytestmark = pytest.mark.pure


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["Take 3 mg. twice daily."],
        ["The dose is 3 mg.", "The risk is 0.18 per 100."],
        ["Drugs, e.g. Tofacitinib, i.e. JAK inhibitors, vs. Placebo."],
        ["Citera et al. Reported this.", "Dr. Smith and Prof. J. K. Rowling agree."],
        ["See Fig. 2 and No. 5, p. 12.", "It works."],
        ["Risk fell by 12.", "34 people died."],
        ["Screen for hepatitis B.", "The vaccine helps."],
        ["It lacks vitamin C.", "Bleeding follows."],
        ["He wrote to J. Smith."],
        ["Infection with E. coli is common."],
        ["Approved in the U.S. Market in 2012."],
        ["Approved in the U.S.", "The label warns."],
        ["Is it safe?", "Yes!", "“Quite.”", "Then (see below.)", "Go on."],
        ["Wait ...", "Then act."],
        ["1. Wash your hands."],
        ["Sept. 2021 came.", "It went."],
        ["肺病很常见。", "是吗？", "“是的！”", "他说。"],
        ["HR 1.33 (95% CI 0.91–1.94).", "[As observed] here."],
        ["هل هو آمن؟", "نعم."],
        ["No stop at all"],
        ["One… two."],
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_would_end_them(expected: list[str]) -> None:
    joiner = "" if re.search("[。！？]", expected[0]) else " "
    assert sentences(joiner.join(expected)) == expected


@given(st.one_of(texts, st.text(max_size=60), st.text(alphabet="aB .。!?e.g1)”\n", max_size=60)))
def test_sentences_cover_the_text(text: str) -> None:
    found = spans(text)
    kept = "".join(text[start:end] for start, end in found)

    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)
    assert all(start < end for start, end in found)
    assert all(end <= start for (_, end), (start, _) in pairwise(found))


def test_a_citation_after_the_stop_belongs_to_the_sentence_before() -> None:
    body = canonicalise(
        '<p>One.<cite data-refs="a b"></cite> Two<cite data-refs="c"></cite>. Three.</p>'
    )

    assert [(claim.text, claim.references) for claim in claims(body)] == [
        ("One.", ("a", "b")),
        ("Two.", ("c",)),
        ("Three.", ()),
    ]


def test_headings_are_not_claims_and_items_rows_and_callouts_are() -> None:
    body = canonicalise(
        "<h2>H.</h2><ul><li>Item one<ul><li>Nested. Twice.</ul></ul><h3>I</h3><table><caption>Cap</caption><tr><th>x<th>y<tr><td>HR. Of<td>1.3"
        "<cite data-refs=k></cite></table><aside data-callout=note>Call.</aside><blockquote>Quote.</blockquote><p>Last.</p>"
    )

    assert [(claim.place, claim.text) for claim in claims(body)] == [
        ("h2:1/li:1/s:1", "Item one"),
        ("h2:1/li:2/s:1", "Nested."),
        ("h2:1/li:2/s:2", "Twice."),
        ("h2:1/h3:1/caption:1/s:1", "Cap"),
        ("h2:1/h3:1/row:1", "HR. Of | 1.3"),
        ("h2:1/h3:1/callout:1/s:1", "Call."),
        ("h2:1/h3:1/quote:1/s:1", "Quote."),
        ("h2:1/h3:1/p:1/s:1", "Last."),
    ]


def test_a_head_row_that_cites_is_a_claim() -> None:
    body = canonicalise(
        "<table><tr><th>ORAL Surveillance<cite data-refs=k></cite><th>y<tr><td>1<td>2</table>"
    )

    assert [(claim.place, claim.text) for claim in claims(body)] == [
        ("top/head:1", "ORAL Surveillance | y"),
        ("top/row:1", "1 | 2"),
    ]


def test_the_digest_is_of_the_text_and_the_keys_in_canonical_json() -> None:
    (claim,) = claims(canonicalise("<p>Cafe\u0301 “&”<cite data-refs='b a'></cite></p>"))
    json = '{"references":["b","a"],"text":"Café “&”"}'

    assert claim.digest == hashlib.sha256(json.encode()).hexdigest()


def test_formatting_and_place_do_not_change_a_digest_but_a_citation_does() -> None:
    digests = [
        claims(canonicalise(variant))[-1].digest
        for variant in (
            "<p>A b.</p>",
            "<ul><li>A <b>b</b>.</ul>",
            "<p>C. A b.</p>",
            "<p>A b.<cite data-refs=k></cite></p>",
        )
    ]

    assert digests[0] == digests[1] == digests[2] != digests[3]


@settings(deadline=None)
@given(bodies)
def test_claims_cover_the_text_and_the_citations(body: str) -> None:
    root = lxml.html.fragment_fromstring(body, create_parent="div")
    for left_out in root.xpath(_NOT_CLAIMS):
        if left_out.getparent() is not None:
            left_out.drop_tree()
    found = claims(body)

    assert _letters("".join(claim.text for claim in found)) == _letters(root.text_content())
    cited = [key for cite in root.iter("cite") for key in cite.get("data-refs").split()]
    assert list(dict.fromkeys(key for claim in found for key in claim.references)) == list(
        dict.fromkeys(cited)
    )
    assert len({claim.place for claim in found}) == len(found)


_NOT_CLAIMS = (
    ".//*[self::h2 or self::h3 or self::h4][not(ancestor::tr)]"
    " | .//thead[not(ancestor::tr)]/tr[not(descendant::cite)]"
)


def _letters(text: str) -> str:
    return unicodedata.normalize("NFD", re.sub(r"[\s|]", "", text))
