"""A page of a source, cited beside another source: every file shows it behind its own number, and it comes back so."""

import re
from io import BytesIO

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from articles.texts.exporting import page
from manuscript.content.canonical import canonicalise
from manuscript.content.citations import citations, number, numbers_of
from manuscript.content.plain import plain_text
from manuscript.content.rendering import render
from manuscript.exporting import docx, jats, markdown
from manuscript.importing import read_article
from tests.manuscript.exporting.test_jats import schema
from tests.manuscript.exporting.texts import a_draft

pytestmark = pytest.mark.pure

A, B, C = "a", "b", "c"
GROUPS = (
    [(A, "p. 3")],
    [(A, "p. 3"), (B, None)],
    [(B, None), (A, "p. 3")],
    [(A, "p. 3"), (C, "pp. 9-12")],
    [(A, "p. 3"), (B, None), (C, "Table 2")],
    [(A, "p. 3"), (A, "p. 7")],
    [(C, "ch. 2, p. 3"), (B, "App. 1")],
)
WRITERS = {"jats": jats.write, "markdown": markdown.write, "docx": docx.write, "html": page.write}


def body_with(*groups) -> str:
    """Return a body whose first sentence gives the sources their numbers, and one that ends in each group."""
    sentences = [f"It helps people{cite(*group)}." for group in groups]
    return canonicalise(
        f"<p>All of them{cite((A, None), (B, None), (C, None))}.</p><p>{' '.join(sentences)}</p>"
    )


def cite(*places) -> str:
    return "".join(
        f'<cite data-refs="{key}"{f" data-locator={chr(34)}{place}{chr(34)}" if place else ""}></cite>'
        for key, place in places
    )


def cited(body: str) -> list[tuple[list[int], str | None]]:
    """Return the numbers that each citation of a body shows, and the place in the source."""
    numbers = number(body)
    return [(numbers_of(one, numbers), one.locator) for one in citations(body)]


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("group", GROUPS)
def test_it_comes_back_with_its_source(kind, group):
    body = body_with(group)

    back = read_article(WRITERS[kind](a_draft(body)), format=kind, language="en", name="x")

    assert cited(back.body) == cited(body)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("docx", "It helps people2,1(p3)."),
        ("jats", "It helps people2(p3),1."),
        ("markdown", "It helps people[2][1(p3)]."),
        ("html", "It helps people2,1(p3)."),
    ],
)
def test_neighbours_are_parted_as_in_print(kind, expected):
    """Without a comma "2" and "1" would read as source twenty-one."""
    body = body_with([(B, None), (A, "p. 3")])
    if kind == "jats":
        body = body_with([(B, "p. 3"), (A, None)])

    assert shown_by(kind, body) == expected


def shown_by(kind: str, body: str) -> str:
    """Return the last paragraph of the text as the file shows it."""
    text = a_draft(body)
    if kind == "docx":
        lines = [one.text for one in Document(BytesIO(docx.write(text))).paragraphs]
    elif kind == "jats":
        article = etree.fromstring(jats.write(text))
        assert schema().validate(article)
        lines = ["".join(one.itertext()) for one in article.iterfind("body/p")]
    elif kind == "markdown":
        lines = markdown.write(text).decode().splitlines()
    else:
        lines = [re.sub(r"<[^>]*>", "", render(body, number(body)).rpartition("<p>")[2])]
    return next(line for line in lines if line.startswith("It helps"))


@pytest.mark.parametrize("place", ["see (a) [b]", "[b]", "(a", "12", "p. 3_4_5", "*p. 3*"])
@pytest.mark.parametrize("kind", WRITERS)
def test_no_place_of_any_kind_is_lost(kind, place):
    body = body_with([(B, None), (A, place)])

    article = read_article(WRITERS[kind](a_draft(body)), format=kind, language="en", name="x")

    text = plain_text(article.body, citations=number(article.body))
    assert re.sub(r"(?<=p)\. ", "", place) in re.sub(r"(?<=p)\. ", "", text)


PLACES = st.sampled_from((None, None, "p. 3", "pp. 9-12", "Table 2", "App. 1, p. 4"))


@given(
    groups=st.lists(
        st.lists(st.tuples(st.sampled_from((A, B, C)), PLACES), min_size=1, max_size=4),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=60)
def test_any_groups_come_back_from_jats_and_a_web_page(groups):
    body = body_with(*groups)

    for kind in ("jats", "html"):
        back = read_article(WRITERS[kind](a_draft(body)), format=kind, language="en", name="x")
        assert cited(back.body) == cited(body), kind
