"""Reading articles from what people have: text copied from a page, Markdown, web pages, Word files, journals' XML.

`read_article` takes bytes and returns an `ImportedArticle` with warnings; it knows no Django, so that the desk, the
API and the command share it. The text is never silently changed: what is left out is a warning with its
words, and a repair is a proposal. Every warning has a code, a line of the source, its text and a proposal:

=========================== ==========================================================================================
furniture-left-out          a line of the site: board line, caution, stepper, personalising, follow-up, buttons
disclaimer-set-aside        a disclaimer; it is among `disclaimers`
reference-list-set-aside    the heading of a list of references, whose entries are among `references`
media-name-dropped          the stray name of an image, a film or a recording
image-left-out              an image of the source (Markdown)
front-matter-left-out       a line of a Markdown file's metadata
link-definition-left-out    a link definition that no link uses, or whose title is lost
link-left-out               the address of a link that a body cannot hold; its words stay
link-title-left-out         the title of a link; the link stays
link-made-citation          a link to a DOI or to PubMed became a citation behind its words
html-dropped                an HTML tag in Markdown; its words stay
code-flattened              a listing of code became a paragraph with line breaks
control-character-dropped   a character that no text has
invisible-character-dropped a character that shows nothing: zero-width space, soft hyphen, direction mark
title-guessed               the source has no title
level-guessed               a heading of the source has no level, or is recognised by its look; the proposal is the level given
level-changed               a heading's level does not fit h2 to h4
nesting-flattened           lists or quotations nested too deeply
numbering-changed           a list's marks are letters, or do not count on
flattened-list              a line into which the items of a list seem to have run
callout-changed             a callout of a kind that bodies do not have
fused-words                 two words that a paste has fused ("aJAK")
doubled-term                a term or word twice in a row ("Tofacitinib(Tofacitinib)")
reference-to-identify       a reference without DOI, PMID, or address and title
reference-never-cited       a reference that the text does not cite
citation-without-reference  a citation of a number that the list of references does not have
possible-citation           a number that may be a citation and was left as text
repeated-source             two references that are one source
repeated-label              two references with one number; the later one got another
marker-note-dropped         what a marker says besides its number ("【1†source】")
date-ambiguous              a date that can be two days (03/04/2025); `updated_on` does not use it
date-incomplete             a date without its day
date-unreadable             a "Last updated" line without a date
encoding-guessed            the file is not UTF-8 and was read by a confident guess
mojibake                    signs of text once read in the wrong encoding
script-language             the text is written in another script than its language
empty-body                  a title, and no text
figure-without-image        a figure whose image is not in the file; its key, label and file name (HTML, JATS)
media-left-out              a film, a recording or an embedded page (HTML, JATS)
metadata-set-aside          what the source says of itself: journal, people, keywords, codes, description
licence-noted               what the source says of its reuse; it is the article's `licence`
abstract-set-aside          an abstract, with its kind and words; the summary may be made of it (JATS)
article-has-notice          a correction or concern that was published about the article (JATS)
acknowledgements-set-aside  acknowledgements (JATS)
funding-set-aside           who paid (JATS)
competing-interests-set-aside what the authors declare (JATS)
glossary-set-aside          a list of abbreviations behind the article (JATS)
section-set-aside           another section behind the article (JATS)
sub-article-set-aside       a letter, reply or translation that came with the article (JATS)
supplement-left-out         a supplementary file; its label and caption stay where they stood in the body (JATS)
footnote-moved              a note that cites nothing; it stands below its paragraph, in Word files at the end
footnote-set-aside          a note that nothing in the text points at (JATS)
float-moved                 figures and tables whose place the file does not give; they stand at the end (JATS)
formula-flattened           a formula that became a line of text
formula-without-text        a formula that is only a picture; "[formula]" stands for it (JATS)
table-is-image              a table that is only a picture; it became a figure (JATS)
table-shortened             a table with more cells than are read (JATS)
unknown-entity              a named character that nobody knows ("&foo;"); it stays as it is written (JATS, MedQuAD)
reference-field-left-out    a field of a reference that cannot be right, such as a PMID that is none (JATS)
reference-note-set-aside    a remark in the list of references that is no source (JATS)
answer-withheld             a question without an answer; it was left out (MedQuAD)
question-incomplete         a question whose topic is missing: "What is (are)  ?" (MedQuAD)
repeated-text               an answer that stands word for word in another one (MedQuAD)
flattened-text              a paragraph of thousands of characters, in which headings and lists have run together (MedQuAD)
=========================== ==========================================================================================

Codes that only Word files have are in `manuscript.importing.docx`. Retraction notices, corrections, expressions of
concern, retracted articles and records without a body (JATS), withheld answers (MedQuAD) and tracked changes that
nobody has decided about (HTML, Word) are refused with the reason.
"""

from __future__ import annotations

from typing import Final

from manuscript.importing import html, jats, markdown, medquad, text
from manuscript.importing.decoding import MAX_BYTES, decode
from manuscript.importing.docx.package import MAX_FILE as MAX_FILE_BYTES
from manuscript.importing.notes import Notes
from manuscript.importing.rendering import counts
from manuscript.importing.result import (  # fmt: skip
    ImportedArticle,
    ImportedDisclaimer,
    ImportedFigure,
    ImportedReference,
    ImportRefused,
    Warning_,
)
from manuscript.importing.signatures import is_word, kind_of_markup, looks_like_markup, root_of
from manuscript.importing.xml import text_of

__all__ = [
    "FORMATS", "MAX_BYTES", "MAX_FILE_BYTES", "TRACKED_CHANGES", "ImportRefused", "ImportedArticle", "ImportedDisclaimer", "ImportedFigure",
    "ImportedReference", "Warning_", "counts", "read_article",
]  # fmt: skip

FORMATS: Final = ("auto", "text", "markdown", "html", "docx", "jats", "medquad")

TRACKED_CHANGES: Final = ("ask", "accept", "reject")
"""What becomes of changes that somebody tracked: asked about (the import is refused), taken as made, or undone."""


def read_article(
    data: bytes,
    *,
    format: str = "auto",  # noqa: A002 - the option's name, as the command has it
    language: str = "en",
    name: str = "",
    tracked_changes: str = "ask",
) -> ImportedArticle:
    """Return the article in `data`, with warnings.

    `format` is one of `FORMATS`; `language` is what the editor says the text is in; `name` is the file's name, which
    helps to tell the format and to title a page without a title; `tracked_changes` is one of `TRACKED_CHANGES`.

    :raises ImportRefused: when it cannot be read: empty, binary, too large, in no certain encoding, of another format,
        not an article; as `TrackedChanges` when it holds tracked changes and nobody has said what becomes of them.
    """
    if format not in FORMATS:
        raise ImportRefused(
            f"The format {format!r} is not known; it is one of {', '.join(FORMATS)}."
        )
    if tracked_changes not in TRACKED_CHANGES:
        raise ImportRefused(
            f"Tracked changes: {tracked_changes!r} is not known; it is one of {', '.join(TRACKED_CHANGES)}."
        )
    notes = Notes()
    if format == "auto":
        format = _format_of(data, name)  # noqa: A001 - see above
    match format:
        case "docx":
            from manuscript.importing.docx import read_docx  # heavy, and only for Word files

            return read_docx(
                data, notes, language=language, name=name, tracked_changes=tracked_changes
            )
        case "jats":
            return jats.read_jats(data, notes, language=language, name=name)
        case "medquad":
            return medquad.read_medquad(data, notes, language=language, name=name)
        case "html":
            return html.read_html(
                data, notes, language=language, name=name, tracked_changes=tracked_changes
            )
    words = decode(data, notes)
    if not format and (kind := looks_like_markup(words)):
        raise ImportRefused(
            f"This looks like {kind} of a kind that is not read; copy its text and import that."
        )
    if format == "markdown" or (not format and markdown.is_markdown(words, name)):
        return markdown.read_text(words, notes, language=language, name=name)
    return text.read_text(words, notes, language=language, name=name)


def _format_of(data: bytes, name: str) -> str:
    """Return the format that `data` is in, or "" for text or Markdown, which only the decoded words tell apart.

    :raises ImportRefused: for XML of no kind that is read.
    """
    if is_word(data) or name.lower().endswith((".docx", ".docm", ".dotx")):
        return "docx"  # whose reader says what it is if it is none
    head = text_of(data)
    kind = kind_of_markup(head, name)
    if kind == "xml" and (root := root_of(head)).lower() not in {"", "svg"}:
        raise ImportRefused(
            f"This looks like an XML document that is no article: its first element is <{root}>. JATS and MedQuAD are read."
        )
    return kind if kind in FORMATS else ""
