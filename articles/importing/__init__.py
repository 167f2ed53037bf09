"""Reading articles from what people have: text copied from a page, Markdown, answers of language models.

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
=========================== ==========================================================================================
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from articles.importing import markdown, text
from articles.importing.decoding import MAX_BYTES, decode
from articles.importing.notes import Notes
from articles.importing.rendering import counts
from articles.importing.result import (
    ImportedArticle,
    ImportedDisclaimer,
    ImportedReference,
    ImportRefused,
    Warning_,
)  # fmt: skip
from articles.importing.signatures import looks_like_markup

__all__ = [
    "FORMATS", "MAX_BYTES", "ImportRefused", "ImportedArticle", "ImportedDisclaimer", "ImportedReference", "Warning_",
    "counts", "read_article",
]  # fmt: skip

FORMATS: Final = ("auto", "text", "markdown")

_READERS: Final[dict[str, Callable[..., ImportedArticle]]] = {
    "text": text.read_text,
    "markdown": markdown.read_text,
}


def read_article(
    data: bytes,
    *,
    format: str = "auto",  # noqa: A002 - the option's name, as the command has it
    language: str = "en",
    name: str = "",
) -> ImportedArticle:
    """Return the article in `data`, with warnings.

    `format` is one of `FORMATS`; `language` is what the editor says the text is in; `name` is the file's name, which
    helps to tell the format and to title a page without a title.

    :raises ImportRefused: when it cannot be read: empty, binary, too large, in no certain encoding, of another format.
    """
    if format not in FORMATS:
        raise ImportRefused(
            f"The format {format!r} is not known; it is one of {', '.join(FORMATS)}."
        )
    notes = Notes()
    words = decode(data, notes)
    if format == "auto":
        if kind := looks_like_markup(words):
            raise ImportRefused(
                f"This looks like {kind}; copy the text of the page and import that."
            )
        format = "markdown" if markdown.is_markdown(words, name) else "text"  # noqa: A001 - see above
    return _READERS[format](words, notes, language=language, name=name)
