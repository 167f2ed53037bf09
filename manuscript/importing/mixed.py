"""Mixed content, as HTML and JATS have it: elements in which words and blocks stand side by side."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Protocol

from manuscript.importing.blocks import Block, Paragraph, Pieces, lined, text
from manuscript.importing.xml import line_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from manuscript.importing.notes import Notes


class InlineReader(Protocol):
    """Reads what stands among words."""

    def element(self, element: etree._Element, into: Pieces) -> None:
        """Add what an inline element shows."""


class MixedReader(ABC):
    """Reads elements as blocks; what it leaves out is noted."""

    notes: Notes
    inline: InlineReader

    @abstractmethod
    def leaves_out(self, element: etree._Element) -> bool:
        """Whether `element` is none of the article's words."""

    @abstractmethod
    def is_block(self, element: etree._Element) -> bool:
        """Whether `element` is a block, or holds one."""

    @abstractmethod
    def _finished(self, run: Pieces, line: int) -> list[Block]:
        """Return a run of words as a paragraph, and below it what it points at; nothing where it shows nothing."""

    def _mixed(
        self,
        element: etree._Element,
        read: Callable[[etree._Element], tuple[list[Block], etree._Element]],
    ) -> list[Block]:
        """Return what `element` holds as blocks: words gather in a run, which ends where a block begins.

        `read` returns the blocks that begin with a child, and the last child that is part of them.
        """
        line = line_of(element)
        found: list[Block] = []
        run: Pieces = []
        add_words(element.text, element, run)
        child = next(iter(element), None)
        while child is not None:
            if self.leaves_out(child):
                pass
            elif self.is_block(child):
                found += self._finished(run, line)
                blocks, child = read(child)
                found += blocks
                run = []
            else:
                self.inline.element(child, run)
            add_words(child.tail, child, run)
            child = child.getnext()
        return found + self._finished(run, line)

    def _verbatim(self, element: etree._Element) -> list[Block]:
        """Return code as a paragraph with its line breaks: a body has no other place for it."""
        line = line_of(element)
        words = "".join(map(str, element.itertext())).strip("\n")
        self.notes.add(
            "code-flattened", line, " ".join(words.split())[:120], "a body holds no code"
        )
        return [Paragraph(line, lined(words, line), verbatim=True)] if words.strip() else []


def add_words(words: str | None, element: etree._Element, into: Pieces) -> None:
    """Add plain words of `element`, or behind it, on one line."""
    if words:
        into.append(text(re.sub(r"\s+", " ", words), line_of(element)))
