"""Inline content as a flat line of marked text, breaks and citations, and its one canonical nesting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final, NamedTuple

from manuscript.content.characters import clean, nfc
from manuscript.content.schema import BLOCKS, KEY, MAX_LOCATOR
from manuscript.content.tree import Element, Node


class Marks(NamedTuple):
    """What a stretch of text is marked with. Sub and sup exclude each other."""

    href: str | None = None
    strong: bool = False
    em: bool = False
    script: str | None = None

    def common(self, other: Marks) -> Marks:
        """Return the marks that both carry."""
        return Marks(
            self.href if self.href == other.href else None,
            self.strong and other.strong,
            self.em and other.em,
            self.script if self.script == other.script else None,
        )


PLAIN: Final = Marks()


@dataclass(frozen=True, slots=True)
class Text:
    """Text under one set of marks."""

    text: str
    marks: Marks = PLAIN


@dataclass(frozen=True, slots=True)
class Break:
    """A line break."""

    marks: Marks = PLAIN


@dataclass(frozen=True, slots=True)
class Citation:
    """A place that cites one or more references. It carries no marks: it is never bold."""

    keys: tuple[str, ...]
    locator: str | None = None
    marks: Marks = PLAIN


Inline = Text | Break | Citation


def keys_of(data_refs: str) -> tuple[str, ...]:
    """Return the well-formed keys of a `data-refs` value, each once, in the order given."""
    return tuple(dict.fromkeys(key for key in data_refs.lower().split() if KEY.fullmatch(key)))


def locator_of(data_locator: str | None) -> str | None:
    """Return the canonical form of a locator, or None for an empty one."""
    locator = clean(data_locator or "").strip()[:MAX_LOCATOR].strip()
    return locator or None


def flatten(nodes: Iterable[Node], marks: Marks = PLAIN) -> Iterator[Inline]:
    """Yield what is in `nodes` in order. The end of a block inside (a paragraph in a heading) counts as a space."""
    for node in nodes:
        if isinstance(node, str):
            yield Text(node, marks)
        elif node.tag == "br":
            yield Break()
        elif node.tag == "cite" and (keys := keys_of(node.attributes.get("data-refs", ""))):
            yield Citation(keys, locator_of(node.attributes.get("data-locator")))
        elif node.tag in BLOCKS or node.tag == "div":
            yield Text(" ")
            yield from flatten(node.children, marks)
            yield Text(" ")
        else:
            yield from flatten(node.children, _marked(marks, node))


def _marked(marks: Marks, element: Element) -> Marks:
    match element.tag:
        case "strong":
            return marks._replace(strong=True)
        case "em":
            return marks._replace(em=True)
        case "sub" | "sup":
            return marks._replace(script=element.tag)
        case "a":
            return marks._replace(href=element.attributes.get("href"))
        case _:
            return marks


def tidy(line: Iterable[Inline]) -> list[Inline]:
    """Return the canonical line: spaces collapsed, none at the edges, beside a break or before a citation.

    A space carries only the marks that both its neighbours carry, so `<b>a </b>b` and `<b>a</b> b` are one text.
    Neighbouring citations become one where neither has a locator. Breaks at the edges are dropped.
    """
    out: list[Inline] = []
    space = False
    for item in _merged(line):
        if isinstance(item, Text):
            before = out[-1].text[-1] if out and isinstance(out[-1], Text) and not space else ""
            text = clean(item.text, before=before)
            core = text.strip(" ")
            space = space or text.startswith(" ")
            if core:
                if space and out and not isinstance(out[-1], Break):
                    out.append(Text(" ", out[-1].marks.common(item.marks)))
                out.append(Text(core, item.marks))
                space = text.endswith(" ")
            else:
                space = space or text.endswith(" ")
        elif isinstance(item, Break):
            space = False
            if out:
                out.append(item)
        else:
            space = False
            last = out[-1] if out else None
            if isinstance(last, Citation) and last.locator is None and item.locator is None:
                out[-1] = Citation(tuple(dict.fromkeys(last.keys + item.keys)))
            else:
                out.append(item)
    while out and isinstance(out[-1], Break):
        out.pop()
    return [
        Text(nfc(item.text), item.marks) if isinstance(item, Text) else item
        for item in _merged(out)
    ]


def _merged(line: Iterable[Inline]) -> Iterator[Inline]:
    pending: list[str] = []
    marks = PLAIN
    for item in line:
        if isinstance(item, Text) and (not pending or item.marks == marks):
            pending.append(item.text)
            marks = item.marks
            continue
        if pending:
            yield Text("".join(pending), marks)
            pending = []
        if isinstance(item, Text):
            pending, marks = [item.text], item.marks
        else:
            yield item
    if pending:
        yield Text("".join(pending), marks)


_NESTING: Final[tuple[Callable[[Marks], str | bool | None], ...]] = (
    lambda marks: marks.href,
    lambda marks: marks.strong,
    lambda marks: marks.em,
    lambda marks: marks.script,
)


def build(line: Iterable[Inline], level: int = 0) -> list[Node]:
    """Return the line as nodes, marks nested in the one order a > strong > em > sub or sup."""
    if level == len(_NESTING):
        return [_leaf(item) for item in line]
    nodes: list[Node] = []
    mark = _NESTING[level]
    for value, group in groupby(line, key=lambda item: mark(item.marks)):
        inner = build(group, level + 1)
        if not value:
            nodes.extend(inner)
        elif level == 0:
            nodes.append(Element("a", {"href": str(value)}, inner))
        else:
            nodes.append(Element(("strong", "em", str(value))[level - 1], {}, inner))
    return nodes


def _leaf(item: Inline) -> Node:
    if isinstance(item, Text):
        return item.text
    if isinstance(item, Break):
        return Element("br")
    attributes = {"data-refs": " ".join(item.keys)}
    if item.locator is not None:
        attributes["data-locator"] = item.locator
    return Element("cite", attributes)


def text_of(nodes: Iterable[Node]) -> str:
    """Return the text of inline content in one line: citations left out, breaks as spaces, in normal form C."""
    return nfc(
        "".join(
            item.text if isinstance(item, Text) else " " * isinstance(item, Break)
            for item in flatten(nodes)
        )
    ).strip()
