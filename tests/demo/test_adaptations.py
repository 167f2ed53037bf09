"""Which editions of the demo adapt another one, and which of those their source has left behind."""

import json
from pathlib import Path

import pytest

from .plans import walk

pytestmark = pytest.mark.pure
DEMO = Path(__file__).resolve().parents[2] / "demo"


def load(name):
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


def adaptations():
    """Return (slug, edition) → (edition as its plan leaves it, its source)."""
    found = {}
    for article in load("articles.json"):
        walks = walk(article, load("rules.json"))
        for name, edition in walks.items():
            if edition.source:
                found[article["slug"], name] = edition, walks[edition.source]
    return found


class TestAdaptations:
    def test_the_source_of_the_chinese_edition_moved_on(self):
        edition, source = adaptations()["tofacitinib-targeted-or-traditional", "clinician.zh"]

        assert (edition.followed, source.versions) == (1, 2)
        assert source.state == edition.state == "APPROVED"

    def test_one_edition_is_in_line_with_its_source(self):
        in_line = [
            name
            for name, (edition, source) in adaptations().items()
            if edition.followed == source.versions
        ]

        assert in_line == [("tofacitinib-sjogren-ild", "public.en")]

    def test_the_version_that_moved_on_adds_one_sentence(self):
        before, after = (
            (DEMO / f"articles/tofacitinib-targeted-or-traditional.en.clinician{version}.html")
            .read_text(encoding="utf-8")
            .splitlines()
            for version in ("", ".v2")
        )

        [added] = [line for line in after if line not in before]
        assert added.startswith("<p>The word names an aim.")
        assert 'data-refs="lin-2020-jak-basics"' in added
        assert all(line in after for line in before)
