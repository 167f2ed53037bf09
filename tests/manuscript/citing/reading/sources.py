"""Short ways to read a fixture and to ask what came of it."""

from textwrap import dedent

from manuscript.citing.reading import ReadReferences, read_references


def read(words: str, **options: str) -> ReadReferences:
    """Read an indented fixture."""
    return read_references(dedent(words).lstrip("\n").encode(), **options)


def only(words: str, **options: str) -> dict:
    """Return the CSL of a file's only reference; nothing failed."""
    found = read(words, **options)
    assert not found.failed
    (reference,) = found.references
    return reference.csl


def codes(found: ReadReferences) -> list[str]:
    return [warning.code for warning in found.warnings]


def kinds(found: ReadReferences, position: int = 0) -> list[str]:
    return [notice["kind"] for notice in found.references[position].notices]


def shown(csl: dict) -> list[str]:
    """Return the authors, "Family, Given" or as they stand."""
    return [
        name.get("literal") or ", ".join(filter(None, [name["family"], name.get("given")]))
        for name in csl.get("author", [])
    ]


def year(csl: dict) -> int | None:
    return (csl.get("issued", {}).get("date-parts") or [[None]])[0][0]
