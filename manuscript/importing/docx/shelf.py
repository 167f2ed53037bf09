"""The sources that fields and notes cite, each once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from manuscript.citing.csl import ReferenceRefused, normalise_csl
from manuscript.citing.identifiers import normalise_doi, normalise_pmid
from manuscript.citing.vocabulary import TYPES
from manuscript.importing.result import ImportedReference
from manuscript.importing.sources import read_source

if TYPE_CHECKING:
    from manuscript.importing.docx.fields import Cited
    from manuscript.importing.notes import Notes

_PMID: Final = re.compile(r"\bPMID:\s*(\d{1,9})\b")
_PMCID: Final = re.compile(r"\bPMCID:\s*(PMC\d{1,9})\b")
_MEANT: Final = re.compile(r"\W+")
_TRIES: Final = 20


class Shelf:
    """Sources in the order of their first citation, known by handles until the document's labels are known."""

    def __init__(self, notes: Notes) -> None:
        self._notes = notes
        self._sources: list[tuple[dict[str, Any], bool, int]] = []
        self._known: dict[str, str] = {}
        self._cited: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._sources)

    def cite(self, cited: Cited, line: int) -> str:
        """Put a source of a field on the shelf, once, and return its handle."""
        csl = dict(cited.csl)
        uri = str(csl.pop("__uri", "") or "")
        csl = self._checked(csl, line)
        identified = any(csl.get(name) for name in ("DOI", "PMID", "PMCID")) or bool(
            csl.get("title") and (csl.get("URL") or csl.get("author"))
        )
        return self._put(csl, line, uri=uri, identified=identified, cited=True)

    def cite_words(self, words: str, line: int) -> str:
        """Put a source that a note writes out on the shelf and return its handle."""
        csl, identified = read_source(words)
        return self._put(csl, line, uri="", identified=identified, cited=True)

    def list_words(self, words: str, line: int) -> None:
        """Put an entry of a generated list on the shelf unless a field has cited it."""
        meant = _MEANT.sub("", words.lower())
        for csl, _, _ in self._sources:
            title = _MEANT.sub("", str(csl.get("title", "")).lower())
            doi = _MEANT.sub("", str(csl.get("DOI", "")).lower())
            if (len(title) > 8 and title in meant) or (doi and doi in meant) or (title and title == meant):  # fmt: skip
                return
        csl, identified = read_source(re.sub(r"^\s*[\[(]?\d{1,3}[\])]?[.)]?\s+", "", words))
        self._put(csl, line, uri="", identified=identified, cited=False)

    def _put(self, csl: dict[str, Any], line: int, *, uri: str, identified: bool, cited: bool) -> str:  # fmt: skip
        keys = _identities(csl, uri)
        handle = next((self._known[key] for key in keys if key in self._known), "")
        if not handle:
            handle = f"s{len(self._sources)}"
            self._sources.append((csl, identified, line))
        for key in keys:
            self._known.setdefault(key, handle)
        if cited:
            self._cited.add(handle)
        return handle

    def _checked(self, csl: dict[str, Any], line: int) -> dict[str, Any]:
        """Return checked CSL-JSON; a field that cannot stand goes to the note, and is noted."""
        record = {key: value for key, value in csl.items() if key != "id"}
        if record.get("type") not in TYPES:
            record["type"] = "document"
        note = record.get("note")
        if isinstance(note, str):
            for pattern, name in ((_PMID, "PMID"), (_PMCID, "PMCID")):
                if name not in record and (found := pattern.search(note)):
                    record[name] = found[1]
        for _ in range(_TRIES):
            try:
                return normalise_csl(record)
            except ReferenceRefused as refused:
                if refused.field not in record:
                    break
                value = str(record.pop(refused.field))[:300]
                record["note"] = f"{record.get('note') or ''} {refused.field}: {value}".strip()
                self._notes.add("reference-to-identify", line, f"{refused.field}: {value}", str(refused)[:300])  # fmt: skip
        return {"type": "document", "title": str(csl.get("title") or "")[:500]}

    def finished(
        self, taken: frozenset[str]
    ) -> tuple[tuple[ImportedReference, ...], dict[str, str]]:
        """Return the references, and the label of each handle; `taken` are labels that others have."""
        number = max((int(label) for label in taken if label.isdecimal()), default=0)
        found: list[ImportedReference] = []
        labels: dict[str, str] = {}
        for at, (csl, identified, line) in enumerate(self._sources):
            number += 1
            label = labels[f"s{at}"] = str(number)
            shown = f"{label} {csl.get('title') or csl.get('URL') or csl.get('note') or ''}"[:300]
            if not identified:
                self._notes.add("reference-to-identify", line, shown, "find the source and give its DOI, PMID or address")  # fmt: skip
            if f"s{at}" not in self._cited:
                self._notes.add("reference-never-cited", line, shown, "cite it where it supports the text, or leave it out")  # fmt: skip
            found.append(ImportedReference(label, {**csl, "id": f"imported-{label}"}, identified))
        return tuple(found), labels


def _identities(csl: dict[str, Any], uri: str) -> list[str]:
    """Return what two citations share when they mean one source."""
    found = []
    if doi := normalise_doi(str(csl.get("DOI", ""))):
        found.append(f"doi:{doi}")
    if pmid := normalise_pmid(str(csl.get("PMID", ""))):
        found.append(f"pmid:{pmid}")
    if uri:
        found.append(f"uri:{uri}")
    if not found:
        plain = {key: value for key, value in csl.items() if key != "note"}
        found.append(f"same:{sorted(map(str, plain.items()))}" if len(plain) > 1 else f"note:{csl.get('note')}")  # fmt: skip
    return found
