"""One search over what the public can read: SQLite FTS5 or PostgreSQL full text behind it.

Both indexes hold `manuscript.content.plain.search_text`, in which each Chinese character stands
alone, and both are kept by the database itself (reader/migrations/0003_search_index.py).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from manuscript.content.plain import search_text
from reader.listing import light
from review.models import OPEN_STATES, Publication, State

CANDIDATES = 500
LONGEST = 200
MOST_TERMS = 16
SNIPPET = 220
SHORTEST_BEGINNING = 3
SHORTEST_STEM = 4

_WORDS = re.compile(r'"[^"]*"|\S+')
_NOT_INDEXED = re.compile(r"[^\w\-.]+|(?<!\w)[-.]+|[-._]+(?!\w)|_")
_CJK = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# Signs that Chinese is written with: full-width ones, quotes, dashes, dots. Half-width ones close
# up only on the side where no space is ever written.
_CJK_SIGNS = r"\u3000-\u3004\u3008-\u303f\uff01-\uff65\u2018\u2019\u201c\u201d\u2026\u2014\u00b7/"
_CJK_SPACE = re.compile(
    rf"(?<=[{_CJK}{_CJK_SIGNS}(\[]) (?=[{_CJK}])|(?<=[{_CJK}]) (?=[{_CJK_SIGNS})\].,;:!?%])"
)
_CJK_RUN = re.compile(rf"[{_CJK}](?: [{_CJK}])+")


@dataclass(frozen=True, slots=True)
class Found:
    """One article: the text of it that fits the query best, and where it says so."""

    publication: Publication
    snippet: list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Results:
    """`total` articles, `CANDIDATES` at most, and those asked for. `is_loose` where no text has
    all of the words, so that these have some; `was_cut` where the query was longer than is read.
    """

    found: list[Found]
    total: int
    is_loose: bool = False
    was_cut: bool = False


NOTHING = Results([], 0)


def terms(query: str) -> list[str]:
    """Return what is looked for: words, and phrases where they were quoted or are Chinese.

    Signs that mean something to a search engine are dropped, so no query can be malformed.
    """
    found: list[str] = []
    for piece in _WORDS.findall(query[:LONGEST]):
        term = " ".join(_NOT_INDEXED.sub(" ", search_text(piece.replace("\0", " "))).split())
        if term and term not in found:
            found.append(term)
    return found[:MOST_TERMS]


def search(query: str, *, language: str, limit: int, offset: int) -> Results:
    """Return the readable articles in `language` that answer `query`, approved ones first.

    Each article once, with its best text. If none has every word, those that have some; a run of
    Chinese characters then counts as its pairs. At most three queries.
    """
    wanted = terms(query)
    if not wanted:
        return NOTHING
    rows, loose = _candidates(wanted, language, every=True), False
    if not rows and (pieces := _pieces(wanted)):
        rows, loose = _candidates(pieces, language, every=False), True
        wanted = pieces
    best: dict[int, int] = {}
    for edition, article in rows:
        best.setdefault(article, edition)
    chosen = list(best.values())[offset : offset + limit]
    texts = {row.pk: row for row in _with_words(chosen)}
    found = [
        Found(texts[edition], snippet(texts[edition].body_text, wanted))
        for edition in chosen
        if edition in texts
    ]
    return Results(found, len(best), loose, len(query.strip()) > LONGEST)


def _pieces(wanted: Sequence[str]) -> list[str]:
    """Return single words, and the overlapping pairs of longer Chinese runs."""
    found: list[str] = []
    for term in wanted:
        for run in _CJK_RUN.findall(term):
            signs = run.split()
            found += [" ".join(signs[i : i + 2]) for i in range(len(signs) - 1)]
        found += _CJK_RUN.sub(" ", term).split()
    pieces = list(dict.fromkeys(found))[: MOST_TERMS * 2]
    return pieces if pieces != list(wanted) or len(pieces) > 1 else []


def _candidates(wanted: Sequence[str], language: str, *, every: bool) -> list[tuple[int, int]]:
    """Return (edition, article) of the best matches, approved first."""
    vendor = connection.vendor
    states = [str(State.APPROVED), *map(str, OPEN_STATES)]
    if vendor == "sqlite":
        sql, expression = _SQLITE, _fts5(wanted, every=every)
        parameters: list[str | int] = [
            expression,
            language,
            *states,
            str(State.APPROVED),
            CANDIDATES,
        ]
    else:
        configuration = "imprimatur_en" if language == "en" else "imprimatur_any"
        sql, expression = _POSTGRESQL, _tsquery(wanted, every=every)
        parameters = [configuration, expression, language, *states, str(State.APPROVED), CANDIDATES]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [(row[0], row[1]) for row in cursor.fetchall()]


def _fts5(wanted: Sequence[str], *, every: bool) -> str:
    """Return an FTS5 expression of quoted terms; the last may be the beginning of a word."""
    quoted = [f'"{term}"' for term in wanted]
    if _may_go_on(wanted[-1]):
        quoted[-1] = f"({quoted[-1]} OR {quoted[-1]} *)"
    return (" AND " if every else " OR ").join(quoted)


def _tsquery(wanted: Sequence[str], *, every: bool) -> str:
    """Return the same as PostgreSQL's tsquery in words."""
    quoted = [f"'{term}'" for term in wanted]
    if _may_go_on(wanted[-1]):
        quoted[-1] = f"({quoted[-1]} | {quoted[-1]}:*)"
    return (" & " if every else " | ").join(quoted)


def _may_go_on(term: str) -> bool:
    return term.isalpha() and term.isascii() and len(term) >= SHORTEST_BEGINNING


_SQLITE = """
SELECT p.edition_id, e.article_id
FROM reader_search
JOIN review_publication p ON p.edition_id = reader_search.rowid
JOIN review_submission s ON s.id = p.submission_id
JOIN articles_edition e ON e.id = p.edition_id
WHERE reader_search MATCH %s AND p.language = %s AND s.state IN (%s, %s, %s)
ORDER BY s.state <> %s, bm25(reader_search, 10.0, 1.0), p.edition_id
LIMIT %s
"""
# Ranking reads each match's whole vector, so only the newest candidates are ranked.
_POSTGRESQL = """
WITH q AS (SELECT to_tsquery(%s::regconfig, %s) AS query),
candidates AS (
    SELECT p.edition_id, e.article_id, p.search, s.state
    FROM review_publication p
    CROSS JOIN q
    JOIN review_submission s ON s.id = p.submission_id
    JOIN articles_edition e ON e.id = p.edition_id
    WHERE p.search @@ q.query AND p.language = %s AND s.state IN (%s, %s, %s)
    ORDER BY s.state <> %s, p.changed_at DESC, p.edition_id DESC
    LIMIT %s
)
SELECT edition_id, article_id FROM candidates CROSS JOIN q
ORDER BY state <> 'APPROVED', ts_rank_cd(search, q.query) DESC, edition_id
"""


def _with_words(editions: Sequence[int]) -> list[Publication]:
    if not editions:
        return []
    rows = light(Publication.objects.readable().filter(pk__in=editions))
    shown = rows.defer(None).defer(
        "title_text",
        "edition__body",
        "edition__summary",
        "submission__version__content",
        "submission__version__rendered",
        "submission__version__rendered_references",
    )
    return list(shown)


def snippet(text: str, wanted: Sequence[str]) -> list[tuple[str, bool]]:
    """Return a stretch of indexed text around the first match, as (words, whether they match).

    Plain words: whoever shows them escapes them. Without a match, the beginning.
    """
    pattern = _pattern(wanted)
    first = pattern.search(text) if pattern else None
    start = max(0, first.start() - SNIPPET // 3) if first else 0
    if start:
        space = text.find(" ", start)
        start = space + 1 if 0 <= space <= (first.start() if first else start) else start
    end = min(len(text), start + SNIPPET)
    if end < len(text):
        space = text.rfind(" ", start, end)
        end = space if space > start else end
    stretch = text[start:end]
    parts: list[tuple[str, bool]] = []
    at = 0
    for match in pattern.finditer(stretch) if pattern else ():
        parts.append((_unspaced(stretch, at, match.start()), False))
        parts.append((_unspaced(stretch, match.start(), match.end()), True))
        at = match.end()
    parts.append((_unspaced(stretch, at, len(stretch)), False))
    shown = [(words, hit) for words, hit in parts if words]
    before = [("… ", False)] if start else []
    return [*before, *shown, *([(" …", False)] if end < len(text) else [])]


def _pattern(wanted: Sequence[str]) -> re.Pattern[str] | None:
    """Match the terms as beginnings of words; endings that stemming drops are allowed for."""
    alternatives = [
        r"\s+".join(re.escape(word) for word in term.split())
        if re.search(rf"[{_CJK}]", term)
        else rf"\b{re.escape(_stem(term))}\w*"
        for term in sorted(wanted, key=len, reverse=True)
    ]
    return re.compile("|".join(alternatives), re.IGNORECASE) if alternatives else None


def _stem(term: str) -> str:
    for ending in ("ation", "ment", "ness", "sion", "tion", "ing", "ive", "ed", "es", "s"):
        if term.endswith(ending) and len(term) - len(ending) >= SHORTEST_STEM:
            return term[: -len(ending)]
    return term


def _unspaced(text: str, start: int, end: int) -> str:
    """Return a part of `text` without the gaps that were put beside Chinese characters for the
    index; what stands on the other side of the part's edges counts.
    """
    kept, at = [], start
    for gap in _CJK_SPACE.finditer(text):
        if start <= gap.start() < end:
            kept.append(text[at : gap.start()])
            at = gap.end()
    return "".join([*kept, text[at:end]])
