"""Nothing executable survives, and nothing takes long."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings

from manuscript.content.canonical import canonicalise
from manuscript.content.citations import number
from manuscript.content.rendering import render
from manuscript.content.schema import (
    ATTRIBUTES,
    BLOCKS,
    CONTAINERS,
    INLINE,
    KEY,
    LEAVES,
    TAGS,
    ContentRefused,
)
from tests.manuscript.content.strategies import anything

pytestmark = pytest.mark.pure

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpora" / "security"
FILES = (
    sorted(path for path in CORPUS.glob("*") if path.suffix in {".md", ".txt", ".svg"})
    if CORPUS.is_dir()
    else []
)


class Inspector(HTMLParser):
    """Reads a body with a parser of its own and notes everything outside the schema."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self._stack = ["body"]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self._stack[-1]
        if tag not in TAGS:
            self.wrong.append(tag)
        if tag in INLINE and parent in CONTAINERS | {"body"}:
            self.wrong.append(f"{tag} in {parent}")
        if tag in BLOCKS and parent in LEAVES | INLINE:
            self.wrong.append(f"{tag} in {parent}")
        if [name for name, _ in attrs] != [
            name for name in ATTRIBUTES.get(tag, ()) if name in dict(attrs)
        ]:
            self.wrong.append(f"{tag} {attrs}")
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and not re.match(r"https?://[^/]|mailto:", values.get("href", "")):
            self.wrong.append(f"a {attrs}")
        if tag == "cite" and not all(KEY.fullmatch(key) for key in values["data-refs"].split(" ")):
            self.wrong.append(f"cite {attrs}")
        if tag != "br":
            self._stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._stack.pop() != tag:
            self.wrong.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self._stack[-1] in CONTAINERS | {"body", "cite"}:
            self.wrong.append(f"text in {self._stack[-1]}: {data!r}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data!r}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"declaration {decl!r}")


def outside_the_schema(body: str) -> list[str]:
    """Return everything in a body that the schema does not allow."""
    inspector = Inspector()
    inspector.feed(body)
    inspector.close()
    return inspector.wrong


def executable(markup: str) -> list[str]:
    """Return what a browser could run in rendered markup, read by a parser that is not ours."""
    if not markup:
        return []
    found: list[str] = []
    for element in lxml.html.fragment_fromstring(markup, create_parent="div").iter():
        if not isinstance(element.tag, str) or element.tag in {
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "svg",
            "form",
            "img",
        }:
            found.append(str(element.tag))
        for name, value in element.attrib.items():
            if name.startswith("on") or name in {"style", "srcdoc", "src", "action", "formaction"}:
                found.append(f"{name}={value}")
            if name == "href" and not re.match(r"https?://|mailto:|#ref-\d+$", value):
                found.append(f"{name}={value}")
    return found


@settings(deadline=None)
@given(anything)
def test_nothing_outside_the_schema_survives(markup: str) -> None:
    body = canonicalise(markup)

    assert outside_the_schema(body) == []
    assert executable(render(body, number(body))) == []


def payloads() -> Iterator[str]:
    for path in FILES:
        text = path.read_text(encoding="utf-8", errors="replace").replace("\x00", "")
        yield text
        yield html.unescape(text)
        for line in text.splitlines():
            yield line
            yield f"<p>{line}</p>"
            yield f'<p><a href="{line}">x</a><cite data-refs="a" data-locator="{line}"></cite></p>'


@pytest.mark.skipif(not FILES, reason="The security corpora are not on this machine.")
def test_no_known_payload_survives() -> None:
    seen = 0
    for payload in payloads():
        body = canonicalise(payload)
        assert outside_the_schema(body) == [], payload
        assert executable(render(body, number(body))) == [], payload
        seen += 1
    assert seen > 500


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<SCRIPT/x>alert(1)</sCrIpT >",
        "<scr<script>x</script>ipt>alert(1)</script>",
        "<<span>script>alert(1)<<span>/script>",
        "<img src=x onerror=alert(1)>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
        "<a href='java\nscript:alert(1)'>x</a>",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<a href='https:\\\\evil.org\\@good.org'>x</a>",
        "<p style='background:url(javascript:x)' onmouseover=alert(1)>x</p>",
        "<cite data-refs='a\" onclick=\"x' onclick=x>y</cite>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<![CDATA[><img src=x onerror=alert(1)>]]>",
        "<aside data-callout=note><p data-label><img src=x onerror=alert(1)></p></aside>",
    ],
)
def test_an_attack_leaves_nothing_to_run(markup: str) -> None:
    body = canonicalise(markup)

    assert outside_the_schema(body) == []
    assert executable(render(body, number(body))) == []


@pytest.mark.parametrize(
    "piece",
    [
        "<div>", "<b>", "<p><b id=1>", "<ul><li>", "<blockquote>", "<table><td>", "<div></b>", "<p>", "<li>", "</p>", "<a href=https://x.org>",
        "<!--", "<script>", '<a "', "<p title='", "<x ", "<cite data-refs=a>", "<font>", "<svg>", "<select>", "<h2>", "<td>", "&amp;", "<",
        "<div><!--</div>-->", "<div><table><tr><td></div></td></tr></table>", "<i></p></i><p>", "<aside data-callout=note><p data-label>x</p>",
        "\u200d", "e\u0301", "\u0301", " ", "<b>x</b>y", "<p><cite data-refs=a></cite>", "<svg><![CDATA[>",
    ],
)  # fmt: skip
def test_a_hundred_kilobytes_of_anything_end_soon(piece: str) -> None:
    started = time.process_time()
    with suppress(ContentRefused):
        canonicalise(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 2
