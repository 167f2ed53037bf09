"""Any HTML as regular markup: known tags only, every tag closed, depth bounded.

nh3 parses like a browser, and that is quadratic in depth and in marks left open (250 KB of nested `div` take
eight seconds). So what comes in is first read by the HTML standard's tokenising rules and written out again balanced:
what nh3 then parses has no comment, script, foreign content or unclosed tag left to disagree about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from manuscript.content.attributes import effect, kept
from manuscript.content.inline import PLAIN, Marks, keys_of
from manuscript.content.markup import Reader, read
from manuscript.content.schema import BLOCKS, HEADINGS, MAX_MARKUP_DEPTH, ContentRefused
from manuscript.content.tree import attribute, escape

_DIVISIONS: Final = frozenset({
    "address", "article", "body", "center", "details", "dialog", "dir", "div", "dl",
    "fieldset", "footer", "form", "header", "hgroup", "hr", "html",
    "legend", "main", "menu", "nav", "pre", "search", "section", "summary",
})  # fmt: skip
_BLOCKS: Final = {
    **{name: name for name in BLOCKS},
    **dict.fromkeys(_DIVISIONS, "div"),
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "tfoot": "tbody",
    "menu": "ul",
    "dir": "ul",
    "dt": "p",
    "dd": "p",
}
_TABLE_PARTS: Final = {
    "caption": ("table",),
    "thead": ("table",),
    "tbody": ("table",),
    "tr": ("thead", "tbody", "table"),
    "td": ("tr", "thead", "tbody", "table"),
    "th": ("tr", "thead", "tbody", "table"),
}
_MARKS: Final = frozenset({"a", "b", "strong", "i", "em", "dfn", "sub", "sup", "span", "font"})
_WALLS: Final = frozenset({"td", "th", "caption"})


@dataclass(slots=True)
class _Block:
    tag: str
    marks: int
    has_text: bool = False
    untouched: bool = True


def regular(markup: str) -> str:
    """Return `markup` as regular markup.

    Marks stand around each stretch of text by themselves, so that no mark spans blocks. Google Docs and Word put
    marks in `style`; font weight, slant and vertical position are read from there and nothing else is.

    :raises ContentRefused: if more than MAX_MARKUP_DEPTH blocks or marks are open at one time.
    """
    writer = _Writer()
    read(markup, writer)
    return writer.finish()


class _Writer(Reader):
    """Writes regular markup: a stack of open blocks, and beside it the list of open marks."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._blocks: list[_Block] = []
        self._open_marks: list[tuple[str, dict[str, str | bool | None]]] = []
        self._marks = PLAIN
        self._in_citation = False

    def finish(self) -> str:
        """Close what is open and return what was written."""
        self._pop_to(0)
        return "".join(self._out)

    def at_start_of_callout(self) -> bool:
        """Return whether nothing but space came since a callout was opened: the place of its one label."""
        block = self._blocks[-1] if self._blocks else None
        if block is None or block.tag != "aside" or not block.untouched:
            return False
        block.untouched = False
        return True

    def text(self, text: str) -> None:
        """Write text under the marks that are open."""
        if self._in_citation:
            return
        marks = self._marks
        before = after = ""
        if marks.href is not None:
            before, after = f"<a{attribute('href', marks.href)}>", "</a>"
        for tag in (marks.strong and "strong", marks.em and "em", marks.script):
            if tag:
                before, after = f"{before}<{tag}>", f"</{tag}>{after}"
        self._out.append(f"{before}{escape(text)}{after}")
        if not text.isspace():
            self._touch()
            for block in reversed(self._blocks):
                block.has_text = True
                if block.tag not in HEADINGS and block.tag not in ("p", "div"):
                    break

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """Write a start tag, closing first what it implies is over."""
        if name in _BLOCKS:
            self._in_citation = False
            self._open_block(self._placed(_BLOCKS[name]), attributes)
            if name == "hr":
                self._close_block("div")
        elif name in _MARKS:
            self._open_mark(name, attributes)
        elif name == "br" and not self._in_citation:
            self._out.append("<br>")
            self._touch()
        elif name == "cite" and not self._in_citation and keys_of(attributes.get("data-refs", "")):
            locator = attributes.get("data-locator")
            located = "" if locator is None else attribute("data-locator", locator)
            self._out.append(
                f"<cite{attribute('data-refs', attributes['data-refs'])}{located}></cite>"
            )
            self._in_citation = True
            self._touch()

    def close(self, name: str) -> None:
        """Write the end tag of the nearest open `name`, if one is open here."""
        if name == "cite":
            self._in_citation = False
        elif name in _BLOCKS:
            self._in_citation = False
            self._close_block(self._placed(_BLOCKS[name]))
        elif name in _MARKS:
            self._close_mark(name)

    def _placed(self, tag: str) -> str:
        """A part of a table without a table is a division."""
        if tag in _TABLE_PARTS and not any(block.tag == "table" for block in self._blocks):
            return "div"
        return tag

    def _open_block(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _TABLE_PARTS:
            self._pop_inside(_TABLE_PARTS[tag])
        else:
            self._close_leaf(tag)
        if (
            tag == "table"
            and self._blocks
            and self._blocks[-1].tag in ("table", "thead", "tbody", "tr")
        ):
            self._close_block("table")
        if tag == "li":
            self._close_item()
        if len(self._blocks) >= MAX_MARKUP_DEPTH:
            raise ContentRefused(f"The text is nested more than {MAX_MARKUP_DEPTH} levels deep.")
        mine = kept(tag, attributes)
        self._out.append(
            f"<{tag}{''.join(attribute(name, value) for name, value in mine.items())}>"
        )
        self._touch()
        self._blocks.append(_Block(tag, len(self._open_marks)))

    def _touch(self) -> None:
        if self._blocks:
            self._blocks[-1].untouched = False

    def _close_leaf(self, tag: str) -> None:
        """A block ends an open paragraph, and a heading that already has its text (someone forgot to close it)."""
        for index in range(len(self._blocks) - 1, -1, -1):
            block = self._blocks[index]
            if block.tag == "p" or (
                block.tag in HEADINGS and (block.has_text or tag in HEADINGS) and tag != "div"
            ):
                self._pop_to(index)
                return
            if block.tag != "div":
                return

    def _close_item(self) -> None:
        for index in range(len(self._blocks) - 1, -1, -1):
            tag = self._blocks[index].tag
            if tag == "li":
                self._pop_to(index)
                return
            if tag not in ("div", "p"):
                return

    def _close_block(self, tag: str) -> None:
        for index in range(len(self._blocks) - 1, -1, -1):
            block = self._blocks[index]
            if block.tag == tag or (tag in HEADINGS and block.tag in HEADINGS):
                self._pop_to(index)
                return
            if (block.tag in _WALLS and tag not in _TABLE_PARTS and tag != "table") or (
                block.tag == "table" and tag != "table"
            ):
                return

    def _pop_inside(self, parents: tuple[str, ...]) -> None:
        for index in range(len(self._blocks) - 1, -1, -1):
            if self._blocks[index].tag in parents:
                self._pop_to(index + 1)
                return

    def _pop_to(self, size: int) -> None:
        while len(self._blocks) > size:
            block = self._blocks.pop()
            self._out.append(f"</{block.tag}>")
            if block.tag in _WALLS and len(self._open_marks) > block.marks:
                del self._open_marks[block.marks :]
                self._fold()

    def _open_mark(self, name: str, attributes: dict[str, str]) -> None:
        if name == "a":
            self._close_mark("a")
        if len(self._open_marks) >= MAX_MARKUP_DEPTH:
            raise ContentRefused(
                f"More than {MAX_MARKUP_DEPTH} inline elements are open at one time."
            )
        self._open_marks.append((name, effect(name, attributes)))
        self._fold()

    def _close_mark(self, name: str) -> None:
        for index in range(len(self._open_marks) - 1, -1, -1):
            if self._open_marks[index][0] == name:
                del self._open_marks[index]
                self._fold()
                return

    def _fold(self) -> None:
        folded: dict[str, str | bool | None] = {}
        for _, marks in self._open_marks:
            folded |= marks
        self._marks = Marks()._replace(**folded)  # type: ignore[arg-type]  # the keys are fields, see effect
