"""TeX in bibliographies: accents, symbols and braces to plain Unicode."""

import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł",
    "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
    "NG": "Ŋ",
}  # fmt: skip
_SYMBOLS = {
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "ldots": "…", "dots": "…", "textellipsis": "…", "textregistered": "®",
    "texttrademark": "™", "copyright": "©", "textcopyright": "©", "pounds": "£", "euro": "€", "texteuro": "€",
    "S": "§", "P": "¶", "dag": "†", "ddag": "‡", "textdegree": "°", "degree": "°", "textpm": "±", "pm": "±",
    "times": "×", "texttimes": "×", "cdot": "·", "textperiodcentered": "·", "leq": "≤", "le": "≤", "geq": "≥",
    "ge": "≥", "neq": "≠", "approx": "≈", "sim": "~", "infty": "∞", "rightarrow": "→", "to": "→", "leftarrow": "←",
    "textmu": "µ", "mu": "μ", "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^",
    "textunderscore": "_", "textless": "<", "textgreater": ">", "textbar": "|", "textquotesingle": "'",
    "textexclamdown": "¡", "textquestiondown": "¿", "guillemotleft": "«", "guillemotright": "»", "quotedblbase": "„",
    "ast": "*", "star": "*", "circ": "°", "prime": "′", "slash": "/", "textsuperscript": "", "lbrace": "{",
    "rbrace": "}", "textbraceleft": "{", "textbraceright": "}", "TeX": "TeX", "LaTeX": "LaTeX", "space": " ",
}  # fmt: skip
_PLAIN = frozenset(
    "emph textit textbf textsc textrm texttt textsf textsl textup textnormal mathrm mathit mathbf mathsf text mbox"
    " uppercase lowercase url href path enquote it bf em sc rm tt sl sf itshape bfseries scshape upshape normalfont"
    " nobreak relax protect ensuremath noopsort uppercase MakeUppercase NoCaseChange hbox bibstring".split()
)
_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lamda nu xi omicron pi rho sigma tau upsilon phi chi psi omega".split()
for _name in _GREEK:
    _spoken = "lambda" if _name == "lamda" else _name
    for _prefix in ("", "text"):
        _SYMBOLS[_prefix + _spoken] = unicodedata.lookup(f"GREEK SMALL LETTER {_name.upper()}")
        _SYMBOLS[_prefix + _spoken.capitalize()] = unicodedata.lookup(
            f"GREEK CAPITAL LETTER {_name.upper()}"
        )

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]+)\*?[ \t\n]*|\\(?P<sign>[^a-zA-Z])|(?P<small>[_^](?=[0-9{+\-\\(]))|(?P<plain>---?|``|''|[{}$~])",
    re.DOTALL,
)
_ONE = re.compile(
    r"[ \t\n]*(?:\{(?P<group>(?:[^{}\\]|\\.)*)\}|\\(?P<word>[a-zA-Z]+)[ \t\n]*|\\(?P<sign>.)|(?P<char>[^\\{}]))",
    re.DOTALL,
)
_SIGNS = {
    "-": "",
    "/": "",
    ",": " ",
    ";": " ",
    ":": " ",
    "!": "",
    "\\": " ",
    " ": " ",
    "\n": " ",
    "@": "",
}
_BELOW = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_ABOVE = str.maketrans("0123456789+-=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾")
_SMALL = re.compile(r"[0-9+\-=()]+")
_LEFT = re.compile(r"\\[a-zA-Z]+|\\[`'^~=.\"][a-zA-Z{\\]|\$[^$]*[\\^_{][^$]*\$")


def from_tex(text: str) -> str:
    """Return TeX as one line of Unicode. A command it does not know stays, for a warning."""
    if not re.search(r"[\\{}$~]|--|``|''", text):
        return " ".join(text.split())
    return unicodedata.normalize("NFC", " ".join(_Decoder(text).read().split()))


def has_tex(text: str) -> bool:
    """Whether commands or formulas of TeX are left in a text."""
    return bool(_LEFT.search(text))


class _Decoder:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.in_formula = False

    def read(self) -> str:
        out: list[str] = []
        while match := _TOKEN.search(self.text, self.at):
            out.append(self.text[self.at : match.start()])
            self.at = match.end()
            out.append(self._token(match))
        out.append(self.text[self.at :])
        return "".join(out)

    def _token(self, match: re.Match[str]) -> str:
        if match["word"]:
            return self._command(match["word"], match[0])
        if match["sign"]:
            return (
                self._accented(match["sign"])
                if match["sign"] in _ACCENTS
                else _SIGNS.get(match["sign"], match["sign"])
            )
        if match["small"]:
            return self._small(match["small"])
        return self._plain(match["plain"])

    def _plain(self, text: str) -> str:
        if text == "$":
            # A lone dollar is money, not a formula.
            if not self.in_formula and "$" not in self.text[self.at :]:
                return "$"
            self.in_formula = not self.in_formula
            return ""
        if text in "{}":
            return ""
        return {"~": " ", "--": "–", "---": "—", "``": "“", "''": "”"}[text]

    def _command(self, word: str, whole: str) -> str:
        if word in _ACCENTS:
            return self._accented(word)
        if word in _LETTERS:
            return _LETTERS[word]
        if word in {"textsuperscript", "textsubscript"}:
            return self._small("^" if word == "textsuperscript" else "_")
        if word in _SYMBOLS:
            spaced = whole[-1:].isspace() and len(_SYMBOLS[word]) > 1
            return _SYMBOLS[word] + (" " if spaced else "")
        if word in _PLAIN:
            return ""
        return whole.rstrip() + " "

    def _accented(self, accent: str) -> str:
        match = _ONE.match(self.text, self.at)
        if not match:
            return ""
        self.at = match.end()
        base = match["char"] or ""
        if match["word"]:
            base = {"i": "i", "j": "j"}.get(match["word"], _LETTERS.get(match["word"], ""))
        elif match["group"] is not None:
            base = _Decoder(match["group"].replace("\\i", "i").replace("\\j", "j")).read().strip()
        return base[:1] + _ACCENTS[accent] + base[1:] if base else ""

    def _small(self, kind: str) -> str:
        match = _ONE.match(self.text, self.at)
        if not match or (not self.in_formula and match["group"] is None and kind in "_^"):
            return kind
        self.at = match.end()
        text = match["char"] or ""
        if match["word"]:
            text = _SYMBOLS.get(match["word"], match["word"])
        elif match["group"] is not None:
            text = _Decoder(match["group"]).read()
        if not _SMALL.fullmatch(text):
            return text
        return text.translate(_BELOW if kind == "_" else _ABOVE)
