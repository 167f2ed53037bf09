"""The figures of a body: which images it shows, with which words; and an image as a reader's browser gets it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from manuscript.content import tree
from manuscript.content.inline import text_of
from manuscript.content.tree import Element, Node, attribute

SIZES = "(min-width: 50rem) 46rem, 100vw"
"""How wide a figure stands on the page, for the browser's choice among `srcset`; see static/css/text.css."""


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """One place that shows a figure: its key, its text alternative and its caption in plain words."""

    key: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class FigureImage:
    """Where an image is served from. `sources` are (address, width in pixels), narrowest first."""

    width: int
    height: int
    sources: tuple[tuple[str, int], ...]


def figure_places(body: str) -> list[FigurePlace]:
    """Return every place of a canonical body that shows a figure, in reading order."""
    return [
        FigurePlace(
            figure.attributes["data-figure"],
            figure.attributes.get("data-alt", ""),
            text_of(figure.children),
        )
        for figure in _figures(tree.blocks(body))
    ]


def figure_keys(body: str) -> list[str]:
    """Return the keys of the figures that a canonical body shows, each once, in order."""
    return list(dict.fromkeys(place.key for place in figure_places(body)))


def image(picture: FigureImage | None, alt: str) -> str:
    """Return an image as markup with its text alternative; where there is none, an empty box that says so by its class."""
    if picture is None:
        named = f' role="img"{attribute("aria-label", alt)}' if alt else ""
        return f'<div class="figure-missing"{named}></div>'
    widest = picture.sources[-1][0]
    choices = ", ".join(f"{address} {width}w" for address, width in picture.sources)
    return (
        f"<img{attribute('src', widest)}{attribute('srcset', choices)}{attribute('sizes', SIZES)}"
        f"{attribute('width', str(picture.width))}{attribute('height', str(picture.height))}"
        f'{attribute("alt", alt)} loading="lazy" decoding="async">'
    )


def _figures(nodes: list[Element] | list[Node]) -> Iterator[Element]:
    for node in nodes:
        if isinstance(node, Element):
            if node.tag == "figure":
                yield node
            else:
                yield from _figures(node.children)
