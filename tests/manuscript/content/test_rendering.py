"""A rendering shows the body, and canonicalising it gives the body back."""

from __future__ import annotations

import re
import unicodedata

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscript.content import rendering
from manuscript.content.canonical import canonicalise
from manuscript.content.citations import DanglingCitation, mentions
from manuscript.content.outline import Heading, outline
from manuscript.content.plain import plain_text
from manuscript.content.rendering import located, render
from manuscript.content.schema import MAX_LABEL, NotCanonical
from tests.manuscript.content.strategies import bodies, numbered

pytestmark = pytest.mark.pure


@settings(deadline=None)
@given(
    bodies, st.sampled_from(({}, {"note": "Hinweis <&>", "table": "Tabelle"}, {"warning": "警告"}))
)
def test_a_rendering_canonicalises_to_its_body(body: str, labels: dict[str, str]) -> None:
    assert canonicalise(render(body, numbered(body), labels=labels)) == body


def _words(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFD", text))


def _shown(markup: str) -> str:
    """Return the text of a rendering without what the renderer adds, read by a parser that is not ours."""
    root = lxml.html.fragment_fromstring(markup, create_parent="div")
    for extra in root.xpath('.//cite | .//p[@class="callout-label"]'):
        extra.drop_tree()
    return _words(root.text_content())


@settings(deadline=None)
@given(bodies)
def test_a_rendering_says_what_the_body_says(body: str) -> None:
    without_lists = re.sub(r"</?(?:ul|ol|li)\b[^>]*>", "", body)

    assert _shown(render(body, numbered(body))) == _words(plain_text(without_lists))


@settings(deadline=None)
@given(bodies)
def test_ids_are_unique_and_the_outline_has_those_of_the_headings(body: str) -> None:
    markup = render(body, numbered(body))
    ids = re.findall(r' id="([^"]*)"', markup)
    headings = re.findall(r'<h([234]) id="([^"]*)"', markup)

    assert len(ids) == len(set(ids))
    assert [(int(level), identity) for level, identity in headings] == [
        (entry.level, entry.id) for entry in outline(body)
    ]


@settings(deadline=None)
@given(bodies)
def test_every_mention_has_an_id_to_link_back_to(body: str) -> None:
    numbers = numbered(body)
    markup = render(body, numbers)
    for key, count in mentions(body).items():
        for mention in range(1, count + 1):
            assert f'id="cite-{numbers[key]}-{mention}"' in markup
        assert f'id="cite-{numbers[key]}-{count + 1}"' not in markup


def test_a_citation_shows_its_numbers_ascending_as_links() -> None:
    assert render('<p>a.<cite data-refs="x y"></cite></p>', {"x": 4, "y": 3}) == (
        '<p>a.<cite class="citation" data-refs="x y"><sup><a href="#ref-3" id="cite-3-1">3</a>,'
        '<a href="#ref-4" id="cite-4-1">4</a></sup></cite></p>'
    )


def test_a_locator_follows_its_number_and_a_comma_parts_neighbours() -> None:
    body = '<p>a<cite data-refs="x" data-locator="p. 12"></cite><cite data-refs="x" data-locator="Fig. 2"></cite></p>'

    shown = lxml.html.fromstring(render(body, {"x": 3})).text_content()

    assert shown == "a3(p12),3(Fig. 2)"


@pytest.mark.parametrize(
    ("locator", "shown"),
    [("p. 12", "(p12)"), ("PP 3–4", "(PP3–4)"), ("Table 2, p. 3", "(Table 2, p3)"), ("App. 2", "(App. 2)"), ("Supp. 3", "(Supp. 3)"), ("Map 4", "(Map 4)")],
)  # fmt: skip
def test_only_the_mark_of_a_page_is_set_closer(locator: str, shown: str) -> None:
    assert located(locator) == shown


def test_a_citation_without_a_number_is_refused_by_name() -> None:
    with pytest.raises(DanglingCitation, match="gao-2023") as refusal:
        render('<p>a<cite data-refs="gao-2023"></cite></p>', {})
    assert refusal.value.key == "gao-2023"
    assert isinstance(refusal.value, KeyError)


def test_a_citation_without_a_number_may_be_written_otherwise() -> None:
    body = '<p>a<cite data-refs="lost x gone y" data-locator="p. 3"></cite> b<cite data-refs="gone"></cite></p>'

    shown = render(body, {"x": 2, "y": 1}, dangling=lambda key: f"<b>{key}</b>")

    assert (
        '<sup><a href="#ref-1" id="cite-1-1">1</a>,<a href="#ref-2" id="cite-2-1">2</a>,<b>lost</b>,<b>gone</b>(p3)</sup>'
    ) in shown
    assert shown.endswith('data-refs="gone"><sup><b>gone</b></sup></cite></p>')


@settings(deadline=None)
@given(bodies)
def test_hooks_change_nothing_where_there_is_nothing_for_them(body: str) -> None:
    plain = render(body, numbered(body))

    assert render(body, numbered(body), dangling=lambda _key: "x", credit=lambda _key: "") == plain
    assert canonicalise(render(body, {}, dangling=lambda _key: "<b>[?]</b>")) == body


def test_an_image_and_its_credit_may_be_written_otherwise() -> None:
    body = '<figure data-figure="a" data-alt="&lt;A&gt;"><figcaption>C</figcaption></figure><figure data-figure="b"></figure>'

    shown = render(
        body, {}, picture=lambda key, alt: f"[{key}: {alt}]", credit=lambda key: f"<p>{key}</p>"
    )

    assert shown == (
        '<figure data-figure="a" data-alt="&lt;A&gt;">[a: <A>]<figcaption>C</figcaption><p>a</p></figure>'
        '<figure data-figure="b">[b: ]<p>b</p></figure>'
    )


def test_headings_get_readable_ids_of_their_own() -> None:
    body = "<h2>Über die Dosis</h2><h3>间质性肺病</h3><h2>Über die Dosis</h2><h2>?</h2><h2>Ref 3</h2><h2>Über die Dosis 2</h2>"

    assert outline(body) == [
        Heading(2, "Über die Dosis", "über-die-dosis"),
        Heading(3, "间质性肺病", "间质性肺病"),
        Heading(2, "Über die Dosis", "über-die-dosis-2"),
        Heading(2, "?", "section"),
        Heading(2, "Ref 3", "section-ref-3"),
        Heading(2, "Über die Dosis 2", "über-die-dosis-2-2"),
    ]


def test_a_table_scrolls_in_a_region_named_by_its_caption() -> None:
    body = "<table><caption>Dose &amp; <em>risk</em></caption><tbody><tr><td><p>a</p></td></tr></tbody></table>"
    region = '<div class="table-scroll" tabindex="0" role="region" aria-label='

    assert render(body, {}).startswith(region + '"Dose &amp; risk"><table>')
    assert render(body.replace("<caption>Dose &amp; <em>risk</em></caption>", ""), {}).startswith(
        region + '"Table 1">'
    )


def test_a_callout_is_a_note_with_a_visible_label_in_the_readers_language() -> None:
    body = '<aside data-callout="caution"><p>a</p></aside>'

    assert render(body, {}) == (
        '<aside data-callout="caution" role="note"><p class="callout-label" data-label="">Caution</p><p>a</p></aside>'
    )
    assert ">Vorsicht</p>" in render(body, {}, labels={"caution": "Vorsicht"})


@pytest.mark.parametrize("label", ["", " ", "x" * (MAX_LABEL + 1)])
def test_a_label_that_could_not_be_taken_back_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="label"):
        render('<aside data-callout="note"><p>a</p></aside>', {}, labels={"note": label})


@pytest.mark.parametrize(
    "body",
    [
        "text",
        "<p>a",
        "<p>a</p></p>",
        '<p onclick="x">a</p>',
        "<script>a</script>",
        "<p><img></p>",
        "<p><script>a</script></p>",
        "<p><u>a</u></p>",
        '<p><a href="javascript:x">a</a></p>',
        "<p>a</div>",
        "<P>a</P>",
        "<p>a<!-- b --></p>",
    ],
)
def test_what_is_not_canonical_is_not_rendered(body: str) -> None:
    with pytest.raises(NotCanonical):
        render(body, {})


def test_the_renderer_has_a_number() -> None:
    assert rendering.RENDERER == 3
