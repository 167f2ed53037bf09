"""The saves of a draft, as django-reversion keeps them, and how large a change each was."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import JSONField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from reversion.models import Version as Saved

from articles.models import Edition
from manuscript.content.characters import WORD
from manuscript.content.plain import changed_words

LINES = ("title", "heading", "summary")
FACTS = ("jurisdiction", "ai_provenance")


def saves_of(edition: Edition) -> QuerySet[Saved]:
    """Return every save of a draft with who made it, newest first.

    In the order of their revisions, which one index gives together with the edition. In the order
    of keys, SQLite walks every save of the site backwards.
    """
    return (  # type: ignore[no-any-return]
        Saved.objects.get_for_object(edition)
        .select_related("revision__user")
        .order_by("-revision_id")
    )


def numbered(saves: QuerySet[Saved]) -> QuerySet[Saved]:
    """Annotate the number of each draft, `draft`, and leave its text in the database."""
    data = Cast("serialized_data", JSONField())
    numbered: QuerySet[Saved] = saves.annotate(data=data).annotate(
        draft=KT("data__0__fields__draft_number")
    )
    return numbered.defer("serialized_data")


@dataclass(frozen=True)
class Size:
    """How large a change was: words that came and went, whether that is all of the text, and
    whether anything but words changed.
    """

    added: int = 0
    removed: int = 0
    is_first: bool = False
    beside_words: bool = False

    @property
    def biggest(self) -> int:
        """Return the larger of the two counts, which says whether it is one word or more."""
        return max(self.added, self.removed)


def size_of_change(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> Size:
    """Return how large the change was from the fields of one save to those of the next.

    Words are counted in the blocks that differ alone, whatever their order: quick enough for a
    list, and the comparison shows the rest.
    """
    then, now = _lines(before or {}), _lines(after)
    gone, new = changed_words((before or {}).get("body", ""), after.get("body", ""))
    gone, new = gone + _words(then - now), new + _words(now - then)
    return Size(
        added=(new - gone).total(),
        removed=(gone - new).total(),
        is_first=before is None,
        beside_words=before is not None
        and any(before.get(name) != after.get(name) for name in (*LINES, "body", *FACTS)),
    )


def _lines(fields: Mapping[str, Any]) -> Counter[str]:
    return Counter(fields.get(name, "") for name in LINES)


def _words(lines: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for line, times in lines.items():
        for word in WORD.findall(line):
            found[word] += times
    return found
