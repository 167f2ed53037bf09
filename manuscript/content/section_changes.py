"""What became of the sections of a text from one state to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from manuscript.content import tree
from manuscript.content.schema import HEADINGS
from manuscript.content.section_pairs import in_order, moved, same_text
from manuscript.content.sections import Section, sections

Kind = Literal["changed", "added", "removed", "moved"]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """What became of one section from one state of a text to another: as it was and as it is, with the positions."""

    kind: Kind
    before: Section | None = None
    after: Section | None = None
    then: int | None = None
    now: int | None = None

    @property
    def heading(self) -> str:
        """Return the heading as it is, or as it was where the section is gone; empty for what stands before any."""
        section = self.after or self.before
        return section.heading if section else ""


def section_changes(before: Sequence[Section], after: Sequence[Section]) -> list[SectionChange]:
    """Return the sections that differ between two states of one text, in an order that is right for both."""
    became = same_text(before, after)
    away = moved(became)
    changes: list[SectionChange] = []
    for b, a in in_order(len(before), len(after), became):
        old = None if b is None else before[b]
        new = None if a is None else after[a]
        if old is None or new is None:
            changes.append(SectionChange("added" if old is None else "removed", old, new, b, a))
        elif old.body != new.body:
            changes.append(SectionChange("changed", old, new, b, a))
        elif b in away:
            changes.append(SectionChange("moved", old, new, b, a))
    return changes


def changed_blocks(before: str, after: str) -> tuple[str, str]:
    """Return both states of a text without what is the same: of sections that differ, the heading and the blocks that
    only one side has.
    """
    old: list[str] = []
    new: list[str] = []
    for change in section_changes(sections(before), sections(after)):
        if change.kind == "moved":
            continue
        was = tree.blocks(change.before.body) if change.before else []
        now = tree.blocks(change.after.body) if change.after else []
        shared = {tree.serialise([block]) for block in was} & {
            tree.serialise([block]) for block in now
        }
        for blocks, kept in ((was, old), (now, new)):
            for block in blocks:
                markup = tree.serialise([block])
                if block.tag in HEADINGS or markup not in shared:
                    kept.append(markup)
    return "".join(old), "".join(new)
