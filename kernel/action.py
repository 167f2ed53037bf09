"""The one context that every action runs in.

    with action(actor=actor, at=at) as act:
        ...lock, rule, state, write...
        act.record(Event.DRAFT_SAVED, edition, {"draft_number": 3})
        act.send(mail.decided, decision_id=decision.pk)

It holds the transaction, the clock and the actor, and collects what is written last and together: what
is to be told to the world outside (the outbox), the audit trail, and what of it readers see (the
publication log). So the lock on the trail's chain is held for milliseconds, whatever the action did
before. Functions that need a transaction take the context and cannot be called without one.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction

from kernel import audit, outbox
from kernel.events import Event, Reach
from kernel.models import PublicationEntry

Actor = TypeVar("Actor", bound=AbstractBaseUser | None)


class ActionOver(RuntimeError):
    """The context of an action was used after the action."""


@dataclass
class Action(Generic[Actor]):
    """An action that is under way: who does it (None: nobody who signed in), and when (aware)."""

    actor: Actor
    at: datetime
    _deeds: list[audit.Deed] = field(default_factory=list, init=False)
    _seen: dict[tuple[str, int | None], str] = field(default_factory=dict, init=False)
    _messages: list[tuple[str, dict[str, Any]]] = field(default_factory=list, init=False)
    _is_over: bool = field(default=False, init=False)

    def record(
        self, event: Event, subject: models.Model, data: Mapping[str, Any] | None = None
    ) -> None:
        """Note what was done to which row, for the trail and for whatever readers see of it.

        :raises ActionOver: if the action is over.
        """
        self._require_under_way()
        name = audit.subject_of(subject)
        self._deeds.append(audit.Deed(event.value, name, dict(data or {})))
        articles: list[int | None] = []
        if event.reach is Reach.SITE:
            articles = [None]
        elif event.reach is Reach.ARTICLES:
            articles = [*subject.seen_in()]  # type: ignore[attr-defined]
        for article in articles:
            self._seen.setdefault((event.value, article), name)

    def send(self, handler: Callable[..., None], **payload: int | str) -> None:
        """Let `handler`, which is marked with `outbox.message`, tell the world of this once it is
        committed; `payload` names the rows that it is about.

        :raises ActionOver: if the action is over.
        """
        self._require_under_way()
        self._messages.append((outbox.name_of(handler), dict(payload)))

    def _require_under_way(self) -> None:
        if self._is_over:
            raise ActionOver("This action is over; nothing can be added to it.")

    def _finish(self) -> None:
        self._is_over = True
        if self._messages:
            outbox.post(self._messages, at=self.at)
        if self._deeds:
            actor_id = self.actor.pk if self.actor is not None else None
            audit.append(self._deeds, actor_id=actor_id, at=self.at)
        # Under the trail's lock, so that keys are given out in the order of commits.
        PublicationEntry.objects.bulk_create(
            PublicationEntry(at=self.at, event=event, subject=subject, article_id=article)
            for (event, article), subject in self._seen.items()
        )


@contextmanager
def action(*, actor: Actor, at: datetime, durable: bool = True) -> Iterator[Action[Actor]]:
    """Run an action: all of it is committed, or nothing.

    `durable` refuses to run inside another transaction; only Django's admin, which opens one of its
    own, asks for less.

    :raises RuntimeError: inside another transaction.
    """
    with transaction.atomic(durable=durable):
        under_way = Action(actor, at)
        try:
            yield under_way
            under_way._finish()  # noqa: SLF001 - its own
        finally:
            under_way._is_over = True  # noqa: SLF001 - its own
