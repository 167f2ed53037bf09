"""Pictures of Word, with their text alternative; what Word cannot show is on the web page."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

from docx.shared import Emu, Inches
from PIL import Image, UnidentifiedImageError

from manuscript.content.tree import Element
from manuscript.exporting.characters import legal
from manuscript.exporting.docx.runs import add_text
from manuscript.exporting.text import ExportedFigure, ExportedText
from manuscript.exporting.words import say

if TYPE_CHECKING:
    from manuscript.exporting.docx.body import Body, Place

_WIDEST, _HIGHEST = Inches(6), Inches(7.5)
_PER_PIXEL: Final = 9525
"""English Metric Units in a pixel at 96 dots per inch."""


def add_figure(body: Body, block: Element, place: Place, text: ExportedText) -> None:
    """Append a picture, its caption and whose it is; words where there is no picture to show."""
    key = block.attributes["data-figure"]
    alt = legal(block.attributes.get("data-alt", ""))
    facts = text.figures.get(key)
    paragraph = body.paragraph(place)
    picture = _png(text.read_figure(key)) if facts and facts.media_type != "image/svg+xml" else None
    if facts and picture:
        width, height = _size(facts)
        shape = paragraph.add_run().add_picture(BytesIO(picture), width=width, height=height)
        shape._inline.docPr.set("descr", alt)  # noqa: SLF001 - no public way
    else:
        add_text(paragraph, f"[{_instead(facts, alt, text.language)}]", italic=True)
    for child in block.children:
        if isinstance(child, Element):
            body.line(child.children, body.paragraph(replace(place, style="Caption")))
    if facts and (facts.credit or facts.licence):
        parts = [say(text.language, "credit", credit=facts.credit)] if facts.credit else []
        if facts.licence:
            parts.append(say(text.language, "licence", licence=facts.licence))
        add_text(body.paragraph(replace(place, style="Caption")), ". ".join(parts))


def _instead(facts: ExportedFigure | None, alt: str, language: str) -> str:
    where = (
        say(language, "figure-elsewhere", address=facts.address)
        if facts
        else say(language, "figure-missing")
    )
    return " ".join(filter(None, (alt, where)))


def _size(facts: ExportedFigure) -> tuple[Emu, Emu]:
    width, height = facts.width * _PER_PIXEL, facts.height * _PER_PIXEL
    scale = min(1.0, _WIDEST / width, _HIGHEST / height)
    return Emu(round(width * scale)), Emu(round(height * scale))


def _png(data: bytes | None) -> bytes | None:
    """Return an image as PNG, which every Word opens; None where it cannot be read."""
    if not data:
        return None
    written = BytesIO()
    try:
        with Image.open(BytesIO(data)) as image:
            image.save(written, "PNG")
    except UnidentifiedImageError:
        return None
    return written.getvalue()
