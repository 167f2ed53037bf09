"""Word documents (.docx, ECMA-376 and ISO 29500, transitional and strict): bytes to an article.

The markup is read here, not by a library, so that what the document says is kept exactly: numbers of lists,
citations in the field codes of Zotero, Mendeley and EndNote, comments, tracked changes. A warning's line is the
number of the paragraph, counted from 1 in document order. These codes are only for Word documents:

====================== ================================================================================
comment-set-aside      a comment in the margin, with its author
footnote-moved         a footnote or endnote that cites nothing; it is in the list of notes at the end
formula-flattened      an equation became a line of text
hidden-text-left-out   text that the document hides
strike-dropped         words that are struck out; they stay, without the line through them
symbol-unreadable      a sign of a symbol font that nobody can name; U+FFFD stands for it
embedded-part-read     a web page inside the document, read as part of it
embedded-part-left-out a document of another kind inside the document
====================== ================================================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from manuscript.content.schema import MAX_CHARACTERS
from manuscript.importing import languages
from manuscript.importing.assembly import canonical_body
from manuscript.importing.blocks import Block, Heading, Item, Listing, Paragraph, Piece
from manuscript.importing.citing import cite
from manuscript.importing.docx import footnotes
from manuscript.importing.docx.changes import TrackedChanges, refuse_open, resolve
from manuscript.importing.docx.context import Context
from manuscript.importing.docx.document import Reader
from manuscript.importing.docx.embedded import Embedded
from manuscript.importing.docx.lists import nest
from manuscript.importing.docx.marking import citable, mark
from manuscript.importing.docx.names import DC, Element, W
from manuscript.importing.docx.package import Package
from manuscript.importing.docx.pages import set_aside
from manuscript.importing.docx.shapes import runs_in
from manuscript.importing.docx.titling import fit_levels, guess_headings, take_title
from manuscript.importing.docx.writing import Writer
from manuscript.importing.result import ImportedArticle, ImportRefused

if TYPE_CHECKING:
    from manuscript.importing.notes import Notes

__all__ = ["CHANGES", "TrackedChanges", "read_docx"]

CHANGES: Final = ("ask", "accept", "reject")
_SAMPLE: Final = 20_000


def read_docx(
    data: bytes, notes: Notes, *, language: str, name: str, tracked_changes: str = "ask"
) -> ImportedArticle:
    """Return the article that the Word document `data` holds.

    `language` is what the editor says it is in; what the document says of itself counts unless its words contradict.
    `name` is the file's name. `tracked_changes` is one of `CHANGES`.

    :raises TrackedChanges: when there are tracked changes and nobody has said what becomes of them.
    :raises ImportRefused: when the file cannot be read, or should not be.
    """
    if tracked_changes not in CHANGES:
        raise ImportRefused(f"Tracked changes are one of {', '.join(CHANGES)}, not {tracked_changes!r}.")  # fmt: skip
    package = Package(data)
    document = package.xml(package.main)
    body = document.find(f"{W}body") if document is not None else None
    if document is None or body is None:
        raise ImportRefused("The file is not a whole Word document: its text is missing.")
    context = Context(package, document, notes)
    reader = Reader(context, Embedded())
    roots = [document, *reader.note_roots]
    if tracked_changes == "ask":
        refuse_open(roots)
    for root in roots:
        resolve(root, accept=tracked_changes != "reject")
    records = reader.read(body)
    if all(record.empty for record in records):
        raise ImportRefused("The document holds no text.")
    _note_edges(context)
    core = _core(package)
    title = take_title(records, core, name, notes)
    sample = f"{title} {' '.join(record.words for record in records[:400])}"[:_SAMPLE]
    language = _language(context, sample, language, title)
    guess_headings(records, notes)
    aside = set_aside(records, language, notes)
    fit_levels(records, notes)
    blocks = nest(records, notes)
    section, word = footnotes.names(language)
    blocks += _moved(context, section)
    declared = frozenset(entry.label for entry in aside.entries if entry.label)
    if aside.entries and not declared:
        declared = frozenset(str(at) for at in range(1, len(aside.entries) + 1))
    mark(runs_in(blocks), declared, notes)
    references = cite(citable(blocks, aside.entries, notes), aside.entries, notes)
    shelved, labels = context.shelf.finished(frozenset(one.label for one in references))
    content = _canonical(Writer(labels, word).html(blocks))
    if not content:
        notes.add("empty-body", 1, title[:120], "the file holds a title and no text")
    return ImportedArticle(
        title=title,
        heading="",
        summary="",
        body=content,
        references=(*references, *shelved),
        disclaimers=tuple(aside.disclaimers),
        updated_on=aside.updated_on,
        warnings=notes.listed(),
        language=language,
        figures=tuple(context.figures),
    )


def _canonical(html: str) -> str:
    """Return the body; what comes may be longer than a body, whose canonical form counts.

    :raises ImportRefused: when it is longer or nested deeper than a body may be.
    """
    content = canonical_body(html, limit=2 * MAX_CHARACTERS)
    if len(content) > MAX_CHARACTERS:
        raise ImportRefused(
            f"The article cannot be stored: the text has {len(content):,} characters with its markup; at most {MAX_CHARACTERS:,} are accepted."
        )
    return content


def _moved(context: Context, section: str) -> list[Block]:
    """Return the list of notes at the end, with its heading."""
    if not context.moved:
        return []
    line = max(context.line, 1)
    listing = Listing(line, ordered=True)
    for records in context.moved:
        listing.items.append(Item(line, nest(records, context.notes) or [Paragraph(line, [])]))
    return [Heading(line, [Piece("text", section, line)], 2), listing]


def _language(context: Context, words: str, given: str, title: str) -> str:
    """Return the language that the document says it is in, where its words and the editor do not contradict."""
    declared = next((tag for tag, _ in context.languages.most_common(1)), "")
    own = declared.split("-", maxsplit=1)[0].lower()
    family = given.split("-", maxsplit=1)[0].lower()
    spoken = languages.language_of(words, "")
    found = given
    if own and own != family and own.isalpha() and (spoken != family or not spoken) and not languages.contradicts(words, own):  # fmt: skip
        found = own
    languages.check_language(words, found, context.notes, shown=title[:120])
    return found


def _note_edges(context: Context) -> None:
    """Note, once, that headers and footers are left out, with their words."""
    shown: dict[str, None] = {}
    package = context.package
    for relation in package.relations(package.main).values():
        if relation.kind in {"header", "footer"} and not relation.outside:
            root = package.xml(relation.target)
            for paragraph in root.iter(f"{W}p") if root is not None else ():
                words = "".join(one.text or "" for one in paragraph.iter(f"{W}t"))
                if words.strip():
                    shown[" ".join(words.split())] = None
    if shown:
        context.notes.add("furniture-left-out", 1, " / ".join(shown), "headers and footers of the pages")  # fmt: skip


def _core(package: Package) -> str:
    """Return the title in the document's properties."""
    name = package.related("", "core-properties") or package.related("", "metadata/core-properties")
    root: Element | None = package.xml(name) if name else None
    return (root.findtext(f"{DC}title") or "") if root is not None else ""
