import pytest

from tests.articles.texts.checks.making import found

pytestmark = pytest.mark.pure

FIGURE = '<figure data-figure="scan"{}><figcaption>The scan</figcaption></figure>'


class TestEmptyTitle:
    def test_a_draft_needs_a_question(self):
        (one,) = found("empty-title", "<p>Text.</p>", title="")

        assert (one.field, one.severity) == ("title", "blocking")
        assert not found("empty-title", "<p>Text.</p>")


class TestEmptyBody:
    @pytest.mark.parametrize("body", ["", '<figure data-figure="scan" data-alt="Lungs"></figure>'])
    def test_a_draft_needs_a_word(self, body):
        assert found("empty-body", body)

    def test_one_word_is_enough(self):
        assert not found("empty-body", "<p>Word</p>")


class TestEmptySection:
    @pytest.mark.parametrize(
        ("body", "empty"),
        [
            ("<h2>One</h2>", ["One"]),
            ("<h2>One</h2><h2>Two</h2><p>x</p>", ["One"]),
            ("<h2>One</h2><h3>Lower</h3><p>x</p>", []),
            ("<h2>One</h2><h3>Lower</h3><h2>Two</h2><p>x</p>", ["Lower"]),
            ("<h3>Lower</h3><h2>Two</h2><p>x</p>", ["Lower"]),
            ("<h2>One</h2><p>x</p>", []),
            ("<h2>One</h2>" + FIGURE.format(' data-alt="x"'), []),
            ('<h2>One</h2><figure data-figure="scan" data-alt="x"></figure>', []),
            ("<h2>One</h2><table><tbody><tr><td><p>x</p></td></tr></tbody></table>", []),
            ("<h2>One</h2><ul><li><p>x</p></li></ul>", []),
            ("<ul><li><h3>In a list</h3><p>x</p></li></ul>", []),
        ],
    )
    def test_a_heading_needs_something_under_it(self, body, empty):
        assert [one.words for one in found("empty-section", body)] == empty

    def test_blocks_and_says_where(self):
        (one,) = found("empty-section", "<p>x</p><h2>One</h2>")

        assert (one.severity, one.section, one.sentence) == ("blocking", "One", "One")


class TestDanglingFigure:
    def test_a_figure_must_be_in_the_library(self):
        body = "<h2>Scans</h2>" + FIGURE.format(' data-alt="x"')

        (one,) = found("dangling-figure", body)

        assert (one.severity, one.section, one.words) == ("blocking", "Scans", "The scan")
        assert "scan" in one.message
        assert not found("dangling-figure", body, figures=frozenset({"scan"}))


class TestMissingAlt:
    def test_a_figure_needs_a_text_alternative(self):
        figures = frozenset({"scan"})

        (one,) = found("missing-alt", FIGURE.format(""), figures=figures)

        assert one.severity == "blocking"
        assert not found("missing-alt", FIGURE.format(' data-alt="Lungs"'), figures=figures)


class TestEmptySummary:
    def test_is_advice(self):
        (one,) = found("empty-summary", "<p>Text.</p>", summary="")

        assert (one.field, one.severity) == ("summary", "advisory")
        assert not found("empty-summary", "<p>Text.</p>")
