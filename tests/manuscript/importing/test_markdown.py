"""Markdown, as files have it and as chats paste it."""

import pytest

from manuscript.importing import counts
from manuscript.importing.markdown import is_markdown
from tests.manuscript.importing.reading import codes, noted, read, words


def body(words: str) -> str:
    return read("# Title\n\n" + words, format="markdown").body


def test_tells_markdown_from_text():
    assert is_markdown("# Title\n\nText.")
    assert is_markdown("Some **bold** words.")
    assert is_markdown("See [this](https://a.example).")
    assert is_markdown("Plain.", "page.md")
    assert not is_markdown(
        "A title\n\n• A bullet\n\n1. A step, 2*3*4 mg, #1 of many\n\n[1] https://a.example"
    )


def test_marks():
    assert body("**a** *b* ~c~ `d<e`") == "<p><strong>a</strong> <em>b</em> ~c~ d&lt;e</p>"


def test_levels_begin_at_two():
    article = read("# Title\n\n# One\n\ntext\n\n## Two\n\ntext\n\n#### Four\n\ntext\n")

    assert article.heading == "One"
    article = read("# Title\n\ntext\n\n# One\n\ntext\n\n## Two\n\ntext\n\n#### Four\n\ntext\n")
    assert article.body.count("<h2>One</h2>") == article.body.count("<h3>Two</h3>") == 1
    assert "<h4>Four</h4>" in article.body
    assert noted(article, "level-changed")


def test_bold_lines_are_headings_by_guess():
    article = read(
        "# Title\n\n## Part\n\n**Dosing**\n\nIt is given early.\n\n**Note** that it is late.\n"
    )

    assert "<h3>Dosing</h3>" in article.body
    assert [w.text for w in noted(article, "level-guessed")] == ["Dosing"]
    assert "<strong>Note</strong> that" in article.body


def test_lists_nest_at_any_indentation():
    article = body("1. One\n    - a\n        - b\n2. Two\n\n• Three\n  • c\n")

    assert article == (
        "<ol><li><p>One</p><ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul></li><li><p>Two</p></li></ol>"
        "<ul><li><p>Three</p><ul><li><p>c</p></li></ul></li></ul>"
    )


def test_tables_and_quotations():
    assert counts(read("# T\n\n| a | b |\n|---|---|\n| c | d |\n"))["tables"] == 1
    assert body("> A quotation.") == "<blockquote><p>A quotation.</p></blockquote>"


@pytest.mark.parametrize(
    ("kind", "callout"),
    [("NOTE", "note"), ("WARNING", "warning"), ("CAUTION", "caution"), ("TIP", "note")],
)
def test_alerts_are_callouts(kind, callout):
    article = read(f"# T\n\n> [!{kind}]\n> Do not combine.\n")

    assert article.body == f'<aside data-callout="{callout}"><p>Do not combine.</p></aside>'
    assert ("callout-changed" in codes(article)) == (kind == "TIP")


def test_html_is_understood_or_dropped():
    article = read(
        "# T\n\nA<br>b <b>c</b> <span class='x'>d</span> <script>alert(1)</script> <!-- e --> p <0.05 and >3\n"
    )

    assert article.body == "<p>A<br>b <strong>c</strong> d alert(1) p &lt;0.05 and &gt;3</p>"
    assert [w.text for w in noted(article, "html-dropped")] == [
        "<span class='x'>", "</span>", "<script>", "</script>", "<!-- e -->",
    ]  # fmt: skip


def test_code_becomes_a_paragraph():
    article = read("# T\n\n```js\nReferences\n• [1] aJAK\n```\n")

    assert article.body == "<p>References<br>• [1] aJAK</p>"
    assert codes(article) == ["code-flattened"]


def test_what_a_body_cannot_hold_is_noted():
    article = read(
        "---\ntitle: Named Here\nauthor: Somebody\n---\n\nText ![An image](https://a.example/i.png) and"
        " [a link](javascript:alert) and [b](/relative).\n\n[unused]: https://a.example/u\n"
    )

    assert article.title == "Named Here"
    assert "Somebody" in " ".join(w.text for w in noted(article, "front-matter-left-out"))
    assert [w.text for w in noted(article, "image-left-out")] == [
        "An image https://a.example/i.png"
    ]
    assert [w.text for w in noted(article, "link-left-out")] == ["[b](/relative)"]
    assert noted(article, "link-definition-left-out")
    assert "<a" not in article.body


def test_named_links_work():
    article = read("# T\n\nSee [the guide][g].\n\n[g]: https://a.example/g\n")

    assert '<a href="https://a.example/g">the guide</a>' in article.body


def test_headings_in_items_become_bold():
    article = read("# T\n\nIt is so.\n\n- # Big\n  text\n")

    assert "<li><p><strong>Big</strong></p><p>text</p></li>" in article.body


def test_an_answer_pasted_into_a_text_file():
    article = read(
        """
        ### What is the dose of colchicine?

        **Short answer:** 1.2 mg, then 0.6 mg one hour later【3†source】.

        - *Renal* disease: less [2](https://a.example/renal).

        Sources:
        - [ACR guideline](https://a.example/acr)
        """,
        name="answer.txt",
    )

    assert article.title == "What is the dose of colchicine?"
    assert words(article.body).startswith("Short answer: 1.2 mg, then 0.6 mg one hour later.")
    assert "ACR guideline" in [r.csl.get("title") for r in article.references]
