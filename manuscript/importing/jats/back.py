"""What stands behind a JATS article: appendices and floats are kept, everything else is set aside with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manuscript.importing.xml import attribute, line_of, words_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.blocks import Block
    from manuscript.importing.jats.body import Builder
    from manuscript.importing.notes import Notes

_CODES = {
    "ack": "acknowledgements-set-aside",
    "glossary": "glossary-set-aside",
    "bio": "metadata-set-aside",
    "notes": "section-set-aside",
    "sec": "section-set-aside",
}
_FOOTNOTES = {
    "conflict": "competing-interests-set-aside",
    "coi-statement": "competing-interests-set-aside",
    "financial-disclosure": "funding-set-aside",
    "supported-by": "funding-set-aside",
}


def kept(article: etree._Element, builder: Builder) -> list[Block]:
    """Return the figures and tables that were gathered at the end of the file, and the appendices."""
    found: list[Block] = []
    for tag in ("floats-group", "floats-wrap"):
        for group in article.iterfind(tag):
            builder.notes.add(
                "float-moved", line_of(group), words_of(group)[:120],
                "the file gives no place for these figures and tables: move each to where it belongs",
            )  # fmt: skip
            found += builder.flow(group)
    for tag in ("back/app-group/app", "back/app"):
        for appendix in article.iterfind(tag):
            found += builder.section(appendix, 2)
    return found


def set_aside(article: etree._Element, kept_notes: set[str], notes: Notes) -> None:
    """Note all that a body has no place for: acknowledgements, notes, funding, interests, other texts.

    `kept_notes` are the ids of the footnotes that stand in the body already.
    """
    meta = article.find("front/article-meta")
    if meta is not None:
        _front(meta, kept_notes, notes)
    back = article.find("back")
    for element in back if back is not None else ():
        if element.tag in {"ref-list", "app-group", "app", "title", "label"}:
            continue
        if element.tag == "fn-group":
            kind = attribute(element, "content-type")
            for note in element.iter("fn"):
                if attribute(note, "id") not in kept_notes:
                    _footnote(note, notes, kind)
        elif words := words_of(element):
            code = _CODES.get(str(element.tag), "section-set-aside")
            notes.add(code, line_of(element), _lines(element) or words)
    for part in [*article.iterfind("sub-article"), *article.iterfind("response")]:
        kind = attribute(part, "article-type") or attribute(part, "response-type") or "other text"
        notes.add(
            "sub-article-set-aside", line_of(part), f"{kind}: {_lines(part)}",
            "import it as an article of its own if it is wanted",
        )  # fmt: skip


def _front(meta: etree._Element, kept_notes: set[str], notes: Notes) -> None:
    for funding in meta.iterfind("funding-group"):
        if words := _lines(funding):
            notes.add("funding-set-aside", line_of(funding), words)
    for supplement in meta.iterfind("supplementary-material"):
        words = f"{words_of(supplement)} {attribute(supplement, 'href')}".strip()
        notes.add("supplement-left-out", line_of(supplement), words)
    for group in meta.iterfind("author-notes"):
        for element in group:
            if element.tag == "fn":
                if attribute(element, "id") not in kept_notes:
                    _footnote(element, notes)
            elif words := words_of(element):
                notes.add("metadata-set-aside", line_of(element), words)


def _footnote(note: etree._Element, notes: Notes, group: str = "") -> None:
    kind = attribute(note, "fn-type") or group
    words = words_of(note)
    if not words:
        return
    code = _FOOTNOTES.get(kind, "footnote-set-aside")
    if "interest" in kind:
        code = "competing-interests-set-aside"
    notes.add(code, line_of(note), words)


def _lines(element: etree._Element) -> str:
    """Return the words of an element, a line for each of its paragraphs, titles and cells."""
    leaves = {"p", "title", "label", "term", "td", "th", "article-title", "attrib", "award-id"}
    lines: list[str] = []

    def walk(node: etree._Element) -> None:
        for child in node:
            if child.tag in leaves or not any(one.tag in leaves for one in child.iter()):
                if words := words_of(child):
                    lines.append(words)
            else:
                walk(child)

    walk(element)
    return "\n".join(lines)
