"""Any HTML, read by the standard's tokenising rules in one linear pass."""

from __future__ import annotations

import html
import re
from typing import Final

from manuscript.content.schema import MAX_LABEL

_TAG: Final = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]*+)"
    r"((?:[\s/]++|(?:=?[^\s/>=]++|=)(?:\s*+=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?+)?+)*+)(?:>|\Z)"
)
_ATTRIBUTE: Final = re.compile(
    r"(=?[^\s/>=]++|=)(?:\s*+=\s*+(?:\"([^\"]*+)(?:\"|\Z)|'([^']*+)(?:'|\Z)|([^\s>\"'][^\s>]*+))?+)?+"
)
_COMMENT_END: Final = re.compile(r"-->|--!>")
# In an attribute `&copy=` is not a character reference (HTML standard, 13.2.5.72); links are full of such.
_BARE_AMPERSAND: Final = re.compile(r"&(?=[A-Za-z][A-Za-z0-9]*+(?!;))")
_LABEL: Final = re.compile(rf"[^<]{{1,{MAX_LABEL}}}</p>")

_SILENT: Final = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "iframe", "noembed", "noframes", "title", "textarea", "xmp")
}
"""Elements whose content a browser does not read as markup; it goes with them."""


class Reader:
    """Is told what any HTML holds, in order. What a reader does not take, it passes over."""

    def text(self, text: str) -> None:
        """Take text."""

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """Take a start tag."""

    def close(self, name: str) -> None:
        """Take an end tag."""

    def at_start_of_callout(self) -> bool:
        """Return whether the one label of a callout may stand here, which is then passed over."""
        return False


def read(markup: str, reader: Reader) -> None:
    """Read any HTML by the standard's tokenising rules and tell `reader` of its tags and its text."""
    position = 0
    while position < len(markup):
        angle = markup.find("<", position)
        if angle != position:
            angle = len(markup) if angle < 0 else angle
            reader.text(html.unescape(markup[position:angle]))
            position = angle
        elif tag := _TAG.match(markup, position):
            position = _read_tag(reader, markup, tag)
        elif markup.startswith("<!--", position):
            end = _COMMENT_END.search(markup, position + 2)
            position = end.end() if end else len(markup)
        elif markup.startswith(("<!", "<?", "</"), position):
            end_of_comment = markup.find(">", position)
            position = end_of_comment + 1 if end_of_comment >= 0 else len(markup)
        else:
            reader.text("<")
            position += 1


def _read_tag(reader: Reader, markup: str, tag: re.Match[str]) -> int:
    """Read one tag; return where reading goes on."""
    closing, name = tag[1], tag[2].lower()
    position = tag.end()
    if name in _SILENT and not closing:
        end = _SILENT[name].search(markup, position)
        return end.start() if end else len(markup)
    if name == "plaintext" and not closing:
        return len(markup)
    if closing:
        reader.close(name)
        return position
    attributes = _attributes(tag[3]) if tag[3] else {}
    if name == "p" and "data-label" in attributes and reader.at_start_of_callout():
        label = _LABEL.match(markup, position)
        if label:
            return label.end()
    reader.open(name, attributes)
    return position


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        value = _BARE_AMPERSAND.sub("&amp;", double or single or bare)
        found.setdefault(name.lower(), html.unescape(value))
    return found
