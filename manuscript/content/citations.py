"""The citations of a body: which references, in which order, where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from manuscript.content import tree
from manuscript.content.inline import Citation, flatten, keys_of
from manuscript.content.markup import Reader, read
from manuscript.content.passages import passages


class DanglingCitation(KeyError):  # the field's term
    """A body cites a key that no reference stands behind."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key

    def __str__(self) -> str:
        return f"The text cites “{self.key}”, which is not among its references."


@dataclass(frozen=True, slots=True)
class CitationPlace:
    """One mention of one reference: its key, the locator, the sentence it stands in and that sentence's place."""

    key: str
    locator: str | None
    sentence: str
    place: str


def citations(body: str) -> Iterator[Citation]:
    """Yield the citations of a canonical body in reading order."""
    for leaf in tree.leaves(tree.blocks(body)):
        for item in flatten(leaf.children):
            if isinstance(item, Citation):
                yield item


def cited_keys(body: str) -> list[str]:
    """Return the cited keys, each once, in the order of their first citation."""
    return list(dict.fromkeys(key for citation in citations(body) for key in citation.keys))


def keys_as_typed(html: str) -> list[str]:
    """Return the keys that any HTML cites, each once, in order. It need not be canonical, and none is refused."""
    reader = _Cited()
    read(html, reader)
    return list(dict.fromkeys(reader.keys))


class _Cited(Reader):
    def __init__(self) -> None:
        self.keys: list[str] = []

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if name == "cite":
            self.keys += keys_of(attributes.get("data-refs", ""))


def mentions(body: str) -> dict[str, int]:
    """Return how many times each key is cited, for the links back from the reference list."""
    return dict(Counter(key for citation in citations(body) for key in citation.keys))


def number(body: str) -> dict[str, int]:
    """Return the number of each cited key, counted from 1 in the order of first citation (AMA Manual of Style)."""
    return {key: position for position, key in enumerate(cited_keys(body), start=1)}


def uncited(body: str, keys: Iterable[str]) -> list[str]:
    """Return those of `keys` that the body does not cite, in the order given."""
    cited = set(cited_keys(body))
    return [key for key in keys if key not in cited]


def citation_places(body: str) -> list[CitationPlace]:
    """Return every mention of every reference, in reading order, with the sentence, row or heading it stands in."""
    return [
        CitationPlace(key, citation.locator, sentence.text, sentence.place)
        for passage in passages(tree.blocks(body))
        for sentence in passage.sentences()
        for citation in sentence.citations
        for key in citation.keys
    ]


def numbers_of(citation: Citation, numbers: Mapping[str, int]) -> list[int]:
    """Return the numbers a citation shows, ascending.

    :raises DanglingCitation: if a key has no number.
    """
    found: list[int] = []
    for key in citation.keys:
        if key not in numbers:
            raise DanglingCitation(key)
        found.append(numbers[key])
    return sorted(found)
