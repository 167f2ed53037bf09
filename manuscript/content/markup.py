"""Any HTML as regular markup: known tags only, every tag closed, depth bounded, in one linear pass.

nh3 parses like a browser, and that is quadratic in depth and in marks left open (250 KB of nested `div` take
eight seconds). So what comes in is first read by the HTML standard's tokenising rules and written out again balanced:
what nh3 then parses has no comment, script, foreign content or unclosed tag left to disagree about.
"""

from __future__ import annotations

import html
import re
from typing import Final

from manuscript.content.balance import Writer
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


def regular(markup: str) -> str:
    """Return `markup` as regular markup.

    Marks stand around each stretch of text by themselves, so that no mark spans blocks. Google Docs and Word put
    marks in `style`; font weight, slant and vertical position are read from there and nothing else is.

    :raises ContentRefused: if more than MAX_MARKUP_DEPTH blocks or marks are open at one time.
    """
    writer = Writer()
    position = 0
    while position < len(markup):
        angle = markup.find("<", position)
        if angle != position:
            angle = len(markup) if angle < 0 else angle
            writer.text(html.unescape(markup[position:angle]))
            position = angle
        elif tag := _TAG.match(markup, position):
            position = _read_tag(writer, markup, tag)
        elif markup.startswith("<!--", position):
            end = _COMMENT_END.search(markup, position + 2)
            position = end.end() if end else len(markup)
        elif markup.startswith(("<!", "<?", "</"), position):
            end_of_comment = markup.find(">", position)
            position = end_of_comment + 1 if end_of_comment >= 0 else len(markup)
        else:
            writer.text("<")
            position += 1
    return writer.finish()


def _read_tag(writer: Writer, markup: str, tag: re.Match[str]) -> int:
    """Write one tag; return where reading goes on."""
    closing, name = tag[1], tag[2].lower()
    position = tag.end()
    if name in _SILENT and not closing:
        end = _SILENT[name].search(markup, position)
        return end.start() if end else len(markup)
    if name == "plaintext" and not closing:
        return len(markup)
    if closing:
        writer.close(name)
        return position
    attributes = _attributes(tag[3]) if tag[3] else {}
    if name == "p" and "data-label" in attributes and writer.at_start_of_callout():
        label = _LABEL.match(markup, position)
        if label:
            return label.end()
    writer.open(name, attributes)
    return position


def _attributes(source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(source):
        value = _BARE_AMPERSAND.sub("&amp;", double or single or bare)
        found.setdefault(name.lower(), html.unescape(value))
    return found
