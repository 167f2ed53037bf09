"""What each style does with people, pages and identifiers before its CSL file orders them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from .initials import initials_and_suffix

_APA_LISTED = 20
_APA_BEFORE_ELLIPSIS = 19
_ORDINAL_SUFFIXES = {"II": "2nd", "III": "3rd", "IV": "4th"}

Name = Mapping[str, str]


@dataclass(frozen=True)
class Style:
    """A style's own rules. Lists longer than `most_listed` show `listed_before_et_al` people."""

    most_listed: int = 6
    listed_before_et_al: int = 3
    doi_text: str = "doi:{doi}"
    more_texts: tuple[str, ...] = ()
    shortens_pages: bool = False
    dash_in_pages: bool = False
    names_article_numbers: bool = False
    ordinal_editions: bool = False
    omits_repeated_publisher: bool = False
    ordinal_suffixes: bool = False

    def people(
        self, names: Sequence[Name], *, role: str, truncated: bool, leading: bool
    ) -> list[dict[str, str]]:
        """Return the people as citeproc-py prints them.

        `truncated` means that the list is known to go on; `leading`, that the entry begins with it.
        """
        shown = [self._person(name) for name in names]
        if truncated or len(shown) > self.most_listed:
            return [*shown[: self.listed_before_et_al], {"literal": "et al"}]
        return shown

    def _person(self, name: Name) -> dict[str, str]:
        if "literal" in name:
            return {"literal": escape(name["literal"].rstrip("."))}
        initials, generation = initials_and_suffix(name.get("given", ""))
        suffix = name.get("suffix", generation)
        person = {
            "family": family_of(name),
            "given": initials,
            "suffix": _ORDINAL_SUFFIXES.get(suffix, suffix) if self.ordinal_suffixes else suffix,
        }
        return {part: escape(text) for part, text in person.items() if text}


class ApaStyle(Style):
    """APA writes the whole list itself: commas, "&", dotted initials, ". . ." after nineteen."""

    def people(
        self, names: Sequence[Name], *, role: str, truncated: bool, leading: bool
    ) -> list[dict[str, str]]:
        """Return one text: "Author, A. B., & Author, C." first in an entry, else "C. Editor"."""
        shown = [_inverted(name) if leading else _in_order(name) for name in names]
        if len(shown) > _APA_LISTED:
            listed = f"{', '.join(shown[:_APA_BEFORE_ELLIPSIS])}, . . . {shown[-1]}"
        elif truncated:
            listed = f"{', '.join(shown)}, et al."
        elif len(shown) < 2:
            listed = "".join(shown)
        else:
            comma = "," if leading or len(shown) > 2 else ""
            listed = f"{', '.join(shown[:-1])}{comma} & {shown[-1]}"
        if role == "editor":
            listed = f"{listed} ({'Ed.' if len(shown) == 1 else 'Eds.'})"
        if leading and not listed.endswith("."):
            listed += "."
        return [{"literal": escape(listed)}]


def family_of(name: Name) -> str:
    """Return a family name with its particles."""
    parts = (name.get("dropping-particle"), name.get("non-dropping-particle"), name["family"])
    return " ".join(part for part in parts if part)


def _dotted(given: str) -> tuple[str, str]:
    """Return ("A.-M. B.", "Jr.") for "Ana-Maria B Jr"."""
    initials, suffix = initials_and_suffix(given)
    if not initials.isascii() and not any(letter.isupper() for letter in initials):
        return initials, suffix  # a script without capitals
    words = given.split()[:-1] if suffix else given.split()
    dotted = []
    for word in words:
        parts = [initials_and_suffix(part)[0] for part in re.split(r"[-‐‑]", word)]
        capitals = [
            " ".join(f"{letter}." for letter in part)
            for part in parts
            if part and part[0].isupper()
        ]
        if capitals:
            dotted.append("-".join(capitals))
    return " ".join(dotted) or initials, suffix


def _suffix_of(name: Name, found: str) -> str:
    suffix = name.get("suffix", found).rstrip(".")
    return f"{suffix}." if suffix in {"Jr", "Sr"} else suffix


def _inverted(name: Name) -> str:
    if "literal" in name:
        return name["literal"].rstrip(".")
    given, found = _dotted(name.get("given", ""))
    return ", ".join(part for part in (family_of(name), given, _suffix_of(name, found)) if part)


def _in_order(name: Name) -> str:
    if "literal" in name:
        return name["literal"].rstrip(".")
    given, found = _dotted(name.get("given", ""))
    return " ".join(part for part in (given, family_of(name), _suffix_of(name, found)) if part)


AMA = Style(ordinal_editions=True)
VANCOUVER = Style(
    listed_before_et_al=6,
    doi_text="{doi}",
    more_texts=("publisher-place", "PMID"),
    shortens_pages=True,
    ordinal_editions=True,
    ordinal_suffixes=True,
)
APA = ApaStyle(
    doi_text="{address}",
    dash_in_pages=True,
    names_article_numbers=True,
    ordinal_editions=True,
    omits_repeated_publisher=True,
)
