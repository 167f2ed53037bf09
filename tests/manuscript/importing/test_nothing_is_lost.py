"""Whatever comes in: no other error than a refusal, and no word lost without a word about it."""

import contextlib
import re
import unicodedata

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from manuscript.content.canonical import canonicalise
from manuscript.importing import FORMATS, ImportRefused, counts, read_article
from tests.manuscript.importing.reading import seed

CALM = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_WORDS = st.sampled_from(
    """Colchicine gout flare early is given with aJAK toIn DMARDsTofacitinib trial 1 2 3 [1] [2,3] ［1］ ¹ ²,³ (2) 【1†source】 [^1] 12 mg
    IL-6 2023 References Disclaimer Last updated 治疗 药物。 Approved https://a.example/x 10.1000/abc PMID Share <b> <sup>1</sup> **bold** `code`
    [link](https://a.example/l) [7](https://a.example/n) image.jpeg et al. J. 2019; ? . , : * _ | > # - A. α ≥65 %""".split()
)
_LINE = st.lists(_WORDS, min_size=1, max_size=9).map(" ".join)
_LEAD = st.sampled_from(
    [
        "",
        "",
        "",
        "# ",
        "## ",
        "- ",
        "  - ",
        "• ",
        "1. ",
        "2. ",
        "12) ",
        "(1) ",
        "a. ",
        "\t",
        "> ",
        "    ",
        "[1] ",
        "[^1]: ",
        "[x]: ",
        "一、",
        "| ",
    ]
)
_FIXED = st.sampled_from(
    [
        "", "", "References", "Sources:", "参考资料：", "Disclaimer", "[ 免责声明 ] 仅供参考", "Submitted", "Under Review", "Approved", "```", "---",
        "Last updated: August 25, 2025View editorial policy", "Have a follow-up question?", ".jpeg)", "|a|b|", "|---|---|",
        "1. Smith J, Doe A. A title. N Engl J Med. 2020;382(1):1-10.", '[1]: https://a.example/d "Named"', "Drug\tDose", "A\t5 mg 1",
    ]
)  # fmt: skip
PAGES = st.lists(st.one_of(st.builds(str.__add__, _LEAD, _LINE), _FIXED), max_size=22).map(
    "\n".join
)

_TOKEN = re.compile(r"[^\W_]+")


def _everything(article) -> str:
    """Return all that an import hands back, as one text."""
    parts = [article.title, article.heading, article.summary, article.body]
    parts += [f"{reference.label} {reference.csl}" for reference in article.references]
    parts += [disclaimer.text for disclaimer in article.disclaimers]
    parts += [f"{warning.text} {warning.proposal}" for warning in article.warnings]
    return "\n".join(parts)


def _lost(words: str, article) -> list[str]:
    """Return the words of the source that the import says nothing of. Marks, labels and tags are no words."""
    kept = _everything(article)
    found = {token.casefold() for token in _TOKEN.findall(kept)}
    joined = "".join(_TOKEN.findall(re.sub(r"<[^>]*>", "", kept))).casefold()
    return [
        token
        for token in _TOKEN.findall(words)
        if not _is_mark(token) and token.casefold() not in found and token.casefold() not in joined
    ]


def _is_mark(token: str) -> bool:
    return unicodedata.normalize("NFKC", token).isdigit() or token in {
        "a",
        "A",
        "x",
        "一",
        "b",
        "sup",
    }


@CALM
@given(PAGES, st.sampled_from(FORMATS))
@example("Title\n\n[x]: a b\n\n[x]: https://a.example", "markdown")
@example("# T\n\n[1](https://a.example/n) and [^1]", "auto")
def test_no_word_is_lost_silently(words, format):  # noqa: A002 - the option's name
    try:
        article = read_article(words.encode(), format=format)
    except ImportRefused:
        return

    assert _lost(words, article) == []


@CALM
@given(PAGES, st.sampled_from(FORMATS))
def test_a_body_is_canonical_and_its_citations_have_references(words, format):  # noqa: A002 - the option's name
    try:
        article = read_article(words.encode(), format=format)
    except ImportRefused:
        return

    assert canonicalise(article.body) == article.body
    cited = {
        key for keys in re.findall(r'data-refs="([^"]*)"', article.body) for key in keys.split()
    }
    keys = [reference.key for reference in article.references]
    assert cited <= set(keys)
    assert len(keys) == len(set(keys))
    assert counts(article)["citations"] >= len(cited)
    lines = words.replace("\r\n", "\n").count("\n") + 1
    assert all(1 <= warning.line <= lines for warning in article.warnings)


@CALM
@given(st.one_of(st.text(max_size=300), PAGES), st.sampled_from(FORMATS))
@example("\x1c\x1d\x85\u2028x", "auto")
@example("\ue000 1. \ue000[1]", "text")
@example("<a>\n\n> [!NOTE]\n\n***", "markdown")
def test_any_text_is_read_or_refused(words, format):  # noqa: A002 - the option's name
    try:
        article = read_article(words.encode(errors="surrogatepass"), format=format)
    except ImportRefused as refused:
        message = str(refused)
        assert message
        assert "\n" not in message
    else:
        assert article.title.strip()


@CALM
@given(st.binary(max_size=400), st.sampled_from(FORMATS))
def test_any_bytes_are_read_or_refused(data, format):  # noqa: A002 - the option's name
    with contextlib.suppress(ImportRefused):
        read_article(data, format=format)


@settings(CALM, max_examples=40)
@given(st.data())
def test_a_damaged_seed_is_read_or_refused(data):
    page = bytearray(seed("002"))
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(page) - 1))
        page[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))

    with contextlib.suppress(ImportRefused):
        read_article(bytes(page))


def test_the_seeds_lose_nothing():
    for number in ("000", "002"):
        page = seed(number)
        assert _lost(page.decode(), read_article(page)) == []
