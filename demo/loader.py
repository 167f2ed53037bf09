"""Load the demonstration through the same actions that people use.

The content stands beside this file as data: people, references, figures, articles and, for each
article, a plan of what was done by whom how many days ago. All plans together are played in the
order of their dates, so that the audit trail reads as it would have been written.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from accounts.models import User
from accounts.models.user import Role
from demo import reviews, texts
from demo.configuration import load_settings
from demo.library import load_figures, load_library
from demo.people import declarations, load_people, sign_ins
from demo.stage import DemoEvent, Event, Stage, Step, read
from kernel.action import action
from kernel.models import AuditEntry
from reader.actions.questions import ask_question

__all__ = ["Loader", "is_loaded", "sign_ins"]

TOLD_EVERY = 20
PARTS: Mapping[str, Callable[[Stage], None]] = {
    "settings": load_settings,
    "people": load_people,
    "the reference library": load_library,
    "figures": load_figures,
}
STEPS: Mapping[str, Callable[[Stage, Mapping[str, Any], Step, User, datetime], None]] = {
    "create": texts.create,
    "save": texts.save,
    "follow": texts.follow,
    "freeze": texts.freeze_draft,
    "submit": reviews.submit,
    "assign": reviews.assign,
    "sign": reviews.sign,
    "request_changes": reviews.request_changes,
    "withdraw": reviews.withdraw,
    "retract": reviews.retract,
    "caution": reviews.caution,
    "record_notice": reviews.record_notice,
}


def is_loaded() -> bool:
    """Tell whether this database holds the whole demo."""
    return AuditEntry.objects.filter(action=DemoEvent.LOADED.value).exists()


class Loader(Stage):
    """Plays the demo's content into an empty database, as of the moment `now`. `tell` hears how
    far it is.
    """

    def load(self) -> None:
        """Load everything; the last audit entry says that it is complete."""
        for number, (what, load) in enumerate(PARTS.items(), 1):
            self.tell(f"{number} of {len(PARTS) + 1}: {what}")
            load(self)
        self.tell(f"{len(PARTS) + 1} of {len(PARTS) + 1}: what all of them did")
        events = [*declarations(self), *plans(self), *questions(self)]
        events.sort(key=lambda event: event.at)
        for number, event in enumerate(events, 1):
            event.play()
            if number % TOLD_EVERY == 0 or number == len(events):
                self.tell(f"  {number} of {len(events)} steps")
        administrator = self.with_role(Role.ADMINISTRATOR)
        with action(actor=administrator, at=self.now) as act:
            act.record(DemoEvent.LOADED, administrator)


def plans(stage: Stage) -> Iterator[Event]:
    """Yield the steps of every article's plan."""
    for article in read("articles.json"):
        for number, step in enumerate(article["plan"]):
            at = stage.at(step["days_ago"], minutes=5 * number - 600)
            play = STEPS[step["do"]]
            yield Event(at, partial(play, stage, article, step, stage.people[step["by"]], at))


def questions(stage: Stage) -> Iterator[Event]:
    """Yield what readers asked."""
    for row in read("questions.json"):
        at = stage.at(row["days_ago"])
        yield Event(at, partial(ask, stage, row, at))


def ask(stage: Stage, row: Mapping[str, Any], at: datetime) -> None:
    """File a reader's question."""
    ask_question(
        article=stage.articles.get(row["article"]),
        language=row["language"],
        text=row["text"],
        reply_to=row["reply_to"],
        at=at,
    )
