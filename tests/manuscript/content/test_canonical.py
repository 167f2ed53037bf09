"""Whatever way a text came, its canonical form is one string."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from manuscript.content.canonical import canonicalise
from manuscript.content.schema import MAX_BODY_DEPTH, MAX_CHARACTERS, ContentRefused
from tests.manuscript.content.strategies import anything

pytestmark = pytest.mark.pure

SAME = {
    "bold and italic, typed and pasted": (
        "<p><strong>a</strong> <em>b</em></p>",
        "<p><b>a</b> <i>b</i></p>",
        "<div><span style='font-weight:700'>a</span> <span style='font-style: italic'>b</span></div>",
        "<b style='font-weight:normal' id='docs-internal-guid-1'><p><b>a</b> <i>b</i></p></b>",
        "<strong>a</strong>\n<em>b</em>",
        "<p><strong>a </strong><em>b</em><br class='ProseMirror-trailingBreak'></p>",
    ),
    "one list": (
        "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>",
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>",
        "<ul>\n <li>a\n  <ul>\n   <li>b\n  </ul>\n <li>c\n <li>\n</ul>",
    ),
    "one table": (
        "<table><thead><tr><th><p>a</p></th></tr></thead><tbody><tr><td><p>b</p></td></tr></tbody></table>",
        "<table><tr><th>a</th></tr><tr><td>b</td></tr></table>",
        "<table><colgroup><col></colgroup><tbody><tr><th colspan='1' rowspan='1'><p>a</p></th></tr><tr><td><p>b</p></td></tr></tbody></table>",
        "<table border=1><thead><tr><th>a<tbody><tr><td><div>b</div></table>",
        "<div class='table-scroll'><table><thead><tr><th>a</th></tr></thead><tfoot><tr><td>b</td></tr></tfoot></table></div>",
    ),
    "paragraphs, however divided": (
        "<p>a</p><p>b</p>",
        "a<div>b</div>",
        "<p>a<p>b",
        "<div><div>a</div><p>b</p><p> </p></div>",
        "a<hr>b",
    ),
    "headings of the levels there are": (
        "<h2>a</h2><h4>b</h4>",
        "<h1>a</h1><h5>b</h5>",
        "<h2>a</h2><h2><br></h2><h6>b</h6>",
        "<h1>a<h6>b</h6>",
    ),
    "marks in one order, once": (
        '<p><a href="https://x.org"><strong><em>a</em></strong></a></p>',
        '<p><em><strong><a href="https://x.org">a</a></strong></em></p>',
        '<p><i><b><b><a href="HTTPS://x.org" target="_blank" onclick="x()">a</a></b></b></i></p>',
        '<p><em><strong><a href="https://x.org"></a></strong><strong><a href="https://x.org">a</a></strong></em></p>',
    ),
    "neighbouring marks": (
        "<p><strong>ab c</strong></p>",
        "<p><b>a</b><b>b</b> <b>c</b></p>",
        "<p><b>a<b>b </b></b><b>c</b></p>",
    ),
    "one citation": (
        '<p>a.<cite data-refs="x y"></cite> B</p>',
        '<p>a. <cite data-refs="x"></cite> <cite data-refs="y x"></cite> B</p>',
        '<p>a.<strong><cite data-locator="" class="citation" data-refs="X  y"><sup>1</sup></cite></strong> B</p>',
        "<p>a.<cite data-refs='x y !'>[x,y]</cite> B</p>",
    ),
    "spaces": (
        "<p>a b</p>",
        "<p>\u00a0 a \n\t\u2009b&nbsp;</p>",
        " a&#x3000;b ",
        "<p>\u200ba\u00ad b\ufeff</p>",
    ),
    "composed characters": (
        "<p>\u00e9 \u00c5</p>",
        "<p>e\u0301 \u212b</p>",
        "<p>e<span>&#x301;</span> A\u030a</p>",
    ),
}


@pytest.mark.parametrize("variants", SAME.values(), ids=SAME.keys())
def test_the_same_text_has_one_form_however_it_came(variants: tuple[str, ...]) -> None:
    for variant in variants:
        assert canonicalise(variant) == variants[0]


FORMS = {
    "a locator keeps a citation from the one before": (
        '<p>a<cite data-refs="x"></cite> <cite data-refs="y" data-locator="p. 3"></cite></p>',
        '<p>a<cite data-refs="x"></cite><cite data-refs="y" data-locator="p. 3"></cite></p>',
    ),
    "two locators stay two": (
        '<p>a<cite data-refs="x" data-locator="p. 1"></cite><cite data-refs="x" data-locator="p. 3"></cite></p>',
        '<p>a<cite data-refs="x" data-locator="p. 1"></cite><cite data-refs="x" data-locator="p. 3"></cite></p>',
    ),
    "locators keep citations apart": (
        '<p>a<cite data-refs="x" data-locator=" p.  3 "></cite><cite data-refs="x"></cite></p>',
        '<p>a<cite data-refs="x" data-locator="p. 3"></cite><cite data-refs="x"></cite></p>',
    ),
    "a citation leaves no space where there was none": (
        "<p>a <cite data-refs=k></cite>. B</p>",
        '<p>a<cite data-refs="k"></cite>. B</p>',
    ),
    "a citation interrupts a link": (
        '<a href="https://x.org">a<cite data-refs="k"></cite>b</a>',
        '<p><a href="https://x.org">a</a><cite data-refs="k"></cite><a href="https://x.org">b</a></p>',
    ),
    "a title in cite is text": ("<p><cite>The Lancet</cite> says</p>", "<p>The Lancet says</p>"),
    "a citation without a well-formed key is text": (
        '<p>a<cite data-refs="!">[1]</cite></p>',
        "<p>a[1]</p>",
    ),
    "an unclosed citation hides no text": (
        "<p>a<cite data-refs=k><p>b",
        '<p>a<cite data-refs="k"></cite></p><p>b</p>',
    ),
    "a break stands between text": ("<p><br>a <br> b<br> <br></p>", "<p>a<br>b</p>"),
    "quotes and callouts hold blocks": (
        "<blockquote>a</blockquote><aside data-callout='Caution'>b<p></p></aside><aside>c</aside>",
        '<blockquote><p>a</p></blockquote><aside data-callout="caution"><p>b</p></aside><p>c</p>',
    ),
    "items without a list get one": (
        "<li>a<li>b<p>c",
        "<ul><li><p>a</p></li><li><p>b</p><p>c</p></li></ul>",
    ),
    "the start of a list": (
        "<ol start='03'><li>a</ol><ol start=1 type=a><li>b</ol>",
        '<ol start="3"><li><p>a</p></li></ol><ol><li><p>b</p></li></ol>',
    ),
    "empty cells stay, empty rows and tables go": (
        "<table><tr><td>a</td><td><p></p></td></tr><tr></tr></table><table><tr><td></td></tr></table>",
        "<table><tbody><tr><td><p>a</p></td><td></td></tr></tbody></table>",
    ),
    "spans": (
        "<table><tr><td colspan=2 rowspan=99999 scope=col>a<th scope=ROW>b</table>",
        '<table><tbody><tr><td colspan="2"><p>a</p></td><th scope="row"><p>b</p></th></tr></tbody></table>',
    ),
    "rules, terms and descriptions divide, however many": (
        "a<hr>" * 200 + "<dl>" + "<dt>b<dd>c" * 200,
        "<p>a</p>" * 200 + "<p>b</p><p>c</p>" * 200,
    ),
    "a caption of an empty table is text": (
        "<table><caption>a</caption><tr><td></table>",
        "<p>a</p>",
    ),
    "joiners stay where they join": (
        "<p>می\u200cخواهم tofa\u200dcitinib 👩\u200d⚕️</p>",
        "<p>می\u200cخواهم tofacitinib 👩\u200d⚕️</p>",
    ),
    "a joiner after a space joins nothing": ("<p>a \u200d b \u3000\u200d</p>", "<p>a b</p>"),
    "entities": (
        "<p>a < b &lt; c &amp; &copy; \" ' &quot;</p>",
        '<p>a &lt; b &lt; c &amp; © " \' "</p>',
    ),
    "an overlay does not fuse with the tag before it": ("<p>\u0338a</p>", "<p>&#824;a</p>"),
    "script and style go with their text": (
        "<p>a<script>x</script><style>y</style><iframe>z</iframe></p><title>t</title>",
        "<p>a</p>",
    ),
    "unknown elements leave their text": (
        "<section><font color=red>a</font> <u>b</u></section><o:p>c</o:p>",
        "<p>a b</p><p>c</p>",
    ),
    "link targets": (
        "<a href='https://x.org/?a=1&copy=2'>a</a> <a href='/b'>b</a> <a href='//c.org'>c</a> <a href='mailto:d@e.f'>d</a>",
        '<p><a href="https://x.org/?a=1&amp;copy=2">a</a> b c <a href="mailto:d@e.f">d</a></p>',
    ),
    "nothing": (" <p><b> </b></p><ul><li></li></ul><h2></h2><blockquote></blockquote>", ""),
}


@pytest.mark.parametrize(("given_html", "form"), FORMS.values(), ids=FORMS.keys())
def test_the_canonical_form(given_html: str, form: str) -> None:
    assert canonicalise(given_html) == form
    assert canonicalise(form) == form


@settings(deadline=None)
@given(anything)
def test_the_canonical_form_of_a_canonical_form_is_itself(html: str) -> None:
    canonical = canonicalise(html)

    assert canonicalise(canonical) == canonical


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        ("a" * (MAX_CHARACTERS + 1), "600,001 characters"),
        ("&" * (MAX_CHARACTERS - 1), "with its markup"),
        ("<div>" * 101, "more than 100 levels"),
        ("<blockquote>" * (MAX_BODY_DEPTH + 1) + "a", f"more than {MAX_BODY_DEPTH} levels"),
        ("<b>" * 101, "More than 100 inline elements"),
        ("<p>a\x00b</p>", "NUL"),
        ("<p>a\ud800b</p>", "surrogate"),
    ],
)
def test_what_cannot_be_a_body_is_refused_with_the_reason(html: str, reason: str) -> None:
    with pytest.raises(ContentRefused, match=reason):
        canonicalise(html)


def test_the_deepest_body_is_accepted_again() -> None:
    body = canonicalise("<blockquote>" * (MAX_BODY_DEPTH - 1) + "a")

    assert canonicalise(body) == body
