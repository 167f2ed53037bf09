"""Elements of Word's markup that python-docx has no words for."""

from __future__ import annotations

from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement


def element(tag: str, value: str = "", **attributes: str) -> Any:
    """Return a new element such as "w:shd"; `value` is its `w:val`, `attributes` are in "w:" too.

    Untyped, as lxml's stubs and python-docx's own classes disagree about what it is.
    """
    made = OxmlElement(tag)
    if value:
        made.set(qn("w:val"), value)
    for name, one in attributes.items():
        made.set(qn(f"w:{name}"), one)
    return made


def child(parent: Any, tag: str, value: str = "", **attributes: str) -> Any:
    """Append a new element to `parent` and return it."""
    made = element(tag, value, **attributes)
    parent.append(made)
    return made
