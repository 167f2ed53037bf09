"""One record on its way to a reference: what the readers fill in, checked and completed."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from manuscript.citing.csl import ReferenceRefused, normalise_csl
from manuscript.citing.identifiers import normalise_doi, normalise_pmcid, normalise_pmid
from manuscript.citing.reading import checks, markup, names
from manuscript.citing.reading.notices import PubMedStatus
from manuscript.citing.reading.result import FailedRecord, ReadReference, RecordWarning

MAX_SHOWN = 2_000
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_DOI_URL = re.compile(r"(?:https?://(?:[\w.-]+\.)?doi\.org/|\bdoi:\s*)(10\.\S+)", re.IGNORECASE)
_PMID_URL = re.compile(
    r"https?://(?:pubmed\.ncbi\.nlm\.nih\.gov|(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed)/(\d{1,9})\b"
)
_PMCID_URL = re.compile(r"ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/(PMC\d{1,9})\b", re.IGNORECASE)
_NEVER_A_DOI = {"unavailable", "none", "n/a", "na", "0", "-", "null"}
_SERIAL = re.compile(r"\d{4}-?\d{3}[\dXx]|(?:97[89][- ]?)?\d{1,5}[- \d]{7,13}[\dXx]")


class Record:
    """Collects one record's fields and warnings; `finish` gives the reference or why not."""

    def __init__(self, number: int, place: str, text: str = "", kind: str = "document") -> None:
        self.number = number
        self.place = place
        self.text = text
        self.csl: dict[str, Any] = {"type": kind}
        self.custom: dict[str, Any] = {}
        self.notices: list[Mapping[str, Any]] = []
        self.warnings: list[RecordWarning] = []
        self.identity = ""

    def warn(self, code: str, message: str) -> None:
        """Note something for the editor."""
        warning = RecordWarning(code, self.number, message)
        if warning not in self.warnings:
            self.warnings.append(warning)

    def text_field(self, field: str, text: str | None) -> None:
        """Set a field to plain text, unless it says nothing or is set already."""
        if text and field not in self.csl and (clean := markup.plain(text)):
            self.csl[field] = clean

    def date(self, field: str, value: Mapping[str, Any] | None) -> None:
        """Set a date that `dates.read_date` gave."""
        if value and field not in self.csl:
            self.csl[field] = dict(value)

    def people(self, role: str, lines: Sequence[str]) -> None:
        """Add people from one line of text each; "and others" becomes a mark."""
        for line in lines:
            text, more = names.without_others(markup.plain(line))
            if names.is_others(text):
                more, text = True, ""
            if more and role == "author":
                self.go_on()
            if text.strip(" ,;."):
                self.person(role, names.name_of(text))

    def person(self, role: str, name: Mapping[str, str]) -> None:
        """Add one person or group."""
        kept = {part: markup.plain(text) for part, text in name.items() if text}
        if kept:
            self.csl.setdefault(role, []).append(kept)

    def go_on(self) -> None:
        """Mark that the list of authors goes on where the file stops."""
        self.custom["authors-et-al"] = True

    def doi(self, text: str | None) -> None:
        """Set the DOI; what is none is kept aside with a warning."""
        text = (text or "").strip()
        if not text or text.lower() in _NEVER_A_DOI or "DOI" in self.csl:
            return
        if found := normalise_doi(text):
            self.csl["DOI"] = found
        else:
            self._unread("DOI", text, "unusual-doi", "is not a DOI and is not used as one")

    def pmid(self, text: str | None) -> None:
        """Set the PMID; "0" and what is none says nothing."""
        if text and "PMID" not in self.csl and (found := normalise_pmid(text.strip())):
            self.csl["PMID"] = found

    def pmcid(self, text: str | None) -> None:
        """Set the PMCID."""
        text = (text or "").strip()
        text = f"PMC{text}" if text.isdigit() else text.split(".")[0]
        if text and "PMCID" not in self.csl and (found := normalise_pmcid(text)):
            self.csl["PMCID"] = found

    def addresses(self, texts: Sequence[str]) -> None:
        """Set the URL to the first address that is one, and read identifiers out of them all."""
        for text in texts:
            if "DOI" not in self.csl and (match := _DOI_URL.search(text)):
                self.doi(match[1])
            if match := _PMID_URL.search(text):
                self.pmid(match[1])
            if match := _PMCID_URL.search(text):
                self.pmcid(match[1])
        found = [address for text in texts for address in _URL.findall(text)]
        for address in found:
            if not _DOI_URL.match(address):
                self.csl.setdefault("URL", address.rstrip(".,;"))
        if found and "DOI" not in self.csl:
            self.csl.setdefault("URL", found[0].rstrip(".,;"))

    def serials(self, text: str) -> None:
        """Set ISSN or ISBN from all the numbers a field holds, each once."""
        for number in dict.fromkeys(found.strip(" -") for found in _SERIAL.findall(text)):
            bare = re.sub(r"[- ]", "", number)
            if len(bare) == 8:
                field, written = "ISSN", f"{bare[:4]}-{bare[4:].upper()}"
            elif len(bare) in {10, 13}:
                field, written = "ISBN", number
            else:
                continue
            known = self.csl.get(field, "")
            if written not in known.split(", "):
                self.csl[field] = f"{known}, {written}" if known else written

    def settle(self, status: PubMedStatus) -> None:
        """Take over PubMed's notices, or say that the record is a notice itself."""
        self.notices.extend(status.notices())
        if status.notice_of and not status.retracted:
            self.is_notice(status.notice_of)

    def is_notice(self, what: str) -> None:
        """Say that the record is a notice, not the paper it is about."""
        self.warn(
            "is-a-notice",
            f"This record is {what} of another paper, not a paper of its own; it is not retracted itself.",
        )

    def finish(self) -> ReadReference | FailedRecord:
        """Return the checked reference; warnings are complete after this."""
        for field in ("title", "container-title"):
            if isinstance(self.csl.get(field), str):
                self.csl[field] = markup.plain(self.csl[field])
        checks.look_at(self)
        if self.custom:
            self.csl["custom"] = {**self.csl.get("custom", {}), **self.custom}
        try:
            csl = normalise_csl(self.csl)
        except ReferenceRefused as refusal:
            return FailedRecord(self.place, str(refusal), self.text[:MAX_SHOWN], self.number)
        return ReadReference(csl, tuple(self.notices), self.place, self.number)

    def _unread(self, field: str, text: str, code: str, why: str) -> None:
        self.custom[f"unread-{field}"] = text[:500]
        self.warn(code, f"“{text[:120]}” {why}.")
