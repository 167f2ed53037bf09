"""Other keys in a body, more said in a rendering; nothing else changes."""

from __future__ import annotations

import re
from dataclasses import replace

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from manuscript.content.canonical import canonicalise
from manuscript.content.citations import citations, mentions
from manuscript.content.figures import FigureImage, figure_places
from manuscript.content.inline import Citation
from manuscript.content.plain import plain_text
from manuscript.content.rendering import render
from manuscript.content.rewriting import annotated, rekeyed
from manuscript.content.schema import NotCanonical
from tests.manuscript.content.strategies import KEYS, bodies, numbered

pytestmark = pytest.mark.pure

FIGURES = ("scan-1", "b")
others = st.sampled_from(("merged-2026", "z.9", "a"))
citation_keys = st.dictionaries(st.sampled_from((*KEYS, "never-cited")), others)
figure_keys = st.dictionaries(st.sampled_from((*FIGURES, "never-shown")), others)


class TestRekeyed:
    @settings(deadline=None)
    @given(bodies, citation_keys, figure_keys)
    def test_every_citation_and_figure_has_its_new_key_and_all_else_it_had(
        self, body: str, cited: dict[str, str], shown: dict[str, str]
    ) -> None:
        found = rekeyed(body, citations=cited, figures=shown)

        assert list(citations(found)) == [
            Citation(
                tuple(dict.fromkeys(cited.get(key, key) for key in citation.keys)), citation.locator
            )
            for citation in citations(body)
        ]
        assert figure_places(found) == [
            replace(place, key=shown.get(place.key, place.key)) for place in figure_places(body)
        ]

    @settings(deadline=None)
    @given(bodies, citation_keys, figure_keys)
    def test_the_result_is_canonical_and_says_the_same(
        self, body: str, cited: dict[str, str], shown: dict[str, str]
    ) -> None:
        found = rekeyed(body, citations=cited, figures=shown)

        assert canonicalise(found) == found
        assert plain_text(found) == plain_text(body)
        keyed = re.compile(r"<(?:cite|figure) [^>]*>")
        assert keyed.split(found) == keyed.split(body)

    @settings(deadline=None)
    @given(bodies, citation_keys, figure_keys)
    def test_twice_is_once(self, body: str, cited: dict[str, str], shown: dict[str, str]) -> None:
        # A key that another becomes stays what it is: "a" is nowhere mapped on.
        cited.pop("a", None)
        once = rekeyed(body, citations=cited, figures=shown)

        assert rekeyed(once, citations=cited, figures=shown) == once

    @settings(deadline=None)
    @given(bodies)
    def test_without_other_keys_it_is_the_same_to_the_byte(self, body: str) -> None:
        assert rekeyed(body) == body
        assert rekeyed(body, citations={"never-cited": "x"}, figures={"never-shown": "x"}) == body

    def test_two_sources_that_became_one_are_cited_once_in_a_place_and_keep_their_page(
        self,
    ) -> None:
        body = (
            '<p>A<cite data-refs="a b c" data-locator="p. 3"></cite>'
            '<cite data-refs="b"></cite> b data-refs="b".</p>'
        )

        assert rekeyed(body, citations={"b": "a"}) == (
            '<p>A<cite data-refs="a c" data-locator="p. 3"></cite>'
            '<cite data-refs="a"></cite> b data-refs="b".</p>'
        )

    def test_a_figure_that_is_called_like_a_source_is_another_thing(self) -> None:
        body = '<figure data-figure="a" data-alt="&lt;b&gt; &quot;c&quot;"></figure><p>x<cite data-refs="a"></cite></p>'

        assert rekeyed(body, citations={"a": "z"}) == body.replace('refs="a"', 'refs="z"')
        assert rekeyed(body, figures={"a": "z"}) == body.replace('figure="a"', 'figure="z"')

    @pytest.mark.parametrize("key", ["", "A", "a b", 'a"', "-a", "a" * 81])
    def test_what_is_no_key_is_refused(self, key: str) -> None:
        with pytest.raises(ValueError, match="is not a key"):
            rekeyed('<p>a<cite data-refs="a"></cite></p>', citations={"a": key})
        with pytest.raises(ValueError, match="is not a key"):
            rekeyed('<figure data-figure="a"></figure>', figures={"a": key})

    @pytest.mark.parametrize(
        "body", ["<p>a<b</p>", "<p>a</P>", "<p class=x>a</p>", "<p>a<!--b--></p>"]
    )
    def test_what_is_no_regular_markup_is_refused(self, body: str) -> None:
        with pytest.raises(NotCanonical):
            rekeyed(body, citations={"a": "b"})


PICTURE = FigureImage(800, 600, (("/figures/abc/480.webp", 480), ("/figures/abc/800.webp", 800)))
LABEL = ' aria-label="added 7f3a"'
CREDIT = '<span class="figure-credit">added 7f3a</span>'


class TestAnnotated:
    @settings(deadline=None)
    @given(bodies, st.sets(st.sampled_from(KEYS)), st.sets(st.sampled_from(FIGURES)))
    def test_what_was_rendered_stays_to_the_byte_and_every_addition_is_where_it_belongs(
        self, body: str, named: set[str], credited: set[str]
    ) -> None:
        numbers = numbered(body)
        rendering = render(body, numbers, figures={"scan-1": PICTURE})
        links = {numbers[key]: {"aria-label": "added 7f3a"} for key in named if key in numbers}

        found = annotated(
            rendering,
            link_attributes=links,
            figure_credits=dict.fromkeys(credited, "added 7f3a"),
        )

        bare = found.replace(LABEL, "").replace(f"<figcaption>{CREDIT}</figcaption>", "")
        assert bare.replace(f" {CREDIT}", "") == rendering
        assert found.count(LABEL) == sum(
            times for key, times in mentions(body).items() if key in named
        )
        root = lxml.html.fragment_fromstring(found, create_parent="div")
        assert [
            figure.get("data-figure")
            for figure in root.xpath('.//figure[figcaption/*[last()][@class="figure-credit"]]')
        ] == [place.key for place in figure_places(body) if place.key in credited]

    @settings(deadline=None)
    @given(bodies)
    def test_without_additions_it_is_the_rendering(self, body: str) -> None:
        rendering = render(body, numbered(body))

        assert annotated(rendering) == rendering

    def test_attributes_stand_last_in_the_links_of_their_number(self) -> None:
        rendering = render('<p>a<cite data-refs="x y"></cite></p>', {"x": 1, "y": 12})

        assert annotated(
            rendering, link_attributes={1: {"aria-label": 'A "b" <c>', "class": "old"}}
        ) == (
            '<p>a<cite class="citation" data-refs="x y"><sup>'
            '<a href="#ref-1" id="cite-1-1" aria-label="A &quot;b&quot; &lt;c&gt;" class="old">1</a>,'
            '<a href="#ref-12" id="cite-12-1">12</a></sup></cite></p>'
        )

    def test_a_link_of_the_text_is_no_citation(self) -> None:
        body = '<p><a href="https://x.org/#ref-1">a</a><cite data-refs="x"></cite> <a href="https://x.org/">b</a></p>'

        found = annotated(render(body, {"x": 1}), link_attributes={1: {"class": "old"}})

        assert found.count('class="old"') == 1
        assert 'id="cite-1-1" class="old"' in found

    def test_a_credit_ends_the_caption_or_makes_one_and_is_text(self) -> None:
        shown = (
            '<figure data-figure="a"><figcaption>C<cite data-refs="x"></cite></figcaption></figure>'
        )
        body = f'{shown}<figure data-figure="b"></figure><figure data-figure="c"></figure>'
        credit = '<span class="figure-credit">Sam &lt;S&gt;</span>'

        found = annotated(
            render(body, {"x": 1}), figure_credits={"a": "Sam <S>", "b": "Sam <S>", "c": ""}
        )

        assert f"</cite> {credit}</figcaption></figure>" in found
        assert f"</div><figcaption>{credit}</figcaption></figure>" in found
        assert found.count("figure-credit") == 2
        assert found.endswith('<figure data-figure="c"><div class="figure-missing"></div></figure>')

    def test_what_is_no_rendering_is_refused(self) -> None:
        with pytest.raises(NotCanonical):
            annotated("<p>a<script src=x>", figure_credits={"a": "b"})
