"""Bytes to text: which encoding, how sure, and a clear refusal when it is neither."""

from __future__ import annotations

import re
import unicodedata

from charset_normalizer import from_bytes

from manuscript.content.characters import clean
from manuscript.importing.notes import Notes
from manuscript.importing.result import ImportRefused
from manuscript.importing.signatures import looks_like

MAX_BYTES = 5 * 1024 * 1024
MAX_CHARACTERS = 1_000_000
"""How long a text may be once it is decoded; the longest textbook chapters are a tenth of it."""

_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAMPLE = 64 * 1024
_ENOUGH = 8
"""How many letters outside ASCII a guess needs: one "\xf6" fits twenty encodings."""

_WESTERN = frozenset(
    {"cp1250", "cp1252", "cp1254", "cp1257", "hp_roman8", "iso8859_1", "iso8859_15", "latin_1"}
)
_CHINESE = frozenset({"gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950"})
_FREQUENT = frozenset("的一是不了在人有我他这中大来上国个到说们为和你地出也时年得就那要下以生会自"
                      "药治疗病医者患用本内容這個國為們會時藥療醫開來對學過發後於與")  # fmt: skip

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n?|\u2028|\u2029")
_SPACES = re.compile(r"[\x0b\x0c\x85]")
_MOJIBAKE = re.compile(
    r"\ufffd|(?:[\xc2-\xf4][\x80-\xbf])+|[ÃÂ][\u0080-\u00bf€‚-„†-‰‹Œ‘-”•–—˜™š›œžŸ]|â€.?|ï»¿|ðŸ"
)


def decode(data: bytes, notes: Notes) -> str:
    """Return the text of `data`: NFC, with a line feed between lines.

    A guessed encoding, control characters and signs of a wrong earlier decoding are noted.

    :raises ImportRefused: when it is empty, too large, binary, or in no encoding that is certain.
    """
    if len(data) > MAX_BYTES:
        raise ImportRefused(
            f"The file is larger than {MAX_BYTES // 1024 // 1024} MB; an article is far smaller."
        )
    if not data.strip(b" \t\r\n\x0b\x0c"):
        raise ImportRefused("The file is empty.")
    if kind := looks_like(data):
        raise ImportRefused(
            f"This looks like {kind}; save or copy its text as UTF-8 and import that."
        )
    text = _text_of(data, notes)
    if len(text) > MAX_CHARACTERS:
        raise ImportRefused(
            f"The text has {len(text):,} characters; at most {MAX_CHARACTERS:,} are read."
        )
    text = _BREAKS.sub("\n", unicodedata.normalize("NFC", text))
    text = _SPACES.sub(" ", text).removeprefix("\ufeff")
    _note_damage(text, notes)
    text = _without_invisible(_CONTROLS.sub(" ", text), notes)
    if not text.strip(" \t\n\xa0\u200b\ufeff\u3000"):
        raise ImportRefused("The file is empty.")
    return text


def _text_of(data: bytes, notes: Notes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise ImportRefused(
                    f"The file says it is {encoding.removesuffix('-sig').upper()} but is damaged"
                    f" at byte {error.start + 1}; save it again as UTF-8."
                ) from error
    if b"\x00" in data:
        raise ImportRefused(
            f"This looks like a binary file: it holds a NUL byte at byte {data.index(0) + 1}."
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, error, notes)


def _guess(data: bytes, error: UnicodeDecodeError, notes: Notes) -> str:
    """Decode by charset-normalizer's guess if it is a confident one."""
    line = data.count(b"\n", 0, error.start) + 1
    unsure = ImportRefused(
        f"The encoding is not UTF-8 (line {line}, byte {error.start + 1}) and cannot be told for"
        " certain; save the file as UTF-8 and import it again."
    )
    damaged = data.decode("utf-8", errors="replace")
    sound = sum(char > "\x7f" and char != "\ufffd" for char in damaged)
    if sound > damaged.count("\ufffd"):  # UTF-8 with damage in it, not another encoding
        raise unsure from error
    best = from_bytes(data[:_SAMPLE].rpartition(b"\n")[0] or data[:_SAMPLE]).best()
    if best is None:
        raise unsure from error
    encoding = "cp1252" if best.encoding in _WESTERN else best.encoding
    encoding = "gb18030" if encoding in {"gbk", "gb2312"} else encoding
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        raise unsure from error
    foreign = [char for char in text if char > "\x7f" and char.isalpha()]
    if encoding in _CHINESE:
        sure = sum(char in _FREQUENT for char in foreign) >= 0.08 * len(foreign)
    else:
        sure = best.coherence >= 0.4 and best.chaos < 0.1
    if not sure or len(foreign) < _ENOUGH:
        raise unsure from error
    notes.add(
        "encoding-guessed",
        line,
        f"read as {encoding}, by the look of it",
        "compare accents, signs and units with the source, or save it as UTF-8",
    )
    return text


def _note_damage(text: str, notes: Notes) -> None:
    if not (_CONTROLS.search(text) or _MOJIBAKE.search(text)):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if _CONTROLS.search(line):
            notes.add("control-character-dropped", number, _excerpt(_CONTROLS.sub("␀", line)))
        if match := _MOJIBAKE.search(line):
            notes.add("mojibake", number, _excerpt(line, match.start()), _repaired(line))


def _without_invisible(text: str, notes: Notes) -> str:
    """Return `text` without the characters that show nothing; bodies drop them, and titles should not keep them."""
    unseen = {char for char in set(text) if char > "\x7f" and clean(f"x{char}x") == "xx"}
    if not unseen:
        return text
    pattern = re.compile("[" + re.escape("".join(unseen)) + "]")
    for number, line in enumerate(text.split("\n"), 1):
        if names := sorted({f"U+{ord(char):04X}" for char in pattern.findall(line)}):
            notes.add(
                "invisible-character-dropped",
                number,
                f"{', '.join(names)} in “{_excerpt(pattern.sub('', line))}”",
            )
    return pattern.sub("", text)


def _excerpt(line: str, at: int = 0) -> str:
    start = max(0, at - 40)
    return line[start : start + 120].strip()


def _repaired(line: str) -> str:
    """Return `line` as it was before UTF-8 was read as Windows-1252, or ""."""
    for encoding in ("cp1252", "latin-1"):
        try:
            repaired = line.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if repaired != line:
            return _excerpt(repaired)
    return ""
