"""A text as Markdown: CommonMark with tables, citations as bracketed numbers, sources at the end.

What Markdown has no form for is written so that nothing is lost and the importer reads it back:
callouts as quotations that begin with their kind, sub- and superscripts as tags, spans of cells
as empty cells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

from manuscript.content import tree
from manuscript.content.citations import numbers_of
from manuscript.content.inline import Citation, keys_of, locator_of
from manuscript.content.rendering import located
from manuscript.content.schema import CELLS, HEADINGS, LEAVES
from manuscript.content.tree import Element, Node
from manuscript.exporting.text import ExportedText
from manuscript.exporting.words import words_of

_SPECIAL: Final = re.compile(r"([\\`*_\[\]<>|~])")
_ENTITY: Final = re.compile(r"&(?=#?\w+;)")
_AT_START: Final = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-+\s*$|>|:)")
_NUMBER_AT_START: Final = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)")
_INSIDE: Final = re.compile(r"(?:\([^()\[\]]+\))?")
_AROUND: Final = {"strong": "**", "em": "*"}
_BULLETS: Final = ("- ", "* ")
_AFTER_NUMBER: Final = (". ", ") ")


def write(text: ExportedText) -> bytes:
    """Return the text as Markdown in UTF-8, with a front matter in YAML.

    :raises DanglingCitation: if the body cites a key that is not among the references.
    """
    return _Writer(text).document().encode()


def escape(text: str) -> str:
    """Return words so that Markdown takes them as they are."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split(" ")))
    return _ENTITY.sub(r"\\&", line)


def _start(line: str) -> str:
    """Return a line whose beginning opens no heading, list or quotation."""
    line = _NUMBER_AT_START.sub(r"\1\\\2", line)
    return _AT_START.sub(r"\1\\\2", line)


class _Writer:
    def __init__(self, text: ExportedText) -> None:
        self._text = text
        self._said = words_of(text.language)
        self._numbers = text.numbers

    def document(self) -> str:
        text = self._text
        parts = [self._front_matter(), f"# {_start(escape(text.title))}"]
        parts += self._blocks(tree.blocks(text.body))
        if text.references:
            parts.append(f"## {self._said['references']}")
            parts.append(
                "\n\n".join(f"[{row.number}] {self._entry(row.entry)}" for row in text.references)
            )
        return "\n\n".join(parts) + "\n"

    def _front_matter(self) -> str:
        text, standing = self._text, self._text.standing
        facts: dict[str, object] = {
            "title": text.title,
            "description": " ".join(text.summary.split()),
            "status": standing.status,
            "version": text.version,
            "draft": text.draft,
            "digest": text.digest,
            "language": text.language,
            "audience": text.audience_slug,
            "jurisdiction": text.jurisdiction,
            "address": text.address,
            "reviewers": [
                f"{person.name}, {person.credential}, {person.capacity}, {person.signed_on.isoformat()}"
                for person in standing.reviewers
            ],
            "notices": [
                f"{notice.kind}, {notice.on.isoformat()}: {notice.text}"
                for notice in standing.notices
            ],
            "ai": dict(text.ai_provenance),
            "disclaimers": [row["text"] for row in text.disclaimers],
        }
        lines = [
            line
            for name, value in facts.items()
            if value not in (None, "", [], {})
            for line in _yaml(name, value)
        ]
        return "\n".join(["---", *lines, "---"])

    def _blocks(self, blocks: Iterable[Node]) -> list[str]:
        """Return each block as Markdown; a list right behind a list gets the other marks, so that
        they stay two.
        """
        found: list[str] = []
        before, other = "", 0
        for block in blocks:
            if isinstance(block, Element):
                other = 1 - other if block.tag == before and block.tag in ("ul", "ol") else 0
                found.append(self._block(block, other))
                before = block.tag
        return found

    def _block(self, block: Element, other: int = 0) -> str:
        match block.tag:
            case tag if tag in HEADINGS:
                return f"{'#' * int(tag[1])} {self._one_line(block.children)}"
            case "ul" | "ol":
                return self._list(block, other)
            case "table":
                return self._table(block)
            case "blockquote":
                return _quoted("\n\n".join(self._inside(block.children)))
            case "aside":
                kind = block.attributes.get("data-callout", "note")
                return _quoted("\n\n".join([f"[!{kind.upper()}]", *self._inside(block.children)]))
            case "figure":
                return self._figure(block)
            case _:
                return self._paragraph(block.children)

    def _inside(self, blocks: Iterable[Node]) -> list[str]:
        """Return blocks inside another, where a heading opens no section and is bold words."""
        return self._blocks(
            Element("p", {}, [Element("strong", {}, list(one.children))])
            if isinstance(one, Element) and one.tag in HEADINGS
            else one
            for one in blocks
        )

    def _paragraph(self, nodes: Sequence[Node]) -> str:
        lines = self._inline(nodes).split("\n")
        return "\n".join(_start(line) for line in lines)

    def _one_line(self, nodes: Sequence[Node]) -> str:
        return _start(self._inline(nodes).replace("\\\n", " "))

    def _list(self, block: Element, other: int) -> str:
        start = int(block.attributes.get("start", "1"))
        items = [child for child in block.children if isinstance(child, Element)]
        written = []
        for number, item in enumerate(items, start):
            mark = _BULLETS[other] if block.tag == "ul" else f"{number}{_AFTER_NUMBER[other]}"
            lines = self._item(item).split("\n")
            indent = "\n" + " " * len(mark)
            written.append(mark + indent.join(lines))
        return re.sub(r"(?m)^ +$", "", "\n".join(written))

    def _item(self, item: Element) -> str:
        text, before, other = "", "", 0
        for child in item.children:
            if not isinstance(child, Element):
                continue
            other = 1 - other if child.tag == before and child.tag in ("ul", "ol") else 0
            if text:
                # CommonMark: only a bullet or a number 1 may follow a paragraph's line at once.
                opens = child.tag == "ul" or (child.tag == "ol" and not child.attributes)
                text += "\n" if before == "p" and opens else "\n\n"
            text += self._block(child, other)
            before = child.tag
        return text

    def _figure(self, block: Element) -> str:
        key = block.attributes["data-figure"]
        facts = self._text.figures.get(key)
        alt = escape(block.attributes.get("data-alt", ""))
        address = facts.address if facts else f"{self._text.address}#{key}"
        line = f"![{alt}]({address})"
        caption = [child for child in block.children if isinstance(child, Element)]
        return "\n\n".join([line, *(self._paragraph(child.children) for child in caption)])

    def _table(self, block: Element) -> str:
        caption = ""
        rows: list[list[str]] = []
        held: dict[tuple[int, int], str] = {}
        for section in block.children:
            if not isinstance(section, Element):
                continue
            if section.tag == "caption":
                caption = f"{self._one_line(section.children)}\n\n"
                continue
            for row in section.children:
                if isinstance(row, Element):
                    rows.append(self._row(row, len(rows), held))
        width = max(map(len, rows), default=0)
        lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
        lines.insert(1, f"|{' --- |' * width}")
        return caption + "\n".join(lines)

    def _row(self, row: Element, place: int, held: dict[tuple[int, int], str]) -> list[str]:
        """Return the cells of a row, one for each column; what a span covers is empty."""
        cells: list[str] = []
        for cell in row.children:
            if not isinstance(cell, Element) or cell.tag not in CELLS:
                continue
            while (place, len(cells)) in held:
                cells.append("")
            across = min(int(cell.attributes.get("colspan", "1")), 100)
            down = min(int(cell.attributes.get("rowspan", "1")), 100)
            for below in range(1, down):
                held.update({(place + below, len(cells) + right): "" for right in range(across)})
            cells += [self._cell(cell), *[""] * (across - 1)]
        while (place, len(cells)) in held:
            cells.append("")
        return cells

    def _cell(self, cell: Element) -> str:
        lines = [
            self._inline(leaf.children).replace("\\\n", "<br>")
            for leaf in tree.leaves(cell.children)
            if leaf.tag in LEAVES
        ]
        return "<br>".join(lines)

    def _inline(self, nodes: Iterable[Node]) -> str:
        pieces: list[str] = []
        for child in nodes:
            if isinstance(child, str):
                behind = bool(pieces) and pieces[-1].endswith("]") and child[0] in "(:["
                pieces.append(f"\\{child[0]}{escape(child[1:])}" if behind else escape(child))
            elif child.tag == "br":
                pieces.append("\\\n")
            elif child.tag == "cite":
                pieces.append(self._citation(child))
            elif child.tag == "a":
                inner = self._inline(child.children)
                pieces.append(f"[{inner}](<{child.attributes['href']}>)")
            elif child.tag in _AROUND:
                pieces.append(_marked(_AROUND[child.tag], child.tag, self._inline(child.children)))
            else:
                pieces.append(f"<{child.tag}>{self._inline(child.children)}</{child.tag}>")
        return "".join(pieces)

    def _citation(self, element: Element) -> str:
        keys = keys_of(element.attributes.get("data-refs", ""))
        locator = locator_of(element.attributes.get("data-locator"))
        numbers = numbers_of(Citation(keys, locator), self._numbers)
        shown, where = ",".join(map(str, numbers)), escape(located(locator))
        # In the brackets the importer reads it back; what has brackets of its own stands behind them.
        apart = not _INSIDE.fullmatch(where)
        return f"[{shown}] {where}" if apart else f"[{shown}{where}]"

    def _entry(self, entry: str) -> str:
        """Return a formatted entry: its links by their address, its italics, its words."""
        return "".join(map(self._entry_node, tree.parse(entry)))

    def _entry_node(self, node: Node) -> str:
        if isinstance(node, str):
            return escape(node)
        inner = "".join(map(self._entry_node, node.children))
        if node.tag == "a":  # by its address alone, as lists of references are read and typed
            return f"<{node.attributes.get('href', '')}>"
        return _marked("*", "em", inner)


def _marked(mark: str, tag: str, inner: str) -> str:
    """Return marked words. Where a mark of Markdown would not open or close, a tag stands."""
    words = inner.strip()
    if not words:
        return inner
    plain = words[0].isalnum() and words[-1].isalnum() and "*" not in words
    if not plain:
        return f"<{tag}>{inner}</{tag}>"
    lead = inner[: len(inner) - len(inner.lstrip())]
    tail = inner[len(inner.rstrip()) :]
    return f"{lead}{mark}{words}{mark}{tail}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _yaml(name: str, value: object) -> list[str]:
    """Return one fact as lines of YAML; text is quoted as JSON quotes it, which YAML reads."""
    if isinstance(value, dict):
        return [f"{name}:", *(f"  {key}: {_scalar(one)}" for key, one in value.items())]
    if isinstance(value, list):
        return [f"{name}:", *(f"  - {_scalar(one)}" for one in value)]
    return [f"{name}: {_scalar(value)}"]


def _scalar(value: object) -> str:
    text = str(value)
    if isinstance(value, str) and '"' in text and "'" not in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(value, ensure_ascii=False)
