"""The references of a JATS article: each entry as CSL-JSON, found again by the ids that citations point at."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from manuscript.citing.csl import is_identified, normalise_csl
from manuscript.citing.refused import ReferenceRefused
from manuscript.importing.jats.csl import csl_of
from manuscript.importing.library import Library, Source, fit_label
from manuscript.importing.sources import is_search_page, read_source
from manuscript.importing.xml import attribute, line_of, words_of

if TYPE_CHECKING:
    from lxml import etree

    from manuscript.importing.notes import Notes
    from manuscript.importing.result import ImportedReference

_CITATIONS = frozenset({"element-citation", "mixed-citation", "citation", "nlm-citation"})
_LONGEST_RANGE = 100


class _Listed(Library):
    """A library whose list comes as records instead of lines."""

    def __init__(self, notes: Notes) -> None:
        super().__init__([], notes)
        self.has_list = True

    def add(self, label: str, line: int, csl: dict[str, Any]) -> str:
        """Add a record under `label`, or under a free one where two have the same; return the label."""
        if label in self._sources:
            first, label = label, self._free(label)
            self._notes.add(
                "repeated-label", line, f"{first} {csl.get('title', '')}".strip(),
                f"another reference is called {first}; this one became {label}",
            )  # fmt: skip
        identified = is_identified(csl) and not is_search_page(str(csl.get("URL", "")))
        self._labels[label] = label
        self._add(Source(label, line, csl, identified))
        return label


class References:
    """The list of references, by id and in order."""

    def __init__(self, article: etree._Element, notes: Notes) -> None:
        """Read every list of references of the article itself, not those of the texts that came with it."""
        self._notes = notes
        self._library = _Listed(notes)
        self._by_id: dict[str, list[str]] = {}
        self._order: list[str] = []
        self._places: dict[str, int] = {}
        for place in ("back", "body", "floats-group"):
            part = article.find(place)
            for reference in part.iter("ref") if part is not None else ():
                self._read(reference)

    def _read(self, reference: etree._Element) -> None:
        own = re.sub(r"[\[\]().\s]+", "", words_of(reference.find("label")))
        label = fit_label(own) if own else str(len(self._order) + 1)
        found = _citations(reference)
        labels: list[str] = []
        for number, citation in enumerate(found, 1):
            mine = label if number == 1 else f"{label}-{number}"
            line = line_of(citation)
            taken = self._library.add(mine, line, self._csl(citation, line))
            labels.append(taken)
            if identity := attribute(citation, "id"):
                self._by_id.setdefault(identity, [taken])
        if not found and (words := words_of(reference)):
            csl, _ = read_source(words)
            labels.append(
                self._library.add(label, line_of(reference), self._normal(csl, line_of(reference)))
            )
        for extra in reference.iterfind("note"):
            self._notes.add(
                "reference-note-set-aside", line_of(extra), f"{label} {words_of(extra)}"
            )
        if not labels:
            return
        if identity := attribute(reference, "id"):
            self._by_id[identity] = labels
        self._places[labels[0]] = len(self._order)
        self._order.append(labels[0])
        self._by_id.setdefault(f"#{labels[0]}", labels)

    def _csl(self, citation: etree._Element, line: int) -> dict[str, Any]:
        csl = csl_of(citation)
        words = words_of(citation)
        if "title" not in csl or (citation.tag == "mixed-citation" and not _is_full(csl)):
            typed, _ = read_source(words)
            kind = typed.pop("type")
            csl = {**typed, **csl}
            if csl["type"] == "document":
                csl["type"] = kind
            csl["note"] = words
        return self._normal(csl, line)

    def _normal(self, csl: dict[str, Any], line: int) -> dict[str, Any]:
        """Return `csl` in the library's one form; a field that cannot be is noted and left out."""
        for _ in range(len(csl)):
            try:
                return {key: value for key, value in normalise_csl(csl).items() if key != "id"}
            except ReferenceRefused as refusal:
                if refusal.field not in csl or refusal.field == "type":
                    break
                left_out = f"{refusal.field}: {csl.pop(refusal.field)}"
                self._notes.add("reference-field-left-out", line, left_out, str(refusal))
        return {"type": "document", "note": str(csl.get("note") or csl.get("title") or "")}

    def knows(self, ids: str) -> bool:
        """Whether one of `ids` (separated by spaces) is a reference of the list."""
        return any(identity in self._by_id for identity in ids.split())

    def labels(self, ids: str) -> list[str]:
        """Return the labels that `ids` point at."""
        found = [label for identity in ids.split() for label in self._by_id.get(identity, ())]
        return list(dict.fromkeys(found))

    def numbered(self, label: str) -> list[str]:
        """Return the labels of the entry that the list numbers `label`, or nothing."""
        return self._by_id.get(f"#{label}", []) if label in self._places else []

    def between(self, first: str, last: str) -> list[str]:
        """Return the labels from `first` to `last` in the list's order; nothing when that is no range."""
        start, end = self._place(first), self._place(last)
        if start is None or end is None or not start < end <= start + _LONGEST_RANGE:
            return []
        return [label for one in self._order[start : end + 1] for label in self._by_id[f"#{one}"]]

    def _place(self, label: str) -> int | None:
        if label in self._places:
            return self._places[label]
        return next(
            (at for at, one in enumerate(self._order) if label in self._by_id[f"#{one}"]), None
        )

    def cite(self, labels: list[str], line: int) -> None:
        """Note that the text cites `labels`."""
        for label in labels:
            self._library.cited(label, line, label)

    def missing(self, ids: str, words: str, line: int) -> None:
        """Note a citation that points at nothing."""
        self._notes.add("citation-without-reference", line, words or ids, f"the list has no {ids}")

    def finished(self) -> tuple[ImportedReference, ...]:
        """Note what an editor should look at in the references, and return them."""
        return self._library.finished()


def _is_full(csl: dict[str, Any]) -> bool:
    return "issued" in csl and ("author" in csl or "container-title" in csl or "publisher" in csl)


def _citations(reference: etree._Element) -> list[etree._Element]:
    """Return the citations of one entry; of several forms of one, the best marked-up."""
    found: list[etree._Element] = []
    for child in reference:
        if child.tag in _CITATIONS:
            found.append(child)
        elif child.tag == "citation-alternatives":
            forms = [one for one in child if one.tag in _CITATIONS]
            forms.sort(key=lambda one: one.tag == "mixed-citation")
            found += forms[:1]
    return found
