"""Citing anchors: the numbers in a page's text that lead to its own list of references, and that list."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin

from manuscript.importing.html.tree import BLOCKS, integer, words
from manuscript.importing.library import fit_label
from manuscript.importing.sections import Entry, opens_references
from manuscript.importing.sources import is_sourcelike
from manuscript.importing.xml import line_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.notes import Notes

_NUMBER = re.compile(r"[\[(]?\s*(\d{1,3})\s*[\])]?\.?")
_LABELLED = re.compile(r"\s*[\[(]?(\d{1,3})(?:[\])]\.?|\.(?=\s|$))\s*")
_BACK = re.compile(
    r"[\s^↑↩︎⏎⤴a-z\d.,]{0,6}|jump up(?: to)?:?|back(?: to (?:text|top|content))?", re.IGNORECASE
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_EDIT = re.compile(r"\[\s*edit\s*\]$")
_ITEMS = frozenset({"li", "p", "div", "dd", "td", "tr", "cite", "span", "section"})


class Anchors:
    """What the page's inner links lead to. `taken` are elements that are read already and show nothing more."""

    def __init__(self, root: etree._Element, main: etree._Element, notes: Notes) -> None:
        self.taken: set[etree._Element] = set()
        self.backlinks: set[str] = set()
        self.entries: list[Entry] = []
        self._labels: dict[str, str] = {}
        self._footnotes: dict[str, etree._Element] = {}
        self._notes = notes
        self.base, self._page = _addresses(root)
        self._ids: dict[str, etree._Element] = {}
        for one in root.iter():
            for name in (one.get("id"), one.get("name") if one.tag == "a" else None):
                if name:
                    self._ids.setdefault(name, one)
        self._read(main)

    def is_own(self, href: str) -> bool:
        """Whether `href` leads to a place of this page by its whole address."""
        return (
            "#" in href
            and bool(self._page)
            and urljoin(self.base, href).split("#")[0] == self._page
        )

    def label(self, href: str) -> str:
        """Return the label of the reference that `href` leads to, or ""."""
        return self._labels.get(unquote(href.rpartition("#")[2]), "")

    def _read(self, main: etree._Element) -> None:
        """Find the entries that numbers in the text lead to, and take their lists off the page."""
        targets: dict[str, str] = {}
        places: dict[str, int] = {}
        order = {one: at for at, one in enumerate(main.iter())}
        for link in main.iter("a"):
            href = link.get("href") or ""
            if not href.startswith("#") and not self.is_own(href):
                continue
            name = unquote(href.rpartition("#")[2])
            number = _NUMBER.fullmatch(words(link))
            target = self._ids.get(name)
            if number is None or target is None:
                continue
            places.setdefault(name, order[link])
            if target not in order or order[target] > places[name]:
                targets.setdefault(name, number[1])
        items: dict[etree._Element, str] = {}
        for name, label in targets.items():
            item = _item_of(self._ids[name])
            if item is not None and not item.tag.startswith("h") and len(words(item)) > 8:
                items.setdefault(item, label)
                self._labels[name] = items[item]
        self._take_lists(items)

    def _take_lists(self, items: dict[etree._Element, str]) -> None:
        parents = Counter(item.getparent() for item in items)
        for parent in [one for one in parents if one is not None]:
            heading = _heading_before(parent)
            own = [item for item in items if item.getparent() is parent]
            sources = sum(is_sourcelike(entry_text(item, self.base)) for item in own)
            if heading is None and 2 * sources < len(own):
                self._keep_footnotes(own)
                continue
            whole = parent.tag in {"ol", "ul", "tbody", "table"} or parents[parent] > 1
            start = integer(parent.get("start")) or 1
            number = start - 1
            for child in list(parent):
                number += 1
                label = items.get(child) or (
                    str(number) if whole and child.tag in {"li", "tr"} else ""
                )
                if label and child not in self.taken:
                    self._take(child, label)
            if heading is not None and all(
                child in self.taken or not words(child) for child in parent
            ):
                self._notes.add("reference-list-set-aside", line_of(heading), words(heading))
                self.taken.add(heading)

    def _keep_footnotes(self, items: list[etree._Element]) -> None:
        """Take notes that are no sources off their place: each goes below the paragraph that points at it."""
        for item in items:
            self.taken.add(item)
            for one in item.iter():
                if name := one.get("id"):
                    self._labels.pop(name, None)
                    self._footnotes.setdefault(name, item)
            for above in item.iterancestors():
                if (name := above.get("id")) and self._labels.pop(name, None):
                    self._footnotes.setdefault(name, item)
            for link in item.iter("a"):
                if (link.get("href") or "").startswith("#"):
                    self.taken.add(link)

    def footnote(self, href: str) -> etree._Element | None:
        """Return the note that `href` leads to, or None."""
        return self._footnotes.get(unquote(href.rpartition("#")[2]))

    def _take(self, item: etree._Element, label: str) -> None:
        self.taken.add(item)
        for one in item.iter():
            if name := one.get("id"):
                self._labels.setdefault(name, label)
        for link in item.iter("a"):
            if (link.get("href") or "").startswith("#"):
                self.backlinks.add((link.get("href") or "")[1:])
        shown = entry_text(item, self.base)
        if number := _LABELLED.match(shown):
            shown = shown[number.end() :]
        self.entries.append(Entry(fit_label(label), line_of(item), shown))


def _heading_before(parent: etree._Element) -> etree._Element | None:
    """Return the heading of a list of references that stands right before `parent`, or None."""
    place: etree._Element | None = parent
    for _ in range(4):
        if place is None:
            return None
        before = place.getprevious()
        while before is not None and not words(before):
            before = before.getprevious()
        if before is not None:
            heading = next((one for one in before.iter() if str(one.tag) in _HEADINGS), None)
            shown = "" if heading is None else _EDIT.sub("", words(heading)).strip()
            found = (
                heading is not None
                and opens_references(shown) == ""
                and words(before).startswith(shown)
            )
            return heading if found else None
        place = place.getparent()
    return None


def _addresses(root: etree._Element) -> tuple[str, str]:
    """Return the address against which links are read, and the page's own; "" where the page does not say."""
    own = next(
        (
            one.get("href") or ""
            for one in root.iter("link")
            if (one.get("rel") or "").lower() == "canonical"
        ),
        "",
    )
    own = own or next(
        (one.get("content") or "" for one in root.iter("meta") if one.get("property") == "og:url"),
        "",
    )
    base = next((one.get("href") or "" for one in root.iter("base")), "")
    found = urljoin(own, base) if base else own
    return (found if found.startswith(("http://", "https://")) else "", own.split("#")[0])


def _item_of(element: etree._Element) -> etree._Element | None:
    """Return the block that an anchor's target stands for: itself, or the item around it."""
    for one in (element, *element.iterancestors()):
        if one.tag in {"li", "p", "tr", "dd"}:
            return one
        if one.tag in BLOCKS and one.tag not in {"td", "div", "section"}:
            return None
        if one.tag in _ITEMS and one.tag != "span" and words(one) and one.tag != "td":
            return one
    return None


def entry_text(item: etree._Element, base: str) -> str:
    """Return the words of an entry, its links written as `[words](address)`, without the links back to the text."""
    shown = words(item, lambda node: _link_text(node, base))
    return re.sub(r"^(?:[\^↑]\s*)+", "", shown)


def _link_text(node: etree._Element, base: str) -> str | None:
    """Return a link as it is written into an entry: its words, its address or both; None for what is no link."""
    if "mw-cite-backlink" in (node.get("class") or ""):
        return ""
    href = node.get("href") or ""
    if node.tag != "a" or not href:
        return None
    shown = words(node)
    if len(shown) > 2 and shown[0] == shown[-1] == '"':
        shown = shown[1:-1]
    if href.startswith("#"):
        return "" if _BACK.fullmatch(shown) else shown
    address = urljoin(base, href) if base else href
    if not address.startswith(("http://", "https://")) or "/wiki/" in address:
        return shown
    if (shown and shown in address) or shown.startswith("http"):
        if "doi.org/" not in address and "pubmed" not in address:
            return address
        return shown if shown == address else f"{shown} {address}"
    return f"[{shown}]({address})" if shown and "[" not in shown else f"{shown} {address}"
