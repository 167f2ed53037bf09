"""Only the text engine takes markup apart: elsewhere no pattern and no string method looks for a tag in HTML.

A body and its rendering are changed by `manuscript.content.rewriting`, by the hooks of `render` and by the steps of
`difference`. Readers of other people's files (`manuscript.importing`, `manuscript.citing`) look at foreign markup.
"""

import ast
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parent.parent
PLACES = "accounts articles config demo kernel manuscript/exporting reader review".split()
# Methods of text that look for a part of it.
LOOKING = frozenset(
    "count endswith find index partition removeprefix removesuffix replace rfind rindex rpartition rsplit split startswith".split()
)
# What a pattern says besides what it looks for: groups, and what stands before.
GROUPS = re.compile(r"\(\?(?::|[=!]|<[=!]|P<\w+>)")
MARKUP = re.compile(r"<[/?]*[a-z\[(\\]|\b(?:data-[a-z]+|href|id|class)=")


def looking_for_markup(source: str) -> list[str]:
    """Return the patterns and parts of text in `source` that look for tags or attributes."""
    found = []
    for call in ast.walk(ast.parse(source)):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        is_pattern = isinstance(call.func.value, ast.Name) and call.func.value.id == "re"
        if not (is_pattern or call.func.attr in LOOKING):
            continue
        words = [
            node.value
            for sought in call.args[:1]
            for node in ast.walk(sought)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        if any(MARKUP.search(GROUPS.sub("", word)) for word in words):
            found.append(ast.unparse(call))
    return found


@pytest.mark.parametrize("place", PLACES)
def test_nobody_but_the_engine_looks_for_tags(place):
    modules = sorted((ROOT / place).rglob("*.py"))
    assert modules
    found = {
        str(path.relative_to(ROOT)): looking
        for path in modules
        if (looking := looking_for_markup(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "source",
    [
        """re.compile(r'(?<=data-refs=")[^"]*(?=")')""",
        """re.compile(r'(?<=<figure data-figure=")[^"]*(?=")')""",
        """re.compile(r'<figure data-figure="([^"]*)".*?</figure>', re.DOTALL)""",
        """re.compile(r'<a href="#ref-(\\d+)" id="(cite-[\\d-]+)">')""",
        """re.compile(r'(?<= id="change-)\\d+(?=")')""",
        """re.compile(r"<[^>]*>")""",
        """re.compile(r"</?(?:a|i)\\b[^>]*>")""",
        """re.sub(rf'<h2 id="{name}">', "", body)""",
        """re.compile(r"(?P<tag><h2>)")""",
        """body.split("</p>")""",
        """figure.removesuffix("</figcaption></figure>")""",
        """html.replace(f'<cite data-refs="{key}"', "")""",
    ],
)
def test_what_looks_for_tags_is_seen(source):
    assert looking_for_markup(source)


@pytest.mark.parametrize(
    "source",
    [
        """re.compile(r"https?://[^\\s<>]+")""",
        """re.compile(r"(?P<draft>draft)|(?<![a-z])x")""",
        """data.replace("<", "&lt;")""",
        """cell.replace("|", "<br>")""",
        """text.startswith("<")""",
    ],
)
def test_what_looks_for_words_is_not(source):
    assert looking_for_markup(source) == []
