"""Whether a reader can find a source again, and what to call it in a text."""

import re
from collections.abc import Container, Iterator, Mapping
from itertools import count
from typing import Any

from manuscript.content.folding import fold

MAX_KEY = 80
_MAX_STEM = 40
LETTERS = "bcdefghijklmnopqrstuvwxyz"


def is_identified(csl: Mapping[str, Any]) -> bool:
    """Whether a reader with a library can find exactly this source from what is written.

    One of these is enough:

    - a DOI, a PMID or a PMCID;
    - an ISBN and a title;
    - an address and a title, and who, where or when (author, editor, publisher, container, date);
    - a place in print: title, container and date, and a volume, an issue or a page;
    - a book or report: title, publisher and date, and an author or an editor.

    A title in a named journal is not: titles repeat, and "N Engl J Med" is half a million pages.
    """
    if _any(csl, "DOI", "PMID", "PMCID"):
        return True
    if not csl.get("title"):
        return False
    return (
        bool(csl.get("ISBN"))
        or (_all(csl, "URL") and _any(csl, *_WHO, "publisher", "container-title", "issued"))
        or (_all(csl, "container-title", "issued") and _any(csl, "volume", "issue", "page"))
        or (_all(csl, "publisher", "issued") and _any(csl, *_WHO))
    )


SHOWN = 80


def called(csl: Mapping[str, Any]) -> str:
    """Return what people know a source by that nobody identified: its title, what was typed, or its address; shortened."""
    words = next((str(csl[name]) for name in ("title", "note", "URL") if csl.get(name)), "")
    words = " ".join(words.split())
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1].rstrip()}…"


def missing_of_web_page(csl: Mapping[str, Any]) -> tuple[bool, bool]:
    """Return whether a web page lacks its title, and whether it lacks who, where or when, as `is_identified` asks."""
    return (
        not csl.get("title"),
        not _any(csl, *_WHO, "publisher", "container-title", "issued"),
    )


def suggest_key(csl: Mapping[str, Any], taken: Container[str]) -> str:
    """Return a short readable key that is not `taken`: "johnson-2024", then "johnson-2024-b".

    Keys are lower-case ASCII, at most 80 characters, from the first author or editor, else the
    publisher, the container or the title, and the year.
    """
    stem = next(_stems(csl))
    year = _year(csl)
    key = f"{stem}-{year}" if year else stem
    if key not in taken:
        return key
    return next(
        candidate
        for suffix in _suffixes()
        if (candidate := f"{key[: MAX_KEY - 1 - len(suffix)]}-{suffix}") not in taken
    )


_WHO = ("author", "editor")


def _any(csl: Mapping[str, Any], *fields: str) -> bool:
    return any(csl.get(field) for field in fields)


def _all(csl: Mapping[str, Any], *fields: str) -> bool:
    return all(csl.get(field) for field in fields)


def _suffixes() -> Iterator[str]:
    yield from LETTERS
    yield from (str(number) for number in count(len(LETTERS) + 2))


def _stems(csl: Mapping[str, Any]) -> Iterator[str]:
    for role in _WHO:
        for name in csl.get(role) or []:
            yield from _slug(name.get("family") or name.get("literal") or "")
            break
    for field in ("publisher", "container-title-short", "container-title", "title"):
        yield from _slug(str(csl.get(field) or ""))
    yield "source"


def _slug(text: str) -> Iterator[str]:
    """Yield the text as a key's stem, or nothing where it has no Latin letter or digit."""
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", fold(text)))
    stem = "-".join(words)[: _MAX_STEM + 1]
    if len(stem) > _MAX_STEM:
        stem = stem.rpartition("-")[0] or stem[:_MAX_STEM]
    if stem:
        yield stem


def _year(csl: Mapping[str, Any]) -> str:
    issued = csl.get("issued") or {}
    parts = issued.get("date-parts") or [[]]
    return str(abs(parts[0][0])) if parts[0] else ""


def title_key(title: str) -> str:
    """Return a title without case, accents, signs and spaces, at most 200 characters: equal for what may be one source.

    Two papers can share a title, so an equal key is a proposal to a person and nothing more.
    """
    return "".join(character for character in fold(title) if character.isalnum())[:200]
