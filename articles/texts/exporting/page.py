"""A text as one HTML page that needs nothing else: no script, no file, no address is fetched.

The page that readers save and the one that becomes a PDF differ in their style sheet alone.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from manuscript.content.figures import FigureImage
from manuscript.content.rendering import render
from manuscript.exporting.text import SHORT, ExportedText
from manuscript.exporting.words import day, names_in_short, say, words_of

STYLES = Path(__file__).parent / "styles"
ROOM = 76
"""How many characters of reviewers' names stand at the foot of every page."""

# What manuscript.content.figures.image writes for the address "figure:<key>".
_IMAGE = re.compile(
    r'<img src="figure:([^"]+)" srcset="[^"]*" sizes="[^"]*"( width="\d+" height="\d+" alt="[^"]*")[^>]*>'
)
_MISSING = re.compile(r'<div class="figure-missing" role="img" aria-label="([^"]*)"></div>')
_FIGURE = re.compile(r'(<figure data-figure="([^"]+)"[^>]*>)(.*?)(</figure>)', re.DOTALL)


def write(text: ExportedText) -> bytes:
    """Return the text as one HTML file.

    :raises DanglingCitation: if the body cites a key that is not among the references.
    """
    return markup(text, style="page.css").encode()


def markup(text: ExportedText, *, style: str) -> str:
    """Return the whole page with one of the style sheets in it."""
    css = _style(style, text.language)
    language = text.language
    return render_to_string(
        "articles/exports/page.html",
        {
            "text": text,
            "said": words_of(language),
            "css": mark_safe(css),  # noqa: S308 - a file of this package
            "css_hash": base64.b64encode(hashlib.sha256(css.encode()).digest()).decode(),
            "body": body(text),
            "references": [
                # Cleaned to links and italics by manuscript.citing.formatting.
                {"number": row.number, "entry": mark_safe(row.entry), "notices": row.notices}  # noqa: S308
                for row in text.references
            ],
            "facts": facts(text),
            "reviewers": [
                {
                    "person": person,
                    "line": say(
                        language,
                        "signed-approval",
                        name=person.name,
                        credential=person.credential or "–",
                        capacity=person.capacity,
                        date=person.signed_on,
                    ),
                }
                for person in text.standing.reviewers
            ],
            "notices": [
                {"kind": notice.kind, "on": day(language, notice.on), "text": notice.text}
                for notice in text.standing.notices
            ],
            "provenance": [
                (words_of(language).get(name, name), value)
                for name, value in text.ai_provenance.items()
            ],
            "reviewed_by": words_of(language)["reviewed-by"],
            "nobody": words_of(language)["nobody"],
            "verify_how": words_of(language)["verify-how"],
            "which": which(text),
            "short_digest": say(language, "short-digest", digest=text.digest[:SHORT])
            if text.digest
            else "",
            "signed": signed(text),
            "paper": style == "paper.css",
        },
    )


def which(text: ExportedText) -> str:
    """Return which version or draft this is, in words."""
    if text.version is not None:
        return say(text.language, "version", number=text.version)
    return say(text.language, "draft-number", number=text.draft or 1)


def signed(text: ExportedText) -> str:
    """Return who signed, short enough to stand on every page; or that nobody did."""
    names = [person.name for person in text.standing.reviewers]
    if not names:
        return say(text.language, "nobody")
    short = names_in_short(text.language, names, room=ROOM)
    return say(text.language, "signed", names=short)


def facts(text: ExportedText) -> list[tuple[str, str]]:
    """Return what is known of the text, as label and value in words, in a fixed order."""
    said = words_of(text.language)
    rows: list[tuple[str, str]] = [
        (said["audience"], text.audience),
        (said["jurisdiction"], text.jurisdiction),
        (
            said["changed" if text.version is None else "frozen"],
            day(text.language, text.changed_at),
        ),
        *((said.get(label, label), day(text.language, on)) for label, on in text.standing.dates),
        (said["changed-note"], text.change_note),
    ]
    return [(label, value) for label, value in rows if value]


def body(text: ExportedText) -> SafeString:
    """Return the body as readers see it, its images inside it."""
    pictures = {
        key: FigureImage(figure.width, figure.height, ((f"figure:{key}", figure.width),))
        for key, figure in text.figures.items()
    }
    rendered = render(text.body, text.numbers, labels=dict(text.labels), figures=pictures)
    rendered = _FIGURE.sub(lambda found: _figure(found, text), rendered)
    # Rendered from a canonical body, which escapes all text; the images are base64.
    return mark_safe(rendered)  # noqa: S308


def _figure(found: re.Match[str], text: ExportedText) -> str:
    opening, key, inner, closing = found.groups()
    facts = text.figures.get(key)
    missing = escape(say(text.language, "figure-missing"))
    data = text.read_figure(key) if facts else None
    if facts and data:
        address = f"data:{facts.media_type};base64,{base64.b64encode(data).decode()}"
        inner = _IMAGE.sub(lambda image: f'<img src="{address}"{image[2]}>', inner)
    else:
        inner = _IMAGE.sub("", inner)
        inner = _MISSING.sub("", inner)
        inner = f'<p class="figure-missing">{missing} {_alt(opening)}</p>{inner}'
    return f"{opening}{inner}{_credit(facts, text)}{closing}"


def _alt(opening: str) -> str:
    found = re.search(r' data-alt="([^"]*)"', opening)
    return found[1] if found else ""


def _credit(facts: Any, text: ExportedText) -> str:
    """Return who made an image and under which licence, as markup."""
    if facts is None or not (facts.credit or facts.licence):
        return ""
    parts = []
    if facts.credit:
        parts.append(say(text.language, "credit", credit=facts.credit))
    if facts.licence:
        parts.append(say(text.language, "licence", licence=facts.licence))
    return f'<p class="figure-credit">{escape(". ".join(parts))}</p>'


@cache
def _file(name: str) -> str:
    return (STYLES / name).read_text(encoding="utf-8")


def _style(name: str, language: str) -> str:
    css = _file(name)
    for mark, value in _css_words(language).items():
        css = css.replace(mark, value)
    return css


def _css_words(language: str) -> Mapping[str, str]:
    """Return the words that a style sheet writes: the number of a page."""
    line = words_of(language)["page-of"]
    counted = line.replace("{page}", '" counter(page) "').replace("{pages}", '" counter(pages) "')
    return {"__PAGE_OF__": f'"{counted}"'}
