"""A text as JATS 1.3 Archiving XML (NISO Z39.96).

People who reviewed are no authors: status, digest, version and each signature stand in
`custom-meta-group`, as JATS4R has it for peer review. The order of a text's headings is kept by
nested sections; a level that is left out is a section without a title.
"""

from __future__ import annotations

from typing import Final

from lxml import etree

from manuscript.content import tree
from manuscript.exporting.characters import words
from manuscript.exporting.jats.body import Body
from manuscript.exporting.jats.build import ARTICLE_NAMESPACES, LANG, node
from manuscript.exporting.jats.front import front
from manuscript.exporting.jats.references import reference
from manuscript.exporting.text import ExportedText
from manuscript.exporting.words import words_of

PUBLIC: Final = "-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD v1.3 20210610//EN"
SYSTEM: Final = "https://jats.nlm.nih.gov/archiving/1.3/JATS-archivearticle1-3.dtd"


def write(text: ExportedText) -> bytes:
    """Return the text as an XML document in UTF-8.

    :raises DanglingCitation: if the body cites a key that is not among the references.
    """
    article = etree.Element("article", nsmap=ARTICLE_NAMESPACES)
    article.set("article-type", "other")
    article.set("dtd-version", "1.3")
    article.set(LANG, text.language)
    front(article, text)
    Body(text).write(tree.blocks(text.body), node(article, "body"))
    _back(article, text)
    return bytes(
        etree.tostring(
            article,
            xml_declaration=True,
            encoding="UTF-8",
            doctype=f'<!DOCTYPE article PUBLIC "{PUBLIC}" "{SYSTEM}">',
        )
    )


def _back(article: etree._Element, text: ExportedText) -> None:
    said = words_of(text.language)
    back = node(article, "back")
    if text.references:
        listed = node(back, "ref-list")
        node(listed, "title", said["references"])
        for source in text.references:
            reference(listed, source)
    for disclaimer in text.disclaimers:
        notes = node(back, "notes", **{"notes-type": "disclaimer"})
        notes.set(LANG, disclaimer.get("language", text.language))
        place = disclaimer.get("jurisdiction", "")
        node(notes, "title", f"{said['disclaimer']} ({place})" if place else said["disclaimer"])
        _paragraphs(notes, disclaimer["text"])
    if text.ai_provenance:
        notes = node(back, "notes", **{"notes-type": "ai-provenance"})
        node(notes, "title", said["provenance"])
        for name, value in text.ai_provenance.items():
            node(notes, "p", f"{said.get(name, name)}{said['label-end']}{value}")
    if not len(back):
        article.remove(back)


def _paragraphs(parent: etree._Element, text: str) -> None:
    for line in text.splitlines():
        if words(line):
            node(parent, "p", line)
