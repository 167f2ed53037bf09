"""Whole documents inside a document (`w:altChunk`): HTML is read, other kinds are noted."""

from __future__ import annotations

import email
import re
from email import policy
from typing import TYPE_CHECKING, Final

from manuscript.content.canonical import canonicalise
from manuscript.content.schema import ContentRefused
from manuscript.importing.docx.shapes import Raw, Record
from manuscript.importing.result import ImportRefused

if TYPE_CHECKING:
    from manuscript.importing.docx.context import Context

_MAX: Final = 2 * 1024 * 1024
_CHARSET: Final = re.compile(rb"charset=[\"']?([\w-]{2,30})", re.IGNORECASE)


class Embedded:
    """Reads the chunks of a document."""

    def read(self, key: str | None, context: Context) -> list[Record]:
        """Return what the chunk `key` holds."""
        relation = context.relation(key)
        line = max(context.line, 1)
        if relation is None or relation.outside or not context.package.has(relation.target):
            context.notes.add("embedded-part-left-out", line, "a document inside the document", "it is not in the file")  # fmt: skip
            return []
        name = relation.target
        data = context.package.read(name, _MAX)
        html = _html(data, name)
        if html is None:
            context.notes.add("embedded-part-left-out", line, name, "only web pages are read inside a document: import it by itself")  # fmt: skip
            return []
        try:
            body = canonicalise(html)
        except ContentRefused as error:
            raise ImportRefused(f"The web page inside the document cannot be read: {error}") from error  # fmt: skip
        context.notes.add("embedded-part-read", line, name, "a web page inside the document: compare it with the source")  # fmt: skip
        return [Record(Raw(line, [], html=body))] if body else []


def _html(data: bytes, name: str) -> str | None:
    """Return the markup of a web page, alone or in a web archive, or None for something else."""
    lower = name.lower()
    if lower.endswith((".mht", ".mhtml")) or data[:400].lstrip().lower().startswith(b"mime-version"):  # fmt: skip
        message = email.message_from_bytes(data, policy=policy.default)
        for part in message.walk():
            if part.get_content_type() == "text/html":
                payload = part.get_payload(decode=True)
                charset = part.get_content_charset() or "utf-8"
                return _decoded(payload, charset) if isinstance(payload, bytes) else None
        return None
    if lower.endswith((".html", ".htm", ".xhtml")) or data[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype html", b"<body")):  # fmt: skip
        named = _CHARSET.search(data[:4096])
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return _decoded(data, "utf-16")
        return _decoded(data, named[1].decode("ascii") if named else "utf-8-sig")
    if lower.endswith(".txt"):
        words = _decoded(data, "utf-8-sig").replace("&", "&amp;").replace("<", "&lt;")
        return "".join(f"<p>{line}</p>" for line in words.splitlines())
    return None


def _decoded(data: bytes, charset: str) -> str:
    try:
        words = data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        words = data.decode("utf-8", "replace")
    return words.replace("\x00", "")
