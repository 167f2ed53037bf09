"""Word: real headings, lists, tables and pictures, and the same text when it comes back."""

import re
import time
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings

from manuscript.content import tree
from manuscript.content.canonical import canonicalise
from manuscript.content.citations import citations
from manuscript.content.outline import outline
from manuscript.exporting import docx
from manuscript.exporting.text import TooLong
from manuscript.importing import read_article
from tests.manuscript.content import strategies
from tests.manuscript.exporting.texts import BODY, a_draft, a_version, citing, figure

pytestmark = pytest.mark.pure

SECONDS = 4.0
"""Of the processor, for a machine that others load; alone none of these takes two."""


def opened(text):
    return Document(BytesIO(docx.write(text)))


def head_and_foot(document) -> tuple[str, str]:
    section = document.sections[0]
    return tuple(
        "".join(one.text for one in part.paragraphs[0]._p.iter(qn("w:t"), qn("w:instr")))
        for part in (section.header, section.footer)
    )


def items(body: str) -> list[tuple[str, int]]:
    """Return the first words of each list item and how deep it stands."""
    found: list[tuple[str, int]] = []

    def walk(nodes, depth: int) -> None:
        for node in nodes:
            if isinstance(node, tree.Element):
                if node.tag == "li":
                    first = next(tree.leaves(node.children), None)
                    found.append(("".join(c for c in first.children if isinstance(c, str)), depth))
                walk(node.children, depth + (node.tag in {"ul", "ol"}))

    walk(tree.blocks(body), 0)
    return found


def table(row: str, rows: int) -> str:
    return f"<table><tbody>{f'<tr>{row}</tr>' * rows}</tbody></table>"


class TestLongTexts:
    @pytest.mark.parametrize(
        "body",
        [
            table("<td><p>1 mg</p></td>" * 12, 400),
            table('<td colspan="2"><p>1 mg</p></td>' * 6, 400),
            table("<td>" + "<p>x</p>" * 12_000 + "</td>", 1),
            "<p>x</p>" * 30_000,
        ],
        ids=["cells", "merged cells", "paragraphs in a cell", "paragraphs"],
    )
    def test_are_written_soon(self, body):
        begun = time.process_time()
        docx.write(a_draft(body))

        assert time.process_time() - begun < SECONDS

    def test_a_cell_may_reach_over_more_rows_than_python_recurses(self):
        first = '<tr><td rowspan="1500"><p>x</p></td><td><p>y</p></td></tr>'
        rows = first + "<tr><td><p>z</p></td></tr>" * 1499

        (one,) = opened(a_draft(f"<table><tbody>{rows}</tbody></table>")).tables

        assert [cell.text for cell in one.columns[1].cells[:2]] == ["y", "z"]
        assert one.columns[0].cells[0]._tc is one.columns[0].cells[-1]._tc

    def test_what_is_too_long_is_refused_in_words(self):
        with pytest.raises(TooLong, match=r"too long for a Word file: .* Download the HTML file"):
            docx.write(a_draft("<p>" + "x" * docx.LONGEST + "</p>"))


class TestThePage:
    def test_every_page_of_a_draft_says_that_nobody_reviewed_it(self):
        head, foot = head_and_foot(opened(a_draft()))

        assert head.startswith("Draft. Not reviewed.")
        assert "Draft 4" in head
        assert foot.startswith("No reviewer has approved this text.")

    def test_every_page_of_a_version_has_status_version_digest_and_reviewers(self):
        head, foot = head_and_foot(opened(a_version(signed=9)))

        assert "Reviewed and approved on 20 November 2026." in head
        assert "Version 3 · digest 0123456789ab" in head
        assert "Rhea Reviewer 1" in foot
        assert re.search(r"and \d more", foot)

    def test_its_pages_are_counted_by_word(self):
        foot = opened(a_draft()).sections[0].footer.paragraphs[0]._p
        codes = [one.get(qn("w:instr")) for one in foot.iter(qn("w:fldSimple"))]

        assert codes == ["PAGE", "NUMPAGES"]

    def test_its_properties_are_the_texts_own(self):
        core = opened(a_version(language="zh")).core_properties

        assert core.title == "What is the role of tests?"
        assert core.identifier == "0123456789abcdef" * 4
        assert core.language == "zh"
        assert core.created.isoformat() == "2026-11-22T12:00:00+00:00"
        assert core.comments == ""

    def test_a_version_ends_with_who_signed_it_and_how_to_check_it(self):
        words = "\n".join(one.text for one in opened(a_version()).paragraphs)

        assert "Rhea Reviewer 2, MD, Consultant in rheumatology: Rheumatology" in words
        assert "0123456789abcdef" * 4 in words
        assert "history/?audience=clinician" in words
        assert "A dose was corrected." in words


class TestTheBody:
    def test_headings_have_the_styles_that_word_lists_them_by(self):
        found = [
            (one.style.name, one.text)
            for one in opened(a_draft()).paragraphs
            if one.style.name.startswith("Heading")
        ]

        assert found == [
            ("Heading 1", "Benefits"),
            ("Heading 2", "In adults"),
            ("Heading 1", "Risks"),
            ("Heading 1", "Uncertainty"),
            ("Heading 1", "References"),
        ]

    def test_numbered_lists_begin_where_they_should_and_again_for_each_list(self):
        document = opened(a_draft("<ol><li><p>a</p></li></ol><p>x</p><ol><li><p>b</p></li></ol>"))
        used = [one._p.pPr.numPr.numId.val for one in document.paragraphs if one.text in {"a", "b"}]

        assert len(set(used)) == 2

    def test_items_stand_as_far_in_as_their_list_says(self):
        document = opened(a_draft("<ol><li><p>a</p><ul><li><p>b</p></li></ul><p>c</p></li></ol>"))
        a, b, c = (one for one in document.paragraphs if one.text in {"a", "b", "c"})

        assert a.paragraph_format.left_indent is None
        assert b.paragraph_format.left_indent is None
        assert b._p.pPr.numPr.ilvl.val == 1
        assert c._p.pPr.numPr is None
        assert c.paragraph_format.left_indent.twips == 360

    def test_definitions_of_lists_stand_before_lists(self):
        root = opened(a_draft()).part.numbering_part.element
        kinds = [one.tag.rpartition("}")[2] for one in root]

        assert kinds == sorted(kinds, key=lambda kind: kind != "abstractNum")

    def test_tables_are_merged_and_repeat_their_head(self):
        table = opened(a_draft()).tables[0]

        assert len(table.columns) == 3
        assert table.cell(0, 1)._tc is table.cell(0, 2)._tc
        assert table.cell(1, 0)._tc is table.cell(2, 0)._tc
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None

    @pytest.mark.parametrize(
        "table",
        [
            '<table><tr><td rowspan="3">a</td><td>b</td></tr><tr><td colspan="5">c</td></tr></table>',
            '<table><tr><td>a</td><td rowspan="2">b</td></tr><tr><td colspan="3">c</td></tr></table>',
            f"<table><tr>{'<td rowspan=2>a</td>' * 70}</tr><tr><td rowspan=2>b</td></tr><tr><td>c</td></tr></table>",
            '<table><tr><td colspan="900">a</td><td>b</td></tr></table>',
            "<table><tr><td><table><tr><td>in</td></tr></table></td></tr></table>",
        ],
    )
    def test_spans_that_do_not_fit_keep_every_word(self, table):
        document = opened(a_draft(canonicalise(table)))
        words = "".join(one.text or "" for one in document.element.body.iter(qn("w:t")))

        assert all(letter in words for letter in re.findall(r">([a-z]+)<", table))

    def test_a_picture_is_one_that_word_opens_with_its_words(self):
        document = opened(a_draft())
        shape = document.inline_shapes[0]
        part = document.part.related_parts[
            shape._inline.graphic.graphicData.pic.blipFill.blip.embed
        ]

        assert part.content_type == "image/png"
        assert shape._inline.docPr.get("descr") == "A scan of a lung"

    @pytest.mark.parametrize(
        ("facts", "data"),
        [
            ({"media_type": "image/svg+xml"}, b"<svg/>"),
            ({}, None),
            ({}, b"no picture"),
        ],
    )
    def test_a_picture_that_word_cannot_show_is_said_in_words(self, facts, data):
        text = a_draft(figures={"lung-scan": figure(**facts)}, read_figure=lambda _key: data)
        words = "\n".join(one.text for one in opened(text).paragraphs)

        assert "A scan of a lung The image is on the web page: http://testserver/figures/" in words

    def test_a_link_leads_where_it_did(self):
        document = opened(a_draft())
        targets = {
            one.target_ref for one in document.part.rels.values() if "hyperlink" in one.reltype
        }

        assert "https://example.org/?x=1&y=2" in targets

    def test_the_address_of_a_source_is_not_read_for_characters_once_more(self):
        entry = '<a href="https://example.org/?a=1&amp;copy=2&amp;amp;b">x</a>'
        document = opened(citing(entry))

        assert "https://example.org/?a=1&copy=2&amp;b" in {
            one.target_ref for one in document.part.rels.values()
        }

    @pytest.mark.parametrize("words", ["]]>", "<w:t>", "&amp;", "\x0b\x1f\ufffex"])
    def test_whatever_stands_in_titles_is_text(self, words):
        document = opened(a_version(a_draft(title=words, summary=words, heading=words)))

        assert document.paragraphs[0].style.name == "Title"

    @given(body=strategies.bodies)
    @settings(max_examples=20, deadline=None)
    def test_whatever_a_body_holds_opens_again(self, body):
        assert opened(a_draft(body)).paragraphs


class TestTheWayBack:
    def test_the_same_headings_lists_tables_and_citations_come_back(self):
        article = read_article(docx.write(a_draft()), format="docx", language="en", name="x.docx")

        assert article.title == "What is the role of tests?"
        assert [(h.level, h.text) for h in outline(article.body)] == [
            (h.level, h.text) for h in outline(BODY)
        ]
        inside = [one for one in items(BODY) if one[0] != "at once"]
        assert [one for one in items(article.body) if one[0] != "at once"] == inside
        assert article.body.count("<table>") == 1
        assert 'rowspan="2"' in article.body
        assert 'colspan="2"' in article.body
        assert '<ol start="3">' in article.body
        cited = [(" ".join(one.keys), one.locator) for one in citations(article.body)]
        # In print "1,2(p3)" is page 3 of the second.
        assert cited == [
            ("imported-1", None),
            ("imported-2", "p. 3"),
            ("imported-3", None),
            ("imported-1", None),
        ]
        assert len(article.references) == 3
