import pytest
from hypothesis import given, settings

from manuscript.content.canonical import canonicalise
from manuscript.content.citations import cited_keys, number
from manuscript.content.claims import claims
from manuscript.content.difference import difference
from manuscript.content.figures import FigureImage, FigurePlace, figure_keys, figure_places
from manuscript.content.rendering import render
from manuscript.content.schema import NotCanonical
from tests.manuscript.content.strategies import bodies, numbered

pytestmark = pytest.mark.pure

SCAN = (
    '<figure data-figure="scan-1" data-alt="Grey lungs">'
    '<figcaption>Scan<cite data-refs="a"></cite></figcaption></figure>'
)
PICTURE = FigureImage(800, 600, (("/figures/abc/480.webp", 480), ("/figures/abc/800.webp", 800)))


class TestCanonicalForm:
    def test_a_figure_keeps_its_key_its_alternative_and_its_caption(self):
        assert canonicalise(SCAN) == SCAN

    def test_an_image_of_the_web_is_left_out_and_its_caption_stays_as_text(self):
        markup = '<figure><img src="https://x.org/a.png" onerror="x"><figcaption>A scan</figcaption></figure>'

        assert canonicalise(markup) == "<p>A scan</p>"

    def test_what_else_stands_in_a_figure_follows_it(self):
        markup = '<figure data-figure="a"><p>Text.</p><figcaption><p>One</p><p>Two</p></figcaption></figure>'

        assert canonicalise(markup) == (
            '<figure data-figure="a"><figcaption>One Two</figcaption></figure><p>Text.</p>'
        )

    def test_a_figure_ends_the_paragraph_it_stands_in(self):
        markup = '<p>Before<figure data-figure="a"></figure>after'

        assert canonicalise(markup) == (
            '<p>Before</p><figure data-figure="a"></figure><p>after</p>'
        )

    def test_a_key_that_is_none_makes_no_figure(self):
        assert canonicalise('<figure data-figure="../etc">x</figure>') == "<p>x</p>"

    def test_a_body_with_a_nameless_figure_is_refused_where_it_is_read(self):
        with pytest.raises(NotCanonical):
            render("<figure></figure>", {})


class TestReading:
    def test_places_say_key_alternative_and_caption(self):
        body = f"<ul><li>{SCAN}</li></ul>{SCAN}"

        assert figure_places(body) == [FigurePlace("scan-1", "Grey lungs", "Scan")] * 2
        assert figure_keys(body) == ["scan-1"]

    def test_a_caption_cites_and_claims(self):
        assert cited_keys(SCAN) == ["a"]
        assert [claim.text for claim in claims(SCAN)] == ["Scan"]


class TestRendering:
    def test_the_image_has_sizes_and_its_alternative(self):
        html = render(SCAN, {"a": 1}, figures={"scan-1": PICTURE})

        assert 'src="/figures/abc/800.webp"' in html
        assert 'srcset="/figures/abc/480.webp 480w, /figures/abc/800.webp 800w"' in html
        assert 'alt="Grey lungs"' in html
        assert canonicalise(html) == SCAN

    def test_a_missing_image_shows_its_place(self):
        html = render(SCAN, {"a": 1})

        assert 'class="figure-missing"' in html
        assert canonicalise(html) == SCAN

    @settings(deadline=None)
    @given(bodies)
    def test_rendering_with_images_is_undone_by_the_canonical_form(self, body: str) -> None:
        pictures = dict.fromkeys(figure_keys(body), PICTURE)

        assert canonicalise(render(body, numbered(body), figures=pictures)) == body


class TestDifference:
    def test_another_alternative_is_a_change(self):
        found = difference(
            SCAN,
            SCAN.replace("Grey", "White"),
            numbers_before=number(SCAN),
            numbers_after=number(SCAN),
        )

        assert '<figure data-figure="scan-1" data-alt="Grey lungs" class="removed"' in found.html
        assert '<figure data-figure="scan-1" data-alt="White lungs" class="added"' in found.html
        assert found.changes == 2
