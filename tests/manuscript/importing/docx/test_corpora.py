"""Documents that nobody here wrote; `expected.json` has the truth about two of them."""

import json

import pytest

from manuscript.importing import counts
from manuscript.importing.docx.changes import TrackedChanges
from manuscript.importing.result import ImportRefused
from tests.manuscript.importing.docx.building import codes, noted, read_bytes
from tests.manuscript.importing.reading import SHARED, outside, words

pytestmark = pytest.mark.pure


def _expected(path: str) -> dict:
    documents = json.loads(outside("corpora/expected.json"))["documents"]
    return next(document for document in documents if document["path"] == path)


def _read(name: str, **more):
    return read_bytes(outside(f"corpora/{name}"), name=name.rpartition("/")[2], **more)


def test_lists_are_exactly_those_that_word_shows():
    expected = _expected("docx/docx_lists.docx")
    article = _read("docx/docx_lists.docx")
    found = counts(article)

    assert article.title == expected["title"]
    assert found["headings"] + 1 == expected["headings"]
    assert found["list_items"] == expected["list_items"]
    assert found["max_list_depth"] == expected["max_list_depth"]
    assert found["tables"] == expected["tables"]
    assert len(article.references) == expected["references"]
    seventh = article.body.split("Test 7:")[1].split("<h2>")[0]
    assert [part.count("<li>") for part in seventh.split("</ol>")[:-1]] == [4, 1, 1]
    ninth = article.body.split("Test 9")[1]
    assert '<ol start="2"><li><p>Greenhouse Shelves' in ninth
    assert '<ol start="2"><li><p>WEEKEND ERRAND LIST' in ninth


def test_comments_title_and_headings_of_a_manuscript():
    expected = _expected("docx/test_with_comment.docx")
    article = _read("docx/test_with_comment.docx")
    found = counts(article)

    assert article.title.startswith("AutoGen")
    assert len(noted(article, "comment-set-aside")) == expected["comments"]
    assert found["headings"] == expected["headings"]
    assert found["list_items"] == expected["list_items"]
    assert found["tables"] == expected["tables"]
    assert len(article.references) == expected["references"]


def test_a_report_with_many_tables():
    article = _read("docx/bug57031.docx")

    assert counts(article)["tables"] == 21
    assert len(article.figures) == 2


def test_a_strict_document():
    assert words(_read("docx/strict-format.docx").body) == "Test"


def test_numbered_headings_are_headings():
    article = _read("docx/unit_test_headers_numbered.docx")

    assert article.title == "Test Document"
    assert counts(article)["headings"] == 7
    assert codes(article).count("reference-list-set-aside") == 1


def test_a_document_with_everything():
    name = "docx/testWORD_2006ml.docx"
    with pytest.raises(TrackedChanges) as refused:
        _read(name)
    accepted, rejected = (_read(name, tracked_changes=how) for how in ("accept", "reject"))

    assert refused.value.deletions == 25
    assert "note 2" in accepted.body
    assert words(accepted.body) != words(rejected.body)


def test_what_means_harm_is_refused_and_what_does_not_is_read():
    with pytest.raises(ImportRefused, match="DTD"):
        _read("security/ExternalEntityInText.docx")
    assert "ROW 2" in _read("security/testAltChunkHTML.docx").body


def test_a_file_that_expands_far_is_read():
    assert len(_read("security/bug65649.docx", language="ru").body) > 500_000


def test_every_other_document_is_read():
    paths = [*(SHARED / "corpora" / "docx").glob("*.docx"), *(SHARED / "corpora" / "security").glob("*.docx")]  # fmt: skip
    if not paths:
        pytest.skip("no corpora")
    harmful = {"ExternalEntityInText.docx", "bug65649.docx"}
    read = [read_bytes(path.read_bytes(), name=path.name, tracked_changes="accept") for path in paths if path.name not in harmful]  # fmt: skip

    assert all(article.body and article.title for article in read)
