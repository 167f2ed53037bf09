"""BibTeX: Unicode kept, TeX's own signs escaped, capitals and groups protected by braces."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article", "book": "book",
    "chapter": "incollection", "paper-conference": "inproceedings", "report": "techreport", "thesis": "phdthesis",
    "webpage": "online", "manuscript": "unpublished", "dataset": "dataset", "software": "software",
    "patent": "patent", "pamphlet": "booklet", "standard": "standard", "article": "online",
    "entry-encyclopedia": "inreference", "post-weblog": "online",
}  # fmt: skip
_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_SIGN = re.compile(r"[\\{}$&#%_~^]|--+|``|''")
_JOURNALS = {"article-journal", "article-magazine", "article-newspaper"}
_CONTAINED = {"chapter", "paper-conference", "entry-encyclopedia"}
_UNSAFE_KEY = re.compile(r"[^A-Za-z0-9:.+/_-]+")


def write(records: Sequence[tuple[str, Mapping[str, Any]]]) -> str:
    """Return the records as BibTeX entries."""
    taken: set[str] = set()
    entries = []
    for key, csl in records:
        name = plain = _UNSAFE_KEY.sub("", key) or "source"
        number = 2
        while name.lower() in taken:  # BibTeX's keys know no capitals
            name, number = f"{plain}-{number}", number + 1
        taken.add(name.lower())
        lines = [f"  {field} = {{{value}}}" for field, value in _fields(csl) if value]
        body = "".join(f",\n{line}" for line in lines)
        entries.append(f"@{_TYPES.get(str(csl['type']), 'misc')}{{{name}{body}\n}}\n")
    return "\n".join(entries)


def _fields(csl: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    kind = str(csl["type"])
    for role in ("author", "editor", "translator"):
        names = [_name(name) for name in csl.get(role, [])]
        if role == "author" and csl.get("custom", {}).get("authors-et-al") is True:
            names.append("others")
        yield role, " and ".join(names)
    for field, name in (
        ("title", "title"),
        ("shorttitle", "title-short"),
        ("origtitle", "original-title"),
    ):
        text = _escaped(csl.get(name, ""))
        yield field, f"{{{text}}}" if text else ""
    container = _escaped(csl.get("container-title", ""))
    holds = "journal" if kind in _JOURNALS else "booktitle" if kind in _CONTAINED else "maintitle"
    yield holds, f"{{{container}}}" if container else ""
    yield "shortjournal", _escaped(csl.get("container-title-short", ""))
    yield "series", _escaped(csl.get("collection-title", ""))
    yield from _when(csl)
    yield "volume", _escaped(csl.get("volume", ""))
    number = _escaped(csl.get("number", ""))
    if kind in _JOURNALS:
        yield "number", _escaped(csl.get("issue", ""))
        yield "eid", number
    else:
        yield "issue", _escaped(csl.get("issue", ""))
        yield (
            "number",
            number if "collection-title" not in csl else _escaped(csl.get("collection-number", "")),
        )
    yield "pages", _escaped(csl.get("page", "")).replace("-", "--")
    yield "pagetotal", _escaped(csl.get("number-of-pages", ""))
    yield "edition", _escaped(csl.get("edition", ""))
    publisher = {"report": "institution", "thesis": "school"}.get(kind, "publisher")
    yield publisher, _escaped(csl.get("publisher", ""))
    yield "address", _escaped(csl.get("publisher-place", ""))
    yield "type", _escaped(csl.get("genre", ""))
    yield "entrysubtype", "preprint" if kind == "article" else ""
    yield "version", _escaped(csl.get("version", ""))
    yield "issn", _escaped(csl.get("ISSN", ""))
    yield "isbn", _escaped(csl.get("ISBN", ""))
    yield "doi", _verbatim(csl.get("DOI", ""))
    yield "pmid", csl.get("PMID", "")
    yield "pmcid", csl.get("PMCID", "")
    yield "url", _verbatim(csl.get("URL", ""))
    yield "langid", _escaped(csl.get("language", ""))
    yield "keywords", _escaped(csl.get("keyword", ""))
    yield "note", _escaped(csl.get("note", ""))
    yield "abstract", _escaped(csl.get("abstract", ""))


def _escaped(text: str) -> str:
    return _SIGN.sub(_sign, text)


def _sign(match: re.Match[str]) -> str:
    """Escape a sign; a run that TeX would join ("--") is kept apart by empty braces."""
    found = match[0]
    return _SIGNS[found] if found in _SIGNS else "{}".join(found)


def _verbatim(text: str) -> str:
    """Addresses and DOIs stand unescaped; braces would end the field."""
    return "".join(quote(char) if char in "{}\\" else char for char in text)


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return f"{{{_escaped(name['literal'])}}}"
    particle = " ".join(
        part for part in (name.get("dropping-particle"), name.get("non-dropping-particle")) if part
    )
    family = " ".join(part for part in (_part(particle), _guarded(name["family"])) if part)
    rest = [_guarded(name[part]) for part in ("suffix", "given") if name.get(part)]
    return ", ".join([family, *rest])


def _part(particle: str) -> str:
    return _escaped(particle)


def _guarded(text: str) -> str:
    """Brace what BibTeX would take apart: spaces, commas, "and", a small first letter."""
    escaped = _escaped(text)
    if text[:1].islower() or "," in text or re.search(r"\band\b", text, re.IGNORECASE):
        return f"{{{escaped}}}"
    if any(word[:1].islower() for word in text.split()):
        return f"{{{escaped}}}"
    return escaped


def _when(csl: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    issued = csl.get("issued", {})
    parts = (issued.get("date-parts") or [[]])[0]
    if parts:
        for field, part in zip(("year", "month", "day"), parts, strict=False):
            yield field, str(part)
    else:
        yield "year", _escaped(issued.get("literal", ""))
    accessed = (csl.get("accessed", {}).get("date-parts") or [[]])[0]
    yield "urldate", "-".join(f"{part:02}" for part in accessed)
