"""Input made to take long: it ends soon, read or refused."""

import contextlib
import time

import pytest

from manuscript.importing import MAX_BYTES, ImportRefused, read_article

GENEROUS = 20.0
"""Seconds, for a machine that others load; alone these take one or two at most."""

_UNITS = [
    "[", "*", ">", "> ", "- ", "* a ", "[1] ", "[1](", "(1) ", "¹", "²,", "[^1]", "a 1, ", "aJAK ", "toIn ", "word ", "|a",
    "<b>", "<", "<!--", "`", "![", "\\", "&amp;", "_a ", "1,", "1-", "a-", "aA", "a", "。", "中", "(a", "ab(ab", "a. ", "【1†",
    "Last updated: ", "Submitted ", "https://a.b/", "10.1000/a", "a@b ", "Smith J. ", "a\u00a0",
]  # fmt: skip
_LINES = [
    "1. a\n", "- a\n", "# a\n", "a\n\n", "a\tb\n", "a|b\n-|-\n", "References\n", "[1] http://a.b\n", "[a]: http://x\n",
    "[^a]: b\n", "Disclaimer:\n", "Submitted\n", "A. b\n", "a. b\nb. c\n", "1.1 Abc\n", "```\n", "---\n", "Aa\n", "\n", "• a\n◦ b\n",
    "> a\n", "Mild 1\n",
]  # fmt: skip


def _ends(data: bytes, format: str) -> None:  # noqa: A002 - the option's name
    begun = time.monotonic()
    with contextlib.suppress(ImportRefused):
        read_article(data, format=format)
    assert time.monotonic() - begun < GENEROUS


@pytest.mark.parametrize("format", ["text", "markdown"])
@pytest.mark.parametrize("unit", _UNITS)
@pytest.mark.parametrize("size", [49_000, MAX_BYTES - 10])
def test_one_long_line(unit, size, format):  # noqa: A002 - the option's name
    _ends((unit * size).encode()[:size].decode(errors="ignore").encode(), format)


@pytest.mark.parametrize("format", ["text", "markdown"])
@pytest.mark.parametrize("unit", _LINES)
@pytest.mark.parametrize("count", [3_000, 400_000])
def test_many_lines(unit, count, format):  # noqa: A002 - the option's name
    _ends((unit * (count // unit.count("\n"))).encode(), format)


@pytest.mark.parametrize("format", ["text", "markdown"])
@pytest.mark.parametrize("mark", ["- a\n", "1. a\n", "> a\n"])
def test_deep_nesting(mark, format):  # noqa: A002 - the option's name
    _ends("".join("  " * depth + mark for depth in range(900)).encode(), format)
    _ends(("> " * 9_000 + "a\n").encode(), format)
    _ends(("- " * 9_000 + "a\n").encode(), format)


def test_nesting_is_capped_and_said():
    words = "".join("  " * depth + f"- item{depth}\n" for depth in range(30))

    article = read_article(f"Title\n\n{words}".encode(), format="text")

    assert article.body.count("<ul>") <= 10
    assert "nesting-flattened" in {warning.code for warning in article.warnings}
    assert all(f"item{depth}" in article.body for depth in range(30))
