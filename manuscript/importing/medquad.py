"""MedQuAD XML: questions and answers about one topic become one article, each question a heading.

The answers were flattened from web pages, so they are read as pasted text is: lists and references are recovered by
what they look like. The page they came from becomes a reference.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from manuscript.citing.csl import is_identified
from manuscript.importing import text
from manuscript.importing.notes import Notes
from manuscript.importing.result import ImportedArticle, ImportedReference, ImportRefused
from manuscript.importing.xml import attribute, line_of, parse_xml, words_of

if TYPE_CHECKING:
    from lxml import etree

_BLANK = re.compile(
    r"[^?]*(?:\(are\)|\b(?:of|for|to|by|with|in|about|is|are|causes|cause))\s+\?\s*|\W*",
    re.IGNORECASE,
)
"""A question whose topic is missing: "What is (are)  ?"."""

_NAVIGATION = re.compile(r"\b(?:Top of page|Back to top)\b", re.IGNORECASE)
_MOST_COMPARED = 200
"""How many answers are looked at for one that stands in another."""

_LONGEST = 2500
"""From how many characters on a paragraph is called flattened."""


def read_medquad(data: bytes, notes: Notes, *, language: str, name: str) -> ImportedArticle:
    """Return the article that the MedQuAD document in `data` makes.

    :raises ImportRefused: when it is no MedQuAD XML, or its answers are withheld.
    """
    document = parse_xml(data, notes)
    pairs = [(pair.find("Question"), pair.find("Answer")) for pair in document.iter("QAPair")]
    if not pairs:
        raise ImportRefused("This XML has no question-and-answer pairs, as a MedQuAD document has.")
    if not any(words_of(answer) for _, answer in pairs):
        raise ImportRefused(
            "This MedQuAD file holds questions only: its answers are withheld, because their source does not allow them to be copied."
        )
    focus = words_of(document.find("Focus"))
    questions = [words_of(question) for question, _ in pairs]
    title = focus or next((words for words in questions if not _BLANK.fullmatch(words)), "")
    page = _Lines()
    page.add(f"# {title or name or 'Untitled'}", line_of(document))
    for question, answer in pairs:
        _add_pair(question, answer, page, notes)
    if not focus:
        notes.add("title-guessed", line_of(document), title, "give the article its title")
    _note_repeats(pairs, notes)
    _note_metadata(document, notes)
    inner = Notes()
    article = text.read_text("\n".join(page.lines), inner, language=language, name=name)
    for warning in article.warnings:
        notes.add(warning.code, page.source(warning.line), warning.text, warning.proposal)
    source = _source(document, title, article)
    if source is not None and not source.identified:
        notes.add(
            "reference-to-identify",
            1,
            str(source.csl["URL"]),
            "give the page's title and publisher",
        )
    references = (*article.references, source) if source is not None else article.references
    return replace(article, references=references, warnings=notes.listed())


class _Lines:
    """The text that is read, and the line of the file that each of its lines comes from."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self._sources: list[int] = []

    def add(self, words: str, line: int) -> None:
        """Add one line."""
        self.lines.append(words)
        self._sources.append(line)

    def source(self, line: int) -> int:
        """Return the file's line that a line of the text comes from."""
        return self._sources[min(line, len(self._sources)) - 1]


def _add_pair(
    question: etree._Element | None, answer: etree._Element | None, page: _Lines, notes: Notes
) -> None:
    asked = words_of(question)
    line = 1 if question is None else line_of(question)
    if not words_of(answer):
        notes.add(
            "answer-withheld", line, asked, "the file has no answer; the question was left out"
        )
        return
    if _BLANK.fullmatch(asked):
        notes.add("question-incomplete", line, asked, "say what the question is about")
    page.add("", line)
    page.add(f"## {asked or 'Question'}", line)
    page.add("", line)
    at = line if answer is None else line_of(answer)
    words = "" if answer is None else "".join(map(str, answer.itertext()))
    for number, one in enumerate(words.split("\n")):
        parts = _NAVIGATION.split(one)
        for _ in parts[1:]:
            notes.add("furniture-left-out", at + number, "Top of page")
        for part in parts:
            page.add(part.strip() if len(parts) > 1 else part, at + number)
            if len(parts) > 1:
                page.add("", at + number)
            if len(part) > _LONGEST:
                notes.add(
                    "flattened-text", at + number, part.strip()[:120],
                    f"{len(part):,} characters in one paragraph: give headings, paragraphs and items their own lines",
                )  # fmt: skip


def _note_repeats(
    pairs: list[tuple[etree._Element | None, etree._Element | None]], notes: Notes
) -> None:
    """Note an answer that stands word for word in another one."""
    answers = [words_of(answer) for _, answer in pairs]
    for at, (question, _) in enumerate(pairs[:_MOST_COMPARED]):
        whole = answers[at]
        inside = any(
            whole in other and (len(other) > len(whole) or before > at)
            for before, other in enumerate(answers[:_MOST_COMPARED])
            if before != at
        )
        if len(whole) > 40 and inside and question is not None:
            notes.add(
                "repeated-text", line_of(question), words_of(question),
                "the same words stand in another answer: keep one of them",
            )  # fmt: skip


def _note_metadata(document: etree._Element, notes: Notes) -> None:
    """Note what the file says beside its questions: codes, kinds, synonyms."""
    for element in document:
        if element.tag in {"Focus", "QAPairs"} or not words_of(element):
            continue
        said = ", ".join(
            f"{one.tag} {' '.join((one.text or '').split())}"
            for one in element.iter()
            if isinstance(one.tag, str) and (one.text or "").strip()
        )
        notes.add("metadata-set-aside", line_of(element), said)


def _source(
    document: etree._Element, title: str, article: ImportedArticle
) -> ImportedReference | None:
    """Return the page that the questions were taken from, as a reference; None where the file names none."""
    url = attribute(document, "url")
    if not url.startswith(("http://", "https://")) or " " in url:
        return None
    csl: dict[str, Any] = {"type": "webpage", "URL": url}
    if title:
        csl["title"] = title
    if publisher := attribute(document, "source"):
        csl["publisher"] = publisher
    numbers = [int(one.label) for one in article.references if one.label.isdecimal()]
    label = str(max(numbers, default=0) + 1)
    return ImportedReference(label, {"id": f"imported-{label}", **csl}, is_identified(csl))
