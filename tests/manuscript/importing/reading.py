"""What the importers' tests share: the outside files, and short ways to read and to ask."""

import re
from collections.abc import Sequence
from pathlib import Path
from textwrap import dedent

import pytest

from manuscript.importing import ImportedArticle, Warning_, read_article

SHARED = Path(__file__).resolve().parents[4] / "shared"
_TAG = re.compile(r"<[^>]*>")


def outside(name: str) -> bytes:
    """Return a shared file's bytes; skip the test where the shared files are not at hand."""
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"no {path}")
    return path.read_bytes()


def seed(number: str) -> bytes:
    """Return the seed page whose name begins with `number`."""
    found = sorted((SHARED / "seeds").glob(f"{number}_*"))
    if not found:
        pytest.skip("no seeds")
    return found[0].read_bytes()


def read(words: str, **options: str) -> ImportedArticle:
    """Read an indented fixture."""
    return read_article(dedent(words).lstrip("\n").encode(), **options)


def codes(article: ImportedArticle) -> list[str]:
    return [warning.code for warning in article.warnings]


def noted(article: ImportedArticle, code: str) -> list[Warning_]:
    return [warning for warning in article.warnings if warning.code == code]


def cited(article: ImportedArticle) -> list[str]:
    """Return what each citation atom points at, in order: "1 2"."""
    return [
        keys.replace("imported-", "")
        for keys in re.findall(r'<cite data-refs="([^"]*)"', article.body)
    ]


def words(body: str) -> str:
    """Return a body's words, blocks apart."""
    return " ".join(
        _TAG.sub(" ", re.sub(r"</?(?:strong|em|sub|sup|a|cite)\b[^>]*>", "", body)).split()
    )


def labels(article: ImportedArticle) -> Sequence[str]:
    return [reference.label for reference in article.references]
