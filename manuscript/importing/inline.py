"""From markdown-it's inline tokens to pieces: marks, links, citing links, the few HTML tags that count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manuscript.importing.blocks import Piece, Pieces, text
from manuscript.importing.markers import (
    GENERIC_WORDS,
    NUMBERS,
    ends_a_word,
    expand,
    last_words,
    located,
)
from manuscript.importing.sources import is_source_address

if TYPE_CHECKING:
    from markdown_it.token import Token

    from manuscript.importing.notes import Notes

_MARKS = {"strong_open": "strong", "em_open": "em", "strong_close": "strong", "em_close": "em"}
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>br|sup|sub|strong|em|b|i|p|div|span|a|img|u|s|small|mark|font|center|script|style|iframe|object|embed|svg|math|form|input"
    r"|button|video|audio|source|link|meta|table|thead|tbody|tfoot|tr|td|th|ul|ol|li|h[1-6]|hr|pre|code|details|summary|blockquote|figure|figcaption|section"
    r"|article|aside|header|footer|nav|main|title|head|body|html|base|textarea|select|option|label|del|ins|abbr|cite|q|kbd|samp|var|time|wbr)"
    r"(?P<rest>(?:\s|/)[^<>]{0,2000})?>|<!--(?P<comment>.{0,2000}?)-->",
    re.IGNORECASE | re.DOTALL,
)
_UNDERSTOOD = {
    "br": "br",
    "sup": "sup",
    "sub": "sub",
    "strong": "strong",
    "b": "strong",
    "em": "em",
    "i": "em",
}
_DOMAIN = re.compile(
    r"(?:www\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:\s?\+\s?\d{1,2})?", re.IGNORECASE
)


def pieces_from(token: Token, line: int, notes: Notes) -> Pieces:
    """Return the pieces of an inline token that begins at `line`; what is left out is noted."""
    pieces: Pieces = []
    children = token.children or []
    at = 0
    while at < len(children):
        child = children[at]
        match child.type:
            case "text" | "text_special" | "html_inline":
                pieces.append(text(child.content, line))
            case "code_inline":
                pieces.append(Piece("text", child.content, line, title="code"))
            case "softbreak":
                line += 1
                pieces.append(text(" ", line))
            case "hardbreak":
                line += 1
                pieces.append(Piece("break", line=line))
            case "link_open":
                end = _closing(children, at)
                pieces += _link(child, children[at + 1 : end], line, notes)
                line += sum(inner.type in {"softbreak", "hardbreak"} for inner in children[at:end])
                at = end
            case "image":
                words = " ".join(
                    part
                    for part in (
                        child.content,
                        str(child.attrGet("src") or ""),
                        str(child.attrGet("title") or ""),
                    )
                    if part
                )
                notes.add("image-left-out", line, words, "add it as a figure")
            case kind if kind in _MARKS:
                pieces.append(
                    Piece("open" if kind.endswith("open") else "close", _MARKS[kind], line)
                )
            case _:
                pieces.append(text(child.content, line))
        at += 1
    return _read_tags(_joined(pieces), notes)


def _closing(children: list[Token], at: int) -> int:
    """Return the place of the link's end; links do not nest."""
    return next(
        (end for end in range(at + 1, len(children)) if children[end].type == "link_close"),
        len(children) - 1,
    )


def _link(opening: Token, inner: list[Token], line: int, notes: Notes) -> Pieces:
    """Return a link, or a marker where the link is a citation.

    It is one when its words are a number, a site's name or "source", or when it leads to a DOI or to PubMed: then
    the words stay and the source is cited behind them.
    """
    href = str(opening.attrGet("href") or "")
    title = str(opening.attrGet("title") or "")
    words = "".join(child.content or " " for child in inner).strip()
    web = href.lower().startswith(("http://", "https://"))
    stands_apart = words.lower() in GENERIC_WORDS or _DOMAIN.fullmatch(words) is not None
    if web and (NUMBERS.fullmatch(words) or (stands_apart and opening.markup != "autolink")):
        return [Piece("marker", words, line, href, title)]
    shown: Pieces = []
    for child in inner:
        if child.type in _MARKS:
            shown.append(
                Piece("open" if child.type.endswith("open") else "close", _MARKS[child.type], line)
            )
        elif child.type == "image":
            notes.add(
                "image-left-out",
                line,
                f"{child.content} {child.attrGet('src') or ''}".strip(),
                "add it as a figure",
            )
        else:
            shown.append(text(child.content or " ", line))
    if web and words and is_source_address(href):
        notes.add(
            "link-made-citation",
            line,
            f"[{words}]({href})",
            "its source is among the references now",
        )
        return [*shown, Piece("marker", words, line, href, title)]
    if title:
        notes.add("link-title-left-out", line, f"[{words}]({href}) {title}")
    if not href.lower().startswith(("http://", "https://", "mailto:")):
        notes.add(
            "link-left-out",
            line,
            f"[{words}]({href})",
            "links lead to http, https or mailto addresses",
        )
        return shown
    if not words:
        notes.add("link-left-out", line, f"[]({href})", "a link needs words")
        return shown
    return [Piece("open", "a", line, href), *shown, Piece("close", "a", line)]


def _joined(pieces: Pieces) -> Pieces:
    """Join texts that follow each other on one line, so that a marker in two tokens is one."""
    result: Pieces = []
    for piece in pieces:
        last = result[-1] if result else None
        if (
            last
            and last.kind == piece.kind == "text"
            and last.line == piece.line
            and last.title == piece.title
        ):
            last.value += piece.value
        else:
            result.append(piece)
    return result


def _read_tags(pieces: Pieces, notes: Notes) -> Pieces:
    """Turn the HTML tags in the words into marks, or drop them with a note."""
    result: Pieces = []
    opened: list[str] = []
    for piece in pieces:
        if piece.kind != "text" or piece.title == "code" or "<" not in piece.value:
            result.append(piece)
            continue
        at = 0
        for match in _TAG.finditer(piece.value):
            if match.start() > at:
                result.append(text(piece.value[at : match.start()], piece.line))
            at = match.end()
            name = _UNDERSTOOD.get((match["name"] or "").lower())
            if name == "br":
                result.append(Piece("break", line=piece.line))
            elif name and not match["close"] and not (match["rest"] or "").strip(" /"):
                opened.append(name)
                result.append(Piece("open", name, piece.line))
            elif name and match["close"] and opened and opened[-1] == name:
                opened.pop()
                result.append(Piece("close", name, piece.line))
            else:
                notes.add("html-dropped", piece.line, match[0], "its words stay")
        if at < len(piece.value):
            result.append(text(piece.value[at:], piece.line))
    result += [Piece("close", name) for name in reversed(opened)]
    return _superscripts(result)


def _superscripts(pieces: Pieces) -> Pieces:
    """Make `<sup>1,2</sup>` behind a word a marker; behind a figure or a unit it is a power."""
    result: Pieces = []
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        inner = pieces[at + 1] if at + 2 < len(pieces) else None
        if (
            piece.kind == "open"
            and piece.value == "sup"
            and inner is not None
            and inner.kind in {"text", "marker"}
            and pieces[at + 2].kind == "close"
            and (match := NUMBERS.fullmatch(inner.value.strip()))
            and expand(match[1])
            and ends_a_word(last_words(result))
        ):
            result.append(
                Piece(
                    "marker",
                    match[1] if inner.kind == "text" else inner.value,
                    inner.line,
                    inner.href,
                    inner.title,
                )
            )
            at += 3
            continue
        if (
            (piece.kind, piece.value) == ("open", "sup")
            and inner is not None
            and inner.kind == "text"
            and pieces[at + 2].kind == "close"
            and (found := located(inner.value))
            and ends_a_word(last_words(result).rstrip())
        ):
            result += [Piece("marker", label, inner.line, locator=where) for label, where in found]
            at += 3
            continue
        result.append(piece)
        at += 1
    return result
