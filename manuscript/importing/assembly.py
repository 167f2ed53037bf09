"""What every format shares: taking off what is not the article, then titles, headings, citations, HTML."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from manuscript.content.canonical import canonicalise
from manuscript.content.schema import MAX_CHARACTERS, ContentRefused
from manuscript.importing import disclaimers, furniture, headings, languages, proofreading, sections
from manuscript.importing.blocks import Block, plain
from manuscript.importing.citing import cite
from manuscript.importing.rendering import to_html
from manuscript.importing.result import ImportedArticle, ImportRefused
from manuscript.importing.titles import drop, take_title

if TYPE_CHECKING:
    from manuscript.importing.page import Page

MAX_LINES = 10_000
"""How many lines with words an article may have."""

MAX_LINE = 50_000
"""How long one line may be. The HTML cleaner's time grows with the square of a long run of accented letters."""

Reader = Callable[["Page"], list[Block]]


def assemble(
    page: Page, blocks_of: Reader, *, language: str, name: str, summary: str = "", title: str = ""
) -> ImportedArticle:
    """Return the article on `page`, whose blocks `blocks_of` reads once all that is not the article is taken off.

    `title` and `summary` are what the source's own metadata says.

    :raises ImportRefused: when nothing is left, or the body is larger than a body may be.
    """
    notes = page.notes
    if sum(map(bool, page.lines)) > MAX_LINES:
        raise ImportRefused(
            f"There are more lines than in any article: at most {MAX_LINES:,} are read."
        )
    longest = max(range(len(page.lines)), key=lambda index: len(page.lines[index]))
    if len(page.lines[longest]) > MAX_LINE:
        raise ImportRefused(
            f"Line {longest + 1} has {len(page.lines[longest]):,} characters; at most {MAX_LINE:,} are read. Give each paragraph its own line."
        )
    updated_on = furniture.leave_out(page)
    set_aside = disclaimers.set_aside(page, language)
    entries = sections.take_references(page) + sections.take_definitions(page)
    entries.sort(key=lambda entry: entry.line)
    proofreading.proofread(page)
    blocks = blocks_of(page)
    if not blocks and not entries and not set_aside:
        raise ImportRefused(
            "Nothing in the file is the text of an article; all of it is site furniture."
        )
    heading = ""
    if title:
        if blocks and plain_of(blocks[0]).casefold() == title.casefold():
            drop(blocks, notes)
    else:
        title, heading = take_title(blocks, name, notes)
    blocks = headings.find(blocks, notes)
    headings.fit_levels(blocks, notes)
    words = " ".join([title, *(plain_of(block) for block in blocks[:200])])
    languages.check_language(words, language, notes, shown=title[:120])
    references = cite(blocks, entries, notes)
    body = canonical_body(to_html(blocks))
    if not body:
        notes.add("empty-body", 1, title[:120], "the file holds a title and no text")
    return ImportedArticle(
        title=title,
        heading=heading,
        summary=summary,
        body=body,
        references=references,
        disclaimers=tuple(set_aside),
        updated_on=updated_on,
        warnings=notes.listed(),
        language=language,
    )


def canonical_body(html: str, *, limit: int = MAX_CHARACTERS) -> str:
    """Return the HTML of an article as a canonical body.

    :raises ImportRefused: when it is longer than `limit`, or nested deeper than a body may be.
    """
    try:
        return canonicalise(html, limit=limit)
    except ContentRefused as error:
        raise ImportRefused(f"The article cannot be stored: {error}") from error


def plain_of(block: Block) -> str:
    """Return the words of a heading or paragraph, "" for other blocks."""
    pieces = getattr(block, "pieces", None)
    return plain(pieces) if pieces else ""
