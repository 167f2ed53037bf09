"""The demo's figures: drawn for it, taken by the importer of images, shown with words."""

import json
import re
from pathlib import Path

import pytest

from manuscript.content.canonical import canonicalise
from manuscript.content.figures import figure_places
from manuscript.content.schema import KEY
from manuscript.imaging import process_image

pytestmark = pytest.mark.pure
DEMO = Path(__file__).resolve().parents[2] / "demo"
FIGURES = json.loads((DEMO / "figures.json").read_text(encoding="utf-8"))
PLACES = [
    place
    for path in sorted((DEMO / "articles").glob("*.html"))
    for place in figure_places(canonicalise(path.read_text(encoding="utf-8")))
]
figures = pytest.mark.parametrize("row", FIGURES, ids=lambda row: row["key"])


class TestFigures:
    @figures
    def test_is_a_drawing_that_the_library_takes(self, row):
        image = process_image((DEMO / row["file"]).read_bytes(), row["file"])

        assert KEY.fullmatch(row["key"])
        assert image.media_type == "image/svg+xml"
        assert image.width <= 600, "wider than this, its words are too small on a phone"

    @figures
    def test_says_who_made_it_and_why_it_may_be_shown(self, row):
        assert row["credit"] == "Imprimatur demo"
        assert row["licence"] == "CC0"

    @figures
    def test_states_no_number(self, row):
        drawing = (DEMO / row["file"]).read_text(encoding="utf-8")

        for words in re.findall(r"<text[^>]*>([^<]*)</text>", drawing):
            assert not re.search(r"\d", words)

    def test_every_figure_is_shown_and_every_place_has_one(self):
        assert {place.key for place in PLACES} == {row["key"] for row in FIGURES}

    def test_every_place_has_an_alternative_in_words_and_a_caption(self):
        for place in PLACES:
            assert len(place.alt) > 20
            assert place.caption
