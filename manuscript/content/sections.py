"""A body as sections: a heading and what stands under it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from manuscript.content import tree
from manuscript.content.headings import HeadingIds
from manuscript.content.inline import text_of
from manuscript.content.passages import Passage, Sentence, passages
from manuscript.content.schema import HEADINGS
from manuscript.content.tree import Element


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it up to the next one, as a canonical body.

    `level` is the heading's, or 0 for what stands before the first heading; `id` is the heading's in the rendered body.
    """

    level: int
    heading: str
    id: str
    body: str
    passages: tuple[Passage, ...] = ()

    @property
    def lines(self) -> list[Sentence]:
        """Return the sentences under the heading, with the places that they have in the whole body."""
        return [
            sentence
            for passage in (self.passages[1:] if self.level else self.passages)
            for sentence in passage.sentences()
        ]

    @property
    def title(self) -> tuple[int, str]:
        """Return what is the same for two sections that are called the same."""
        return self.level, " ".join(self.heading.casefold().split())

    @property
    def text(self) -> str:
        """Return the words under the heading."""
        return " ".join(
            text_of(leaf.children)
            for position, leaf in enumerate(tree.leaves(tree.blocks(self.body)))
            if position or not self.level
        )


def sections(body: str) -> list[Section]:
    """Return the sections of a canonical body in reading order. A heading inside a list or a quotation starts none.

    :raises NotCanonical: if `body` is not a canonical body.
    """
    starts: list[tuple[int, str, str]] = [(0, "", "")]
    blocks: list[list[Element]] = [[]]
    counts: list[int] = [0]
    ids = HeadingIds()
    top = tree.blocks(body)
    for block in top:
        named = [text_of(leaf.children) for leaf in tree.leaves([block]) if leaf.tag in HEADINGS]
        given = [ids.next(text) for text in named]
        if block.tag in HEADINGS:
            starts.append((int(block.tag[1]), named[0], given[0]))
            blocks.append([])
            counts.append(0)
        blocks[-1].append(block)
        counts[-1] += sum(1 for _ in passages([block]))
    lines = iter(list(passages(top)))
    return [
        Section(level, heading, identity, tree.serialise(inside), tuple(islice(lines, count)))
        for (level, heading, identity), inside, count in zip(starts, blocks, counts, strict=True)
        if inside
    ]
