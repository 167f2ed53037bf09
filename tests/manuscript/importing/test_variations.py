"""The same page as other sites, browsers and chats would hand it over: the same article."""

import re

import pytest

from manuscript.importing import counts, read_article
from tests.manuscript.importing.reading import noted, seed

_CITATION = re.compile(r" ([1-7])(?=$|, but)", re.MULTILINE)
_RAISED = str.maketrans("1234567", "¹²³⁴⁵⁶⁷")
_ENTRIES = "".join(f"{n}. Author A. Title {n}. J Test. 2020;{n}(1):1-9.\n" for n in range(1, 8))
_BOTTOM = "Professional Medical Disclaimer"

VARIATIONS = {
    "as it is": lambda page: page,
    "Windows line endings": lambda page: page.replace("\n", "\r\n"),
    "spaces at line ends": lambda page: page.replace("\n", "  \n"),
    "hyphens": lambda page: page.replace("•", "-"),
    "asterisks": lambda page: page.replace("•", "*"),
    "middle dots": lambda page: page.replace("•", "·"),
    "dashes": lambda page: page.replace("•", "–"),
    "tabs": lambda page: page.replace("    •", "\t•").replace("  •", "•"),
    "tabs behind bullets": lambda page: page.replace("• ", "•\t"),
    "no-break spaces": lambda page: page.replace("  •", "\u00a0\u00a0•"),
    "no indentation": lambda page: re.sub(r"^ +", "", page, flags=re.MULTILINE),
    "deeper indentation": lambda page: page.replace("    •", "       •"),
    "1)": lambda page: re.sub(r"^  (\d)\. ", r"  \1) ", page, flags=re.MULTILINE),
    "(1)": lambda page: re.sub(r"^  (\d)\. ", r"  (\1) ", page, flags=re.MULTILINE),
    "[1]": lambda page: _CITATION.sub(r"[\1]", page),
    " [1]": lambda page: _CITATION.sub(r" [\1]", page),
    "［1］": lambda page: _CITATION.sub(r"［\1］", page),
    "【1†source】": lambda page: _CITATION.sub(r"【\1†source】", page),
    "superscripts": lambda page: _CITATION.sub(lambda match: match[1].translate(_RAISED), page),
    " (1)": lambda page: _CITATION.sub(r" (\1)", page),
    "a full stop behind": lambda page: re.sub(r" ([1-7])$", r" \1.", page, flags=re.MULTILINE),
    "a full stop in front": lambda page: re.sub(r"\.? ([1-7])$", r".\1", page, flags=re.MULTILINE),
    "a list of references": lambda page: page.replace(
        _BOTTOM, f"References\n\n{_ENTRIES}\n{_BOTTOM}"
    ),
    "a list at the end": lambda page: f"{page}\n\nReferences\n\n{_ENTRIES}",
}


@pytest.mark.parametrize("format", ["text", "markdown"])
@pytest.mark.parametrize("name", VARIATIONS)
def test_is_read_alike(name, format):  # noqa: A002 - the option's name
    article = read_article(VARIATIONS[name](seed("002").decode()).encode(), format=format)

    found = counts(article)
    assert (found["headings"], found["list_items"], found["max_list_depth"]) == (9, 35, 2)
    assert (found["paragraphs"], found["citations"], len(article.references)) == (4, 19, 7)
    assert article.heading.startswith("Role of Tofacitinib")
    assert str(article.updated_on) == "2025-08-25"
    assert len(article.disclaimers) == 1
    assert len(noted(article, "furniture-left-out")) == 12
    assert not noted(article, "possible-citation")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_is_read_alike_in_every_encoding(encoding):
    page = seed("002")

    assert read_article(page.decode().encode(encoding)) == read_article(page)


def test_is_read_alike_without_empty_lines():
    page = re.sub(r"\n\n+", "\n", seed("002").decode())

    found = counts(read_article(page.encode()))
    assert (found["headings"], found["list_items"], found["citations"]) == (9, 35, 19)
