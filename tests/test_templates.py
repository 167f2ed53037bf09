"""Every template is used, and none spells out an address that a route has."""

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TEMPLATES = ROOT / "templates"
NAMES = {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()}
APPS = sorted(path.parent for path in ROOT.glob("*/apps.py"))
# Django finds these by their names.
BY_NAME = {
    "403.html",
    "403_csrf.html",
    "404.html",
    "500.html",
    "admin/base_site.html",
    "admin/index.html",
}
# It stands alone, so that nothing in it can fail a second time.
STANDS_ALONE = "500.html"

COMMENT = re.compile(r"{%\s*comment\b.*?{%\s*endcomment\s*%}|{#.*?#}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
ADDRESS = re.compile(
    r"\b(?:href|src|action|formaction|poster|cite|data-[\w-]+)=(?:\"((?:{%.*?%}|{{.*?}}|[^\"])*)\""
    r"|'((?:{%.*?%}|{{.*?}}|[^'])*)')",
    re.DOTALL,
)
OURS = re.compile(r"(?!\w+:|//|#|\?)[^?#\s]*/")


def written(name: str) -> str:
    """Return a template's text without its comments."""
    return COMMENT.sub("", (TEMPLATES / name).read_text("utf-8"))


def literal_addresses(text: str) -> list[str]:
    """Return the values of attributes that spell out a path of this site, or a part of one."""
    values = [double or single for double, single in ADDRESS.findall(text)]
    return [value for value in values if OURS.match(TAG.sub("", value))]


def named(text: str) -> set[str]:
    """Return the templates that stand in `text` by their names."""
    return {name for name in NAMES if f'"{name}"' in text or f"'{name}'" in text}


def used() -> set[str]:
    """Return what Django or our code names, and what that includes or extends in turn."""
    code = "".join(path.read_text("utf-8") for app in APPS for path in sorted(app.rglob("*.py")))
    found, new = set(), BY_NAME | named(code)
    while new:
        found |= new
        new = set.union(*(named(written(name)) for name in new)) - found
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<a href="/desk/">', ["/desk/"]),
        ("<form action='/accounts/sign-out/'>", ["/accounts/sign-out/"]),
        ('<a href="{{ prefix }}/search/?q={{ q }}">', ["{{ prefix }}/search/?q={{ q }}"]),
        ('<a href="{{ base }}ris/">', ["{{ base }}ris/"]),
        ('<img src="/static/img/mark.svg">', ["/static/img/mark.svg"]),
        ('<p data-search-url="/desk/references/search">', ["/desk/references/search"]),
        ('<a href="{% url "reader:board" %}#member-{{ pk }}">', []),
        ('<a href="{% url "reader:history" slug %}?audience=a/b">', []),
        ('<a href="https://doi.org/{{ doi }}">', []),
        ('<a href="mailto:{{ address }}">', []),
        ('<p data-word="Yes / no">', []),
    ],
)
def test_a_literal_address_is_told_from_others(text, expected):
    assert literal_addresses(text) == expected


@pytest.mark.parametrize("name", sorted(NAMES - {STANDS_ALONE}))
def test_addresses_of_this_site_come_from_its_routes(name):
    assert literal_addresses(written(name)) == []


def test_every_template_is_used():
    """A template that only an unused one includes is unused as well."""
    assert NAMES - used() == set()
