"""Filters of the editor's desk."""

import json
from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString, mark_safe

from articles.desk.import_words import WORDS
from articles.texts.freezing import CALLOUT_LABELS
from manuscript.content.citations import number
from manuscript.content.difference import difference

register = template.Library()


@register.filter
def body(canonical: str, language: str = "en") -> SafeString:
    """Return a canonical body as safe HTML without ids, so that two can stand on one page."""
    numbers = number(canonical)
    shown = difference(
        canonical,
        canonical,
        numbers_before=numbers,
        numbers_after=numbers,
        labels=CALLOUT_LABELS.get(language, CALLOUT_LABELS["en"]),
    )
    return mark_safe(shown.html)  # noqa: S308 - written from a canonical body


@register.filter
def pretty_json(record: Mapping[str, object]) -> str:
    """Return a record as indented JSON."""
    return json.dumps(record, indent=2, ensure_ascii=False)


@register.filter
def warning_words(code: str) -> str:
    """Return what an importer's warning means, in words; the code itself where none are known."""
    return str(WORDS.get(code, code.replace("-", " ")))
