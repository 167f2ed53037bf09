"""Random bodies for the property tests: tidy ones from the schema, and whatever else might be pasted."""

from __future__ import annotations

import html

from hypothesis import strategies as st

from manuscript.content.canonical import canonicalise
from manuscript.content.citations import cited_keys

WORDS = (
    "tofacitinib", "0.18", "e.g.", "et", "al.", "The", "dose", "3", "mg.", "B.", "Fig.", "2", "肺", "间质性。", "か", "한국어",
    "می\u200cخواهم", "क्\u200dष", "e\u0301", "\u0338x", "\u212b", "a\u00a0b", "\u200bz", "\ufeff", "&", "<", ">", '"', "'", "x.", "y!", "\u202ez",
    "👩\u200d⚕️", "\u200d", "-", "(", ")", "…", "?", "A", "b", "c", "&amp;", "ﬁ", "\u0301",
)  # fmt: skip
KEYS = ("a", "b", "citera-2021", "x.y_z", "9")

words = st.sampled_from(WORDS)
texts = st.lists(words, min_size=1, max_size=8).map(" ".join)
spaces = st.sampled_from(("", " ", "\n", "\u00a0", "\u3000", "  "))
any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


def _escaped(text: str) -> str:
    return html.escape(text)


@st.composite
def cites(draw: st.DrawFn) -> str:
    keys = " ".join(draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=3)))
    locator = draw(st.sampled_from((None, None, "p. 3", "Table 2", " pp 3\u20134 ", "")))
    located = "" if locator is None else f' data-locator="{locator}"'
    inner = draw(st.sampled_from(("", "[1]", "<sup>x</sup>")))
    return f'<cite data-refs="{keys}"{located}>{inner}</cite>'


def _marked(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    tags = st.sampled_from(
        (
            "strong", "b", "em", "i", "sub", "sup", "span", 'a href="https://x.org/?a=1&amp;b=2"',
            'a href="mailto:a@b.c"', 'a href="javascript:x"', 'span style="font-weight:700"',
        )
    )  # fmt: skip
    return st.tuples(tags, inner).map(lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0].split()[0]}>")


inlines = st.recursive(
    st.one_of(texts.map(_escaped), any_text.map(_escaped), cites(), st.sampled_from(("<br>", " "))),
    lambda inner: st.one_of(
        _marked(inner), st.lists(st.tuples(inner, spaces).map("".join), max_size=4).map("".join)
    ),
    max_leaves=10,
)


def _wrap(tag: str, attributes: str = "") -> st.SearchStrategy[str]:
    return inlines.map(lambda inner: f"<{tag}{attributes}>{inner}</{tag}>")


leaves = st.one_of(
    _wrap("p"), _wrap("p"), _wrap("div"), inlines, *(_wrap(f"h{level}") for level in range(1, 7))
)


@st.composite
def tables(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    columns = draw(st.integers(1, 3))
    rows = ""
    for row in range(draw(st.integers(1, 3))):
        tags = draw(
            st.lists(
                st.sampled_from(("td", "th", 'td colspan="2"', 'th scope="row"')),
                min_size=columns,
                max_size=columns,
            )
        )
        if row == 0 and draw(st.booleans()):
            tags = ["th"] * columns
        rows += "<tr>" + "".join(f"<{tag}>{draw(inner)}</{tag[:2]}>" for tag in tags) + "</tr>"
    caption = draw(st.one_of(st.just(""), _wrap("caption")))
    return f"<table>{caption}{rows}</table>"


def _containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, max_size=3).map("".join)
    lists = st.tuples(
        st.sampled_from(("ul", "ol", 'ol start="3"')),
        st.lists(st.one_of(several.map(lambda x: f"<li>{x}</li>"), inner), max_size=3),
    ).map(lambda pair: f"<{pair[0]}>{''.join(pair[1])}</{pair[0][:2]}>")
    quotes = several.map(lambda x: f"<blockquote>{x}</blockquote>")
    callouts = st.tuples(st.sampled_from(("note", "caution", "warning", "x")), several).map(
        lambda pair: f'<aside data-callout="{pair[0]}">{pair[1]}</aside>'
    )
    figures = st.tuples(
        st.sampled_from((' data-figure="scan-1"', ' data-figure="B" data-alt=" A \u0338 b "', "")),
        st.one_of(st.just(""), inner, _wrap("figcaption")),
    ).map(lambda pair: f"<figure{pair[0]}>{pair[1]}</figure>")
    return st.one_of(lists, quotes, callouts, figures, tables(inner))


documents = st.lists(st.recursive(leaves, _containers, max_leaves=6), max_size=5).map("".join)
"""HTML that the schema understands, not yet canonical."""

bodies = documents.map(canonicalise)
"""Canonical bodies."""

_PIECES = (
    "<p>", "</p>", "<div>", "</div>", "<ul>", "</ul>", "<li>", "</li>", "<ol start=3>", "</ol>", "<b>", "</b>", "<i>", "</i>",
    "<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "</th>", "<thead>", "<tbody>", "<tfoot>", "<caption>", "</caption>",
    "<h1>", "</h1>", "<h3>", "</h3>", "<a href=https://x.org>", "</a>", "<sub>", "</sub>", "<sup>", "</sup>", "<br>", "<br/>", "<hr>",
    "<cite data-refs='a b'>", "<cite>", "</cite>", "<cite data-refs=A data-locator='p 1'></cite>", "<blockquote>", "</blockquote>",
    "<aside data-callout=note>", "</aside>", '<p data-label="">', "<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script>", "<style>",
    "</style>", "<svg>", "</svg>", "<math>", "<title>", "</title>", "<template>", "<select>", "<option>", "<figure data-figure=a>", "</figure>", "<figcaption>", "</figcaption>", "<figure>", "<textarea>", "</textarea>",
    "<span style='font-weight:bold;font-style:italic'>", "</span>", "<img src=x onerror=alert(1)>", "<", ">", "&", "&lt;", "&#0;", "&#x338;",
    '"', "'", "=", "<p title='", "</", "<?", "<!", "&nbsp;", "&zwj;", "\u0338", "\u0301", "e", "\t", "\r\n", "\x0b", "\x85", "<x:y>", "<dl><dt>",
    "<dd>", "<plaintext>", "<noscript>", "<form>", "<button>", "<col>", "<iframe src=x>", "</iframe>", "<ins>", "<del>", "</h2>", "</br>",
)  # fmt: skip
messy = st.lists(
    st.one_of(st.sampled_from(_PIECES), st.sampled_from(_PIECES), words, any_text), max_size=25
).map("".join)
"""HTML nobody would write on purpose."""

anything = st.one_of(documents, messy)


def numbered(body: str) -> dict[str, int]:
    """Return a number for every key the body cites, not in the order of citation."""
    return {
        key: position
        for position, key in enumerate(sorted(cited_keys(body), reverse=True), start=1)
    }
