"""What the tests of checks are made of."""

from datetime import date

from articles.texts.checks import problems_of
from articles.texts.checks.material import Material, Source, SourceNotice
from articles.texts.draft import DraftText


def cite(*keys):
    return f'<cite data-refs="{" ".join(keys)}"></cite>'


def source(key, pk=7, **facts):
    return Source(pk=pk, key=key, **{"stands_for": pk, **facts})


def notice(kind, day=1):
    return SourceNotice(kind, date(2026, 1, day))


def material(body="", *, title="What is asked?", summary="In short.", sources=(), **facts):
    text = DraftText(title=title, summary=summary, body=body)
    return Material(text=text, sources={row.key: row for row in sources}, **facts)


def found(code, body="", **facts):
    """Return what the check of `code` finds, through the door that all callers use."""
    return [one for one in problems_of(material(body, **facts)) if one.code == code]
