"""Characters that stand in a symbol font: which letter or sign the reader saw."""

from __future__ import annotations

from typing import Final

UNREADABLE: Final = "\ufffd"
"""What stands for a sign that nobody can name; a sign that went missing would not be noticed."""

_SYMBOL_LOW: Final = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_SYMBOL_HIGH: Final = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"
)
_SYMBOL_LAST: Final = "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
_SYMBOL: Final = (
    {0x20 + at: sign for at, sign in enumerate(_SYMBOL_LOW)}
    | {0xA0 + at: sign for at, sign in enumerate(_SYMBOL_HIGH)}
    | {0xF1 + at: sign for at, sign in enumerate(_SYMBOL_LAST)}
)
_WINGDINGS: Final = {
    0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆",
    0x76: "❖", 0x77: "⬥", 0x78: "⌧", 0x9F: "•", 0xA0: "▪", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xAB: "★", 0xD8: "➢", 0xDF: "←",
    0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE7: "←", 0xE8: "→", 0xE9: "↑", 0xEA: "↓", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩",
    0xF3: "⬄", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS_2: Final = {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x54: "☒", 0xA3: "□", 0x97: "•"}
_WINGDINGS_3: Final = {0x66: "←", 0x67: "→", 0x68: "↑", 0x69: "↓", 0x70: "▲", 0x71: "▼"}
_FONTS: Final = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
}


def is_symbol_font(font: str | None) -> bool:
    """Whether the letters of `font` are signs."""
    return bool(font) and str(font).lower() in _FONTS


def sign(font: str, code: str) -> str:
    """Return the sign that `w:sym` names: its font and the hexadecimal code; `UNREADABLE` where it is not known."""
    try:
        place = int(code, 16)
    except ValueError:
        return UNREADABLE
    if 0xF000 <= place <= 0xF0FF:
        place -= 0xF000
    known = _FONTS.get(font.lower())
    if known is not None:
        return known.get(place, UNREADABLE)
    plain = 0x20 < place < 0xD800 and not 0x7F <= place < 0xA0
    return chr(place) if plain and int(code, 16) < 0xF000 else UNREADABLE


def read(text: str, font: str | None) -> str:
    """Return `text` as its reader saw it: letters of a symbol font, and private characters, made into signs."""
    if font and is_symbol_font(font):
        return "".join(char if char.isspace() else sign(font, f"{ord(char):x}") if ord(char) < 0x100 or 0xF000 <= ord(char) <= 0xF0FF else char for char in text)  # fmt: skip
    if text.isascii() or not any("\uf000" <= char <= "\uf0ff" for char in text):
        return text
    return "".join(sign("symbol", f"{ord(char):x}") if "\uf000" <= char <= "\uf0ff" else char for char in text)  # fmt: skip
