"""Equations as a line of text: bodies hold no formulae, but their words and figures must not go missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from manuscript.importing.docx.names import Element, M, W, local

if TYPE_CHECKING:
    from collections.abc import Iterator

Part = tuple[str, str]
"""A stretch of text and its script: "sup", "sub" or ""."""


def linear(element: Element, script: str = "") -> list[Part]:
    """Return the text of an equation in reading order, with its raised and lowered parts."""
    return [(text, mark) for text, mark in _parts(element, script) if text]


def _parts(element: Element, script: str) -> Iterator[Part]:  # noqa: C901, PLR0912 - one case per kind
    match local(element):
        case "r":
            text = "".join(one.text or "" for one in element if local(one) == "t")
            yield text, script
        case "f":
            yield from _grouped(element.find(f"{M}num"), script)
            yield "/", script
            yield from _grouped(element.find(f"{M}den"), script)
        case "sSup" | "sSub" | "sSubSup" | "sPre":
            yield from _inside(element, "e", script)
            yield from _inside(element, "sub", script or "sub", nested=bool(script))
            yield from _inside(element, "sup", script or "sup", nested=bool(script))
        case "rad":
            degree = linear(element.find(f"{M}deg")) if element.find(f"{M}deg") is not None else []  # type: ignore[arg-type]
            yield from ((text, script or "sup") for text, _ in degree)
            yield "√", script
            yield from _grouped(element.find(f"{M}e"), script)
        case "nary":
            yield _said(element, "naryPr", "chr", "∫"), script
            yield from _inside(element, "sub", script or "sub", nested=bool(script))
            yield from _inside(element, "sup", script or "sup", nested=bool(script))
            yield " ", script
            yield from _inside(element, "e", script)
        case "d":
            yield _said(element, "dPr", "begChr", "("), script
            for at, inner in enumerate(element.iterfind(f"{M}e")):
                if at:
                    yield _said(element, "dPr", "sepChr", "|"), script
                yield from _parts(inner, script)
            yield _said(element, "dPr", "endChr", ")"), script
        case "m":
            for at, row in enumerate(element.iterfind(f"{M}mr")):
                yield "; " if at else "", script
                for place, inner in enumerate(row):
                    yield ", " if place else "", script
                    yield from _parts(inner, script)
        case name if name.endswith("Pr"):
            return
        case _ if element.tag in {f"{W}r", f"{W}t"}:
            yield "".join(one.text or "" for one in element.iter(f"{W}t")), script
        case _:
            for child in element:
                yield from _parts(child, script)


def _inside(element: Element, name: str, script: str, *, nested: bool = False) -> Iterator[Part]:
    """Yield the part `name`; a script inside a script is written with ^ or _."""
    inner = element.find(f"{M}{name}")
    if inner is None:
        return
    if nested:
        yield "^" if name == "sup" else "_", script
        yield from _grouped(inner, script)
    else:
        yield from _parts(inner, script)


def _grouped(element: Element | None, script: str) -> Iterator[Part]:
    """Yield a part of a fraction, in brackets where it is more than one thing."""
    parts = linear(element, script) if element is not None else []
    whole = "".join(text for text, _ in parts)
    single = element is not None and len(element) < 2 and whole.replace(".", "").isalnum()
    bracketed = not single and not (whole.startswith("(") and whole.endswith(")"))
    if bracketed:
        yield "(", script
    yield from parts
    if bracketed:
        yield ")", script


def _said(element: Element, properties: str, name: str, default: str) -> str:
    found = element.find(f"{M}{properties}/{M}{name}")
    if found is None:
        return default
    return found.get(f"{M}val") or ""
