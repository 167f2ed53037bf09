"""Finding a page's list of references and the entries in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from manuscript.importing.page import bare
from manuscript.importing.sources import is_sourcelike

if TYPE_CHECKING:
    from manuscript.importing.page import Page

_SURE = (
    r"(?:selected\s+|key\s+|cited\s+|full\s+|list\s+of\s+|the\s+)?references?(?:\s+(?:materials?|list|cited|sources?|and\s+(?:notes|links|further\s+reading)))?"
    r"|bibliograph(?:y|ie)|bibliografia|bibliografía|works\s+cited|literature\s+cited|citations?\s+list"
    r"|参考(?:资料|文献|来源|文章|链接)|參考(?:資料|文獻|來源)|引用文献|引用来源|参考資料|参考文献|資料來源|资料来源"
    r"|références?(?:\s+bibliographiques)?|referencias?(?:\s+bibliográficas)?|referências?(?:\s+bibliográficas)?|riferimenti(?:\s+bibliografici)?"
    r"|literaturverzeichnis|literaturangaben|quellenangaben|quellenverzeichnis|einzelnachweise|literatuurlijst|referenties"
    r"|список\s+(?:использованной\s+)?литературы|источники|참고\s?(?:문헌|자료)|مراجع|المراجع|مصادر"
)
_MAYBE = (
    r"(?:the\s+|our\s+|key\s+|article\s+|data\s+)?sources?|citations?|notes?|footnotes?|endnotes?|literature|further\s+reading|learn\s+more|links?"
    r"|quellen?|literatur|fuentes?|fonti|fonte|fontes|sources?\s+(?:used|cited|consulted)|来源|出处|引用|注释|脚注|출처|источник"
)
_HEADING = re.compile(
    rf"(?:\d{{1,2}}(?:\.\d{{1,2}})?[.)]?\s+|[一二三四五六七八九十]+、\s*)?[\[【［（(]?\s*(?:(?P<sure>{_SURE})|(?P<maybe>{_MAYBE}))\s*[\]】］）)]?[*_\s]*"
    r"(?:\(\s*\d{1,3}\s*\)\s*)?(?:[:：][\s*_]*(?P<rest>.*)|$)",
    re.IGNORECASE | re.DOTALL,
)
_LABELLED = re.compile(
    r"(?P<indent>\s*)(?:[-*•·]\s+)?(?:"
    r"\[\^(?P<foot>[\w.-]{1,40})\]:?|[\[［【]\s*\^?(?P<bracket>\d{1,3})\^?\s*[\]］】][:.：]?|[（(](?P<paren>\d{1,3})[)）]|(?P<number>\d{1,3})(?:[.)](?=\s|$|[^\W\d_])|、|．|\\\.)|(?P<sup>[⁰¹²³⁴-⁹]{1,3})|(?P<tab>\d{1,3})(?=\t|\s{2,}|$|\s[A-ZÀ-Þ]))"
    r"(?P<text>.*)",
    re.DOTALL,
)
_BULLET = re.compile(r"\s*(?:[-*+–—]\s+|[•●▪◦‣·]\s*)(?P<text>.*)", re.DOTALL)
_DEFINITION = re.compile(r"[ ]{0,3}\[(?P<label>\^?[^\[\]\n]{1,60}?)\]:\s*(?P<text>.*)", re.DOTALL)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_KINDS = ("foot", "bracket", "paren", "number", "sup", "tab")
_MORE = re.compile(
    r"[a-z\d(\[]|Available|Accessed|Retrieved|Epub|Published|Google|PubMed|CrossRef|DOI|PMID|ISBN"
)
"""How the rest of an entry begins after a full stop."""

_LONGEST_HEADING = 90
_LONGEST_OPENING = 4000
_LONGEST_FIRST = 600
_LONGEST_ENTRY = 3000


@dataclass
class Entry:
    """One entry of a reference list: what the source calls it ("" when nothing), where, and its text."""

    label: str
    line: int
    text: str


def opens_references(line: str) -> str | None:
    """Return what follows a reference list's heading on its own line ("" for nothing), or None."""
    opening = _opening(line)
    return None if opening is None else opening[0]


def _opening(line: str) -> tuple[str, bool] | None:
    """Return what follows a list's heading, and whether nothing else is called so."""
    match = _HEADING.fullmatch(line) if line and len(line) < _LONGEST_OPENING else None
    if match is None:
        return None
    rest = (match["rest"] or "").strip()
    if match["maybe"] and rest and not is_sourcelike(rest):
        return None
    return rest, bool(match["sure"])


def take_definitions(page: Page) -> list[Entry]:
    """Take Markdown's footnotes and numbered link definitions off `page`."""
    entries: list[Entry] = []
    filled = page.filled()
    position = 0
    while position < len(filled):
        index = filled[position]
        position += 1
        match = _DEFINITION.fullmatch(page.lines[index])
        if not match or not (match["label"].startswith("^") or match["label"].isdigit()):
            continue
        texts = [match["text"].strip()]
        page.take(index)
        while (
            match["label"].startswith("^")
            and position < len(filled)
            and filled[position] == filled[position - 1] + 1
            and page.lines[filled[position]].startswith((" ", "\t"))
            and not _DEFINITION.match(page.lines[filled[position]])
        ):
            texts.append(page.take(filled[position]))
            position += 1
        entries.append(Entry(match["label"].strip("^"), index + 1, " ".join(texts).strip()))
    return entries


def take_references(page: Page) -> list[Entry]:
    """Take the reference lists off `page`, headings included, and return their entries in order."""
    entries: list[Entry] = []
    filled = page.filled()
    position = 0
    while position < len(filled):
        index = filled[position]
        line = page.lines[index]
        position += 1
        heading = bare(line)
        opening = _opening(heading)
        if opening is None or (not opening[0] and len(heading) > _LONGEST_HEADING):
            continue
        if heading[:1].islower() and index and page.lines[index - 1].strip():
            continue  # the tail of a wrapped sentence
        rest, sure = opening
        own = [Entry("", index + 1, rest)] if rest else []
        reader = _Entries(page, first=not rest)
        last = reader.read(filled, position)
        found = reader.found
        if not own and (not found or not (sure or _mostly_sources(found))):
            continue
        page.notes.add("reference-list-set-aside", index + 1, line.strip())
        page.take(index)
        for taken in filled[position:last]:
            page.take(taken)
        entries += own + found
        position = max(position, last)
    return entries


def _mostly_sources(entries: list[Entry]) -> bool:
    return 2 * sum(is_sourcelike(entry.text) for entry in entries) > len(entries)


class _Entries:
    """The entries of one list, line by line, until a line is none."""

    def __init__(self, page: Page, *, first: bool) -> None:
        """`first`: something must follow the heading, so the first line is an entry by its place."""
        self.lines = page.lines
        self.found: list[Entry] = []
        self._kind = ""
        self._first = first

    def read(self, filled: list[int], position: int) -> int:
        """Read from `position` on and return the position after the last entry's last line."""
        while position < len(filled):
            index = filled[position]
            line = self.lines[index]
            if line.lstrip().startswith("#") or (self.found and _opens_another(line)):
                break
            if not self._take(index, line, adjoining=index == filled[position - 1] + 1):
                break
            position += 1
        return position

    def _take(self, index: int, line: str, *, adjoining: bool) -> bool:
        """Take `line` as an entry, or as more of the last one; return whether it was either."""
        if (match := _LABELLED.fullmatch(line)) and self._counts_on(match, line):
            return self._take_labelled(match, index)
        if bullet := _BULLET.fullmatch(line):
            words = bullet["text"].strip()
            if not words or (self.found and not adjoining and not is_sourcelike(words)):
                return False
            self.found.append(Entry("", index + 1, words))
            return True
        if self.found and self._continues(line, adjoining=adjoining):
            last = self.found[-1]
            last.text = f"{last.text} {line.strip()}".strip()
            return True
        if self._kind and not adjoining:
            return False
        by_place = self._first and not self.found and len(line) < _LONGEST_FIRST
        if self._kind or not (is_sourcelike(line) or by_place):
            return False
        self.found.append(Entry("", index + 1, line.strip()))
        return True

    def _take_labelled(self, match: re.Match[str], index: int) -> bool:
        kind = next(name for name in _KINDS if match[name])
        words = match["text"].strip()
        if not self.found and kind == "tab" and words and not is_sourcelike(words):
            return False
        self._kind = kind
        self.found.append(Entry(match[kind].translate(_SUPERSCRIPT), index + 1, words))
        return True

    def _counts_on(self, match: re.Match[str], line: str) -> bool:
        """Whether a bare number goes on counting, rather than being a volume or page of a wrapped entry."""
        label = match["number"] or match["tab"]
        if not label or self._kind not in {"tab", "number"}:
            return True
        before = next((e.label for e in reversed(self.found) if e.label.isdecimal()), "0")
        return int(label) == int(before) + 1 or is_sourcelike(line)

    def _continues(self, line: str, *, adjoining: bool) -> bool:
        """Whether `line` is the rest of the last entry and not the next entry or paragraph of the page."""
        last = self.found[-1].text
        if not last:
            return bool(self._kind)
        if not adjoining or len(last) + len(line) > _LONGEST_ENTRY:
            return False
        if not self._kind:
            return line[:1].isspace() and not is_sourcelike(line)
        ended = last.rstrip().endswith((".", "。"))
        return not ended or is_sourcelike(line) or _MORE.match(line.strip()) is not None


def _opens_another(line: str) -> bool:
    return opens_references(bare(line)) is not None
