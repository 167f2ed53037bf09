"""Regular markup written over in places: other keys in a body, more said in a rendering.

What is not meant is copied as it stands, so that the words of a text stay what they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from manuscript.content import tree
from manuscript.content.inline import keys_of
from manuscript.content.rendering import source_address
from manuscript.content.schema import KEY
from manuscript.content.tree import Element, attribute, escape

Edit = tuple[int, int, str]
"""From where, to where, and what is written there."""

_WITH_KEYS: Final = frozenset({"cite", "figure"})
_WITH_ADDITIONS: Final = frozenset({"cite", "a", "figure", "figcaption"})
NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})


def rekeyed(
    body: str,
    *,
    citations: Mapping[str, str] = NOTHING,
    figures: Mapping[str, str] = NOTHING,
) -> str:
    """Return a canonical body that cites `citations[key]` wherever it cited `key`, each once in a place, and shows
    `figures[key]` wherever it showed `key`. Keys that are in neither stay; the result is canonical.

    :raises NotCanonical: if `body` is not a canonical body.
    :raises ValueError: if a key would become something that is none.
    """
    return _written_over(body, _other_keys(body, citations, figures))


def annotated(
    rendering: str,
    *,
    link_attributes: Mapping[int, Mapping[str, str]] = NOTHING,
    figure_credits: Mapping[str, str] = NOTHING,
) -> str:
    """Return a rendering with more said in it: what was rendered stays, byte for byte, and in its order.

    `link_attributes` are for the links of citations, by their number. `figure_credits` are plain words by a figure's
    key, which stand at the end of its caption in an element of the class `figure-credit`.

    :raises NotCanonical: if `rendering` is not what `render` writes.
    """
    return _written_over(
        rendering,
        _additions(
            rendering,
            {
                source_address(number): "".join(attribute(*pair) for pair in more.items())
                for number, more in link_attributes.items()
            },
            {
                key: f'<span class="figure-credit">{escape(words)}</span>'
                for key, words in figure_credits.items()
                if words
            },
        ),
    )


def _written_over(markup: str, edits: Iterable[Edit]) -> str:
    pieces: list[str] = []
    copied = 0
    for start, end, written in edits:
        pieces += (markup[copied:start], written)
        copied = end
    return "".join([*pieces, markup[copied:]])


def _tags(markup: str, names: frozenset[str]) -> Iterator[re.Match[str]]:
    """Yield the tags of regular markup that are among `names`."""
    return (token for token in tree.tokens(markup) if token[2] in names)


def _other_keys(
    body: str, citations: Mapping[str, str], figures: Mapping[str, str]
) -> Iterator[Edit]:
    for token in _tags(body, _WITH_KEYS):
        closing, tag, markup, _text = token.groups()
        if closing:
            continue
        attributes = tree.attributes_of(markup)
        if tag == "cite":
            keys = keys_of(attributes.get("data-refs", ""))
            others = dict.fromkeys(_other(key, citations) for key in keys)
            attributes["data-refs"] = " ".join(others)
        else:
            attributes["data-figure"] = _other(attributes.get("data-figure", ""), figures)
        yield (*token.span(), tree.opening(Element(tag, attributes)))


def _other(key: str, others: Mapping[str, str]) -> str:
    other = others.get(key, key)
    if not KEY.fullmatch(other):
        raise ValueError(f"“{other}” is not a key.")
    return other


def _additions(
    rendering: str, of_links: Mapping[str, str], of_figures: Mapping[str, str]
) -> Iterator[Edit]:
    in_citation = False
    credit = ""
    for token in _tags(rendering, _WITH_ADDITIONS):
        closing, tag, markup, _text = token.groups()
        start, inside = token.start(), token.end() - len(">")
        match tag:
            case "cite":
                in_citation = not closing
            case "a" if in_citation and not closing and of_links:
                yield inside, inside, of_links.get(tree.attributes_of(markup).get("href", ""), "")
            case "figure" if not closing:
                credit = of_figures.get(tree.attributes_of(markup).get("data-figure", ""), "")
            case "figcaption" if closing and credit:
                yield start, start, f" {credit}"
                credit = ""
            case "figure" if credit:
                yield start, start, f"<figcaption>{credit}</figcaption>"
                credit = ""
