"""How deep and how large a tree from strangers may be."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from manuscript.importing.result import ImportRefused

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class Limits:
    """The limits of one `kind` of markup: how many elements may be open at one time, and how many there may be."""

    kind: str
    nesting: int
    elements: int

    def too_deep(self) -> ImportRefused:
        """Return the refusal of what is nested too deeply."""
        return ImportRefused(
            f"The {self.kind} is nested more than {self.nesting} levels deep; no article is."
        )

    def within(self, root: etree._Element) -> Iterator[etree._Element]:
        """Yield the elements of a tree in the order of their beginnings.

        :raises ImportRefused: at the first that is too deep or too many.
        """
        depth = count = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if event == "end":
                depth -= 1
                continue
            depth += 1
            count += 1
            if depth > self.nesting:
                raise self.too_deep()
            if count > self.elements:
                raise ImportRefused(
                    f"The {self.kind} has more than {self.elements:,} elements; no article has."
                )
            yield element

    def check(self, root: etree._Element) -> None:
        """Look at a whole tree.

        :raises ImportRefused: when it is too deep or too large.
        """
        deque(self.within(root), maxlen=0)
