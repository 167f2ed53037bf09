"""Which changes a reader steps through, and under which numbers: one difference or several on a page."""

from __future__ import annotations

from collections.abc import Callable

from manuscript.content.tree import attribute

Step = Callable[[int], int | None]
"""Gets which change of a difference it is, counted from 1; returns the step that it is, or None where it is none."""


def each(change: int) -> int:
    """Count every change as a step."""
    return change


def after(steps: int) -> Step:
    """Count on from the steps of what stands before."""
    return lambda change: change + steps


def only(step: int) -> Step:
    """Count a whole difference as one step, which its first change is."""
    return lambda change: step if change == 1 else None


def none(_change: int) -> None:
    """Count no change as a step, so that several differences can stand on one page without ids."""


def identity(step: int | None) -> str:
    """Return the id of a step as an attribute; nothing where there is none."""
    return "" if step is None else attribute("id", f"change-{step}")
