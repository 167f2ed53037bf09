"""Pages that nobody here wrote; `expected.json` has the truth about them."""

import json
import re

import pytest
from markdown_it import MarkdownIt

from articles.importing import ImportRefused, counts, read_article
from tests.articles.importing.reading import SHARED, cited, codes, labels, noted, outside, words


def _expected(path: str) -> dict:
    documents = json.loads(outside("corpora/expected.json"))["documents"]
    return next(document for document in documents if document["path"] == path)


@pytest.mark.parametrize("name", ["llm_gpt4_ami_ekg.md", "llm_bing_tb_family.md"])
@pytest.mark.parametrize("format", ["auto", "markdown", "text"])
def test_reads_answers_of_language_models(name, format):  # noqa: A002 - the option's name
    expected = _expected(f"articles/{name}")

    article = read_article(outside(f"corpora/articles/{name}"), format=format, name=name)

    assert article.title.endswith("?")
    assert counts(article)["list_items"] == expected["list_items"]
    assert len(article.references) == expected["references"]
    assert (
        sorted({int(n) for keys in cited(article) for n in keys.split()})
        == expected["cited_markers"]
    )
    uncited = [w.text.split()[0] for w in noted(article, "reference-never-cited")]
    assert [int(label) for label in uncited] == expected["uncited"]
    if "distinct_reference_urls" in expected:
        assert (
            len({r.csl["URL"] for r in article.references}) == expected["distinct_reference_urls"]
        )
        assert len(noted(article, "repeated-source")) == 1


def test_says_that_a_search_page_is_no_source():
    article = read_article(outside("corpora/articles/llm_bing_tb_family.md"))

    assert "search page" in next(
        w.proposal for w in noted(article, "reference-to-identify") if "bing.com" in w.text
    )
    assert counts(article)["citations"] == 13


def test_reads_a_browser_copy_with_few_alarms():
    article = read_article(outside("corpora/articles/paste_cancergov_3_5.txt"))

    assert article.title == "Childhood Soft Tissue Sarcoma"
    assert article.heading == ""
    assert counts(article)["headings"] >= 9
    assert labels(article) == ["1"]
    assert noted(article, "flattened-list")
    assert not {"fused-words", "doubled-term", "possible-citation"} & set(codes(article))
    assert "Liposarcoma . This is a rare cancer of the fat cells." in words(article.body)


def test_reads_the_longest_markdown():
    article = read_article(outside("corpora/markdown/commonmark_spec.txt"), format="markdown")

    assert article.title == "CommonMark Spec"
    text = outside("corpora/markdown/commonmark_spec.txt").decode().split("...\n", 1)[1]
    tokens = MarkdownIt("commonmark").parse(text)
    assert counts(article)["headings"] == sum(token.type == "heading_open" for token in tokens)
    assert not {"fused-words", "doubled-term", "possible-citation"} & set(codes(article))
    assert not article.references


def test_refuses_other_formats_by_name():
    with pytest.raises(ImportRefused, match="looks like an XML document"):
        read_article(outside("corpora/articles/medquad_cdc_424.xml"))
    with pytest.raises(ImportRefused, match="looks like an HTML page"):
        read_article(outside("corpora/html/wikipedia_page.html"))
    with pytest.raises(ImportRefused, match="looks like a Word file"):
        read_article(outside("corpora/docx/docx_lists.docx"))


def test_runs_no_script_of_the_payload_lists():
    outside("corpora/security/blns.txt")
    for path in sorted((SHARED / "corpora/security").iterdir()):
        try:
            article = read_article(path.read_bytes(), name=path.name)
        except ImportRefused:
            continue
        assert "<script" not in article.body
        assert all(
            href.startswith(("http://", "https://", "mailto:"))
            for href in re.findall(r'<a href="([^"]*)"', article.body)
        )
