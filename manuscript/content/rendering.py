"""A canonical body as the HTML a reader gets."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from manuscript.content import tree
from manuscript.content.citations import DanglingCitation, mentions, numbers_of
from manuscript.content.figures import FigureImage, image
from manuscript.content.headings import HeadingIds
from manuscript.content.inline import Citation, keys_of, locator_of, text_of
from manuscript.content.schema import HEADINGS, MAX_LABEL, VOID
from manuscript.content.tree import Element, Node, attribute, escape

__all__ = [
    "LABELS",
    "RENDERER",
    "DanglingCitation",
    "callout_opening",
    "mentions",
    "render",
    "source_address",
    "table_opening",
]

RENDERER: Final = 3
"""Goes up when a body or its list of references is written differently, so that a stored rendering says which rules made it."""

LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "note": "Note",
        "caution": "Caution",
        "warning": "Warning",
        "table": "Table",
        "reformatted": "Formatting or link changed",
    }
)
"""The words a rendering adds, in English. Another language passes its own."""

NO_FIGURES: Final[Mapping[str, FigureImage]] = MappingProxyType({})

_PAGE: Final = re.compile(r"\b(pp?)\.?\s*(?=\d)", re.IGNORECASE)
_PAGE_MARK: Final = r"\1"


def render(
    body: str,
    numbers: Mapping[str, int],
    *,
    labels: Mapping[str, str] = LABELS,
    figures: Mapping[str, FigureImage] = NO_FIGURES,
    picture: Callable[[str, str], str] | None = None,
    credit: Callable[[str], str] | None = None,
    dangling: Callable[[str], str] | None = None,
) -> str:
    """Return the reader's HTML of a canonical body; `canonicalise` takes it back to the body.

    Citations show the numbers as AMA superscripts, ascending, each number a link to `#ref-<n>` with the id
    `cite-<n>-<k>` for its k-th mention. Runs are not shortened to "3-5": every number stays reachable. A figure that
    is not among `figures` shows an empty box in its place.

    Previews and exports have hooks, which return markup and answer for it. `picture` gets a figure's key and text
    alternative and writes its image in place of `figures`. `credit` gets the key and writes what follows the caption.
    `dangling` gets a key that has no number and writes what stands in place of one.

    :raises DanglingCitation: if the body cites a key that has no number and `dangling` is not given.
    :raises NotCanonical: if `body` is not a canonical body.
    :raises ValueError: if a label is empty or longer than MAX_LABEL characters.
    """
    renderer = _Renderer(
        numbers,
        {**LABELS, **labels},
        picture or (lambda key, alt: image(figures.get(key), alt)),
        credit or (lambda _key: ""),
        dangling,
    )
    return renderer.render(tree.blocks(body))


def source_address(number: int) -> str:
    """Return where the link of a citation leads: to the numbered reference under the text."""
    return f"#ref-{number}"


def callout_opening(element: Element, labels: Mapping[str, str], extra: str = "") -> str:
    """Return the start tag of a callout, with `extra` attributes, and its visible label.

    :raises ValueError: if the label is empty or longer than MAX_LABEL characters.
    """
    callout = element.attributes.get("data-callout", "note")
    label = escape(labels[callout])
    if not label.strip() or len(label) > MAX_LABEL:
        raise ValueError(f"The label of a {callout} has 1 to {MAX_LABEL} characters.")
    tag = f'<aside{attribute("data-callout", callout)} role="note"{extra}>'
    return f'{tag}<p class="callout-label" data-label="">{label}</p>'


def table_opening(label: str) -> str:
    """Return the start tag of the region a wide table scrolls in, reachable by keyboard (WCAG 2.1.1)."""
    return f'<div class="table-scroll" tabindex="0" role="region"{attribute("aria-label", label)}>'


def table_label(table: Element, position: int, labels: Mapping[str, str]) -> str:
    """Return what a table's region is called: its caption, or "Table" and its position."""
    for child in table.children:
        if (
            isinstance(child, Element)
            and child.tag == "caption"
            and (caption := text_of(child.children))
        ):
            return caption
    return f"{labels['table']} {position}"


def located(locator: str | None) -> str:
    """Return a locator as AMA sets it after the number: "(p12)"."""
    return "" if locator is None else f"({_PAGE.sub(_PAGE_MARK, locator)})"


class _Renderer:
    def __init__(
        self,
        numbers: Mapping[str, int],
        labels: Mapping[str, str],
        picture: Callable[[str, str], str],
        credit: Callable[[str], str],
        dangling: Callable[[str], str] | None,
    ) -> None:
        self._numbers = numbers
        self._labels = labels
        self._picture = picture
        self._credit = credit
        self._dangling = dangling
        self._ids = HeadingIds()
        self._mentions: Counter[int] = Counter()
        self._tables = 0

    def render(self, nodes: list[Element]) -> str:
        return self._children(list(nodes))

    def _children(self, nodes: list[Node]) -> str:
        pieces: list[str] = []
        before: Node = ""
        for node in nodes:
            after_citation = isinstance(before, Element) and before.tag == "cite"
            pieces.append(
                escape(node) if isinstance(node, str) else self._element(node, after_citation)
            )
            before = node
        return "".join(pieces)

    def _element(self, element: Element, after_citation: bool) -> str:
        match element.tag:
            case tag if tag in HEADINGS:
                identity = attribute("id", self._ids.next(text_of(element.children)))
                return f"<{tag}{identity}>{self._children(element.children)}</{tag}>"
            case "cite":
                return self._citation(element, after_citation)
            case "table":
                self._tables += 1
                opening = table_opening(table_label(element, self._tables, self._labels))
                return f"{opening}<table>{self._children(element.children)}</table></div>"
            case "aside":
                return f"{callout_opening(element, self._labels)}{self._children(element.children)}</aside>"
            case "figure":
                return self._figure(element)
            case tag if tag in VOID:
                return tree.opening(element)
            case tag:
                return f"{tree.opening(element)}{self._children(element.children)}</{tag}>"

    def _citation(self, element: Element, after_citation: bool) -> str:
        refs = element.attributes.get("data-refs", "")
        citation = Citation(keys_of(refs), locator_of(element.attributes.get("data-locator")))
        shown = f"{',' if after_citation else ''}{','.join(self._marks(citation))}{escape(located(citation.locator))}"
        locator = attribute("data-locator", citation.locator) if citation.locator else ""
        return f'<cite class="citation"{attribute("data-refs", refs)}{locator}><sup>{shown}</sup></cite>'

    def _marks(self, citation: Citation) -> list[str]:
        """Return the links of a citation, ascending, and after them what the hook writes for keys without a number."""
        if self._dangling is None:
            return [self._link(number) for number in numbers_of(citation, self._numbers)]
        known = sorted(self._numbers[key] for key in citation.keys if key in self._numbers)
        lost = [key for key in citation.keys if key not in self._numbers]
        return [*map(self._link, known), *map(self._dangling, lost)]

    def _link(self, number: int) -> str:
        self._mentions[number] += 1
        identity = f"cite-{number}-{self._mentions[number]}"
        return f'<a href="{source_address(number)}" id="{identity}">{number}</a>'

    def _figure(self, element: Element) -> str:
        key, alt = element.attributes["data-figure"], element.attributes.get("data-alt", "")
        picture = self._picture(key, alt)
        caption = self._children(element.children)
        return f"{tree.opening(element)}{picture}{caption}{self._credit(key)}</figure>"
