"""Tracked changes: counted, and accepted or rejected as Word would.

ECMA-376 part 1, 17.13.5. A paragraph's properties belong to its mark, so where a mark goes, what is left joins the
paragraph behind it, under that paragraph's mark.
"""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from manuscript.importing.docx.names import Element, W, local
from manuscript.importing.result import ImportRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

_IN: Final = (f"{W}ins", f"{W}moveTo")
_OUT: Final = (f"{W}del", f"{W}moveFrom")
_CELLS: Final = {f"{W}cellIns": "insertion", f"{W}cellDel": "deletion"}
_FORMER: Final = ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "tblPrExChange")  # fmt: skip
_KEPT: Final = {"pPrChange": ("rPr", "sectPr")}
_MOST_NAMES: Final = 3


class TrackedChanges(ImportRefused):
    """The document has tracked changes and nobody has said what becomes of them. `count`: how many there are."""

    def __init__(self, insertions: int, deletions: int, authors: Sequence[str]) -> None:
        self.count = insertions + deletions
        self.insertions = insertions
        self.deletions = deletions
        self.authors = tuple(authors)
        more = len(authors) - _MOST_NAMES
        names = ", ".join(authors[:_MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
        by = f" by {names}" if names else ""
        super().__init__(
            f"The document has tracked changes, {_plural(insertions, 'insertion')} and {_plural(deletions, 'deletion')}{by}: say whether to accept or reject them."
        )


def _plural(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def refuse_open(roots: Sequence[Element]) -> None:
    """Refuse a document whose insertions or deletions are neither accepted nor rejected.

    :raises TrackedChanges: when there is any. Changes of mere formatting are not asked about.
    """
    found: Counter[str] = Counter()
    authors: dict[str, None] = {}
    for root in roots:
        for element in root.iter(*_IN, *_OUT, *_CELLS):
            parent = element.getparent()
            if parent is None or local(parent) in {"numPr", "ctrlPr"}:
                continue
            kind = _CELLS.get(str(element.tag)) or (
                "insertion" if element.tag in _IN else "deletion"
            )
            found[kind] += 1
            if author := " ".join((element.get(f"{W}author") or "").split())[:80]:
                authors[author] = None
    if found:
        raise TrackedChanges(found["insertion"], found["deletion"], list(authors))


def resolve(root: Element, *, accept: bool) -> None:
    """Accept or reject every tracked change below `root`, in place."""
    _settle_formatting(root, accept=accept)
    gone, kept = (_OUT, _IN) if accept else (_IN, _OUT)
    _settle_rows(root, gone, f"{W}{'cellDel' if accept else 'cellIns'}")
    broken = _broken_marks(root, gone)
    for element in list(root.iter(*gone)):
        parent = element.getparent()
        if parent is None:
            continue
        if local(parent) == "numPr":
            _remove(parent)
        elif local(parent) not in {"rPr", "trPr", "ctrlPr"}:
            _remove(element)
    for element in list(root.iter(*kept)):
        _unwrap(element)
    if not accept:
        for element in root.iter(f"{W}delText", f"{W}delInstrText"):
            element.tag = f"{W}t" if local(element) == "delText" else f"{W}instrText"
    for paragraph in broken:
        _join(paragraph)


def _settle_formatting(root: Element, *, accept: bool) -> None:
    for name in _FORMER:
        for change in list(root.iter(f"{W}{name}")):
            parent = change.getparent()
            if parent is None:
                continue
            former = next(iter(change), None)
            parent.remove(change)
            if accept:
                continue
            for child in list(parent):
                if local(child) not in _KEPT.get(name, ()):
                    parent.remove(child)
            for at, child in enumerate(former if former is not None else ()):
                parent.insert(at, deepcopy(child))


def _settle_rows(root: Element, gone: tuple[str, ...], cell_mark: str) -> None:
    for table in list(root.iter(f"{W}tbl")):
        for row in list(table.iter(f"{W}tr")):
            properties = row.find(f"{W}trPr")
            if properties is not None and any(properties.find(tag) is not None for tag in gone):
                _remove(row)
        for mark in list(table.iter(cell_mark)):
            cell = next(mark.iterancestors(f"{W}tc"), None)
            if cell is not None and cell.getparent() is not None:
                _remove(cell)
        if next(table.iter(f"{W}tc"), None) is None:
            _remove(table)


def _broken_marks(root: Element, gone: tuple[str, ...]) -> list[Element]:
    """Return the paragraphs whose marks go, in document order."""
    found: list[Element] = []
    for tag in gone:
        for mark in root.iter(tag):
            holder = mark.getparent()
            properties = holder.getparent() if holder is not None else None
            if properties is None or holder is None or local(holder) != "rPr":
                continue
            paragraph = properties.getparent()
            if local(properties) == "pPr" and paragraph is not None:
                found.append(paragraph)
    order = {id(paragraph): paragraph for paragraph in found}
    if not order:
        return []
    return [paragraph for paragraph in root.iter(f"{W}p") if id(paragraph) in order]


def _join(paragraph: Element) -> None:
    """Move what `paragraph` holds to the front of the paragraph behind it."""
    content = [child for child in paragraph if local(child) != "pPr"]
    following = paragraph.getnext()
    while following is not None and local(following) in {
        "bookmarkStart", "bookmarkEnd", "proofErr", "commentRangeStart", "commentRangeEnd",
        "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
        "permStart", "permEnd",
    }:  # fmt: skip
        following = following.getnext()
    if following is None or local(following) != "p":
        parent = paragraph.getparent()
        in_cell = parent is not None and local(parent) == "tc"
        if not in_cell and not any(local(child) not in {"bookmarkStart", "bookmarkEnd"} for child in content):  # fmt: skip
            _remove(paragraph)
        return
    at = 1 if len(following) and local(following[0]) == "pPr" else 0
    for offset, child in enumerate(content):
        following.insert(at + offset, child)
    _remove(paragraph)


def _unwrap(element: Element) -> None:
    """Put the children of `element` in its place; an empty one, a mere mark, goes."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for offset, child in enumerate(list(element)):
        parent.insert(at + offset, child)
    _remove(element)


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
