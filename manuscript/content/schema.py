"""What a body may hold, and the errors that say it does not.

The schema is the one the editor offers (a citation is an inline atom in the text, never a typed number). It is
closed: a tag or attribute that does not stand here is not stored, rendered or compared.
"""

from __future__ import annotations

import re
from typing import Final

HEADINGS: Final = ("h2", "h3", "h4")
LEAVES: Final = frozenset({*HEADINGS, "p", "caption", "figcaption"})
"""Blocks that hold inline content and nothing else."""

CONTAINERS: Final = frozenset(
    {"ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "aside", "figure"}
)
"""Blocks that hold blocks and nothing else. A figure holds at most its caption."""

CELLS: Final = ("td", "th")
BLOCKS: Final = LEAVES | CONTAINERS
INLINE: Final = frozenset({"strong", "em", "sub", "sup", "a", "br", "cite"})
VOID: Final = frozenset({"br"})
TAGS: Final = BLOCKS | INLINE

ATTRIBUTES: Final[dict[str, tuple[str, ...]]] = {
    "a": ("href",),
    "aside": ("data-callout",),
    "cite": ("data-refs", "data-locator"),
    "figure": ("data-figure", "data-alt"),
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan", "scope"),
}
"""The attributes of each tag, in the one order they are written in."""

CALLOUTS: Final = ("note", "caution", "warning")
SCOPES: Final = ("row", "col", "rowgroup", "colgroup")

KEY: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
MAX_LOCATOR: Final = 80
MAX_ALT: Final = 1000
MAX_LABEL: Final = 60
MAX_SPAN: Final = 1000
"""The HTML standard clamps colspan here; a larger span is a mistake and is dropped."""

MAX_CHARACTERS: Final = 600_000
"""About 95,000 words. nh3 is quadratic in runs of some characters; this many take seconds at worst."""
MAX_MARKUP_DEPTH: Final = 100
"""Blocks, or marks, open at one time in what comes in. nh3 is quadratic in depth, so this is cut first."""

MAX_BODY_DEPTH: Final = 60
"""Blocks inside blocks in a canonical body. Below MAX_MARKUP_DEPTH, so that a rendered body can be read back."""


class ContentRefused(ValueError):  # says what happened to the content
    """The text cannot be a body: it is too large, too deeply nested, or not text. The message says which."""


class NotCanonical(ValueError):  # says what the body is
    """A function that takes a canonical body was given something else."""
