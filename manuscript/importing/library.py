"""The references of one document: those it lists, those it links to, and those it only numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from manuscript.importing.result import ImportedReference
from manuscript.importing.sources import is_search_page, read_source

if TYPE_CHECKING:
    from manuscript.importing.notes import Notes
    from manuscript.importing.sections import Entry

_UNFIT = re.compile(r"[^a-z0-9._-]+")
_UNLISTED = "which gives no such reference"


@dataclass
class Source:
    """One source while the document is read."""

    label: str
    line: int
    csl: dict[str, Any]
    identified: bool
    cited: bool = False


class Library:
    """Sources by label, in the order of the list and then of first citation.

    A label is a part of a key, so two names that a document has for sources ("é", "ö") may fit to one; each gets its
    own label, and what the document cites by a name is what it lists under that name.
    """

    def __init__(self, entries: list[Entry], notes: Notes) -> None:
        """Read the document's own list. Entries without a label count on from the one before."""
        self._notes = notes
        self._sources: dict[str, Source] = {}
        self._labels: dict[str, str] = {}
        self._by_url: dict[str, Source] = {}
        names = [plain_label(entry.label) for entry in entries]
        self._highest = max((int(name) for name in names if name.isdecimal()), default=0)
        self.has_list = bool(entries)
        self._repeats: Counter[str] = Counter()
        following = 0
        for entry, name in zip(entries, names, strict=True):
            following = int(name) if name.isdecimal() else following + 1
            self._list(entry, name or str(following))

    def _list(self, entry: Entry, name: str) -> None:
        csl, identified = read_source(entry.text)
        shown = f"{entry.label} {entry.text}".strip()
        label = self._labels.get(name) or self._label(name)
        if label in self._sources:
            if self._sources[label].csl == csl:
                self._notes.add(
                    "repeated-source", entry.line, shown, f"listed twice as {label}: one was kept"
                )
                return
            first, label = label, self._free(label)
            self._notes.add(
                "repeated-label",
                entry.line,
                shown,
                f"another reference is called {first}; this one became {label}",
            )
        self._add(Source(label, entry.line, csl, identified))

    def _label(self, name: str) -> str:
        """Return the label of what the document calls `name` from now on; one that nobody has."""
        label = fit_label(name)
        if label in self._sources:
            label = self._free(label)
        self._labels[name] = label
        return label

    def _free(self, label: str) -> str:
        """Return a label that nobody has: the next number, or `label` with a number behind it."""
        if label.isdecimal():
            return str(self._highest + 1)
        self._repeats[label] += 1
        free = f"{label[:50]}-{self._repeats[label] + 1}"
        return free if free not in self._sources else self._free(label)

    def _add(self, source: Source) -> Source:
        self._sources[source.label] = source
        if "URL" in source.csl:
            self._by_url.setdefault(source.csl["URL"], source)
        if source.label.isdecimal():
            self._highest = max(self._highest, int(source.label))
        return source

    @property
    def labels(self) -> frozenset[str]:
        """What the document calls the sources that it lists, and the labels they have."""
        return frozenset(self._labels) | frozenset(self._sources)

    def cited(self, called: str, line: int, excerpt: str) -> str:
        """Return the label of the source that the document calls `called`, making an unidentified source when none is
        listed.
        """
        name = plain_label(called)
        source = self._sources.get(self._labels.get(name, ""))
        if source is None:
            label = self._label(name)
            note = f"Cited as {label} in the imported text, {_UNLISTED}."
            source = self._add(
                Source(label, line, {"type": "document", "note": note}, identified=False)
            )
            if self.has_list:
                self._notes.add(
                    "citation-without-reference", line, excerpt, f"the list has no {label}"
                )
        source.cited = True
        return source.label

    def linked(self, words: str, url: str, title: str, line: int) -> str:
        """Return the label of the source that a citing link leads to."""
        source = self._by_url.get(url)
        if source is None:
            csl, identified = read_source(f"[{title}]({url})" if title else url)
            csl |= {"type": "webpage" if csl["type"] == "document" else csl["type"], "URL": url}
            name = plain_label(words.strip("[]^() "))
            if not name.isdecimal() or title:
                csl["note"] = f"Linked as “{words}”" + (f" ({title})." if title else ".")
            numbered = name.isdecimal() and len(name) < 4 and name not in self._sources
            label = self._label(name) if numbered else str(self._highest + 1)
            source = self._add(Source(label, line, csl, identified))
        source.cited = True
        return source.label

    def finished(self) -> tuple[ImportedReference, ...]:
        """Note what an editor should look at in the references, and return them."""
        seen: dict[str, str] = {}
        cites = any(source.cited for source in self._sources.values())
        for source in self._sources.values():
            shown = f"{source.label} {_shown(source.csl)}"
            if not source.identified:
                self._notes.add("reference-to-identify", source.line, shown, _advice(source.csl))
            if not source.cited:
                advice = "cite it where it supports the text, or leave it out"
                self._notes.add(
                    "reference-never-cited",
                    source.line,
                    shown,
                    advice if cites else f"the text cites nothing: {advice}",
                )
            for identity in _identities(source.csl):
                if seen.setdefault(identity, source.label) != source.label:
                    self._notes.add(
                        "repeated-source",
                        source.line,
                        shown,
                        f"the same source as {seen[identity]}: cite one of them",
                    )
                    break
        return tuple(
            ImportedReference(
                source.label, {"id": f"imported-{source.label}", **source.csl}, source.identified
            )
            for source in self._sources.values()
        )


def fit_label(label: str) -> str:
    """Return `label` as a part of a key: lower-case letters, digits, dots and hyphens. Two may fit to one."""
    decomposed = unicodedata.normalize("NFKD", plain_label(label))
    plain = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return _UNFIT.sub("-", plain).strip("-._")[:60] or "x"


def plain_label(label: str) -> str:
    """Return `label` so that two ways to write one are equal: "¹", "1" and "٠١" are 1, "Note" and "note" are one."""
    name = unicodedata.normalize("NFKC", label).casefold().strip()
    return str(int(name[:9])) if name.isdecimal() else name


def _shown(csl: dict[str, Any]) -> str:
    return str(csl.get("title") or csl.get("URL") or csl.get("note") or "")[:300]


def _advice(csl: dict[str, Any]) -> str:
    if is_search_page(csl.get("URL", "")):
        return "a search page is no source: find the page it led to"
    if "URL" in csl:
        return "give the page's title and publisher"
    return "find the source and give its DOI, PMID or address"


def _identities(csl: dict[str, Any]) -> list[str]:
    """Return what two entries share only when they are one source."""
    found = [f"{name}:{csl[name].lower()}" for name in ("DOI", "PMID") if name in csl]
    if "URL" in csl:
        address = csl["URL"].split("#")[0].rstrip("/").lower()
        found.append("url:" + address.split("://", 1)[-1].removeprefix("www."))
    note = str(csl.get("note", ""))
    if not found and note and _UNLISTED not in note:
        found.append("note:" + " ".join(note.lower().split()))
    return found
