"""Markdown, as files and as chats write it: bytes to an article.

CommonMark with tables. Raw HTML is not run: `br`, `sub`, `sup`, `em` and `strong` are understood,
other tags are dropped with a warning and their words stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.common.utils import normalizeReference

from manuscript.importing.assembly import assemble
from manuscript.importing.indenting import indented
from manuscript.importing.notes import Notes
from manuscript.importing.page import Page
from manuscript.importing.result import ImportRefused
from manuscript.importing.tokens import blocks_from

if TYPE_CHECKING:
    from manuscript.importing.blocks import Block
    from manuscript.importing.result import ImportedArticle

MAX_MARKS = 100_000
"""How many characters with a meaning in Markdown, and lines, are read: reading takes time by them, and a page has hundreds."""

_MAX_NESTING = 24
_MARKS = re.compile(r"[\[\]*_`<|&!>\n]")
_DEFINITION = re.compile(
    r"[ ]{0,3}\[(?P<label>[^\[\]\n^][^\[\]\n]{0,80})\]:\s*<?(?P<url>[^\s<>]+)>?(?:\s+[\"'(](?P<title>[^\n]*)[\"')])?\s*"
)
_FRONT = re.compile(r"(?P<key>[A-Za-z][\w-]{0,40}):\s*(?P<value>.*)")
_SIGNS = (
    (re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE), 2),
    (re.compile(r"\*\*[^\s*][^*\n]{0,300}\*\*|__[^\s_][^_\n]{0,300}__"), 2),
    (re.compile(r"\[[^\[\]\n]{1,300}\]\((?:https?://|mailto:)[^()\s]{1,1000}\)"), 2),
    (re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE), 2),
    (re.compile(r"^ {0,3}\[\^?[^\[\]\n]{1,60}\]:\s", re.MULTILINE), 2),
    (re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|", re.MULTILINE), 2),
    (re.compile(r"^> ", re.MULTILINE), 1),
    (re.compile(r"^(?:- |\* )\S", re.MULTILINE), 1),
)
_SAMPLE = 200_000


def is_markdown(text: str, name: str = "") -> bool:
    """Whether `text` is Markdown, by its file's name or its signs: headings, bold words, links, tables."""
    if name.lower().endswith((".md", ".markdown", ".mdown", ".mkd")):
        return True
    head = text[:_SAMPLE]
    return sum(weight for pattern, weight in _SIGNS if pattern.search(head)) > 1


def read_text(words: str, notes: Notes, *, language: str, name: str) -> ImportedArticle:
    """Return the article in `words`, which `decode` has been over.

    :raises ImportRefused: when there is more markup than in any article.
    """
    if len(_MARKS.findall(words)) > MAX_MARKS:
        raise ImportRefused(
            f"There is more Markdown than in any article: at most {MAX_MARKS:,} marks and lines are read. Import it as text."
        )
    page = Page(words, notes, markdown=True)
    front = _take_front_matter(page)
    return assemble(
        page,
        _blocks,
        language=language,
        name=name,
        title=front.get("title", ""),
        summary=front.get("description", ""),
    )


def _blocks(page: Page) -> list[Block]:
    links = _take_link_definitions(page)
    lines = indented(page.lines, page.fenced)
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _MAX_NESTING})
    parser.enable("table").disable(["code", "html_block", "reference", "html_inline"])
    tokens = parser.parse("\n".join(lines), {"references": links})
    return blocks_from(tokens, page.notes)


def _take_link_definitions(page: Page) -> dict[str, dict[str, str]]:
    """Take `[name]: address` lines off the page, for the links that use them; note those that no link uses."""
    found: dict[str, tuple[int, str, dict[str, str]]] = {}
    for index in page.filled():
        match = _DEFINITION.fullmatch(page.lines[index])
        if not match:
            continue
        key = normalizeReference(match["label"])
        if key in found or not match["url"].lower().startswith(("http://", "https://", "mailto:")):
            continue
        found[key] = (
            index,
            page.take(index),
            {"href": match["url"], "title": match["title"] or ""},
        )
    if found:
        rest = "\n".join(page.lines)
        used = {normalizeReference(label) for label in re.findall(r"\[([^\[\]\n]{1,80})\]", rest)}
        for key, (index, line, definition) in found.items():
            if key not in used or definition["title"]:
                page.notes.add(
                    "link-definition-left-out",
                    index + 1,
                    line,
                    "" if key in used else "no link uses it",
                )
    return {key: definition for key, (_, _, definition) in found.items()}


def _take_front_matter(page: Page) -> dict[str, str]:
    """Take the lines between `---` at the top off the page and return what they say."""
    if not page.lines or page.lines[0].strip() != "---":
        return {}
    end = next(
        (at for at, line in enumerate(page.lines[1:200], 1) if line.strip() in {"---", "..."}), 0
    )
    if not end:
        return {}
    found: dict[str, str] = {}
    for index in range(end + 1):
        line = page.lines[index]
        if match := _FRONT.fullmatch(line):
            found.setdefault(match["key"].lower(), match["value"].strip().strip("\"'"))
        if line.strip(" -."):
            page.notes.add("front-matter-left-out", index + 1, line.strip())
        page.take(index)
    return found
