"""Tracked changes: asked about, accepted, rejected."""

import pytest

from manuscript.importing.docx.changes import TrackedChanges
from manuscript.importing.result import ImportRefused
from tests.manuscript.importing.docx.building import para, read, run
from tests.manuscript.importing.docx.test_tables import cell, table

pytestmark = pytest.mark.pure

TITLE = para("T", "Title")
BY = 'w:id="1" w:author="Ada Fiktiv" w:date="2026-01-01T00:00:00Z"'


def ins(words: str) -> str:
    return f"<w:ins {BY}>{run(words)}</w:ins>"


def gone(words: str, author: str = "Ben Muster") -> str:
    return f'<w:del w:id="2" w:author="{author}"><w:r><w:delText xml:space="preserve">{words}</w:delText></w:r></w:del>'


def both(body: str) -> tuple[str, str]:
    """Return the body accepted and rejected."""
    return tuple(read(TITLE + body, tracked_changes=how).body for how in ("accept", "reject"))


def test_open_changes_are_asked_about_with_their_number_and_authors():
    with pytest.raises(TrackedChanges) as refused:
        read(TITLE + para(ins("10 mg") + gone("5 mg") + gone("x")))

    assert refused.value.count == 3
    assert str(refused.value) == (
        "The document has tracked changes, 1 insertion and 2 deletions by Ada Fiktiv, Ben Muster: say whether to accept or reject them."
    )
    assert isinstance(refused.value, ImportRefused)


def test_insertions_and_deletions_are_resolved():
    assert both(para(run("Take ") + gone("5 mg") + ins("10 mg") + run("."))) == (
        "<p>Take 10 mg.</p>",
        "<p>Take 5 mg.</p>",
    )


def test_what_was_inserted_and_then_deleted_is_in_neither():
    nested = f"<w:ins {BY}>{gone('maybe')}</w:ins>"

    assert both(para(run("Take it.") + nested)) == ("<p>Take it.</p>", "<p>Take it.</p>")


def test_moves_are_resolved():
    away = '<w:moveFrom w:id="3" w:author="A">' + run("first ") + "</w:moveFrom>"
    here = '<w:moveTo w:id="4" w:author="A">' + run("last") + "</w:moveTo>"

    assert both(para(away + run("middle ") + here)) == (
        "<p>middle last</p>",
        "<p>first middle</p>",
    )


def test_a_deleted_paragraph_mark_joins_two_paragraphs():
    mark = f"<w:rPr><w:del {BY}/></w:rPr>"

    assert both(para("One ", properties=mark) + para("two.")) == (
        "<p>One two.</p>",
        "<p>One </p><p>two.</p>".replace(" </p>", "</p>"),
    )


def test_an_inserted_paragraph_mark_is_taken_back():
    mark = f"<w:rPr><w:ins {BY}/></w:rPr>"

    assert both(para("One ", properties=mark) + para("two."))[1] == "<p>One two.</p>"


def test_a_paragraph_of_which_all_is_deleted_goes():
    mark = f"<w:rPr><w:del {BY}/></w:rPr>"

    assert both(f"<w:p><w:pPr>{mark}</w:pPr>{gone('Gone.')}</w:p>" + para("Stays."))[0] == "<p>Stays.</p>"  # fmt: skip


def test_rows_are_resolved():
    row = f"<w:trPr><w:ins {BY}/></w:trPr>"
    accepted, rejected = both(table(cell("old"), row + cell("new")))

    assert ("new" in accepted, "new" in rejected, "old" in rejected) == (True, False, True)


def test_a_change_of_mere_looks_is_not_asked_about_and_can_be_taken_back():
    changed = f"<w:b/><w:rPrChange {BY}><w:rPr><w:i/></w:rPr></w:rPrChange>"
    body = para(run("Take it", changed) + run(" daily."))

    assert read(TITLE + body).body == "<p><strong>Take it</strong> daily.</p>"
    assert both(body)[1] == "<p><em>Take it</em> daily.</p>"


def test_another_answer_is_refused():
    with pytest.raises(ImportRefused, match="accept"):
        read(TITLE + para("x"), tracked_changes="maybe")
