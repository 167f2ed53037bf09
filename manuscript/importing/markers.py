"""Finding what may be a citation in a block's words: [1], ［1,2］, 【1†source】, ¹⁻³, (4), and bare numbers.

This module finds and describes; `evidence` decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from manuscript.importing.blocks import Pieces
from manuscript.importing.library import plain_label
from manuscript.importing.result import ImportRefused

Style = Literal["marked", "bracket", "superscript", "paren", "glued", "bare", "fused"]

_NUMBER = r"\d{1,3}"
_DASH = r"[-–—‑−~]"
_GROUP = rf"{_NUMBER}(?:\s?(?:[,，、;]|{_DASH})\s?{_NUMBER}(?!\d)){{0,30}}"
_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_DIGITS + "⁻˒ʼ，", "0123456789-,,,")
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (
        "bracket",
        re.compile(
            rf"\[\s?\^(?P<bing>{_NUMBER})\^\s?\](?:\[\d{{1,3}}\])?"
            r"|\[\^(?P<foot>[\w.-]{1,40})\]"
            rf"|\[(?P<located>{_GROUP})\((?P<place>[^()\[\]\n]{{1,80}})\)\]"
            rf"|[\[［]\s?(?P<group>{_GROUP})\s?[\]］](?![A-Za-z0-9_(])"
            rf"|【\s?(?P<gpt>{_GROUP})(?::\d{{1,4}})?(?P<tail>†[^】\n]{{0,120}})?\s?】"
        ),
    ),
    (
        "superscript",
        re.compile(rf"(?<![{_DIGITS}⁻])(?P<group>[{_DIGITS}]{{1,3}}(?:\s?[,˒，⁻\-–ʼ]\s?[{_DIGITS}]{{1,3}}){{0,30}})(?![⁺⁻{_DIGITS}])"),
    ),
    ("paren", re.compile(rf"(?<=\s)[(（](?P<group>{_GROUP})[)）](?=[.,;:。，；]|\s[A-ZÀ-Þ]|\s*$)")),
    ("glued", re.compile(rf"(?:(?<=[^\W\d_])|(?<=[)\]”\"’»%]))[.,;:!?](?P<group>{_GROUP})(?=\s|$)")),
    (
        "bare",
        re.compile(
            rf"(?<=[\w)\]”\"'’»）】%.?!…。！？])[ \u00a0](?P<group>{_GROUP})"
            r"(?=\s*$|[.,;:!?](?:\s|$|[\"”)])|[)，。；：）]|\s[A-ZÀ-Þ\u4e00-\u9fff])"
        ),
    ),
    ("fused", re.compile(rf"(?<=[a-zà-ÿ]{{4}})(?P<group>{_NUMBER}(?:[,–-]{_NUMBER}){{0,8}})(?=[.,;]?(?:\s|$))")),
)  # fmt: skip
_PLACED = re.compile(
    rf"\s*[,，、;]?\s*(?P<group>{_GROUP})\s?(?:\((?P<place>(?:[^()]|\([^()]*\)){{1,80}})\))?"
)
_PAGE = re.compile(r"\b(pp?)\.?\s*(?=\d)", re.IGNORECASE)
_TOKEN = re.compile(rf"({_NUMBER})(?:\s?{_DASH}\s?({_NUMBER}))?")
_LONGEST_RANGE = 40
MAX_CANDIDATES = 10_000
"""How many places that may cite a document may have."""

TOO_MANY = f"There are more citations than in any article: at most {MAX_CANDIDATES:,} are read."

PLACE = "\ue000"
"""What stands in a block's words for a marker that its markup already tells."""

NUMBERS = re.compile(r"\[?\^?\[?\s*(\d{1,3}(?:\s?[,–-]\s?\d{1,3})*)\s*\]?\^?\]?")
"""The words of a link, or of what is raised, that are nothing but the numbers of sources."""

GENERIC_WORDS = frozenset("source sources link ref reference cite citation pubmed doi pmc".split())
"""The words of links that say nothing but that a source is behind them."""


@dataclass
class Candidate:
    """What may be a citation, and where it stands in its block's words.

    `after`: the word in front of it · `ends`: nothing follows it in its block · `closes`: it follows the end of a
    sentence · `stopped`: punctuation follows, and with `finishes` that ends the sentence · `leads`: a letter follows (¹⁸F) · `piece`: the marker it is, -1 when it
    is text · `dropped`: what is lost when it becomes an atom · `locator`: where in the source it points.
    """

    style: Style
    start: int
    end: int
    labels: list[str]
    text: str
    line: int
    after: str = ""
    ends: bool = False
    closes: bool = False
    stopped: bool = False
    finishes: bool = False
    leads: bool = False
    piece: int = -1
    dropped: str = ""
    locator: str = ""
    excerpt: str = ""


@dataclass
class Flat:
    """A block's words in one string; `spans` gives (start, end, index) for each piece that shows something."""

    words: str = ""
    spans: list[tuple[int, int, int]] = field(default_factory=list)


def flatten(pieces: Pieces) -> Flat:
    """Return the words of `pieces`; a marker or a line break is one character that no number crosses."""
    spans: list[tuple[int, int, int]] = []
    parts: list[str] = []
    at = 0
    for index, piece in enumerate(pieces):
        if piece.kind in {"open", "close"}:
            continue
        value = piece.value if piece.kind == "text" else "\n" if piece.kind == "break" else PLACE
        spans.append((at, at + len(value), index))
        parts.append(value)
        at += len(value)
    return Flat("".join(parts), spans)


def candidates(pieces: Pieces, line: int) -> list[Candidate]:
    """Return what may be a citation among `pieces`, in order and without overlaps.

    :raises ImportRefused: when there are more of them than in any article.
    """
    flat = flatten(pieces)
    words = flat.words
    found = [
        Candidate(
            "marked", start, end, [] if pieces[index].href else expand(pieces[index].value),
            pieces[index].value, pieces[index].line or line, piece=index, locator=pieces[index].locator,
        )
        for start, end, index in flat.spans
        if pieces[index].kind == "marker"
    ]  # fmt: skip
    starts = [start for start, _, _ in flat.spans]
    for style, pattern in _PATTERNS:
        for match in pattern.finditer(words):
            groups = match.groupdict()
            group = groups.get("bing") or groups.get("group") or groups.get("gpt") or groups.get("located")  # fmt: skip
            text = match[0] if style != "glued" else match[0][1:]
            start = match.end() - len(text)
            if style == "bare":
                start, text = match.start("group"), match["group"]
            labels = (
                [plain_label(groups["foot"])]
                if groups.get("foot")
                else expand((group or "").translate(_PLAIN))
            )
            if not labels:
                continue
            piece = pieces[flat.spans[max(_position(starts, start), 0)][2]]
            if len(found) >= MAX_CANDIDATES:
                raise ImportRefused(TOO_MANY)
            found.append(
                Candidate(
                    style,
                    start,
                    match.end(),
                    labels,
                    text,
                    piece.line or line,
                    dropped=groups.get("tail") or "",
                    locator=place(groups.get("place") or ""),
                )
            )
    found.sort(key=lambda candidate: (candidate.start, -candidate.end))
    return _placed(found, words)


def located(words: str) -> list[tuple[str, str]]:
    """Return what raised words such as "2,1(p12)" cite: a number each and the place in the source behind it, "" for
    none; nothing where they are no numbers or no place is among them. A place belongs to the number before it (AMA).

    >>> located("3-4,1(p12)")
    [('3', ''), ('4', ''), ('1', 'p. 12')]
    """
    found: list[tuple[str, str]] = []
    at = 0
    while at < len(words.rstrip()):
        match = _PLACED.match(words, at)
        labels = expand(match["group"]) if match else []
        if match is None or not labels:
            return []
        found += [(label, "") for label in labels[:-1]]
        found.append((labels[-1], place(match["place"] or "")))
        at = match.end()
    return found if any(where for _label, where in found) else []


def place(words: str) -> str:
    """Return a place in a source as it is typed into a text: "p12" is "p. 12"."""
    return _PAGE.sub(r"\1. ", " ".join(words.split()))


def expand(group: str) -> list[str]:
    """Return the labels that "1, 3-5" cites, or nothing when it cannot be citations (0, 12-3, 1-400)."""
    labels: list[str] = []
    for first, last in _TOKEN.findall(group):
        if first.startswith("0") or last.startswith("0"):
            return []
        if not last:
            labels.append(first)
        elif int(first) < int(last) <= int(first) + _LONGEST_RANGE:
            labels += [str(number) for number in range(int(first), int(last) + 1)]
        else:
            return []
    return list(dict.fromkeys(labels))


def _position(starts: list[int], at: int) -> int:
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if starts[middle] <= at else (low, middle)
    return low - 1


def _placed(found: list[Candidate], words: str) -> list[Candidate]:
    """Drop what overlaps an earlier candidate; say of the others what stands before and after."""
    kept: list[Candidate] = []
    end = 0
    for candidate in found:
        if candidate.start < end:
            continue
        end = candidate.end
        before = words[max(0, candidate.start - 70) : candidate.start].rstrip(" \u00a0" + PLACE)
        candidate.after = (before.rsplit(None, 1) or [""])[-1]
        candidate.closes = before.endswith((".", "?", "!", "。", "！", "？", "…")) or (
            before.endswith((")", "”", '"', "’", "]", "）", "»"))
            and before[-2:-1] in {".", "?", "!", "。"}
        )
        candidate.ends = (
            not words[candidate.end : candidate.end + 4].strip(" .。;；" + PLACE)
            and len(words) - candidate.end < 5
        )
        following = words[candidate.end : candidate.end + 1]
        candidate.stopped = following in set(".,;:!?)，。；：）")
        candidate.finishes = following in set(".。?!") and words[
            candidate.end + 1 : candidate.end + 2
        ] in {"", " ", "\n"}
        candidate.leads = following.isalpha() and following.isascii()
        candidate.excerpt = (
            words[max(0, candidate.start - 50) : candidate.end + 20].replace(PLACE, "").strip()
        )
        kept.append(candidate)
    return kept


def last_words(pieces: Pieces) -> str:
    """Return the end of the last text in `pieces` that is more than space, or ""."""
    shown = (piece.value for piece in reversed(pieces) if piece.kind == "text")
    return next((value for value in shown if value.strip()), "")[-40:]


def ends_a_word(text: str) -> bool:
    """Whether `text` ends with a word or a stop: a number raised behind a figure, a unit or a short sign is a power."""
    found = re.search(r"[^\s/(]*$", text)
    tail = found[0] if found else ""
    letters = tail.rstrip(".,;:!?)]”\"'’")
    return len(letters) < len(tail) or (len(letters) > 2 and not letters[-1].isdigit())
