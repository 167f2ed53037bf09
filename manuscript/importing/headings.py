"""Which lines of plain text look like headings, and a guess at their levels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from manuscript.importing.blocks import Block, Heading, Listing, Paragraph, Table, plain

if TYPE_CHECKING:
    from manuscript.importing.notes import Notes

_SECTION = re.compile(r"\s{0,3}(?P<number>[1-9]\d?(?:\.[1-9]\d?){1,3})\.?\s+(?P<text>[^\W\d_].*)")
_CHAPTER = re.compile(
    r"\s{0,3}(?:第[一二三四五六七八九十\d]+[章节部分]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])"
)
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2})*)[.)．]?\s+")
_ENDS_OPEN = re.compile(
    r"(?<!\d)[.,;:!。，；：！、…]['\"”’»)\]）】*]*\s?(?:[\[(［]?\d{1,3}(?:[,–-]\s?\d{1,3}){0,5}[\])］]?|[⁰¹²³⁴-⁹]{1,3})?$|[.,;:!。，；：！、…]['\"”’»)\]）】*]*$"
)
_TELLS = re.compile(
    r"\b(?:is|are|was|were|has|have|had|should|must|may|can|will|would|does|do|include|includes|consists?|comprises?|recommends?|requires?|shows?|suggests?)\b"
)
_ASKING = re.compile(
    r"(?:what|who|whom|whose|when|where|why|how|which|is|are|can|should|do|does|if)\b",
    re.IGNORECASE,
)
_ENDS_NUMBER = re.compile(
    r"(?<![A-Za-z])(?P<word>[^\W\d_]{2,})\s(?:\[?\d{1,3}\]?)(?:,\s?\d{1,3})*$"
)
_NUMBER_NAMES = frozenset(
    "type phase stage grade class step chapter section part level day week group tier covid".split()
)
_SENTENCE_END = re.compile(r"[.!?。！？]\s+\S")
_OWN_LEVEL = re.compile(
    r"(?:important|key|clinical|practical|special|common|additional|other)\s(?:considerations?|points?|takeaways?|pearls?|pitfalls?|caveats?|notes?|messages?|findings?)|conclusions?|summary|overview|introduction|background|caveats|limitations|bottom\sline|.{0,40}\balgorithm\b.*",
    re.IGNORECASE,
)
_LONGEST = 120
_MOST_WORDS = 18
_LONGEST_RUN = 3
"""So many short lines in a row can be headings; more are a list that lost its marks."""


def is_section_number(line: str) -> bool:
    """Whether `line` is a heading such as "2.1 Methods": "2.5 mg daily" is none."""
    match = _SECTION.fullmatch(line)
    return bool(match and match["text"][0].isupper() and could_be(match["text"]))


def could_be(words: str) -> bool:
    """Whether `words`, alone on a line, could be a heading by their form."""
    words = words.strip()
    if (
        not words
        or len(words) > _LONGEST
        or len(words.split()) > _MOST_WORDS
        or _ENDS_OPEN.search(words[-24:])
    ):
        return False
    if _SENTENCE_END.search(words.removeprefix(_number_of(words))):
        return False
    numbered = _ENDS_NUMBER.search(words)
    if numbered and numbered["word"].lower() not in _NUMBER_NAMES:
        return False
    if _TELLS.search(words) and not _ASKING.match(words):
        return False  # a sentence that lost its stop, or leads into a list
    first = words.lstrip("“\"'‘«([（【¿")[:1]
    if first.islower():
        return words.split()[0][1:2].isupper() or bool(
            re.match(r"[a-z]{1,2}[A-Z]|[a-z]-[A-Z]", words)
        )
    if first.isdigit():  # "2. Results", "2023 Update", "5 Things to Know"; not "2.5 mg daily"
        following = words.split(maxsplit=1)[1:]
        return bool(following) and not following[0][0].islower() and following[0][0].isalpha()
    return first.isalpha()


def _number_of(words: str) -> str:
    match = _NUMBERED.match(words)
    return match[0] if match else ""


def find(blocks: list[Block], notes: Notes) -> list[Block]:
    """Return `blocks` with the paragraphs that are headings made into `Heading`s, each noted as `level-guessed`.

    A heading is a short line without a stop that something follows: a paragraph longer than itself, a list, a table
    or another heading. Where headings are marked up, nothing else is one.
    """
    marked = any(isinstance(block, Heading) and block.level for block in blocks)
    likely = [isinstance(block, Heading) or (not marked and _is_likely(block)) for block in blocks]
    likely = _without_runs(likely, blocks)
    for at in range(len(blocks) - 1, -1, -1):
        if likely[at] and not isinstance(blocks[at], Heading):
            likely[at] = at + 1 < len(blocks) and _heads(
                blocks[at], blocks[at + 1], follows=likely[at + 1]
            )
    found: list[Block] = [
        Heading(block.line, block.pieces, guessed=True)
        if yes and isinstance(block, Paragraph)
        else block
        for yes, block in zip(likely, blocks, strict=True)
    ]
    guess_levels([block for block in found if isinstance(block, Heading)], found, notes)
    return found


def _is_likely(block: Block) -> bool:
    if not isinstance(block, Paragraph) or len(block.pieces) != 1:
        return False
    words = plain(block.pieces)
    return could_be(words) or _is_label(block, words)


def _is_label(block: Paragraph, words: str) -> bool:
    """Whether `words` are a short label on a line of its own ("Monitoring:")."""
    label = words.removesuffix(":").removesuffix("：")
    return label != words and block.alone and len(label.split()) < 5 and could_be(label)


def _without_runs(likely: list[bool], blocks: list[Block]) -> list[bool]:
    """Take back all but the last of too many headings in a row."""
    result = list(likely)
    run: list[int] = []
    for at in range(len(likely) + 1):
        if at < len(likely) and likely[at] and not (isinstance(blocks[at], Heading)):
            run.append(at)
            continue
        if len(run) > _LONGEST_RUN:
            for index in run[:-1]:
                result[index] = False
        run = []
    return result


def _heads(block: Block, below: Block, *, follows: bool) -> bool:
    """Whether `block` can be the heading of what stands below it."""
    if isinstance(block, Paragraph) and _is_label(block, plain(block.pieces)):
        return isinstance(below, Paragraph) and not follows
    if follows or isinstance(below, Listing | Table):
        return True
    if not isinstance(below, Paragraph) or not isinstance(block, Paragraph):
        return True
    own, other = plain(block.pieces), plain(below.pieces)
    return len(other) > 1.2 * len(own) or (
        block.alone and _ENDS_OPEN.search(other[-8:]) is not None
    )


def guess_levels(headings: list[Heading], blocks: list[Block], notes: Notes) -> None:
    """Give levels to the headings that have none, and note each as `level-guessed`.

    A heading right above another is its parent; numbers ("2.1") and capitals tell more, and so does a marked-up
    heading above.
    """
    place = {id(block): at for at, block in enumerate(blocks)}
    texts = [plain(heading.pieces) for heading in headings]
    capitals = [words.isupper() and any(char.isalpha() for char in words) for words in texts]
    mixed = any(capitals) and not all(capitals)
    inside = False
    above = 0
    for at, heading in enumerate(headings):
        if heading.level:
            above = heading.level
            continue
        following = place[id(heading)] + 1
        parent = following < len(blocks) and isinstance(blocks[following], Heading)
        if above:
            heading.level = min(above + 1, 4)
        elif number := _numbered_level(texts[at]):
            heading.level = number
        elif mixed:
            heading.level = 2 if capitals[at] else 3
        else:
            own = parent or not inside or _OWN_LEVEL.fullmatch(texts[at])
            heading.level = 2 if own else 3
        inside = parent or (inside and heading.level != 2)
        notes.add("level-guessed", heading.line, texts[at], f"h{heading.level}")


def _numbered_level(words: str) -> int:
    """Return the level that a heading's own number tells, or 0."""
    if match := _NUMBERED.match(words):
        return min(2 + match["number"].count("."), 4)
    if _CHAPTER.match(words):
        return 3 if words.lstrip()[:1] in "（(" else 2
    return 0


def fit_levels(blocks: list[Block], notes: Notes) -> None:
    """Bring marked-up levels into h2 to h4 without a gap at the top, noting it as `level-changed`."""
    found = [block for block in blocks if isinstance(block, Heading)]
    if not found:
        return
    lift = min(heading.level for heading in found) - 2
    if lift:
        first = found[0]
        moved = f"the headings moved by {abs(lift)}, so that the highest are h2"
        notes.add("level-changed", first.line, plain(first.pieces), moved)
    for heading in found:
        heading.level -= lift
        if heading.level > 4:
            notes.add(
                "level-changed", heading.line, plain(heading.pieces), f"h{heading.level} became h4"
            )
            heading.level = 4
