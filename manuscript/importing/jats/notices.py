"""Telling articles from notices about articles, and from records without a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manuscript.importing.result import ImportRefused
from manuscript.importing.xml import attribute, words_of

if TYPE_CHECKING:
    from lxml import etree

_NOTICES = {
    "retraction": "a retraction notice",
    "partial-retraction": "a partial retraction notice",
    "correction": "a correction",
    "corrected-article": "a correction",
    "addendum": "an addendum",
    "expression-of-concern": "an expression of concern",
    "removal": "a notice of removal",
    "withdrawal": "a notice of withdrawal",
    "reinstatement": "a notice of reinstatement",
}
_NOTICE_OF = {
    "retracted-article": "retraction",
    "corrected-article": "correction",
    "addended-article": "addendum",
    "object-of-concern": "expression-of-concern",
    "withdrawn-article": "withdrawal",
    "removed-article": "removal",
}
"""What a notice calls the article it is about."""

_ARTICLES = ("research-article", "review-article", "case-report", "brief-report", "protocol")
"""Kinds that are articles whatever they are related to: one may replace a retracted one."""

_SUBJECTS = re.compile(
    r"(?:notice\s+of\s+)?(?P<kind>retraction|withdrawal|removal|correction|corrigend(?:um|a)|errat(?:um|a)|expression\s+of\s+concern)s?(?:\s+notice)?",
    re.IGNORECASE,
)
_RETRACTED_BY = frozenset(
    {"retraction-forward", "retracted-by", "withdrawal-forward", "removal-forward"}
)
_MARKED = re.compile(
    r"\s*\[?\s*(?:RETRACTED|Retracted|WITHDRAWN|Withdrawn|REMOVED)(?:\s+(?:ARTICLE|Article|PAPER|Paper))?\s*(?:\]|[:：–—-]\s)"
)
_WITHHELD = re.compile(
    r"\b(?:this|the)\s+(?:article|paper|manuscript|text|publication)\s+(?:has\s+been|was|is)\s+(?:\w+\s+){0,2}?(?P<why>withdrawn|retracted|removed|withheld)\b",
    re.IGNORECASE,
)
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")


def refuse_notices(article: etree._Element) -> None:
    """Refuse what is not an article to work on.

    :raises ImportRefused: for notices, for retracted articles and for records whose body is absent or withheld.
    """
    kind = attribute(article, "article-type").lower()
    related = [
        (attribute(one, "related-article-type").lower(), one)
        for place in ("front//related-article", "front//related-object")
        for one in article.iterfind(place)
    ]
    about = next((one for said, one in related if said in _NOTICE_OF), None)
    if kind not in _NOTICES and not kind.endswith(_ARTICLES):
        kind = next((_NOTICE_OF[said] for said, _ in related if said in _NOTICE_OF), kind)
    if kind not in _NOTICES and not kind.endswith(_ARTICLES):
        kind = _kind_by_subject(article)
    if kind in _NOTICES:
        of = doi_of(about if about is not None else next((one for _, one in related), None))
        raise ImportRefused(
            f"This is {_NOTICES[kind]}{f' of {of}' if of else ''}; record it against the source in the library instead."
        )
    by = next((one for said, one in related if said in _RETRACTED_BY), None)
    title = words_of(article.find("front//article-title"))
    if by is not None or _MARKED.match(title) or kind in {"retracted-article", "withdrawn-article"}:
        where = doi_of(by)
        raise ImportRefused(
            f"This article was retracted or withdrawn{f' (see {where})' if where else ''}; it cannot become a draft. Record it as a retracted source in the library instead."
        )
    _refuse_without_body(article)


def _kind_by_subject(article: etree._Element) -> str:
    """Return the kind of notice that the journal's own heading for the article names, or ""."""
    for subject in article.iterfind("front//article-categories/subj-group/subject"):
        if match := _SUBJECTS.fullmatch(words_of(subject)):
            said = " ".join(match["kind"].lower().split()).replace(" ", "-")
            return said if said in _NOTICES else "correction"
    return ""


def _refuse_without_body(article: etree._Element) -> None:
    body = article.find("body")
    words = words_of(body)
    if not words:
        raise ImportRefused(
            "This file has no body: the publisher withheld the text, or only the record of the article was exported."
        )
    if len(words) < 1500 and (match := _WITHHELD.search(words)):
        raise ImportRefused(
            f"The text of this article was {match['why'].lower()}: “{words[:160]}”."
        )


def doi_of(element: etree._Element | None) -> str:
    """Return the DOI that a related article's link or words give, or ""."""
    if element is None:
        return ""
    match = _DOI.search(f"{attribute(element, 'href')} {words_of(element)}")
    return match[0].rstrip(".,;)") if match else ""
