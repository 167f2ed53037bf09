"""What can be done here, as the audit trail calls it. Each room names its own in an enum of this kind."""

from enum import Enum, StrEnum
from typing import Self


class Reach(Enum):
    """Who sees that something was done: what is served to readers changes with it, or not."""

    NOBODY = "nobody"
    ARTICLES = "articles"
    """The articles that the subject names by its `seen_in()`."""
    SITE = "site"
    """Any public page may show it."""


class Event(StrEnum):
    """Something that is done: its name in the trail, and how far readers see it."""

    reach: Reach

    def __new__(cls, name: str, reach: Reach = Reach.NOBODY) -> Self:
        """Return a member that is its own name as text."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.reach = reach
        return member
