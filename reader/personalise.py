"""Which text fits a reader: pure, from the role they chose and what is public of an article.

The order is that of the design: an approved text for exactly this role; an approved one up the
chain of audiences it falls back to; a pending one for exactly this role, labelled; then whatever
else the article has, approved before pending. The reader's language comes first throughout;
where it has nothing, the source language, with a notice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from articles.models import Audience
from review.models import Publication

NOBODY_IN_PARTICULAR = "public"


class Reason(StrEnum):
    """Why this text and no other."""

    EXACT = "exact"
    FALLBACK = "fallback"
    PENDING_EXACT = "pending exact"
    OTHER = "other"
    OPENED = "opened"


@dataclass(frozen=True, slots=True)
class Choice:
    """The text to show, why, and the other readable texts of the article in a fixed order.

    `is_other_language` says that the reader's language has none.
    """

    publication: Publication
    reason: Reason
    others: tuple[Publication, ...]
    is_other_language: bool = False


def known_role(value: str, audiences: Sequence[Audience]) -> str:
    """Return the role that a cookie names, or "" if no audience has this slug."""
    return value if any(audience.slug == value for audience in audiences) else ""


def chain(role: str, audiences: Sequence[Audience]) -> list[int]:
    """Return the ids of the audience of `role` and of those it falls back to, nearest first."""
    by_id = {audience.pk: audience for audience in audiences}
    found: list[int] = []
    at = next((a for a in audiences if a.slug == (role or NOBODY_IN_PARTICULAR)), None)
    while at is not None and at.pk not in found:
        found.append(at.pk)
        at = by_id.get(at.falls_back_to_id) if at.falls_back_to_id else None
    return found


def choose(
    publications: Sequence[Publication],
    *,
    role: str,
    audiences: Sequence[Audience],
    language: str,
) -> Choice | None:
    """Return the text for a reader who said they are `role` ("" for nothing said), or None.

    An unknown role counts as nothing said. `publications` are of one article, each with its
    submission and edition; those that were taken down are never chosen.
    """
    readable = _in_order([row for row in publications if row.is_readable], audiences)
    wanted = chain(known_role(role, audiences), audiences)
    for code in _languages(language, readable):
        rows = [row for row in readable if row.language == code]
        if found := _in_language(rows, wanted):
            publication, reason = found
            return _choice(publication, reason, readable, language)
    return None


def opened(
    publications: Sequence[Publication],
    *,
    audience_id: int,
    audiences: Sequence[Audience],
    language: str,
) -> Choice | None:
    """Return the text that a reader opened by its audience's address, or None."""
    readable = _in_order([row for row in publications if row.is_readable], audiences)
    for code in _languages(language, readable):
        for row in readable:
            if row.language == code and row.edition.audience_id == audience_id:
                return _choice(row, Reason.OPENED, readable, language)
    return None


def _in_language(
    rows: Sequence[Publication], wanted: Sequence[int]
) -> tuple[Publication, Reason] | None:
    by_audience = {row.edition.audience_id: row for row in rows}
    for place, audience_id in enumerate(wanted):
        row = by_audience.get(audience_id)
        if row is not None and row.is_approved:
            return row, Reason.FALLBACK if place else Reason.EXACT
    exact = by_audience.get(wanted[0]) if wanted else None
    if exact is not None:
        return exact, Reason.PENDING_EXACT
    # Approved before pending, then the nearest of the chain, then the order of audiences.
    near = {audience_id: place for place, audience_id in enumerate(wanted)}
    ranked = sorted(
        enumerate(rows),
        key=lambda item: (
            not item[1].is_approved,
            near.get(item[1].edition.audience_id, len(near)),
            item[0],
        ),
    )
    return (ranked[0][1], Reason.OTHER) if ranked else None


def _languages(language: str, rows: Sequence[Publication]) -> list[str]:
    present = sorted({row.language for row in rows})
    return list(dict.fromkeys([language, settings.LANGUAGE_CODE, *present]))


def _in_order(rows: Sequence[Publication], audiences: Sequence[Audience]) -> list[Publication]:
    position = {audience.pk: audience.position for audience in audiences}
    return sorted(rows, key=lambda row: (position[row.edition.audience_id], row.language))


def _choice(
    publication: Publication, reason: Reason, readable: Sequence[Publication], language: str
) -> Choice:
    others = tuple(row for row in readable if row.pk != publication.pk)
    return Choice(publication, reason, others, publication.language != language)
