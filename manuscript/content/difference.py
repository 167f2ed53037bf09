"""What changed between two bodies, word by word, in the shape of the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from manuscript.content import steps, tree
from manuscript.content.alignment import Stretch, align
from manuscript.content.figures import FigureImage, image
from manuscript.content.inline import Inline, Text, build, flatten, keys_of, locator_of
from manuscript.content.pairing import pairs
from manuscript.content.rendering import (
    LABELS,
    NO_FIGURES,
    callout_opening,
    located,
    table_label,
    table_opening,
)
from manuscript.content.schema import LEAVES, VOID
from manuscript.content.tree import Element, Node, attribute, escape
from manuscript.content.words import words

Numbers = Mapping[str, int] | None

MOST_BLOCKS = 5000
"""Paragraphs, headings and cells on one side from which bodies are not compared in detail: it would take seconds."""

TOO_LONG = "The text changed. It is too long to compare in detail."


@dataclass(frozen=True, slots=True)
class Difference:
    """The whole text as safe HTML, with what was removed in `<del>` and what was added in `<ins>`.

    `insertions` and `deletions` count those elements, `changed_blocks` the paragraphs, headings and cells that differ,
    `changes` the steps a reader takes through them (ids `change-1`, `change-2`, …, or as `step` says): a replacement is
    one step, and so is a list or table that came or went as a whole. Such blocks have the class `added` or `removed`.
    """

    html: str
    insertions: int
    deletions: int
    changed_blocks: int
    changes: int


def difference(
    before: str,
    after: str,
    *,
    numbers_before: Numbers = None,
    numbers_after: Numbers = None,
    labels: Mapping[str, str] = LABELS,
    figures: Mapping[str, FigureImage] = NO_FIGURES,
    step: steps.Step = steps.each,
    tables_of: str = "",
) -> Difference:
    """Return what changed from one canonical body to another.

    Citations are atoms: one that cites something else is removed and added, one that is merely renumbered is not a
    change. They show their numbers, or their keys where there is none. Text that was only marked or linked otherwise is
    removed and added with the class `reformatted`. A figure whose text alternative changed is removed and
    added; the style sheet shows the words of `data-alt` under both. `tables_of` stands before the names of tables, where
    two texts with tables of one name are on a page.

    :raises NotCanonical: if either is not a canonical body.
    """
    writer = _Writer(
        numbers_before or {}, numbers_after or {}, {**LABELS, **labels}, figures, step, tables_of
    )
    writer.compare(list(tree.blocks(before)), list(tree.blocks(after)))
    return writer.finish()


def is_too_long(*bodies: str) -> bool:
    """Tell whether canonical bodies differ and one of them has too many blocks to be compared on a page."""
    if all(body == bodies[0] for body in bodies):
        return False
    return any(_blocks(body) > MOST_BLOCKS for body in bodies)


def shown_difference(
    before: str,
    after: str,
    *,
    numbers_before: Numbers = None,
    numbers_after: Numbers = None,
    labels: Mapping[str, str] = LABELS,
    figures: Mapping[str, FigureImage] = NO_FIGURES,
    step: steps.Step = steps.each,
) -> Difference:
    """Return `difference` for a page; where `is_too_long`, words that say so (`labels["too-long"]`), as one change.

    :raises NotCanonical: if either is not a canonical body.
    """
    if is_too_long(before, after):
        said = escape(labels.get("too-long", TOO_LONG))
        return Difference(f'<p class="soft"{steps.identity(step(1))}>{said}</p>', 0, 0, 0, 1)
    return difference(
        before,
        after,
        numbers_before=numbers_before,
        numbers_after=numbers_after,
        labels=labels,
        figures=figures,
        step=step,
    )


def _blocks(body: str) -> int:
    # Short markup cannot hold so many blocks, and most bodies are short.
    if len(body) <= MOST_BLOCKS * len("<p></p>"):
        return 0
    return sum(1 for _leaf in tree.leaves(tree.blocks(body)))


class _Writer:
    def __init__(
        self,
        before: Mapping[str, int],
        after: Mapping[str, int],
        labels: Mapping[str, str],
        figures: Mapping[str, FigureImage],
        step: steps.Step,
        tables_of: str,
    ) -> None:
        self._figures = figures
        self._step_of = step
        self._tables_of = tables_of
        self._numbers = {"removed": before, "added": after, "": after}
        self._labels = labels
        self._out: list[str] = []
        self._insertions = self._deletions = self._changed_blocks = self._changes = 0
        self._tables = 0
        self._after_citation: set[str] = set()

    def finish(self) -> Difference:
        html = "".join(self._out)
        return Difference(
            html, self._insertions, self._deletions, self._changed_blocks, self._changes
        )

    def compare(self, before: list[Node], after: list[Node]) -> None:
        """Write the blocks of both sides, in an order that is right for both."""
        for old, new in pairs(before, after):
            if old is None and new is not None:
                self._whole(new, "added", self._step())
            elif new is None and old is not None:
                self._whole(old, "removed", self._step())
            elif old is not None and new is not None:
                self._pair(old, new)

    def _pair(self, old: Element, new: Element) -> None:
        if old == new:
            self._whole(new, "", "")
        elif new.tag in LEAVES:
            self._out.append(tree.opening(new))
            self._line(words(flatten(old.children)), words(flatten(new.children)))
            self._changed_blocks += 1
            self._out.append(f"</{new.tag}>")
        else:
            closing = self._open(new, "")
            self.compare(old.children, new.children)
            self._out.append(closing)

    def _whole(self, element: Element, change: str, step: str) -> None:
        """Write a block of one side; `change` is "added", "removed" or, where it is the same on both, empty."""
        extra = (attribute("class", change) if change else "") + step
        closing = self._open(element, extra)
        if element.tag in LEAVES:
            self._after_citation.clear()
            line = self._nodes(element.children, change)
            self._out.append(self._changed(line, change) if change else line)
        else:
            for child in element.children:
                if isinstance(child, Element):
                    self._whole(child, change, "")
        if change and (element.tag in LEAVES or not element.children):
            self._changed_blocks += 1
        self._out.append(closing)

    def _open(self, element: Element, extra: str) -> str:
        """Write a start tag with `extra` attributes and what a rendering adds; return what closes it."""
        if element.tag == "aside":
            self._out.append(callout_opening(element, self._labels, extra))
            return "</aside>"
        if element.tag == "figure":
            shown = self._figures.get(element.attributes["data-figure"])
            picture = image(shown, element.attributes.get("data-alt", ""))
            self._out.append(f"{tree.opening(element, extra)}{picture}")
            return "</figure>"
        if element.tag == "table":
            self._tables += 1
            label = table_label(element, self._tables, self._labels)
            self._out.append(f"{table_opening(f'{self._tables_of}{label}')}<table{extra}>")
            return "</table></div>"
        self._out.append(tree.opening(element, extra))
        return f"</{element.tag}>"

    def _line(self, old: list[Inline], new: list[Inline]) -> None:
        self._after_citation.clear()
        for stretch in _smoothed(align(old, new), new):
            removed, added = old[stretch.b1 : stretch.b2], new[stretch.a1 : stretch.a2]
            if stretch.same:
                self._out.append(self._nodes(build(added), ""))
                continue
            extra = ""
            if [_bare(item) for item in removed] == [_bare(item) for item in added]:
                extra = attribute("class", "reformatted") + attribute(
                    "title", self._labels["reformatted"]
                )
            step = self._step()
            if removed:
                self._out.append(
                    self._changed(self._nodes(build(removed), "removed"), "removed", extra + step)
                )
                step = ""
            if added:
                self._out.append(
                    self._changed(self._nodes(build(added), "added"), "added", extra + step)
                )

    def _changed(self, html: str, change: str, extra: str = "") -> str:
        if change == "added":
            self._insertions += 1
            return f"<ins{extra}>{html}</ins>"
        self._deletions += 1
        return f"<del{extra}>{html}</del>"

    def _step(self) -> str:
        self._changes += 1
        return steps.identity(self._step_of(self._changes))

    def _nodes(self, nodes: list[Node], change: str) -> str:
        pieces: list[str] = []
        sides = {change} if change else {"removed", "added"}
        for node in nodes:
            if isinstance(node, Element) and node.tag == "cite":
                comma = "," if sides & self._after_citation else ""
                pieces.append(self._citation(node, self._numbers[change], comma))
                self._after_citation |= sides
                continue
            if isinstance(node, str) or node.tag in VOID:
                self._after_citation -= sides
            if isinstance(node, str):
                pieces.append(escape(node))
            elif node.tag in VOID:
                pieces.append(tree.opening(node))
            else:
                pieces.append(
                    f"{tree.opening(node)}{self._nodes(node.children, change)}</{node.tag}>"
                )
        return "".join(pieces)

    def _citation(self, element: Element, numbers: Mapping[str, int], comma: str) -> str:
        keys = keys_of(element.attributes.get("data-refs", ""))
        shown = [str(number) for number in sorted(numbers[key] for key in keys if key in numbers)]
        shown += [key for key in keys if key not in numbers]
        locator = located(locator_of(element.attributes.get("data-locator")))
        said = escape(f"{comma}{','.join(shown)}{locator}")
        return f"{tree.opening(element, attribute('class', 'citation'))}<sup>{said}</sup></cite>"


def _bare(item: Inline) -> Inline:
    """Return the item without its marks."""
    return Text(item.text) if isinstance(item, Text) else item


def _smoothed(stretches: list[Stretch], new: list[Inline]) -> list[Stretch]:
    """Join two replacements with only a space between them: "two words" for "other ones" is one change."""
    smoothed: list[Stretch] = []
    for position, stretch in enumerate(stretches):
        if smoothed and not smoothed[-1].same:
            last = smoothed[-1]
            space = stretch.same and all(
                isinstance(item, Text) and item.text == " " for item in new[stretch.a1 : stretch.a2]
            )
            following = stretches[position + 1] if position + 1 < len(stretches) else None
            if not stretch.same or (
                space and _replaces(last) and following is not None and _replaces(following)
            ):
                smoothed[-1] = Stretch(False, last.b1, stretch.b2, last.a1, stretch.a2)
                continue
        smoothed.append(stretch)
    return smoothed


def _replaces(stretch: Stretch) -> bool:
    return stretch.b1 < stretch.b2 and stretch.a1 < stretch.a2
