"""The one canonical form of a body: equal content is an equal string (law 3)."""

from __future__ import annotations

from typing import Final

import nh3

from manuscript.content import tree
from manuscript.content.balance import regular
from manuscript.content.blocks import blocks_of
from manuscript.content.schema import (
    ATTRIBUTES,
    MAX_BODY_DEPTH,
    MAX_CHARACTERS,
    TAGS,
    ContentRefused,
)

_CLEANER: Final = nh3.Cleaner(
    tags={*TAGS, "div"},
    clean_content_tags={"script", "style", "iframe", "noembed", "noframes", "title", "textarea"},
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
    link_rel=None,
    strip_comments=True,
)


def canonicalise(html: str, *, limit: int = MAX_CHARACTERS) -> str:
    """Return the canonical body of any HTML, safe to show; the canonical form of a canonical body is itself.

    Everything outside the schema goes; text stays unless it was script, style or the like. What `render` adds
    (wrappers, ids, citation numbers, callout labels) goes too, so `canonicalise(render(body, …)) == body`. A rendering
    is longer than its body: whoever checks one passes a larger `limit`.

    :raises ContentRefused: if the text is longer than `limit` characters, as it comes or in canonical form, is nested
        too deeply, or is not text (a NUL, half a surrogate pair).
    """
    if len(html) > limit:
        raise ContentRefused(
            f"The text has {len(html):,} characters; at most {limit:,} are accepted."
        )
    if "\x00" in html:
        raise ContentRefused("This is not text: it contains a NUL character.")
    if not _is_unicode(html):
        raise ContentRefused("This is not text: it contains half a surrogate pair.")
    clean = _CLEANER.clean(regular(html))
    body = blocks_of(tree.parse(clean))
    if tree.depth(body) > MAX_BODY_DEPTH:
        raise ContentRefused(f"The text is nested more than {MAX_BODY_DEPTH} levels deep.")
    canonical = tree.serialise(body)
    if len(canonical) > limit:
        raise ContentRefused(
            f"The text has {len(canonical):,} characters with its markup; at most {limit:,} are accepted."
        )
    return canonical


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
