"""Markdown: what a person reads, and the same text when it comes back."""

import pytest
import yaml
from hypothesis import given, settings
from markdown_it import MarkdownIt

from manuscript.content.canonical import canonicalise
from manuscript.content.citations import citations
from manuscript.content.outline import outline
from manuscript.exporting import markdown
from manuscript.importing import read_article
from tests.manuscript.content import strategies
from tests.manuscript.exporting.test_docx import items
from tests.manuscript.exporting.texts import BODY, a_draft, a_version, citing

pytestmark = pytest.mark.pure


def front(text) -> dict:
    return yaml.safe_load(markdown.write(text).decode().split("---\n")[1])


def shown(text) -> str:
    """Return what a Markdown reader makes of the text below the front matter, as HTML."""
    written = markdown.write(text).decode().split("---\n", 2)[2]
    return MarkdownIt("commonmark").enable("table").render(written)


def body_of(body: str) -> str:
    return shown(a_draft(body, title="T")).split("</h1>")[1]


class TestTheFrontMatter:
    def test_a_draft_says_that_nobody_reviewed_it(self):
        facts = front(a_draft())

        assert facts["status"] == "Draft. Not reviewed."
        assert facts["draft"] == 4
        assert "reviewers" not in facts
        assert "version" not in facts

    def test_a_version_says_version_digest_and_reviewers(self):
        facts = front(a_version())

        assert facts["version"] == 3
        assert facts["digest"] == "0123456789abcdef" * 4
        assert facts["reviewers"][1].startswith("Rhea Reviewer 2, MD")
        assert facts["disclaimers"] == ["No advice.\nSee somebody."]

    @pytest.mark.parametrize(
        "title",
        [
            'Say "yes"',
            "a: b # c",
            "---",
            "it's",
            """'both' "kinds" """,
            "null",
            "肺\u2028x",
            "\x07",
        ],
    )
    def test_any_title_is_read_back_by_yaml(self, title):
        assert front(a_draft(title=title))["title"] == title


class TestTheBody:
    @pytest.mark.parametrize(
        "words",
        ["# no heading", "1. no list", "1) no list", "- no list", "+ no list", "* no *emphasis*", "a_b_c __d__", "`code`", "[a](b)", "![a](b)", "&amp; &lt;", "<b>x</b>", "a | b", "> quote", "\\", "a\\*b", "===", "---", "~~~", "```", "http://x.org", "[1]: http://x.org", "12\\."],
    )  # fmt: skip
    def test_words_that_look_like_marks_stay_words(self, words):
        body = canonicalise("<p>" + words.replace("&", "&amp;").replace("<", "&lt;") + "</p>")

        assert canonicalise(body_of(body)).startswith(body)

    def test_marks_that_markdown_cannot_open_are_tags(self):
        written = markdown.write(a_draft("<p>x<em>(y)</em>z</p>")).decode()

        assert "<em>(y)</em>" in written

    def test_a_bracket_behind_a_citation_makes_no_link(self):
        body = '<p>x<cite data-refs="a"></cite>(y)<cite data-refs="b"></cite>: z</p>'

        assert "<a href" not in body_of(body).split("<h2>")[0]

    def test_the_address_of_a_source_is_not_read_for_characters_once_more(self):
        entry = '<a href="https://example.org/?a=1&amp;copy=2&amp;amp;b">x</a>'

        assert "<https://example.org/?a=1&copy=2&amp;b>" in markdown.write(citing(entry)).decode()

    def test_two_lists_behind_each_other_stay_two(self):
        body = "<ul><li><p>a</p></li></ul><ul><li><p>b</p></li></ul><ol><li><p>c</p></li></ol><ol><li><p>d</p></li></ol>"

        assert body_of(body).count("<ul>") == 2
        assert body_of(body).count("<ol>") == 2

    def test_cells_with_bars_and_spans_keep_their_columns(self):
        body = canonicalise(
            '<table><tr><th>a|b</th><th>c</th></tr><tr><td rowspan="2">d</td><td>e</td></tr><tr><td>f</td></tr></table>'
        )
        html = body_of(body)

        assert html.count("<tr>") == 3
        assert "<td></td>\n<td>f</td>" in html
        assert "a|b" in html

    @given(body=strategies.bodies)
    @settings(max_examples=30, deadline=None)
    def test_no_word_of_a_body_becomes_a_tag_that_does_something(self, body):
        html = shown(a_draft(body))

        assert "<script" not in html
        assert "javascript:" not in html


class TestTheWayBack:
    def test_the_same_headings_lists_and_citations_come_back(self):
        article = read_article(
            markdown.write(a_draft()), format="markdown", language="en", name="x.md"
        )

        assert article.title == "What is the role of tests?"
        assert article.summary == "In short: it depends."
        assert [(h.level, h.text) for h in outline(article.body)] == [
            (h.level, h.text) for h in outline(BODY)
        ]
        assert items(article.body) == items(BODY)
        cited = [" ".join(one.keys) for one in citations(article.body)]
        assert cited == ["imported-1 imported-2", "imported-3", "imported-1"]
        assert [row.csl.get("DOI") for row in article.references] == ["10.5555/test.1", None, None]
        assert '<aside data-callout="warning">' in article.body
        assert '<ol start="3">' in article.body
