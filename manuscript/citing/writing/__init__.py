"""Writing references as files: RIS, BibTeX and CSL-JSON. Knows no Django."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from manuscript.citing.csl import normalise_csl, suggest_key
from manuscript.citing.writing import bibtex, csljson, ris

__all__ = ["FILE_TYPES", "write_references"]

FILE_TYPES: Final = {
    "ris": (".ris", "application/x-research-info-systems"),
    "bibtex": (".bib", "application/x-bibtex"),
    "csl-json": (".json", "application/vnd.citationstyles.csl+json"),
}
"""The ending and the media type of each format's files, all in UTF-8."""

_WRITERS: Final[dict[str, Callable[[Sequence[tuple[str, Mapping[str, Any]]]], str]]] = {
    "ris": ris.write,
    "bibtex": bibtex.write,
    "csl-json": csljson.write,
}


def write_references(
    csls: Sequence[Mapping[str, Any]],
    format: str,  # noqa: A002 - the same word as for reading
    *,
    keys: Sequence[str] = (),
) -> str:
    """Return a file of these references, in their order.

    `keys` are the names they have in the library; without them, names are made from author and
    year. No two are the same.

    :raises ReferenceRefused: where a record is not CSL-JSON that can be kept.
    :raises KeyError: where the format is not known.
    """
    write = _WRITERS[format]
    records = [normalise_csl(csl) for csl in csls]
    taken: set[str] = set()
    named = []
    for position, record in enumerate(records):
        key = keys[position] if position < len(keys) else ""
        if not key or key in taken:
            key = suggest_key(record, taken)
        taken.add(key)
        named.append((key, record))
    return write(named)
