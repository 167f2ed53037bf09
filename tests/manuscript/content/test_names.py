"""Ids made from words: XML, HTML and a fragment can hold every one, and ordinary headings keep theirs."""

from __future__ import annotations

import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from manuscript.content.headings import HeadingIds

pytestmark = pytest.mark.pure

ODD = (
    "¹", "½", "Ⅳ", "²³Na", "①", "µ", "ª", "👩\u200d⚕️", "٣", "间质性肺病", "ー", "\u0301", "", "?", "_", "-", "·", "12 weeks",
    "３", "ﬁ", "\u0e33", "Main", "References", "Ref 3", "𝟘", "ǅ", "İ", "a:b", "a\u00b7b", "\u0345", "࿂",
)  # fmt: skip
"""Headings without a letter, without a Latin one, or with a sign that no XML name can hold."""

NAMES = etree.DTD(
    io.StringIO("<!ELEMENT doc (sec*)><!ELEMENT sec EMPTY><!ATTLIST sec id ID #REQUIRED>")
)


def given_to(*headings: str) -> list[str]:
    ids = HeadingIds()
    return [ids.next(heading) for heading in headings]


def hold(ids: list[str]) -> None:
    """Let a parser that is not ours say that these are ids of one XML document, and HTML's rules."""
    root = etree.Element("doc")
    for identity in ids:
        assert identity
        assert not any(sign.isspace() or sign in ":\"'<>&#%" for sign in identity), identity
        etree.SubElement(root, "sec").set("id", identity)
    assert NAMES.validate(root), NAMES.error_log.filter_from_errors()


@pytest.mark.parametrize("heading", ODD)
def test_an_odd_heading_has_an_id_that_xml_can_hold(heading: str) -> None:
    hold(given_to(heading))


@settings(deadline=None)
@given(st.lists(st.one_of(st.text(max_size=6), st.sampled_from(ODD)), max_size=12))
@example(list(ODD))
@example([*ODD, *ODD])
def test_whatever_headings_are_called_their_ids_are_names_and_each_its_own(
    headings: list[str],
) -> None:
    hold(given_to(*headings))


def test_what_no_name_can_hold_is_read_as_the_letter_it_stands_for() -> None:
    assert given_to("Dose in µg", "¹⁸F-FDG PET", "½ tablet", "5 mg or 10 mg", "Ⅳ", "m²") == [
        "dose-in-μg",
        "section-1⁸f-fdg-pet",
        "section-1-2-tablet",
        "section-5-mg-or-10-mg",
        "ⅳ",
        "m2",
    ]


def test_ordinary_headings_keep_the_ids_that_links_point_at() -> None:
    assert given_to(
        "What is known?", "What is known?", "Über die Dosis", "间质性肺病", "Σχέδιο", "β-blockers", "H₂O", "Sjögren’s"
    ) == [
        "what-is-known",
        "what-is-known-2",
        "über-die-dosis",
        "间质性肺病",
        "σχέδιο",
        "β-blockers",
        "h₂o",
        "sjögren-s",
    ]  # fmt: skip


def test_a_repeated_heading_does_not_take_the_id_of_something_else() -> None:
    """`ref-2`, `cite-2` and `change-2` are those of a reference, a citation and a change."""
    assert given_to("Ref", "Ref", "Ref 2", "Change", "Change", "Cite 1", "Cite 1") == [
        "ref",
        "section-ref-2",
        "section-ref-2-2",
        "change",
        "section-change-2",
        "section-cite-1",
        "section-cite-1-2",
    ]


def test_thousands_of_equal_headings_are_numbered_at_once() -> None:
    ids = HeadingIds()

    assert [ids.next("Ref") for _ in range(50_000)][-1] == "section-ref-50000"
