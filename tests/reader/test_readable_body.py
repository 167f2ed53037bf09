"""A frozen rendering as a reader is served it: what was frozen, and more said in it."""

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import override

from manuscript.content.rendering import render
from reader.article_page import CitedSource, readable_body

pytestmark = pytest.mark.pure

BODY = (
    '<p>a<cite data-refs="x y" data-locator="p. 3"></cite> <a href="https://x.org/">b</a></p>'
    '<figure data-figure="scan"><figcaption>C &amp; "d"</figcaption></figure>'
)
FACTS = {"key": "scan", "credit": 'Sam "S" <x>', "licence": ""}


def source(number: int, *, is_retracted: bool) -> CitedSource:
    return CitedSource(number, SafeString(""), "", "", "", [], [], is_retracted)


def test_names_of_links_and_credits_are_added_and_nothing_else_changes():
    rendered = render(BODY, {"x": 1, "y": 2})
    sources = [source(1, is_retracted=False), source(2, is_retracted=True)]

    served = readable_body(rendered, sources, [FACTS])

    added = (
        ' aria-label="Reference 1"',
        ' aria-label="Reference 2, retracted" class="is-retracted"',
        ' <span class="figure-credit">Image: Sam "S" &lt;x&gt;</span>',
    )
    frozen = served
    for words in added:
        assert served.count(words) == 1
        frozen = frozen.replace(words, "")
    assert frozen == rendered


def test_what_is_added_is_in_the_readers_language():
    rendered = render(BODY, {"x": 1, "y": 2})

    with override("zh"):
        served = readable_body(rendered, [source(1, is_retracted=True)], [])

    assert "Reference 1" not in served
    assert 'id="cite-1-1" aria-label=' in served
