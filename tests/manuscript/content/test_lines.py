import pytest

from manuscript.content.lines import parts

pytestmark = pytest.mark.pure

BODY = (
    '<p>First. Second.<cite data-refs="a"></cite></p><h2>Head<cite data-refs="b"></cite></h2><ul><li><p>Item</p></li></ul>'
    "<h3>Lower</h3><table><tbody><tr><td><p>x</p></td><td><p>y</p></td></tr></tbody></table>"
)


class TestParts:
    def test_gathers_the_sentences_under_each_heading(self):
        found = parts(BODY)

        assert [(part.heading, part.level, [line.text for line in part.lines]) for part in found] == [
            ("", 0, ["First.", "Second."]), ("Head", 2, ["Item"]), ("Lower", 3, ["x | y"]),
        ]  # fmt: skip

    def test_numbers_headings_and_lines_in_reading_order(self):
        orders = []
        for part in parts(BODY):
            orders += [part.order] * bool(part.level) + [line.order for line in part.lines]

        assert orders == sorted(set(orders))

    def test_keeps_citations_with_their_sentence_and_their_heading(self):
        first, second, _third = parts(BODY)

        assert [line.keys for line in first.lines] == [(), ("a",)]
        assert [citation.keys for citation in second.citations] == [("b",)]

    def test_keeps_a_heading_without_anything_under_it(self):
        assert [part.heading for part in parts("<h2>One</h2><h2>Two</h2>")] == ["One", "Two"]

    def test_finds_nothing_in_an_empty_body(self):
        assert parts("") == []
