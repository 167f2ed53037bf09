"""The headings of a body."""

from __future__ import annotations

from dataclasses import dataclass

from manuscript.content import tree
from manuscript.content.headings import HeadingIds
from manuscript.content.inline import text_of
from manuscript.content.schema import HEADINGS


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading: 2, 3 or 4; its text; the id it has in the rendered body."""

    level: int
    text: str
    id: str


def outline(body: str) -> list[Heading]:
    """Return the headings of a canonical body in reading order, with the ids that `render` gives them."""
    ids = HeadingIds()
    found: list[Heading] = []
    for leaf in tree.leaves(tree.blocks(body)):
        if leaf.tag in HEADINGS:
            text = text_of(leaf.children)
            found.append(Heading(int(leaf.tag[1]), text, ids.next(text)))
    return found
