"""Bytes to text: UTF-8 with or without its mark, UTF-16, and the encodings old tools write."""

import codecs
import re

from charset_normalizer import from_bytes

from manuscript.citing.reading.result import ReferencesRefused

MAX_BYTES = 20 * 1024 * 1024

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_DECLARED = re.compile(rb"%\s*Encoding:\s*([\w-]+)|\bencoding=[\"']([\w-]+)[\"']", re.IGNORECASE)
_NAMES = {
    "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "utf8": "utf-8",
}
_MIXED = "imprimatur.windows-1252"
_HIGH = re.compile(rb"[\x80-\xff]+")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_FREQUENT = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为和地出也时年得就那要下以生会自"
    "医学杂志研究临床治疗病症患者分析中华药物疗效张王李刘陈杨赵黄周吴明华文"
)
_OTHERS_WORTH_A_GUESS = {
    "big5", "cp950", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949", "cp1251", "koi8_r",
    "cp1250", "iso8859_2", "cp1253", "cp1254",
}  # fmt: skip
_SURE = 0.4
_BREAKS = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of `data`, with a line feed between lines, and the encoding it had.

    A file that is not UTF-8 is read as what it declares, else as Chinese (GB 18030) where that
    gives common Chinese characters, else as a confident guess, else as Windows-1252.

    :raises ReferencesRefused: when it is empty, too large or binary.
    """
    if len(data) > MAX_BYTES:
        raise ReferencesRefused(
            f"The file is larger than {MAX_BYTES // 1024 // 1024} MB; split it and import the parts."
        )
    if not data.strip():
        raise ReferencesRefused("The file is empty.")
    text, encoding = _decoded(data)
    text = _BREAKS.sub("\n", text).removeprefix("\ufeff")
    if "\x00" in text:
        raise ReferencesRefused("This looks like a binary file, not a file of references.")
    if not text.strip():
        raise ReferencesRefused("The file is empty.")
    return text, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding.removesuffix("-sig")
            except UnicodeDecodeError as error:
                raise ReferencesRefused(
                    f"The file says it is {encoding.removesuffix('-sig').upper()} but is damaged at"
                    f" byte {error.start + 1}; save it again as UTF-8."
                ) from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _guessed(data)


def _guessed(data: bytes) -> tuple[str, str]:
    if b"\x00" in data:
        raise ReferencesRefused("This looks like a binary file, not a file of references.")
    damaged = data.decode("utf-8", errors="replace")
    if sum(char > "\x7f" and char != "\ufffd" for char in damaged) > damaged.count("\ufffd"):
        # UTF-8 into which a few lines of another file were copied.
        return data.decode("utf-8", errors=_MIXED), "UTF-8 mixed with Windows-1252"
    for encoding in _candidates(data):
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace"), "cp1252"


def _candidates(data: bytes) -> list[str]:
    found = []
    if declared := _DECLARED.search(data[:2000]):
        name = (declared[1] or declared[2]).decode("ascii").lower()
        found.append(_NAMES.get(name, name))
    if _is_chinese(data):
        found.append("gb18030")
    in_pairs = _in_pairs(data)
    best = from_bytes(data[: 64 * 1024]).best()
    if best is not None and best.encoding in _OTHERS_WORTH_A_GUESS and best.coherence >= _SURE:
        found.append(best.encoding)
    if in_pairs:  # too few characters to tell by their frequency: a name or two
        found.append("gb18030")
    return [*found, "cp1252"]


def _in_pairs(data: bytes) -> bool:
    """Whether high bytes come in pairs, as in Chinese; accents of Western text stand alone."""
    runs = [len(run) for run in _HIGH.findall(data)]
    return sum(run for run in runs if run % 2 == 0) >= 0.9 * sum(runs)


def _as_western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", errors="replace"), error.end


codecs.register_error(_MIXED, _as_western)


def _is_chinese(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    foreign = [char for char in text if char > "\x7f"]
    common = sum(char in _FREQUENT for char in foreign)
    return bool(_HAN.search(text)) and common >= 0.04 * len(foreign)
