"""Text as XML can hold it."""

from __future__ import annotations

import re
from typing import Final

# XML 1.0, 2.2: what is no character of XML.
_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """Return text without the characters that XML 1.0 cannot hold."""
    return _ILLEGAL.sub("", text)


def words(text: str) -> str:
    """Return text on one line, legal in XML."""
    return " ".join(legal(text).split())
