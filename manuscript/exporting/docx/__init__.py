"""A text as a Word document: real headings, lists, tables and pictures, nothing drawn by hand.

Status, version and digest stand at the head of every page, who signed at its foot. A draft holds
its text and sources and nothing else, so that it can come back by the importer; a Version says
behind its text who signed it, and how to check it.
"""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from manuscript.content import tree
from manuscript.exporting.characters import legal, words
from manuscript.exporting.docx.body import Body
from manuscript.exporting.docx.frame import frame
from manuscript.exporting.docx.runs import add_entry, add_text
from manuscript.exporting.text import ExportedText, TooLong
from manuscript.exporting.words import day, say, words_of

LONGEST = 250_000
"""How many characters a body may have, as for the PDF: about 40,000 words."""


def write(text: ExportedText) -> bytes:
    """Return the text as a .docx file.

    :raises TooLong: if the body is longer than LONGEST.
    :raises DanglingCitation: if the body cites a key that is not among the references.
    """
    if len(text.body) > LONGEST:
        raise TooLong(
            f"This text is too long for a Word file: {len(text.body):,} characters, and at most "
            f"{LONGEST:,} are written as one. Download the HTML file instead."
        )
    document = Document()
    _properties(document, text)
    frame(document, text)
    document.add_paragraph(words(text.title), style="Title")
    if text.heading and text.heading != text.title:
        document.add_paragraph(words(text.heading), style="Subtitle")
    for line in text.summary.splitlines():
        if words(line):
            add_text(document.add_paragraph(), words(line), italic=True)
    body = Body(document, text)
    body.write(tree.blocks(text.body))
    if text.references:
        _references(document, text, body)
    if text.version is not None:
        _about(document, text)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _properties(document: WordDocument, text: ExportedText) -> None:
    core = document.core_properties
    moment = text.changed_at.replace(tzinfo=None, microsecond=0)
    core.title, core.author = words(text.title)[:255], words(text.site_name)[:255]
    core.subject, core.language = words(text.standing.status)[:255], text.language
    core.identifier = (text.digest or text.name)[:255]
    core.version = text.name[:255]
    core.keywords, core.comments, core.last_modified_by = "", "", ""
    core.created = core.modified = moment
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in list(defaults.iter(qn("w:lang"))) if defaults is not None else []:
        language.set(qn("w:val"), "en-GB" if text.language == "en" else text.language)
        if text.language.startswith("zh"):
            language.set(qn("w:eastAsia"), "zh-CN")


def _references(document: WordDocument, text: ExportedText, body: Body) -> None:
    document.add_heading(words_of(text.language)["references"], level=1)
    listed = body.numbering.ordered(0, 1)
    for row in text.references:
        paragraph = document.add_paragraph()
        body.numbering.number(paragraph, listed, 0)
        for notice in row.notices:
            add_text(paragraph, f"{legal(notice)} ", bold=True)
        add_entry(paragraph, row.entry)


def _about(document: WordDocument, text: ExportedText) -> None:
    said = words_of(text.language)
    language, end = text.language, said["label-end"]
    document.add_heading(said["about"], level=1)
    rows = [(said["status"], text.standing.status), (said["audience"], text.audience)]
    rows += [(said["jurisdiction"], text.jurisdiction)] if text.jurisdiction else []
    rows.append((said["frozen"], day(language, text.changed_at)))
    rows += [(said.get(name, name), day(language, on)) for name, on in text.standing.dates]
    rows += [(f"{row.kind}, {day(language, row.on)}", row.text) for row in text.standing.notices]
    rows += [
        (
            said["reviewed-by"],
            say(
                language,
                "signed-approval",
                name=person.name,
                credential=person.credential or "–",
                capacity=person.capacity,
                date=person.signed_on,
            ),
        )
        for person in text.standing.reviewers
    ]
    if not text.standing.reviewers:
        rows.append((said["reviewed-by"], said["nobody"]))
    rows += [
        (f"{said['provenance']}, {said.get(name, name)}", value)
        for name, value in text.ai_provenance.items()
    ]
    rows += [
        (" ".join(filter(None, (said["disclaimer"], row.get("jurisdiction", "")))), row["text"])
        for row in text.disclaimers
    ]
    rows += [(said["digest"], text.digest or ""), (said["verify"], text.verify_address)]
    for label, value in rows:
        paragraph = document.add_paragraph()
        add_text(paragraph, legal(f"{label}{end}"), bold=True)
        add_text(paragraph, words(value))
