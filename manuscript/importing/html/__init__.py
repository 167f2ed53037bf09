"""HTML, as a saved page or from the clipboard: bytes to an article.

A page's article is looked for; what stands around it is the site's. Word's and Google Docs' clipboards are pieces of
HTML with lists of their own making. Text that was deleted or inserted with changes tracked is asked about.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from manuscript.content.characters import clean
from manuscript.importing import disclaimers, furniture, headings, languages, proofreading
from manuscript.importing.assembly import MAX_LINES, canonical_body
from manuscript.importing.blocks import Block, Heading, Paragraph, plain
from manuscript.importing.citing import cite
from manuscript.importing.docx.changes import TrackedChanges
from manuscript.importing.html import head, page
from manuscript.importing.html.anchors import Anchors
from manuscript.importing.html.reader import Reader
from manuscript.importing.html.surroundings import is_hidden, main_of
from manuscript.importing.html.tree import parse, words
from manuscript.importing.rendering import to_html
from manuscript.importing.result import ImportedArticle, ImportRefused
from manuscript.importing.titles import take_title
from manuscript.importing.xml import line_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.notes import Notes

__all__ = ["read_html"]


def read_html(
    data: bytes, notes: Notes, *, language: str, name: str, tracked_changes: str = "ask"
) -> ImportedArticle:
    """Return the article that the HTML `data` holds.

    :raises ImportRefused: when it cannot be read or holds no text; as `TrackedChanges` when it holds tracked changes
        and `tracked_changes` is "ask".
    """
    document = parse(data, notes)
    main = main_of(document.root)
    if tracked_changes == "ask":
        _refuse_open_changes(main)
    anchors = Anchors(document.root, main, notes)
    reader = Reader(document, anchors, notes, accept=tracked_changes != "reject")
    facts = head.facts_of(document.root, main, notes)
    blocks = reader.flow(main) if main.tag in {"body", "html"} else reader.block(main, 0)
    _note_surroundings(main, notes)
    if not blocks and not anchors.entries:
        raise ImportRefused("There is no text of an article in this HTML.")
    leaves = page.Leaves(blocks, notes)
    if len(leaves.page.lines) > 2 * MAX_LINES:
        raise ImportRefused(
            f"There are more paragraphs than in any article: at most {MAX_LINES:,} are read."
        )
    updated_on = leaves.during(furniture.leave_out) or facts.updated_on
    set_aside = leaves.during(lambda one: disclaimers.set_aside(one, language))
    blocks = leaves.remaining()
    entries = [*anchors.entries, *page.take_reference_lists(blocks, notes)]
    leaves = page.Leaves(blocks, notes)
    leaves.during(proofreading.proofread)
    title, heading = _title(facts, blocks, name, notes)
    blocks = _with_headings(blocks)
    marked = [block for block in blocks if isinstance(block, Heading)]
    headings.guess_levels(marked, blocks, notes)
    headings.fit_levels(blocks, notes)
    languages.check_language(
        _sample(title, blocks), language, notes, shown=title[:120], said=facts.language
    )
    references = cite(blocks, entries, notes)
    body = canonical_body(to_html(blocks))
    if not body:
        notes.add("empty-body", 1, title[:120], "the file holds a title and no text")
    return ImportedArticle(
        title=title,
        heading=heading,
        summary="",
        body=body,
        references=references,
        disclaimers=tuple(set_aside),
        updated_on=updated_on,
        warnings=notes.listed(),
        language=language,
        figures=tuple(reader.boxes.figures),
        licence=facts.licence,
    )


def _refuse_open_changes(main: etree._Element) -> None:
    """Refuse a text whose insertions or deletions are neither accepted nor rejected.

    :raises TrackedChanges: when there is any.
    """
    found: Counter[str] = Counter()
    authors: dict[str, None] = {}
    for element in main.iter():
        kinds = (element.get("class") or "").lower().split() if isinstance(element.tag, str) else []
        kind = (
            "ins"
            if element.tag == "ins" or "msoins" in kinds
            else "del"
            if element.tag == "del" or "msodel" in kinds
            else ""
        )
        if (
            kind
            and words(element)
            and not any(one.tag == element.tag for one in element.iterancestors())
        ):
            found[kind] += 1
            if author := element.get("cite") or element.get("data-author") or "":
                authors[author[:80]] = None
    if found:
        raise TrackedChanges(found["ins"], found["del"], list(authors))


def _note_surroundings(main: etree._Element, notes: Notes) -> None:
    """Note what stands on the page around its article."""
    below = main
    for above in main.iterancestors():
        for sibling in above:
            if (
                sibling is below
                or not isinstance(sibling.tag, str)
                or sibling.tag == "head"
                or is_hidden(sibling)
            ):
                continue
            if shown := words(sibling):
                notes.add("furniture-left-out", line_of(sibling), shown)
            if (sibling.tail or "").strip():
                notes.add(
                    "furniture-left-out",
                    line_of(sibling),
                    " ".join(str(sibling.tail).split()),
                )
        below = above


def _title(facts: head.Facts, blocks: list[Block], name: str, notes: Notes) -> tuple[str, str]:
    """Return the title and the page's own heading: the one first heading, else what the page's head says."""
    first = next(
        (at for at, one in enumerate(blocks) if isinstance(one, Heading) and one.level == 1), None
    )
    if first is not None and plain(blocks[first].pieces):  # type: ignore[union-attr]
        block = blocks.pop(first)
        _leave_out_before(blocks, first, notes)
        return clean(plain(block.pieces)).strip(), ""  # type: ignore[union-attr]
    if facts.heading:
        return facts.heading, ""
    if facts.title:
        notes.add("title-guessed", 1, facts.title, "give the article its title")
        if (
            blocks
            and isinstance(blocks[0], Heading | Paragraph)
            and plain(blocks[0].pieces).casefold() == facts.title.casefold()
        ):
            blocks.pop(0)
        return facts.title, ""
    return take_title(blocks, name, notes)


def _leave_out_before(blocks: list[Block], title: int, notes: Notes) -> None:
    """Take off what little stands in front of the title: kickers, dates, breadcrumbs."""

    def size(part: list[Block]) -> int:
        return sum(len(plain(leaf.pieces)) for leaf in page.leaves(part))

    before = blocks[:title]
    if (
        not before
        or size(before) > 0.1 * size(blocks)
        or not all(isinstance(one, Heading | Paragraph) for one in before)
    ):
        return
    for leaf in page.leaves(before):
        notes.add("furniture-left-out", leaf.line, plain(leaf.pieces))
    del blocks[:title]


def _with_headings(blocks: list[Block]) -> list[Block]:
    """Return `blocks` with short paragraphs that are bold as a whole as headings, where nothing is marked up as one."""
    if any(isinstance(block, Heading) for block in blocks):
        return blocks
    return [page.bold_heading(block) or block for block in blocks]


def _sample(title: str, blocks: list[Block]) -> str:
    """Return the first words of the article, to tell its language by."""
    leaves = (block for block in blocks[:200] if isinstance(block, Heading | Paragraph))
    return " ".join([title, *(plain(leaf.pieces) for leaf in leaves)])
