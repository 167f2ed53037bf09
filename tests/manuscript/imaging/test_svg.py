"""Drawings: what is kept of them, and what is refused."""

import time
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from manuscript.imaging import process_image
from tests.manuscript.imaging.samples import drawn, refusal, svg

pytestmark = pytest.mark.pure

CORPUS = Path(__file__).parents[4] / "shared" / "corpora" / "security"


class TestWhatIsKept:
    def test_shapes_words_and_looks(self):
        kept = drawn(
            '<title>Dose</title><g fill="red" transform="translate(1 2)"><path d="M0 0L9 9" style="stroke:#00f;stroke-width:2"/>'
            '<text x="1" y="2" font-size="4">1 &lt; 2 <tspan>mg</tspan> daily</text></g>'
        )

        assert '<g fill="red" transform="translate(1 2)">' in kept
        assert '<path d="M0 0L9 9" style="stroke:#00f;stroke-width:2"></path>' in kept
        assert "1 &lt; 2 <tspan>mg</tspan> daily</text>" in kept
        assert "<title>Dose</title>" in kept
        assert fromstring(kept).tag

    def test_a_part_that_is_used_again_points_into_the_drawing(self):
        kept = drawn('<defs><circle id="a" r="2"/></defs><use xlink:href="#a" fill="url(#b)"/>')

        assert '<use fill="url(#b)" href="#a"></use>' in kept

    def test_a_plain_style_sheet(self):
        assert "<style>.a{fill:red}</style>" in drawn("<style>/* x */.a{fill:red}</style>")

    @pytest.mark.parametrize(
        ("attributes", "size", "box"),
        [
            ('viewBox="0 0 100 50"', (100, 50), "0 0 100 50"),
            ('width="200" height="80"', (200, 80), "0 0 200 80"),
            ('width="1in" viewBox="0 0 10 20"', (96, 192), "0 0 10 20"),
            ('width="100%" height="100%" viewBox="0,0,300,150"', (300, 150), "0 0 300 150"),
            ('viewBox="0 0 2 1"', (480, 240), "0 0 2 1"),
            ('width="9600" height="4800"', (2400, 1200), "0 0 9600 4800"),
        ],
    )
    def test_its_size(self, attributes, size, box):
        image = process_image(svg("<rect width='1' height='1'/>", attributes))

        assert (image.width, image.height) == size
        assert list(image.files) == [size[0]]
        assert f'viewBox="{box}"' in image.files[size[0]].decode()

    def test_what_is_kept_is_kept_again_unchanged(self):
        kept = drawn(
            '<g id="x" class="a b"><path d="M0 0"/></g><text xml:space="preserve"> a  b </text>'
        )

        image = process_image(kept.encode())

        assert image.files[image.width].decode() == kept

    def test_a_drawing_without_the_namespace_gets_it(self):
        image = process_image(b'<svg viewBox="0 0 40 40"><rect width="4" height="4"/></svg>')

        assert b'xmlns="http://www.w3.org/2000/svg"' in image.files[40]
        assert b"<rect" in image.files[40]

    def test_a_plain_document_type_is_left_out(self):
        data = (
            b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
            b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + svg("<path d='M0 0'/>")
        )

        image = process_image(data)

        assert b"DOCTYPE" not in image.files[100]


class TestWhatIsLeftOut:
    @pytest.mark.parametrize(
        "inner",
        [
            "<metadata>SECRET</metadata>",
            "<!-- SECRET --><path d='M0 0'/>",
            "<?SECRET x?>",
            '<i:pgf xmlns:i="urn:x">SECRET</i:pgf>',
            '<g data-name="SECRET" aria-label="SECRET" xmlns:k="urn:k" k:label="SECRET"/>',
            '<path style="SECRET:1;-x-SECRET:2" d="M0 0"/>',
            '<g id="a b;SECRET(">.</g>',
            "<view>SECRET</view>",
        ],
    )
    def test_what_does_not_show(self, inner):
        assert "SECRET" not in drawn(inner)

    def test_a_link_leaves_its_picture(self):
        kept = drawn('<a href="javascript:alert(1)"><path d="M0 0"/></a>')

        assert "<g><path" in kept
        assert "javascript" not in kept


class TestRefusals:
    @pytest.mark.parametrize(
        ("inner", "what"),
        [
            ("<script>alert(1)</script>", "a script"),
            ("<desc/><g><ScRiPt/></g><script/>", "a script"),
            ('<x:script xmlns:x="http://www.w3.org/2000/svg"/>', "a script"),
            ('<script xmlns="http://www.w3.org/1999/xhtml"/>', "a script"),
            ("<foreignObject/>", "foreignObject"),
            ('<p xmlns="http://www.w3.org/1999/xhtml">x</p>', "a piece of a web page"),
            ('<image href="data:image/png;base64,AA"/>', "another image"),
            ("<filter><feImage href='#a'/></filter>", "another image"),
            ('<g onload="x()"/>', "a script (onload)"),
            ('<g OnClick="x()"/>', "a script (OnClick)"),
            ("<rect><animate attributeName='href' values='javascript:x'/></rect>", "moves"),
            ("<use><set attributeName='href' to='#x'/></use>", "moves"),
            ('<use href="https://example.invalid/a.svg#b"/>', "a part of another file"),
            ('<use href="data:image/svg+xml,x#b"/>', "a part of another file"),
            ('<rect fill="url(https://example.invalid/x#a)"/>', "a part of another file"),
            ('<rect style="fill:url( //example.invalid/#a )"/>', "a part of another file"),
            ('<rect style="fill:ur/**/l(//example.invalid)"/>', "a part of another file"),
            ('<rect style="fill:u\\72l(//example.invalid)"/>', "escapes"),
            ("<style>@import 'x.css';</style>", "@ rules"),
            ("<style>a{fill:url(//example.invalid)}</style>", "a part of another file"),
            ("<style>a{fill:ur/**/l(//example.invalid)}</style>", "a part of another file"),
            ("<style><![CDATA[</style><script>x</script>]]></style>", "cannot be read"),
        ],
    )
    def test_what_acts_or_fetches(self, inner, what):
        assert what in refusal(svg(inner))

    def test_a_style_sheet_from_elsewhere(self):
        data = b'<?xml-stylesheet href="https://example.invalid/a.css"?>' + svg("")

        assert "style sheet" in refusal(data)

    @pytest.mark.parametrize(
        "doctype",
        [
            '<!DOCTYPE svg [<!ENTITY a "aaa"><!ENTITY b "&a;&a;&a;">]>',
            '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
            '<!DOCTYPE svg [<!ENTITY % x SYSTEM "https://example.invalid/x">%x;]>',
        ],
    )
    def test_entities(self, doctype):
        assert "entities" in refusal(doctype.encode() + svg("<text>&a;&x;</text>"))

    def test_attributes_that_a_document_type_would_add(self):
        data = b'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x()">]>' + svg("")

        assert "a script (onload)" in refusal(data)

    @pytest.mark.parametrize(
        "data",
        [b"<svg", b"<svg></g>", b"\xff\xfe<svg/>", b"<svg xmlns='urn:other' viewBox='0 0 9 9'/>", svg("", ""), svg("", 'viewBox="0 0 nan inf"'), svg("", 'viewBox="0 0 0 5"'), svg("", 'viewBox="0 0 1 99999"'), svg("", 'width="1e99" height="2"')],
    )  # fmt: skip
    def test_what_is_not_a_drawing_or_says_no_size(self, data):
        assert refusal(data)

    def test_what_is_too_deep_or_too_much(self):
        start = time.perf_counter()

        assert "too complex" in refusal(svg("<g>" * 5000 + "</g>" * 5000))
        assert "too complex" in refusal(svg("<g/>" * 30_000))
        assert "1 MB" in refusal(svg("x" * 1_100_000))
        assert time.perf_counter() - start < 2

    def test_parts_that_repeat_each_other(self):
        doubling = "".join(
            f'<g id="a{n + 1}"><use href="#a{n}"/><use href="#a{n}"/><use href="#a{n}"/><use href="#a{n}"/></g>'
            for n in range(11)
        )
        itself = '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'

        assert "too often" in refusal(svg('<g id="a0"/>' + doubling))
        assert "inside that part" in refusal(svg(itself))

    @pytest.mark.skipif(not CORPUS.exists(), reason="the corpora are not here")
    def test_the_drawing_of_the_corpus_that_hides_a_script(self):
        assert refusal((CORPUS / "SVG_XSS1.svg").read_bytes())

    def test_numbers_from_hell(self):
        words = "M" + "1e9999 " * 1000

        assert "path" in drawn(f'<path d="{words}"/>')
