"""Drawings that repeat their own parts: how much a browser would have to draw in the end."""

from typing import TYPE_CHECKING

from manuscript.imaging.result import ImageRefused

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_DRAWN = 50_000
DEEPEST_CHAIN = 12


def refuse_endless_uses(root: "Element", called: str) -> None:
    """Refuse a drawing whose parts repeat each other without end, or too often to be drawn.

    :raises ImageRefused: saying so.
    """
    parts: dict[str, Element] = {}
    for element in root.iter():
        if name := element.get("id", ""):
            parts.setdefault(name, element)
    counted: dict[str, int] = {}

    def drawn(element: "Element", chain: tuple[str, ...]) -> int:
        total = 0
        for inner in element.iter():
            total += 1
            target = _target(inner)
            if target not in parts:
                continue
            if target in chain or len(chain) >= DEEPEST_CHAIN:
                raise ImageRefused(f"{called} repeats a part of itself inside that part.")
            if target not in counted:
                counted[target] = drawn(parts[target], (*chain, target))
            total += counted[target]
            if total > MOST_DRAWN:
                raise ImageRefused(f"{called} is too complex: it repeats its parts too often.")
        return total

    drawn(root, ())


def _target(element: "Element") -> str:
    """Return the id that a use points at, or ""."""
    if not str(element.tag).endswith("use"):
        return ""
    for name, value in element.attrib.items():
        if name.rpartition("}")[2] == "href" and value.strip().startswith("#"):
            return value.strip()[1:]
    return ""
