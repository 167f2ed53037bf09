"""Pages that nobody here wrote; `expected.json` has the truth about them."""

import json
import re
import time

import pytest
from markdown_it import MarkdownIt

from manuscript.importing import ImportRefused, counts, read_article
from tests.manuscript.importing.reading import SHARED, cited, codes, labels, noted, outside, words


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
        read_article(outside("corpora/terminology/mesh_desc_samples.xml"), name="mesh.xml")
    with pytest.raises(ImportRefused, match="looks like an SVG image"):
        read_article(outside("corpora/security/SVG_XSS1.svg"))


@pytest.mark.parametrize(
    "name", ["1472-6831-8-11.nxml", "journal.pmed.1001518.xml", "PMC11784394.xml"]
)
def test_reads_journal_articles_as_a_person_counts_them(name):
    expected = _expected(f"jats/{name}")
    source = outside(f"corpora/jats/{name}").decode()

    article = read_article(source.encode(), name=name)

    found = counts(article)
    assert article.title == expected["title"]
    assert found["headings"] == expected["body_headings"]
    depth = {"h2": 1, "h3": 2, "h4": 3}
    levels = [depth[level] for level in re.findall(r"<(h[234])>", article.body)]
    assert max(levels, default=0) == expected["max_heading_depth"]
    assert (found["tables"], found["figures"]) == (expected["tables"], expected["figures"])
    assert len(article.references) == expected["references"]
    assert found["citations"] >= expected["citation_markers"]
    assert "reference-never-cited" not in codes(article)
    set_aside = "\n".join(w.text for w in noted(article, "abstract-set-aside"))
    assert set_aside.count("• ") == expected["list_items"]
    for heading in re.findall(r"<title>([^<]+)</title>", source.partition("<body")[0]):
        assert not re.search(rf"<h[234]>{re.escape(heading)}</h[234]>\s*$", article.body)


def test_a_range_cites_all_that_it_covers():
    article = read_article(outside("corpora/jats/1472-6831-8-11.nxml"))

    assert "7 8 9 10 11 12" in cited(article)
    assert "13 14 15 16 17" in cited(article)


def test_a_misprint_in_a_caption_survives():
    article = read_article(outside("corpora/jats/journal.pmed.1001518.xml"))

    assert "Demographics and variables of interest at bastline." in article.body
    assert not any("Editors' Summary" in part for part in (article.body, article.summary))


def _files() -> list[str]:
    return sorted(
        f"{folder}/{path.name}"
        for folder in ("jats", "html", "markdown", "articles", "docx")
        for path in (SHARED / "corpora" / folder).glob("*")
    )


@pytest.mark.parametrize("path", _files())
def test_every_file_is_read_or_refused_with_a_reason(path):
    begun = time.process_time()
    if path == "jats/journal.pcbi.0030158.xml":
        with pytest.raises(
            ImportRefused, match=r"a retraction notice of 10\.1371/journal\.pcbi\.0030051"
        ):
            read_article(outside(f"corpora/{path}"), name=path)
    else:
        article = read_article(outside(f"corpora/{path}"), name=path, tracked_changes="accept")
        assert article.title
        assert article.body
    assert time.process_time() - begun < 6  # alone the largest takes a third of a second


def test_reads_the_twins_alike():
    xml = read_article(outside("corpora/jats/nlm_userguide.xml"))
    html = read_article(outside("corpora/html/nlm_userguide.html"))

    assert counts(xml)["headings"] == 26
    assert len(noted(xml, "footnote-moved")) == len(noted(html, "footnote-moved")) == 7
    titles = [re.findall(r"<h[234]>(.*?)</h[234]>", one.body) for one in (xml, html)]
    assert set(map(words, titles[0])) <= set(map(words, titles[1]))


def test_reads_an_encyclopedia_page():
    article = read_article(outside("corpora/html/wikipedia_page.html"))

    assert article.title == "Microsoft"
    assert cited(article)[:3] == ["1", "2", "3"]
    assert labels(article)[:9] == [str(n) for n in range(1, 10)]
    assert all(reference.identified for reference in article.references[:9])
    assert "[edit]" not in article.body
    assert article.licence.startswith("https://creativecommons.org/licenses/by-sa/4.0/")


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
