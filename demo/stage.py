"""What every part of the demonstration's loading shares: its data, its people, its clock."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import models

from accounts.models import User
from accounts.models.user import Role
from articles.models import Article
from kernel.action import action
from kernel.events import Event as TrailEvent
from kernel.events import Reach

FOLDER = Path(__file__).parent
PASSWORD = "imprimatur-demo"  # noqa: S105 - published on purpose; it works nowhere else
SET_UP_DAYS_AGO = 450

Step = Mapping[str, Any]


class DemoEvent(TrailEvent):
    """What the demonstration itself does, as the trail calls it."""

    CONFIGURED = "demo.configured", Reach.SITE
    LOADED = "demo.loaded"


@dataclass(frozen=True)
class Event:
    """Something that somebody did at a moment."""

    at: datetime
    play: Callable[[], object]


def read(name: str) -> Any:
    """Return the content of one of the demo's JSON files."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


class Stage:
    """Where the demo is played, as of the moment `now`: who and what is there so far."""

    def __init__(self, *, now: datetime, tell: Callable[[str], None]) -> None:
        self.now = now
        self.tell = tell
        self.people: dict[str, User] = {}
        self.articles: dict[str, Article] = {}
        self.notices: dict[str, list[dict[str, Any]]] = {}

    def at(self, days_ago: int, *, minutes: int = 0) -> datetime:
        """Return the moment so many days ago."""
        return self.now - timedelta(days=days_ago) + timedelta(minutes=minutes)

    def day(self, days_ago: int) -> date:
        """Return the day so many days ago; a negative number lies ahead."""
        return self.at(days_ago).date()

    def with_role(self, role: Role) -> User:
        """Return the first of the demo's people who has `role`."""
        key = next(person["key"] for person in read("people.json") if role in person["roles"])
        return self.people[key]

    def store(self, *rows: models.Model) -> None:
        """Store rows of configuration, with the audit entry that the admin leaves as well."""
        with action(actor=None, at=self.at(SET_UP_DAYS_AGO)) as act:
            for row in rows:
                row.save()
                act.record(DemoEvent.CONFIGURED, row)
