"""Sources that are web pages: their address, how it may be written, and what they need to be identified."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from manuscript.citing.findable import is_identified, missing_of_web_page

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"“”]+")


def address_of(csl: Mapping[str, Any]) -> str:
    """Return the web address of a source: its own, else the first in what was typed, or nothing."""
    if url := str(csl.get("URL", "")):
        return url
    found = _WEB_ADDRESS.search(str(csl.get("note", "")))
    return found[0].rstrip(".,;:)") if found else ""


def spellings(address: str) -> list[str]:
    """Return how one address may be written: with http or https, with and without a stroke at its end."""
    rest = address.partition("://")[2].rstrip("/")
    return [f"{scheme}://{rest}{end}" for scheme in ("https", "http") for end in ("", "/")]


def _is_web_page(csl: Mapping[str, Any]) -> bool:
    """Return whether a source is a web page as far as one can tell: a citation of a paper may have an address too."""
    if csl.get("URL"):
        return csl.get("type") != "article-journal"
    note = str(csl.get("note", ""))
    return bool(address_of(csl)) and not _WEB_ADDRESS.sub("", note).strip(" .,;:()[]")


def needed_of_web_page(csl: Mapping[str, Any]) -> str:
    """Return in words what a source with a web address still needs to be identified; nothing of any other source."""
    if not _is_web_page(csl) or is_identified(csl):
        return ""
    no_title, no_more = missing_of_web_page(csl)
    if no_title and no_more:
        return _(
            "A web page needs its address, its title, and one of these: its publisher, the name of the site, an author, or its date."
        )
    if no_title:
        return _("A web page needs its title. The rest is there.")
    if no_more:
        return _(
            "A web page needs one more of these: its publisher, the name of the site, an author, or its date."
        )
    return _("A web page needs its address in the field for it. The rest is there.")
