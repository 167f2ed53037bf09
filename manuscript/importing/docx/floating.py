"""What floats in a paragraph: images, text boxes, charts and embedded objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from manuscript.importing.docx.names import ASVG, MC, WP, A, Element, R, V, W, local
from manuscript.importing.docx.shapes import Picture, Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from manuscript.importing.docx.context import Context

MAX_IMAGE: Final = 20 * 1024 * 1024

_SIGNS: Final = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"))  # fmt: skip


def read_floating(element: Element, context: Context, blocks: Callable[[Element], list[Record]]) -> list[Record]:  # fmt: skip
    """Return the images and the text boxes in a drawing; `blocks` reads what is in a box."""
    return _Floating(context, blocks).read(element, "")


class _Floating:
    def __init__(self, context: Context, blocks: Callable[[Element], list[Record]]) -> None:
        self.context = context
        self.blocks = blocks

    def read(self, element: Element, alt: str) -> list[Record]:
        match element.tag:
            case tag if tag == f"{MC}AlternateContent":
                return self._alternate(element, alt)
            case tag if tag == f"{W}txbxContent":
                return self.blocks(element)
            case tag if tag in {f"{WP}inline", f"{WP}anchor"}:
                alt = _said(element.find(f"{WP}docPr")) or alt
            case tag if tag == f"{A}blip":
                return self._image(element, alt)
            case tag if tag == f"{V}imagedata":
                own = " ".join((element.get(f"{R}title") or element.get("title") or "").split())
                return self._embedded(element.get(f"{R}id"), alt or own)
            case tag if tag == f"{V}shape":
                alt = " ".join((element.get("alt") or "").split()) or alt
            case _ if local(element) == "pic":
                alt = next((words for one in element.iter() if local(one) == "cNvPr" and (words := _said(one, title=False))), alt)  # fmt: skip
            case _ if local(element) in {"chart", "relIds"}:
                what = "a chart" if local(element) == "chart" else "a diagram"
                self._left_out(alt or what, f"{what} is no image: bring it as a figure")
                return []
            case _:
                pass
        return [record for child in element for record in self.read(child, alt)]

    def _alternate(self, element: Element, alt: str) -> list[Record]:
        """Read the first choice in which there is anything to read, or what stands in for it; never both."""
        for child in element:
            if local(child) in {"Choice", "Fallback"} and _holds_something(child):
                return self.read_children(child, alt)
        return []

    def read_children(self, element: Element, alt: str) -> list[Record]:
        return [record for child in element for record in self.read(child, alt)]

    def _image(self, blip: Element, alt: str) -> list[Record]:
        drawing = blip.find(f".//{ASVG}svgBlip")
        vector = drawing.get(f"{R}embed") if drawing is not None else None
        key = blip.get(f"{R}embed")
        if key is None and vector is None:
            self._left_out(alt or "an image", "it is only linked, not in the document: bring it as a figure")  # fmt: skip
            return []
        usable = self._kind(key) if key else ""
        return self._embedded(key if usable or not vector else vector, alt)

    def _target(self, key: str | None) -> str:
        relation = self.context.relation(key)
        if relation is None or relation.outside or not self.context.package.has(relation.target):
            return ""
        return relation.target

    def _kind(self, key: str | None) -> str:
        name = self._target(key)
        return kind_of(self.context.image(name, MAX_IMAGE), name) if name else ""

    def _embedded(self, key: str | None, alt: str) -> list[Record]:
        name = self._target(key)
        if not name:
            self._left_out(alt or "an image", "it is not in the document: bring it as a figure")
            return []
        data = self.context.image(name, MAX_IMAGE)
        file = name.rpartition("/")[2]
        if not kind_of(data, name):
            self._left_out(f"{file} {alt}".strip(), "no browser shows this kind of image: bring it as a figure")  # fmt: skip
            return []
        line = max(self.context.line, 1)
        key = self.context.add_figure(file, data)
        return [Record(Picture(line, [], key=key, alt=alt))]

    def _left_out(self, text: str, proposal: str) -> None:
        self.context.notes.add("image-left-out", max(self.context.line, 1), text, proposal)


def kind_of(data: bytes, name: str) -> str:
    """Return what kind of image `data` is by its first bytes, or "" for one that is not taken."""
    for sign, kind in _SIGNS:
        if data.startswith(sign):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "svg" if name.lower().endswith(".svg") and b"<svg" in data[:4096] else ""


def _holds_something(element: Element) -> bool:
    return any(local(one) in {"txbxContent", "blip", "imagedata", "chart", "relIds"} for one in element.iter())  # fmt: skip


def _said(properties: Element | None, *, title: bool = True) -> str:
    """Return the description of an image that its author gave."""
    if properties is None:
        return ""
    words = properties.get("descr") or (properties.get("title") if title else "") or ""
    return " ".join(words.split())
