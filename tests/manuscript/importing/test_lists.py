"""Lists of pages and of journals: terms in front of what they mean, numbers that count on, and nesting that ends."""

import pytest

from manuscript.importing import read_article
from manuscript.importing.blocks import MAX_DEPTH
from tests.manuscript.importing.reading import codes, noted

pytestmark = pytest.mark.pure

TITLE = "<title-group><article-title>Gout</article-title></title-group>"


def page(body: str) -> bytes:
    return f"<!DOCTYPE html><html><body><h1>Gout</h1><p>Words before it.</p>{body}</body></html>".encode()


def journal(body: str) -> bytes:
    meta = f"<article-meta>{TITLE}</article-meta>"
    return f"<article><front>{meta}</front><body><p>Words before it.</p>{body}</body></article>".encode()


def body_of(source: bytes) -> str:
    return read_article(source).body.removeprefix("<p>Words before it.</p>")


class TestTermsOfAPage:
    def test_stand_in_bold_in_front_of_what_they_mean(self):
        body = body_of(
            page("<dl><dt>Urate</dt><dd>A salt.</dd><dt>Tophus</dt><dd>A lump.</dd></dl>")
        )

        assert body == (
            "<ul><li><p><strong>Urate</strong>: A salt.</p></li>"
            "<li><p><strong>Tophus</strong>: A lump.</p></li></ul>"
        )

    def test_of_one_meaning_are_joined_and_of_none_stand_alone(self):
        body = body_of(page("<dl><dt>Gout</dt><dt>Podagra</dt><dd>Both.</dd><dt>Last</dt></dl>"))

        assert body == (
            "<ul><li><p><strong>Gout</strong>, <strong>Podagra</strong>: Both.</p></li>"
            "<li><p><strong>Last</strong></p></li></ul>"
        )

    def test_in_front_of_a_list_keep_their_own_line(self):
        body = body_of(page("<dl><dt>Drugs</dt><dd><ul><li>One</li></ul></dd></dl>"))

        assert body == "<ul><li><p><strong>Drugs</strong></p><ul><li><p>One</p></li></ul></li></ul>"

    def test_meanings_without_terms_are_text(self):
        assert body_of(page("<dl><dd>Words of it.</dd></dl>")) == "<p>Words of it.</p>"


class TestTermsOfAJournal:
    def test_stand_in_bold_in_front_of_what_they_mean(self):
        body = body_of(
            journal(
                "<def-list><def-item><term>Gout</term><term>Podagra</term><def><p>Both.</p></def></def-item>"
                "<def-item><term>Last</term></def-item></def-list>"
            )
        )

        assert body == (
            "<ul><li><p><strong>Gout</strong>, <strong>Podagra</strong>: Both.</p></li>"
            "<li><p><strong>Last</strong></p></li></ul>"
        )

    def test_a_list_of_terms_in_another_is_an_item_of_it(self):
        inner = "<def-list><def-item><term>In</term><def><p>Inner.</p></def></def-item></def-list>"
        body = body_of(journal(f"<def-list>{inner}</def-list>"))

        assert body == "<ul><li><ul><li><p><strong>In</strong>: Inner.</p></li></ul></li></ul>"


class TestNumbers:
    def test_a_list_begins_where_its_first_item_says(self):
        article = read_article(page("<ol><li value=4>Four</li><li>Five</li></ol>"))

        assert '<ol start="4"><li><p>Four</p></li><li><p>Five</p></li></ol>' in article.body
        assert "numbering-changed" not in codes(article)

    def test_an_item_that_would_count_on_from_elsewhere_is_noted(self):
        article = read_article(page("<ol><li>One</li><li value=7>Seven</li></ol>"))

        (warning,) = noted(article, "numbering-changed")
        assert (warning.text, warning.proposal) == ("7 Seven", "it counts on as 2 now")

    def test_an_items_own_mark_stays_where_the_list_shows_a_bullet(self):
        item = "<list-item><label>(i)</label><p>Words</p></list-item>"

        body = body_of(journal(f'<list list-type="simple">{item}</list>'))

        assert body == "<ul><li><p>i Words</p></li></ul>"


@pytest.mark.parametrize(
    ("source", "outer", "inner"),
    [
        (page, "<ul><li>{}</li></ul>", "<ul><li>Deep</li></ul>"),
        (page, "<ul><li>{}</li></ul>", "<dl><dt>Deep</dt><dd>Words</dd></dl>"),
        (
            journal,
            "<list><list-item>{}</list-item></list>",
            "<list><list-item><p>Deep</p></list-item></list>",
        ),
        (
            journal,
            "<list><list-item>{}</list-item></list>",
            "<def-list><def-item><term>Deep</term><def><p>Words</p></def></def-item></def-list>",
        ),
    ],
)
def test_a_list_nested_too_deeply_keeps_its_words_and_is_noted(source, outer, inner):
    for _ in range(MAX_DEPTH):
        inner = outer.format(inner)

    article = read_article(source(inner))

    assert article.body.count("<ul>") == MAX_DEPTH
    assert "Deep" in article.body
    assert "nesting-flattened" in codes(article)


@pytest.mark.parametrize(
    ("source", "outer"),
    [
        (page, "<blockquote><p>x</p>{}</blockquote>"),
        (journal, "<disp-quote><p>x</p>{}</disp-quote>"),
    ],
)
def test_a_quotation_nested_too_deeply_keeps_its_words_and_is_noted(source, outer):
    inner = "<p>Deep</p>"
    for _ in range(MAX_DEPTH + 1):
        inner = outer.format(inner)

    article = read_article(source(inner))

    assert article.body.count("<blockquote>") == MAX_DEPTH
    assert "Deep" in article.body
    assert [one.text for one in noted(article, "nesting-flattened")] == [
        "a quotation 9 levels deep"
    ]
