"""The figures that a text shows: the rows behind the keys, and where their files are served.

Addresses follow from the digest alone, so that a frozen text can be rendered again from its content.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from articles.models import Edition, Figure
from manuscript.content.figures import FigureImage, figure_keys
from manuscript.content.rewriting import annotated

EXTENSIONS = {"image/webp": "webp", "image/svg+xml": "svg"}


def shown_figures(body: str) -> list[Figure]:
    """Return the figures that a canonical body shows, in order; what it names and the library
    does not have is left out. One query at most.
    """
    keys = figure_keys(body)
    rows = {row.key: row for row in Figure.objects.filter(key__in=keys)} if keys else {}
    return [rows[key] for key in keys if key in rows]


def address(digest: str, width: int, media_type: str) -> str:
    """Return where one file of a figure is served from, from the site's root."""
    return f"/figures/{digest}/{width}.{EXTENSIONS[media_type]}"


def stored_name(digest: str, width: int, media_type: str) -> str:
    """Return the name of one file of a figure in the storage."""
    return f"figures/{digest[:2]}/{digest}/{width}.{EXTENSIONS[media_type]}"


def images_of(facts: Iterable[Mapping[str, Any]]) -> dict[str, FigureImage]:
    """Return the images by key, from the facts that a Version has frozen of its figures."""
    return {
        row["key"]: FigureImage(
            row["width"],
            row["height"],
            tuple(
                (address(row["digest"], width, row["media_type"]), width) for width in row["widths"]
            ),
        )
        for row in facts
    }


def drafts_showing(drafts: QuerySet[Edition], key: str) -> QuerySet[Edition]:
    """Return those of `drafts` whose text shows the figure called `key`.

    A canonical body writes the key this way and no other; in its words, "<" is escaped.
    """
    return drafts.filter(body__contains=f'<figure data-figure="{key}"')


def credit_lines(facts: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return who made each figure and why it may be shown, in words, by the figure's key; nothing of those of which
    nothing is known. `facts` are those that a Version has frozen of its figures.
    """
    said = {row["key"]: " · ".join(filter(None, [row["credit"], row["licence"]])) for row in facts}
    return {
        key: gettext("Image: %(credit)s") % {"credit": line} for key, line in said.items() if line
    }


def with_credits(rendered: str, facts: Iterable[Mapping[str, Any]]) -> str:
    """Return a rendered body that says under each figure who made it and why it may be shown. The rendering stays
    as it is.
    """
    lines = credit_lines(facts)
    return annotated(rendered, figure_credits=lines) if lines else rendered
