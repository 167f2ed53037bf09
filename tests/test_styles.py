"""Every style sheet is linked, declares the layers, and styles only classes that something has."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
APPS = sorted(path.parent for path in ROOT.glob("*/apps.py"))
# Django's admin has the classes that the sheet for it styles, and layers of its own.
SHEETS = sorted(path for path in ROOT.glob("static/css/*.css") if path.name != "admin.css")
LAYERS = "@layer tokens, base, article, desk, utilities, print;"

COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}|/\*.*?\*/", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}|\${.*?}", re.DOTALL)
CLASSES = re.compile(r"\bclass=\"((?:{%.*?%}|{{.*?}}|[^\"])*)\"", re.DOTALL)
STRING = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`")
SELECTOR = re.compile(r"\.([a-zA-Z][\w-]*)(?=[^{}]*{)")
# What the editor's library gives its elements.
OF_THE_LIBRARY = re.compile(r"ProseMirror[\w-]*|selectedCell")


def styled(sheet: str) -> set[str]:
    """Return the classes that a style sheet names in its selectors."""
    return set(SELECTOR.findall(COMMENT.sub("", sheet)))


def given(text: str, *, is_template: bool) -> set[str]:
    """Return what may be a class in `text`: of a template its class attributes, of code its strings.

    One that is composed stands there with its stem and two dashes.
    """
    values = CLASSES.findall(COMMENT.sub("", text)) if is_template else STRING.findall(text)
    words = {word for value in values for word in re.findall(r"[\w-]+", TAG.sub(" ", value))}
    inside = {
        word
        for value in values
        for tag in TAG.findall(value)
        for word in re.findall(r"[\w-]+", tag)
    }
    return words | inside


def is_given(name: str, classes: set[str]) -> bool:
    stem, dashes, _ending = name.rpartition("--")
    return name in classes or (bool(dashes) and f"{stem}--" in classes)


@pytest.fixture(scope="module")
def classes() -> set[str]:
    """Return what templates, scripts and code may give an element as a class."""
    templates = [*ROOT.glob("templates/**/*.html")]
    others = [
        *ROOT.glob("static/js/**/*.js"),
        *(path for app in APPS for path in app.rglob("*.py")),
        *ROOT.glob("manuscript/**/*.py"),
    ]
    return set().union(
        *(given(path.read_text("utf-8"), is_template=True) for path in templates),
        *(given(path.read_text("utf-8"), is_template=False) for path in others),
    )


def test_classes_are_found_however_they_are_written():
    template = '<p class="a{% if b == "c" %} a--on{% endif %} tone--{{ tone }}">a word</p>'
    assert {"a", "a--on", "tone--"} <= given(template, is_template=True)
    assert "word" not in given(template, is_template=True)
    assert "saved--" in given("state.className = `saved saved--${tone}`;", is_template=False)
    assert styled("@layer x { .a, .b > i:not(.c) { margin: .5em } /* .d */ }") == {"a", "b", "c"}


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_styled_that_nothing_has(sheet, classes):
    names = {
        name for name in styled(sheet.read_text("utf-8")) if not OF_THE_LIBRARY.fullmatch(name)
    }
    assert {name for name in names if not is_given(name, classes)} == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_the_layers_are_declared_in_one_order(sheet):
    """So the order in which pages link style sheets does not decide between layers."""
    assert LAYERS in sheet.read_text("utf-8")


def test_every_style_sheet_is_linked():
    sources = [
        *ROOT.glob("templates/**/*.html"),
        *(path for app in APPS for path in app.rglob("*.py")),
    ]
    text = "".join(path.read_text("utf-8") for path in sources)
    assert [sheet.name for sheet in SHEETS if f"css/{sheet.name}" not in text] == []
