"""One source as the desk shows it, in each style."""

from collections.abc import Mapping
from html import escape
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from manuscript.citing.csl import ReferenceRefused
from manuscript.citing.formatting import NAMES, STYLES, WITHOUT_DETAILS, format_references


def formatted_entry(csl: Mapping[str, Any], style: str) -> SafeString:
    """Return one source in a style as safe HTML; as it was typed where nothing else is known of it."""
    try:
        entry = format_references([csl], style)[0]
    except ReferenceRefused as exc:
        entry = escape(_("This record cannot be formatted: %(why)s") % {"why": exc})
    if entry == WITHOUT_DETAILS and (typed := str(csl.get("note", "")).strip()):
        entry = escape(typed)
    return mark_safe(entry)  # noqa: S308 - cleaned by manuscript.citing.formatting, or escaped


def in_styles(csl: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return one source in each style, the site's first."""
    first = settings.CITATION_STYLE
    return [
        {"style": style, "name": NAMES[style], "entry": formatted_entry(csl, style)}
        for style in sorted(STYLES, key=lambda name: name != first)
    ]
