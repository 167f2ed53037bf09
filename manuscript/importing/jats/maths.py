"""Formulas as words: MathML and TeX without their layout."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manuscript.importing.blocks import Pieces, marked, plain, text
from manuscript.importing.xml import line_of

if TYPE_CHECKING:
    from lxml import etree

_DOCUMENT = re.compile(r"\\begin\{document\}(.*?)\\end\{document\}", re.DOTALL)
_SILENT = frozenset(
    {
        "annotation",
        "annotation-xml",
        "mspace",
        "mphantom",
        "maligngroup",
        "malignmark",
        "none",
        "mprescripts",
    }
)


def tex(words: str) -> str:
    """Return the formula in a piece of TeX, without the document that some publishers wrap it in."""
    found = _DOCUMENT.search(words)
    return (found[1] if found else words).strip().strip("$ ").strip()


def maths(element: etree._Element) -> Pieces:  # noqa: C901 - one case a line
    """Return MathML as words: fractions with a stroke, powers and indices as such, roots with their sign."""
    tag = str(element.tag)
    parts = [child for child in element if isinstance(child.tag, str)]
    line = line_of(element)
    if tag in _SILENT:
        return []
    if tag in {"mi", "mn", "mo", "mtext", "ms"}:
        words = " ".join("".join(map(str, element.itertext())).split())
        spaced = tag == "mo" and words in {
            "=",
            "+",
            "−",
            "-",
            "<",
            ">",
            "≤",
            "≥",
            "±",
            "×",
            "≈",
            "∼",
            "→",
            "≠",
            "≡",
            "∈",
        }
        return [text(f" {words} " if spaced else words, line)]
    if tag == "mfrac" and len(parts) == 2:
        return [*_held(parts[0]), text("/", line), *_held(parts[1])]
    if tag in {"msup", "mover"} and len(parts) == 2:
        return [*maths(parts[0]), *_script("sup", parts[1])]
    if tag in {"msub", "munder"} and len(parts) == 2:
        return [*maths(parts[0]), *_script("sub", parts[1])]
    if tag in {"msubsup", "munderover"} and len(parts) == 3:
        return [*maths(parts[0]), *_script("sub", parts[1]), *_script("sup", parts[2])]
    if tag == "msqrt":
        return [
            text("√(", line),
            *(piece for part in parts for piece in maths(part)),
            text(")", line),
        ]
    if tag == "mroot" and len(parts) == 2:
        return [*_script("sup", parts[1]), text("√(", line), *maths(parts[0]), text(")", line)]
    if tag == "semantics" and parts:
        return maths(parts[0])
    if tag == "mfenced":
        return [
            text(element.get("open") or "(", line),
            *_joined(parts, ", "),
            text(element.get("close") or ")", line),
        ]
    if tag == "mtr":
        return [*_joined(parts, " "), text("; ", line)]
    if not parts and (element.text or "").strip():
        return [text(" ".join(str(element.text).split()), line)]
    return [piece for part in parts for piece in maths(part)]


def _joined(parts: list[etree._Element], between: str) -> Pieces:
    found: Pieces = []
    for part in parts:
        if found:
            found.append(text(between, line_of(part)))
        found += maths(part)
    return found


def _held(element: etree._Element) -> Pieces:
    """Return a part of a fraction, in parentheses where it is more than one sign."""
    found = maths(element)
    if len(plain(found)) < 2 or plain(found).isalnum():
        return found
    line = line_of(element)
    return [text("(", line), *found, text(")", line)]


def _script(mark: str, element: etree._Element) -> Pieces:
    """Return an index or a power; a script cannot hold another, so only its words stay."""
    words = plain(maths(element))
    line = line_of(element)
    if not words:
        return []
    return marked(mark, [text(words, line)], line)
