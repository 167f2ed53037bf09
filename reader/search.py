"""One search over what the public can read: SQLite FTS5 or PostgreSQL full text behind it.

Both indexes hold `manuscript.content.folding.search_text`, in which accents are folded and each
Chinese character stands alone, and both are kept by the database itself
(review/migrations/0005_search_index.py). Snippets show the words as they were written.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import connection

from articles.models import edition_text_columns, version_text_columns
from manuscript.content.characters import CJK_CLASS
from manuscript.content.folding import folded_places, search_text
from review.models import READABLE_STATES, Publication, State
from review.public.facts import gather
from review.public.models.publication import TEXT_COLUMNS

CANDIDATES = 500
LONGEST = 200
MOST_TERMS = 16
SNIPPET = 220
SHORTEST_BEGINNING = 3
SHORTEST_STEM = 4

_WORDS = re.compile(r'"[^"]*"|\S+')
_BESIDE_WORDS = re.compile(r"(?<!\w)[-.]+|[-.]+(?!\w)")
_CJK_RUN = re.compile(rf"[{CJK_CLASS}](?: [{CJK_CLASS}])+")
_LETTER = rf"[^\W{CJK_CLASS}]"
# A snippet is not cut within what spaces set apart; Chinese may be cut anywhere.
_UNBROKEN = rf"[^\s{CJK_CLASS}]"
_REST_OF_WORD = re.compile(rf"{_UNBROKEN}*\s*")
_BEGUN_WORD = re.compile(rf"\s*{_UNBROKEN}+\Z")
_IN_WORD = re.compile(_UNBROKEN)


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
        term = " ".join(_indexed(search_text(piece)).split())
        if term and term not in found:
            found.append(term)
    return found[:MOST_TERMS]


def _indexed(text: str) -> str:
    """Return `text` with a space for each sign that no index holds; vowel signs belong to words."""
    kept = (
        sign if sign.isalnum() or sign in "-." or unicodedata.category(sign)[0] == "M" else " "
        for sign in text
    )
    return _BESIDE_WORDS.sub(" ", "".join(kept))


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
    states = list(map(str, READABLE_STATES))
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
        configuration = "english" if language == "en" else "simple"
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
FROM review_search
JOIN review_publication p ON p.edition_id = review_search.rowid
JOIN review_submission s ON s.id = p.submission_id
JOIN articles_edition e ON e.id = p.edition_id
WHERE review_search MATCH %s AND p.language = %s AND s.state IN (%s, %s, %s)
ORDER BY s.state <> %s, bm25(review_search, 10.0, 1.0), p.edition_id
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
    rows = gather(Publication.objects.readable().filter(pk__in=editions))
    # The body as words is wanted: the snippet is cut from it.
    return list(
        rows.select_related("submission__version", "edition__article").defer(
            *(name for name in TEXT_COLUMNS if name != "body_text"),
            *edition_text_columns("edition"),
            *version_text_columns("submission__version"),
        )
    )


def snippet(text: str, wanted: Sequence[str]) -> list[tuple[str, bool]]:
    """Return a stretch of `text` around the first match, as (words, whether they match).

    Plain words, as they were written: whoever shows them escapes them. Without a match, the
    beginning.
    """
    matches = _matches(text, wanted)
    first = next(matches, None)
    start, end = _stretch(text, first[0] if first else 0)
    parts: list[tuple[str, bool]] = []
    at = start
    for begin, last in chain([first] if first else [], matches):
        if begin >= end:
            break
        parts += [(text[at:begin], False), (text[begin : min(last, end)], True)]
        at = min(last, end)
    parts.append((text[at:end], False))
    shown = [(words, hit) for words, hit in parts if words]
    before = [("… ", False)] if start else []
    return [*before, *shown, *([(" …", False)] if end < len(text) else [])]


def _stretch(text: str, first: int) -> tuple[int, int]:
    """Return where a snippet with the match at `first` begins and ends."""
    start = max(0, first - SNIPPET // 3)
    if start and not text[start - 1].isspace() and (rest := _REST_OF_WORD.match(text, start)):
        start = min(rest.end(), first)
    end = min(len(text), start + SNIPPET)
    if end < len(text) and _IN_WORD.match(text, end):
        begun = _BEGUN_WORD.search(text, first, end)
        end = begun.start() if begun and begun.start() > first else end
    return start, end


def _matches(text: str, wanted: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give where in `text` one of the terms stands, whatever its accents and capitals."""
    folded, places = folded_places(text)
    for match in _pattern(wanted).finditer(folded):
        # What folds to nothing, such as a mark of its own, belongs to the letter before it.
        last = places[match.end()] if match.end() < len(folded) else len(text)
        yield places[match.start()], max(last, places[match.end() - 1] + 1)


def _pattern(wanted: Sequence[str]) -> re.Pattern[str]:
    """Match the terms as beginnings of words; endings that stemming drops are allowed for."""
    alternatives = [
        r"\s*".join(re.escape(word) for word in term.split())
        if re.search(f"[{CJK_CLASS}]", term)
        else rf"(?<!{_LETTER}){re.escape(_stem(term))}{_LETTER}*"
        for term in sorted(wanted, key=len, reverse=True)
    ]
    return re.compile("|".join(alternatives))


def _stem(term: str) -> str:
    for ending in ("ation", "ment", "ness", "sion", "tion", "ing", "ive", "ed", "es", "s"):
        if term.endswith(ending) and len(term) - len(ending) >= SHORTEST_STEM:
            return term[: -len(ending)]
    return term
