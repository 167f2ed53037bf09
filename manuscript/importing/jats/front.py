"""The record in front of a JATS article: what kind it is, its title, abstract, licence and source."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from manuscript.content.characters import clean
from manuscript.importing.jats.notices import doi_of
from manuscript.importing.xml import attribute, line_of, words_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.notes import Notes

SUMMARY_LIMIT = 1000
"""How long a draft's summary may be."""

_CONCLUSION = re.compile(
    r"(?:.*\s)?(?:conclusions?|interpretation|significance|bottom\s+line|take[- ]home\s+messages?|schlussfolgerung(?:en)?|conclusiones|conclusión|conclusioni|conclusões|结论|結論)(?:\s.*)?[:.]?\s*",
    re.IGNORECASE,
)
_NOTED_BY = re.compile(
    r"(?:correction|concern|corrected|expression-of-concern|update|addendum)[\w-]*forward|update"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def title_of(article: etree._Element, name: str, notes: Notes) -> tuple[str, str]:
    """Return the article's title and its subtitle ("" where there is none)."""
    group = article.find("front/article-meta/title-group")
    found = None if group is None else group.find("article-title")
    title = _without_notes(found)
    subtitle = "" if group is None else " — ".join(
        words for one in group.iterfind("subtitle") if (words := _without_notes(one))
    )  # fmt: skip
    if not title:
        title = PurePath(name).stem.replace("_", " ").replace("-", " ").strip() or "Untitled"
        notes.add("title-guessed", 1, title, "give the article its title")
    if group is not None:
        for other in group.iterfind("trans-title-group"):
            notes.add("metadata-set-aside", line_of(other), f"Translated title: {words_of(other)}")
    return clean(title).strip(), clean(subtitle).strip()


def _without_notes(element: etree._Element | None) -> str:
    """Return the words of a title without the marks of its footnotes."""
    if element is None:
        return ""
    skipped = {"fn", "xref"}
    parts: list[str] = []

    def walk(node: etree._Element) -> None:
        if node.tag not in skipped:
            parts.append(" " if node.tag == "break" else str(node.text or ""))
            for child in node:
                walk(child)
                parts.append(str(child.tail or ""))

    walk(element)
    return " ".join("".join(parts).split())


def summary_of(meta: etree._Element | None, notes: Notes) -> str:
    """Return a summary of at most `SUMMARY_LIMIT` characters out of the authors' abstract; set all abstracts aside.

    It is the whole abstract where that fits, else its conclusion, else nothing.
    """
    if meta is None:
        return ""
    summary = ""
    for element in meta:
        if element.tag not in {"abstract", "trans-abstract"}:
            continue
        kind = attribute(element, "abstract-type")
        text = _abstract_text(element)
        if not text:
            continue
        shown = (
            f"({kind or attribute(element, 'lang')}) {text}"
            if kind or element.tag == "trans-abstract"
            else text
        )
        own = element.tag == "abstract" and not kind
        if own and not summary:
            summary = _fitting(element)
        proposal = (
            "the summary was made of it" if own and summary else "say what of it the summary needs"
        )
        notes.add("abstract-set-aside", line_of(element), shown, proposal)
    return summary


def _abstract_text(element: etree._Element) -> str:
    """Return the words of an abstract, a line for each paragraph, heading or item."""
    lines: list[str] = []

    def walk(node: etree._Element, before: str) -> None:
        for child in node:
            if child.tag in {"sec", "list", "def-list", "def-item"}:
                walk(child, before)
            elif child.tag == "list-item":
                walk(child, "• ")
            elif child.tag == "p" and any(inner.tag in {"list", "def-list"} for inner in child):
                lines.append(before + " ".join(str(child.text or "").split()))
                walk(child, before)
            elif child.tag in {"title", "label", "p", "term", "def"} and (words := words_of(child)):
                lines.append(before + words)
            elif words := words_of(child):
                lines.append(words)

    walk(element, "")
    return "\n".join(line for line in lines if line.strip())


def _fitting(element: etree._Element) -> str:
    """Return the abstract, or its conclusion, where it fits; else ""."""
    parts: list[tuple[str, str]] = []
    for child in element:
        if child.tag == "sec":
            words = " ".join(words_of(one) for one in child if one.tag not in {"title", "label"})
            parts.append((words_of(child.find("title")), words.strip()))
        elif child.tag == "p":
            parts.append(_labelled(child))
    whole = " ".join(
        f"{head.rstrip(':. ')}: {words}" if head else words for head, words in parts if words
    )
    whole = clean(whole).strip()
    if len(whole) <= SUMMARY_LIMIT:
        return whole
    for head, words in reversed(parts):
        if head and words and _CONCLUSION.fullmatch(head):
            found = clean(words).strip()
            return found if len(found) <= SUMMARY_LIMIT else ""
    return ""


def _labelled(paragraph: etree._Element) -> tuple[str, str]:
    """Return the bold words that a paragraph begins with as its heading, and the rest."""
    first = paragraph[0] if len(paragraph) and not (paragraph.text or "").strip() else None
    if first is None or first.tag not in {"bold", "italic", "underline"}:
        return "", words_of(paragraph)
    head = words_of(first)
    return head, words_of(paragraph).removeprefix(head).lstrip(":. ")


def licence_of(meta: etree._Element | None, notes: Notes) -> str:
    """Return what the file says of reuse: the licence's address and its words; note it."""
    permissions = None if meta is None else meta.find("permissions")
    if permissions is None:
        permissions = meta
    if permissions is None:
        return ""
    parts: list[str] = []
    statement = words_of(permissions.find("copyright-statement"))
    for licence in [*permissions.iterfind("license"), *permissions.iterfind("license_ref")]:
        addresses = [
            attribute(licence, "href"),
            *(words_of(one) for one in licence.iter("license_ref")),
        ]
        addresses += [attribute(one, "href") for one in licence.iter("ext-link", "uri")]
        address = next((one for one in addresses if one.startswith("http")), "")
        words = " ".join(
            words_of(one) for one in licence if one.tag != "license_ref" and words_of(one)
        ) or words_of(licence)
        parts += [one for one in (address, words) if one and one not in parts]
    if statement:
        parts.append(statement)
    said = clean(" ".join(parts)).strip()
    if said:
        notes.add("licence-noted", line_of(permissions), said, "keep to it, and name the source")
    return said


def updated_on(meta: etree._Element | None) -> date | None:
    """Return the day of the last update where the file names one; a date of publication is none."""
    if meta is None:
        return None
    days: list[date] = []
    for element in meta.iter("date", "pub-date"):
        kinds = {
            attribute(element, name).lower() for name in ("date-type", "pub-type", "event-type")
        }
        if kinds & {"updated", "update", "last-updated", "corrected", "lastmod"} and (
            day := _day_of(element)
        ):
            days.append(day)
    return max(days, default=None)


def _day_of(element: etree._Element) -> date | None:
    parts = [words_of(element.find(name)) for name in ("year", "month", "day")]
    month = parts[1][:3].lower()
    if month in _MONTHS:
        parts[1] = str(_MONTHS.index(month) + 1)
    try:
        year, number, day = (int(part) for part in parts)
        return date(year, number, day)
    except ValueError:
        return None


def note_source(article: etree._Element, notes: Notes) -> None:
    """Note where the article was published, by whom, and what else its record says."""
    meta = article.find("front/article-meta")
    if meta is None:
        return
    line = line_of(meta)
    journal = article.find("front/journal-meta")
    name = "" if journal is None else words_of(journal.find(".//journal-title"))
    year = words_of(meta.find("pub-date/year"))
    place = [words_of(meta.find(tag)) for tag in ("volume", "issue", "elocation-id", "fpage")]
    ids = [
        f"{attribute(one, 'pub-id-type')} {words_of(one)}"
        for one in meta.iterfind("article-id")
        if attribute(one, "pub-id-type") in {"doi", "pmid", "pmc", "pmcid"}
    ]
    said = ", ".join(part for part in (name, year, " ".join(filter(None, place)), *ids) if part)
    if said:
        notes.add("metadata-set-aside", line, f"Published in: {said}")
    people = [
        words_of(one.find("collab"))
        or " ".join(
            filter(None, (words_of(one.find(".//given-names")), words_of(one.find(".//surname"))))
        )
        for one in meta.iterfind("contrib-group/contrib")
    ]
    if people:
        notes.add(
            "metadata-set-aside",
            line,
            f"Authors and editors: {', '.join(filter(None, people))}",
            "name them where the licence asks for it",
        )
    for group in meta.iterfind("kwd-group"):
        notes.add(
            "metadata-set-aside",
            line_of(group),
            "Keywords: " + ", ".join(words_of(one) for one in group.iter("kwd")),
        )
    for related in meta.iterfind("related-article"):
        if _NOTED_BY.fullmatch(attribute(related, "related-article-type").lower()):
            notes.add(
                "article-has-notice", line_of(related),
                f"{attribute(related, 'related-article-type')} {doi_of(related)}".strip(),
                "read the notice before using the text",
            )  # fmt: skip
