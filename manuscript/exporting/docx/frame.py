"""What stands on every page: status, version and digest at the head, who signed at the foot."""

from __future__ import annotations

from docx.document import Document as WordDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from manuscript.exporting.characters import legal
from manuscript.exporting.docx.elements import child, element
from manuscript.exporting.docx.runs import add_text
from manuscript.exporting.text import SHORT, ExportedText
from manuscript.exporting.words import names_in_short, say, words_of

_ROOM = 60


def frame(document: WordDocument, text: ExportedText) -> None:
    """Set the page, its head and its foot."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    width = Mm(160)
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for line in (head, foot):
        line.paragraph_format.tab_stops.clear_all()
        line.paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    add_text(head, text.standing.status, bold=True)
    add_text(head, f"\t{_which(text)}")
    add_text(foot, f"{_signed(text)}\t")
    before, _, rest = words_of(text.language)["page-of"].partition("{page}")
    between, _, after = rest.partition("{pages}")
    for words, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        add_text(foot, words)
        if field:
            _field(foot, field)
    for line in (head, foot):
        for run in line.runs:
            run.font.size = Pt(8)


def _which(text: ExportedText) -> str:
    if text.version is None:
        return say(text.language, "draft-number", number=text.draft or 1)
    which = say(text.language, "version", number=text.version)
    return f"{which} · {say(text.language, 'short-digest', digest=(text.digest or '')[:SHORT])}"


def _signed(text: ExportedText) -> str:
    names = [legal(person.name) for person in text.standing.reviewers]
    if not names:
        return say(text.language, "nobody")
    return say(text.language, "signed", names=names_in_short(text.language, names, room=_ROOM))


def _field(paragraph: Paragraph, code: str) -> None:
    """Append a field that Word fills: a number of pages."""
    field = element("w:fldSimple", instr=code)
    child(child(field, "w:r"), "w:t").text = "1"
    paragraph._p.append(field)  # noqa: SLF001 - python-docx has no way to write a field
