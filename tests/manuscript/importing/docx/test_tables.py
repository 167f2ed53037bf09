"""Tables and images."""

import pytest

from tests.manuscript.importing.docx.building import PNG, codes, noted, para, read, run

pytestmark = pytest.mark.pure

TITLE = para("T", "Title")


def cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{words if words.startswith('<') else para(words)}</w:tc>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def image(key: str, alt: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:embed="{key}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


class TestTables:
    def test_merged_cells_span(self):
        article = read(
            TITLE
            + table(
                cell("wide", '<w:gridSpan w:val="2"/>') + cell("c"),
                cell("tall", '<w:vMerge w:val="restart"/>') + cell("b1") + cell("c1"),
                cell("", "<w:vMerge/>") + cell("b2") + cell("c2"),
            )
        )

        assert article.body == (
            '<table><tbody><tr><td colspan="2"><p>wide</p></td><td><p>c</p></td></tr>'
            '<tr><td rowspan="2"><p>tall</p></td><td><p>b1</p></td><td><p>c1</p></td></tr>'
            "<tr><td><p>b2</p></td><td><p>c2</p></td></tr></tbody></table>"
        )

    @pytest.mark.parametrize(
        ("row", "properties"),
        [
            ("<w:trPr><w:tblHeader/></w:trPr>", ""),
            ("", '<w:tblLook w:firstRow="1"/>'),
            ("", '<w:tblLook w:val="04A0"/>'),
        ],
    )
    def test_a_header_row_is_known_by_its_mark_or_its_look(self, row, properties):
        article = read(TITLE + table(row + cell("a") + cell("b"), cell("1") + cell("2"), properties=properties))  # fmt: skip

        assert article.body == (
            '<table><thead><tr><th scope="col"><p>a</p></th><th scope="col"><p>b</p></th></tr></thead>'
            "<tbody><tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table>"
        )

    def test_a_table_in_a_cell_and_a_caption_are_kept(self):
        inner = table(cell("in"))
        article = read(TITLE + para("Table 1. Doses", "Caption") + table(cell(inner + para("out"))))

        assert article.body == (
            "<table><caption>Table 1. Doses</caption><tbody><tr><td><table><tbody><tr><td><p>in</p></td></tr></tbody></table>"
            "<p>out</p></td></tr></tbody></table>"
        )

    def test_a_row_that_begins_later_has_an_empty_cell(self):
        article = read(TITLE + table(cell("a") + cell("b"), '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("x")))  # fmt: skip

        assert "<tr><td></td><td><p>x</p></td></tr>" in article.body


class TestImages:
    def test_an_image_is_a_figure_with_its_description_and_caption(self):
        article = read(
            TITLE + para(image("i1", "A heart")) + para("Figure 1. The heart", "Caption"),
            media={"i1": ("heart.png", PNG)},
        )

        assert article.body == (
            '<figure data-figure="imported-figure-1" data-alt="A heart"><figcaption>Figure 1. The heart</figcaption></figure>'
        )
        assert [(f.key, f.name, f.data) for f in article.figures] == [
            ("imported-figure-1", "heart.png", PNG)
        ]

    def test_an_image_beside_words_follows_them(self):
        article = read(TITLE + para(run("Words.") + image("i1")), media={"i1": ("a.png", PNG)})

        assert article.body.startswith('<p>Words.</p><figure data-figure="imported-figure-1"')

    @pytest.mark.parametrize(
        ("file", "data"), [("a.emf", b"\x01\x00\x00\x00"), ("a.png", b"<html>")]
    )
    def test_what_no_browser_shows_is_left_out_and_noted(self, file, data):
        article = read(TITLE + para(image("i1", "Plot") + run("W.")), media={"i1": (file, data)})

        assert article.body == "<p>W.</p>"
        assert not article.figures
        assert [w.text for w in noted(article, "image-left-out")] == [f"{file} Plot"]

    def test_an_image_outside_the_file_is_never_fetched(self):
        article = read(TITLE + para(image("l1") + run("W.")), links={"l1": "https://example.org/x.png"})  # fmt: skip

        assert codes(article) == ["image-left-out"]

    def test_an_image_in_a_cell_or_an_item_stays_there(self):
        body = table(cell(para(image("i1", "Plot"))) + cell("b"))
        article = read(TITLE + body, media={"i1": ("a.png", PNG)})

        assert article.body == (
            '<table><tbody><tr><td><figure data-figure="imported-figure-1" data-alt="Plot"></figure></td>'
            "<td><p>b</p></td></tr></tbody></table>"
        )
