"""JATS and its forerunner NLM: a journal's XML to an article.

The words of the body are kept in order, with their citations as atoms. What a draft has no place for (the abstract,
acknowledgements, funding, competing interests, supplements, letters that came with the article) is set aside, each
with a warning that holds its words. Notices of retraction, correction and concern are not articles, and neither are
records without a body: they are refused with the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from manuscript.importing.assembly import canonical_body
from manuscript.importing.jats import back, front, notices
from manuscript.importing.jats.body import Builder
from manuscript.importing.jats.references import References
from manuscript.importing.languages import check_language
from manuscript.importing.rendering import to_html
from manuscript.importing.result import ImportedArticle, ImportRefused
from manuscript.importing.xml import attribute, line_of, parse_xml, words_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.notes import Notes

__all__ = ["read_jats"]


def read_jats(data: bytes, notes: Notes, *, language: str, name: str) -> ImportedArticle:
    """Return the article that the JATS or NLM XML `data` holds.

    :raises ImportRefused: when it is no readable XML, no article, a notice, retracted, or has no body.
    """
    root = parse_xml(data, notes)
    article = _article_of(root)
    notices.refuse_notices(article)
    meta = article.find("front/article-meta")
    title, subtitle = front.title_of(article, name, notes)
    references = References(article, notes)
    builder = Builder(article, references, notes)
    blocks = builder.sections(article.find("body"))
    blocks += back.kept(article, builder)
    back.set_aside(article, builder.kept_notes, notes)
    summary = front.summary_of(meta, notes)
    licence = front.licence_of(meta, notes)
    front.note_source(article, notes)
    _check_language(article, language, notes)
    listed = references.finished()
    body = canonical_body(to_html(blocks))
    if not body:
        raise ImportRefused("This file has no body: it holds only the record of an article.")
    return ImportedArticle(
        title=title,
        heading=subtitle,
        summary=summary,
        body=body,
        references=listed,
        disclaimers=(),
        updated_on=front.updated_on(meta),
        warnings=notes.listed(),
        language=language,
        licence=licence,
    )


def _article_of(root: etree._Element) -> etree._Element:
    """Return the one article in the file, which a service may have wrapped.

    :raises ImportRefused: when there is none, or several.
    """
    found = [root] if root.tag == "article" else list(root.iter("article"))
    if not found:
        raise ImportRefused(
            f"This is XML, but no JATS article: its first element is <{str(root.tag)[:60]}>."
        )
    if len(found) > 1:
        raise ImportRefused(f"The file holds {len(found)} articles; import them one by one.")
    return found[0]


def _check_language(article: etree._Element, language: str, notes: Notes) -> None:
    """Note that the file says it is in another language than the editor does, or looks so."""
    said = attribute(article, "lang").lower().replace("_", "-").split("-")[0]
    words = words_of(article.find("body"))[:20_000]
    check_language(
        words, language, notes,
        shown=words[:120], said=said if len(said) == 2 else "", line=line_of(article),
    )  # fmt: skip
