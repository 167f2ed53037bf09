"""What a person typed into a draft and has not saved yet, and that they are there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from articles.models import Edition, WorkingCopy
from articles.texts import rules
from kernel.action import Action, action
from kernel.errors import NotAllowed
from manuscript.content.schema import MAX_CHARACTERS

LINE_LIMIT = 10_000
"""Characters of a field other than the body. More than a draft takes, so that what is too long is kept and named."""

FIELDS = frozenset(
    {
        *("title", "heading", "summary", "body", "jurisdiction", "note"),
        *("ai_model", "ai_prompt", "ai_date", "ai_responsible"),
    }
)
HERE = timedelta(seconds=60)
"""How long after the last sign of life somebody still counts as there: three heartbeats."""

TYPING = timedelta(seconds=30)


@dataclass(frozen=True)
class Company:
    """Somebody else who has the same draft open."""

    name: str
    typed_at: datetime | None
    typing: bool


def keep_working_copy(
    *,
    actor: User,
    edition_id: int,
    draft_number: int,
    text: Mapping[str, object] | None,
    at: datetime,
) -> None:
    """Keep what `actor` typed into the draft that was opened as `draft_number`, or that they are there.

    `text` holds the form's fields as typed; None says that nothing changed since the last time. It makes no draft: no
    revision, no contribution, no audit entry. One copy for each person and edition; a later one replaces it.

    :raises NotAllowed: if `actor` does not write articles.
    :raises ValidationError: naming each field that is unknown, no text, or too long to be kept.
    """
    if reason := rules.why_not_write(actor):
        raise NotAllowed(reason)
    copy = WorkingCopy(
        edition_id=edition_id, user=actor, draft_number=draft_number, seen_at=at, typed_at=None
    )
    changed = ["seen_at"]
    if text is not None:
        copy.text, copy.typed_at = _keepable(text), at
        changed += ["text", "typed_at", "draft_number"]
    with action(actor=actor, at=at):
        WorkingCopy.objects.bulk_create(
            [copy],
            update_conflicts=True,
            unique_fields=["edition", "user"],
            update_fields=changed,
        )


def empty_working_copy(*, actor: User, edition_id: int, draft_number: int, at: datetime) -> bool:
    """Empty what `actor` typed into an edition, because it is saved or they dropped it.

    Tell whether anything was there. Nobody else's copy is touched.
    """
    with action(actor=actor, at=at) as act:
        return _empty(act, edition_id=edition_id, draft_number=draft_number)


def empty_copy(act: Action[User], edition: Edition) -> None:
    """Empty what the actor typed into an edition, inside the action that saved it."""
    _empty(act, edition_id=edition.pk, draft_number=edition.draft_number)


def _empty(act: Action[User], *, edition_id: int, draft_number: int) -> bool:
    mine = WorkingCopy.objects.filter(edition=edition_id, user=act.actor).exclude(text={})
    changes: dict[str, Any] = {
        "text": {},
        "typed_at": None,
        "draft_number": draft_number,
        "seen_at": act.at,
    }
    return bool(mine.update(**changes))


def working_copy_of(user: User, edition: Edition) -> WorkingCopy | None:
    """Return what `user` typed into `edition` and has not saved, or None. One query."""
    return WorkingCopy.objects.filter(edition=edition, user=user).exclude(text={}).first()


def unsaved_in(edition: Edition) -> list[WorkingCopy]:
    """Return what anybody typed into `edition` and has not saved, without the words, by name. One query."""
    copies = WorkingCopy.objects.filter(edition=edition).exclude(text={})
    return list(copies.select_related("user").defer("text").order_by("user__name", "pk"))


def company_of(user: User, edition: Edition, *, at: datetime) -> list[Company]:
    """Return who else has `edition` open, by name. One query."""
    others = (
        WorkingCopy.objects.filter(edition=edition, seen_at__gte=at - HERE)
        .exclude(user=user)
        .select_related("user")
        .defer("text")
        .order_by("user__name", "pk")
    )
    return [
        Company(
            name=row.user.name,
            typed_at=row.typed_at,
            typing=row.typed_at is not None and row.typed_at >= at - TYPING,
        )
        for row in others
    ]


def _keepable(text: Mapping[str, object]) -> dict[str, str]:
    """Return the fields with what no database stores taken out: NUL and halves of surrogate pairs."""
    errors: dict[str, str] = {}
    kept: dict[str, str] = {}
    for name, value in text.items():
        limit = MAX_CHARACTERS if name == "body" else LINE_LIMIT
        if name not in FIELDS:
            errors["__all__"] = "There are fields that a draft does not have."
        elif not isinstance(value, str):
            errors[name] = "This is no text."
        elif len(value) > limit:
            errors[name] = f"At most {limit:,} characters are kept; this has {len(value):,}."
        else:
            kept[name] = value.replace("\x00", "").encode(errors="ignore").decode()
    if errors:
        raise ValidationError(errors)
    return kept
