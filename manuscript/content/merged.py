"""Two texts as one: parts that are settled, and places where somebody has to choose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from manuscript.content.canonical import canonicalise


class Choice(StrEnum):
    """What stands at a place: the stored text, the typed one, or both in this order."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"


class Origin(StrEnum):
    """Who made a settled part of the merged text what it is."""

    SAME = "same"
    THEIRS = "theirs"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks that need no choice: as canonical markup, what they were before, and who changed them."""

    before: str
    html: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Place:
    """Where both changed the same: both versions as canonical markup; either may be empty (taken out)."""

    name: str
    before: str
    theirs: str
    mine: str
    is_whole: bool = False
    """Whether this is the whole text, too long to be merged part by part: one of the two, never both."""

    @property
    def default(self) -> Choice:
        """Return the choice that loses no words: what is left, both of what is new, else mine."""
        if not self.mine:
            return Choice.THEIRS
        if not self.theirs or self.before or self.is_whole:
            return Choice.MINE
        return Choice.BOTH

    def chosen(self, choice: Choice) -> str:
        """Return the markup that stands here after `choice`."""
        if choice is Choice.BOTH and not self.is_whole:
            return self.theirs + self.mine
        return self.theirs if choice is Choice.THEIRS else self.mine


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged text in reading order."""

    parts: tuple[Part | Place, ...]

    @property
    def places(self) -> list[Place]:
        """Return where a choice is needed."""
        return [part for part in self.parts if isinstance(part, Place)]

    def body(self, choices: Mapping[str, Choice] | None = None) -> str:
        """Return the canonical body, with the default wherever `choices` (by a place's name) has none.

        :raises ContentRefused: if both versions together are larger than a body may be.
        """
        given = choices or {}
        html = "".join(
            part.chosen(given.get(part.name, part.default))
            if isinstance(part, Place)
            else part.html
            for part in self.parts
        )
        return canonicalise(html)
