"""Freezing a draft into a numbered Version."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from accounts.models import User
from articles.models import (
    CitedReference,
    Contribution,
    Edition,
    Figure,
    PlacedFigure,
    Reference,
    Version,
)
from articles.texts import rules
from articles.texts.actions.authorship import authors_of_what_is_cited, credit_authors
from articles.texts.actions.locking import lock_edition
from articles.texts.checks import blocking_problems, cited_references
from articles.texts.draft import tidy_lines
from articles.texts.errors import FreezeRefused
from articles.texts.events import TextEvent
from articles.texts.freezing import (
    disclaimers_in_force,
    frozen_content,
    text_digest,
    version_fields,
)
from articles.texts.shown_figures import shown_figures
from kernel.action import Action, action
from kernel.errors import NotAllowed, NothingChanged, WrongState


def freeze(
    *,
    actor: User,
    edition_id: int,
    draft_number: int,
    change_note: str,
    change_class: str,
    at: datetime,
) -> Version:
    """Freeze the draft that was read as `draft_number` into the next Version.

    `change_class` tells readers and the board what kind of change it is; a first version is
    FIRST whatever is asked for.

    :raises NotAllowed: if `actor` may not freeze.
    :raises WrongState: if the draft moved on since it was read.
    :raises FreezeRefused: if blocking checks fail, with each of them.
    :raises NothingChanged: if the newest version has the same text.
    :raises ValidationError: if the change is not described.
    """
    if reason := rules.why_not_freeze(actor):
        raise NotAllowed(reason)
    with action(actor=actor, at=at) as act:
        edition = lock_edition(edition_id)
        if edition.draft_number != draft_number:
            raise WrongState(
                f"{edition.updated_by} saved this draft since you read it. Read it again first.",
                current=f"draft {edition.draft_number}",
            )
        if problems := blocking_problems(edition):
            raise FreezeRefused(problems)
        newest = edition.versions.order_by("-number").first()
        change_class, note = _described(newest, change_class, tidy_lines(change_note))
        references = cited_references(edition.body)
        figures = shown_figures(edition.body)
        content = frozen_content(
            edition=edition,
            version=newest.number + 1 if newest else 1,
            references=references,
            figures=figures,
            disclaimers=disclaimers_in_force(edition, at.date()),
            change_class=change_class,
            change_note=note,
        )
        if newest and newest.text_digest == text_digest(content):
            raise NothingChanged(
                f"Nothing changed since version {newest.number}.",
                current=f"version {newest.number}",
            )
        credit_authors(
            act,
            edition,
            authors_of_what_is_cited(edition, references.values(), figures) - {actor.pk},
            kind=Contribution.Kind.SOURCE,
        )
        version = _store(act, edition, content, references=references, figures=figures)
        act.record(
            TextEvent.VERSION_FROZEN,
            version,
            {"edition": edition.pk, "number": version.number, "digest": version.digest},
        )
    return version


def _described(newest: Version | None, change_class: str, note: str) -> tuple[str, str]:
    """Return the class and the note of the change since `newest`.

    :raises ValidationError: if a change is not described.
    """
    classes = Version.ChangeClass
    if newest is None:
        return classes.FIRST, note or "First version."
    if change_class not in {classes.SUBSTANTIVE, classes.EDITORIAL}:
        raise ValidationError({"change_class": "Say what kind of change this is."})
    if not note:
        raise ValidationError({"change_note": "Say in a sentence what changed and why."})
    return change_class, note


def _store(
    act: Action[User],
    edition: Edition,
    content: Mapping[str, Any],
    *,
    references: Mapping[str, Reference],
    figures: Sequence[Figure],
) -> Version:
    """Write the Version, what it cites and shows, and that the actor froze it."""
    contribution = Contribution.objects.create(
        edition=edition,
        user=act.actor,
        kind=Contribution.Kind.FROZE,
        draft_number=edition.draft_number,
        at=act.at,
    )
    version = Version.objects.create(
        edition=edition,
        contribution=contribution,
        draft_number=edition.draft_number,
        frozen_by=act.actor,
        frozen_at=act.at,
        **version_fields(content, style=settings.CITATION_STYLE),
    )
    CitedReference.objects.bulk_create(
        CitedReference(version=version, reference=references[row["key"]], number=row["number"])
        for row in content["references"]
    )
    PlacedFigure.objects.bulk_create(
        PlacedFigure(version=version, figure=figure) for figure in figures
    )
    return version
