"""Link targets: http, https and mailto, written one way."""

from __future__ import annotations

import re
from typing import Final

from manuscript.content.characters import clean

_MAX_LENGTH: Final = 2000
_TARGET: Final = re.compile(r"(?:https?://[^/?#@:]|mailto:[^/?#@]+@)[^\s<>\"`{}|\\^]*")
_SCHEME: Final = re.compile(r"[a-zA-Z]+:")
_BREAKS: Final = re.compile(r"[\t\n\r]+")
_UNSAFE: Final = re.compile(r"[^\x21-\x7e]|[<>\"`{}|^]")


def normalise(href: str) -> str | None:
    """Return the canonical form of a link target, or None where it is not one a body may hold.

    Line breaks inside are dropped and a backslash read as a slash, as browsers do (WHATWG URL), so that what is
    checked is what a browser would follow. The scheme is lower case; unsafe characters and those outside ASCII are
    percent-encoded as UTF-8 (RFC 3987, 3.1).
    """
    target = (
        clean(_BREAKS.sub("", href))
        .strip()
        .replace("\u200c", "")
        .replace("\u200d", "")
        .replace("\\", "/")
    )
    target = _UNSAFE.sub(_encoded, target)
    target = (
        _SCHEME.sub(lambda found: found[0].lower(), target, count=1)
        if _SCHEME.match(target)
        else target
    )
    if len(target) > _MAX_LENGTH or not _TARGET.fullmatch(target):
        return None
    return target


def _encoded(found: re.Match[str]) -> str:
    return "".join(f"%{octet:02X}" for octet in found[0].encode())
