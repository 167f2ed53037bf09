"""Lists: exactly the items, levels and numbers that Word shows."""

import pytest

from tests.manuscript.importing.docx.building import (
    STYLES,
    abstract,
    codes,
    item,
    noted,
    num,
    para,
    read,
)

pytestmark = pytest.mark.pure

TITLE = para("T", "Title")
FIGURES = abstract(1, ("decimal", "%1."), ("decimal", "%2."), ("bullet", "•")) + num(1, 1)


def lists(body: str, numbering: str = FIGURES, **more) -> str:
    return read(TITLE + body, numbering=numbering, **more).body


def li(*words: str) -> str:
    return "".join(f"<li><p>{one}</p></li>" for one in words)


def test_items_nest_by_level_and_bullets_are_unordered():
    body = item("a") + item("b", level=1) + item("c", level=2) + item("d")

    assert lists(body) == (
        "<ol><li><p>a</p><ol><li><p>b</p><ul><li><p>c</p></li></ul></li></ol></li><li><p>d</p></li></ol>"
    )


def test_numbering_continues_after_other_text():
    assert lists(item("a") + item("b") + para("Between.") + item("c")) == (
        f'<ol>{li("a", "b")}</ol><p>Between.</p><ol start="3">{li("c")}</ol>'
    )


def test_two_lists_of_one_definition_go_on_counting_unless_an_override_says_where_to_start():
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = item("a") + para("Between.") + item("b", num=2) + para("Again.") + item("c", num=3) + item("d", num=3)  # fmt: skip

    assert lists(body, FIGURES + num(2, 1) + num(3, 1, restart)) == (
        f'<ol>{li("a")}</ol><p>Between.</p><ol start="2">{li("b")}</ol><p>Again.</p><ol>{li("c", "d")}</ol>'
    )


def test_a_list_restarts_below_a_new_item():
    body = item("a") + item("x", level=1) + item("y", level=1) + item("b") + item("z", level=1)

    assert lists(body) == (
        f"<ol><li><p>a</p><ol>{li('x', 'y')}</ol></li><li><p>b</p><ol>{li('z')}</ol></li></ol>"
    )


def test_letters_and_roman_figures_count_in_figures_and_are_noted():
    article = read(TITLE + item("a") + item("b"), numbering=abstract(1, ("lowerRoman", "%1.")) + num(1, 1))  # fmt: skip

    assert article.body == f"<ol>{li('a', 'b')}</ol>"
    assert [w.text for w in noted(article, "numbering-changed")] == ["i. a"]


def test_blank_list_lines_are_no_items_and_do_not_end_a_list():
    assert lists(item("a") + para("", "ListParagraph") + para("") + item("b")) == f"<ol>{li('a', 'b')}</ol>"  # fmt: skip


def test_a_paragraph_indented_as_the_items_text_stays_in_the_item():
    body = item("a") + para("More of a.", "ListParagraph") + item("b") + para("Not of b.")

    assert lists(body) == (
        "<ol><li><p>a</p><p>More of a.</p></li><li><p>b</p></li></ol><p>Not of b.</p>"
    )


def test_the_number_of_a_style_makes_items_and_zero_takes_it_back():
    styles = STYLES + (
        '<w:style w:type="paragraph" w:styleId="Punkt"><w:name w:val="Punkt"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    body = para("a", "Punkt") + para("b", "Punkt", '<w:numPr><w:numId w:val="0"/></w:numPr>')

    assert lists(body, styles=styles) == f"<ol>{li('a')}</ol><p>b</p>"


def test_a_link_to_a_list_style_is_followed():
    styles = STYLES + (
        '<w:style w:type="numbering" w:styleId="Liste"><w:name w:val="Liste"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )

    assert lists(item("a", num=5), FIGURES + abstract(9, link="Liste") + num(5, 9), styles=styles) == f"<ol>{li('a')}</ol>"  # fmt: skip


def test_another_list_nests_where_it_is_indented_more():
    bullets = abstract(2, ("bullet", "•")) + num(2, 2)
    body = item("a") + item("x", num=2, more='<w:ind w:left="1080"/>') + item("b")

    assert lists(body, FIGURES + bullets) == (
        f"<ol><li><p>a</p><ul>{li('x')}</ul></li><li><p>b</p></li></ol>"
    )


def test_adjacent_lists_that_count_by_themselves_stay_apart():
    both = FIGURES + abstract(2, ("decimal", "%1.")) + num(2, 2)

    assert lists(item("a") + item("b", num=2), both) == f"<ol>{li('a')}</ol><ol>{li('b')}</ol>"


def test_a_numbered_heading_is_a_heading():
    article = read(TITLE + para("Why", "Heading1", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>') + para("W."), numbering=FIGURES)  # fmt: skip

    assert article.body == "<h2>Why</h2><p>W.</p>"
    assert codes(article) == ["numbering-changed"]
