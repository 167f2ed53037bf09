"""The record in front: what the text is, where it stands, and what its review came to."""

from __future__ import annotations

from datetime import date, datetime

from lxml import etree

from manuscript.exporting.characters import words
from manuscript.exporting.jats.build import HREF, node
from manuscript.exporting.text import ExportedText
from manuscript.exporting.words import words_of


def front(article: etree._Element, text: ExportedText) -> None:
    """Append the record to `article`."""
    part = node(article, "front")
    journal = node(part, "journal-meta")
    node(node(journal, "journal-title-group"), "journal-title", text.site_name)
    meta = node(part, "article-meta")
    node(meta, "article-id", text.name, **{"pub-id-type": "publisher-id"})
    if text.digest:
        node(
            meta,
            "article-id",
            text.digest,
            **{"pub-id-type": "custom", "assigning-authority": "sha-256"},
        )
    if text.version is not None:
        node(meta, "article-version", str(text.version))
    titles = node(meta, "title-group")
    node(titles, "article-title", words(text.title))
    if text.heading and text.heading != text.title:
        node(titles, "subtitle", words(text.heading))
    history = node(meta, "history")
    _date(history, "updated" if text.version is None else "frozen", text.changed_at)
    link = node(meta, "self-uri", text.address)
    link.set(HREF, text.address)
    if text.summary:
        abstract = node(meta, "abstract")
        for line in text.summary.splitlines():
            if words(line):
                node(abstract, "p", line)
    _facts(meta, text)
    _status(part, text)


def _date(history: etree._Element, kind: str, on: datetime) -> None:
    element = node(
        history, "date", **{"date-type": kind, "iso-8601-date": on.isoformat(timespec="seconds")}
    )
    node(element, "day", str(on.day))
    node(element, "month", str(on.month))
    node(element, "year", str(on.year))


def _facts(meta: etree._Element, text: ExportedText) -> None:
    standing = text.standing
    facts: list[tuple[str, str]] = [("review-status", standing.state), ("status", standing.status)]
    if text.version is not None:
        facts.append(("version", str(text.version)))
    if text.draft is not None:
        facts.append(("draft", str(text.draft)))
    if text.digest:
        facts.append(("digest-sha-256", text.digest))
    facts += [
        ("audience", text.audience_slug),
        ("jurisdiction", text.jurisdiction),
        ("verification-address", text.verify_address),
        ("change-note", text.change_note),
    ]
    facts += [(label, _iso(on)) for label, on in standing.dates]
    for person in standing.reviewers:
        facts += [
            ("reviewer", ", ".join(filter(None, (person.name, person.credential)))),
            ("reviewer-capacity", person.capacity),
            ("review-signed-on", _iso(person.signed_on)),
        ]
    group = node(meta, "custom-meta-group")
    for name, value in facts:
        if words(value):
            one = node(group, "custom-meta")
            node(one, "meta-name", name)
            node(one, "meta-value", words(value))


def _iso(on: date) -> str:
    return on.isoformat()


def _status(part: etree._Element, text: ExportedText) -> None:
    """Say the status and the notices where a person who reads the file meets them first."""
    said = words_of(text.language)
    notes = node(part, "notes", **{"notes-type": "review-status"})
    node(notes, "title", said["status"])
    node(notes, "p", text.standing.status)
    for notice in text.standing.notices:
        node(
            notes, "p", words(f"{notice.kind} ({_iso(notice.on)}){said['label-end']}{notice.text}")
        )
