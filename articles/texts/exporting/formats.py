"""The forms that a text can be exported in."""

from collections.abc import Callable
from dataclasses import dataclass

from articles.texts.exporting import page, paper
from manuscript.exporting import docx, jats, markdown
from manuscript.exporting.text import ExportedText


@dataclass(frozen=True)
class Format:
    """One form: its name in addresses, what it is called, and who writes it."""

    name: str
    label: str
    media_type: str
    ending: str
    write: Callable[[ExportedText], bytes]


FORMATS = {
    row.name: row
    for row in (
        Format("pdf", "PDF", "application/pdf", "pdf", paper.write),
        Format(
            "docx",
            "Word",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "docx",
            docx.write,
        ),
        Format("html", "HTML", "text/html; charset=utf-8", "html", page.write),
        Format("markdown", "Markdown", "text/markdown; charset=utf-8", "md", markdown.write),
        Format("jats", "JATS XML", "application/xml", "xml", jats.write),
    )
}
