"""A text as one HTML page that needs nothing else: no script, no file, no address is fetched.

The page that readers save and the one that becomes a PDF differ in their style sheet alone.
"""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from manuscript.content.rendering import render
from manuscript.exporting.text import SHORT, ExportedText
from manuscript.exporting.words import day, names_in_short, say, words_of

STYLES = Path(__file__).parent / "styles"
ROOM = 76
"""How many characters of reviewers' names stand at the foot of every page."""


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
    rendered = render(
        text.body,
        text.numbers,
        labels=dict(text.labels),
        picture=lambda key, alt: _picture(text, key, alt),
        credit=lambda key: _credit(text, key),
    )
    # Rendered from a canonical body, which escapes all text; what is written here of figures is escaped below.
    return mark_safe(rendered)  # noqa: S308


def _picture(text: ExportedText, key: str, alt: str) -> str:
    """Return an image with its bytes in it; where there are none, words that say so."""
    figure = text.figures.get(key)
    data = text.read_figure(key) if figure else None
    if figure is None or not data:
        missing = say(text.language, "figure-missing")
        return format_html('<p class="figure-missing">{} {}</p>', missing, alt)
    return format_html(
        '<img src="data:{};base64,{}" width="{}" height="{}" alt="{}">',
        figure.media_type,
        base64.b64encode(data).decode(),
        figure.width,
        figure.height,
        alt,
    )


def _credit(text: ExportedText, key: str) -> str:
    """Return who made an image and under which licence, as markup."""
    figure = text.figures.get(key)
    if figure is None:
        return ""
    said = [
        say(text.language, name, **{name: value})
        for name, value in (("credit", figure.credit), ("licence", figure.licence))
        if value
    ]
    return format_html('<p class="figure-credit">{}</p>', ". ".join(said)) if said else ""


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
