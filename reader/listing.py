"""Lists of articles: one entry for each question, showing the text that fits the reader."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, Subquery, When
from django.http import QueryDict

from articles.models import Article, Audience, Topic
from reader import paging
from reader.addresses import page as address
from reader.personalise import choose
from reader.wording import readers_of
from review.models import Publication
from review.public.facts import facts_of, gather
from review.public.wording import Badge, reader_badges

PAGE_SIZE = 20
RELATED = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One article in a list: what its link leads to and what is true of that text.

    `newest` says where the article stands in the list, if another text than the linked one put it
    there on another day.
    """

    url: str
    title: str
    summary: str
    readers: str
    badges: tuple[Badge, ...]
    is_approved: bool
    day: datetime | None
    others: list[str] = field(default_factory=list)
    snippet: Sequence[tuple[str, bool]] = ()
    newest: "Newest | None" = None


@dataclass(frozen=True, slots=True)
class Newest:
    """The text of an article that changed last: whom it is for and since when."""

    readers: str
    is_approved: bool
    day: datetime | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of entries with the addresses of the pages beside it."""

    entries: list[Entry]
    newer_url: str = ""
    older_url: str = ""


def newest(
    *,
    language: str,
    role: str,
    audiences: Sequence[Audience],
    today: date,
    topic: Topic | None = None,
    approved_only: bool = False,
    query: QueryDict | None = None,
    size: int = PAGE_SIZE,
) -> Listing:
    """Return articles with a text in `language`, the one that changed last first. Two queries.

    Each article stands where its newest text stands, once.
    """
    public = Publication.objects.approved() if approved_only else Publication.objects.readable()
    public = public.filter(language=language)
    # A subquery with a limit is looked up for each row by the index on articles; an anti-join over
    # the same condition can be planned as a product of all rows with all rows.
    newest_text = (
        public.filter(edition__article=OuterRef("edition__article"))
        .order_by("-changed_at", "-edition")
        .values("edition")[:1]
    )
    rows = public.filter(edition=Subquery(newest_text))
    if topic is not None:
        rows = rows.filter(edition__article__topics=topic)
    page = paging.page(
        rows.select_related("edition").only("changed_at", "edition__article"),
        query or QueryDict(),
        time="changed_at",
        key="edition_id",
        size=size,
    )
    articles = [row.edition.article_id for row in page.rows]
    placed_by = {row.edition_id for row in page.rows}
    texts = gather(public.filter(edition__article__in=articles)).for_lists().order_by("pk")
    by_article = defaultdict(list)
    for text in texts:
        by_article[text.edition.article_id].append(text)
    entries = []
    for article in articles:
        choice = choose(by_article[article], role=role, audiences=audiences, language=language)
        if choice is not None:
            placing = next((row for row in by_article[article] if row.pk in placed_by), None)
            entries.append(
                entry(
                    choice.publication,
                    audiences,
                    today=today,
                    others=choice.others,
                    newest_text=placing,
                )
            )
    return Listing(entries, page.newer_url, page.older_url)


def related(
    article: Article,
    *,
    audience: Audience,
    audiences: Sequence[Audience],
    language: str,
    today: date,
) -> list[Entry]:
    """Return approved texts in `language` of other articles that share a topic with `article`.

    `RELATED` at most, each article once: those that share most topics first, then the newest. Of
    each article the text for `audience`, or else its newest; the link names it. One query.
    """
    public = Publication.objects.approved().filter(language=language)
    topics = article.topics.order_by().values("pk")
    same = Article.objects.filter(topics__in=topics).exclude(pk=article.pk).order_by()
    nearest_text = (
        public.filter(edition__article=OuterRef("edition__article"))
        .alias(fits=Case(When(edition__audience=audience, then=1), default=0))
        .order_by("-fits", "-changed_at", "-edition")
        .values("edition")[:1]
    )
    shared = (
        Topic.objects.filter(articles=OuterRef("edition__article"), pk__in=topics)
        .order_by()
        .values("articles")
        .annotate(number=Count("pk"))
        .values("number")
    )
    near = public.filter(edition__article__in=same.values("pk"), edition=Subquery(nearest_text))
    rows = gather(near).for_lists().alias(shared=Subquery(shared, output_field=IntegerField()))
    return [
        entry(row, audiences, today=today, by_audience=True)
        for row in rows.order_by("-shared", "-changed_at", "-edition")[:RELATED]
    ]


def entry(
    publication: Publication,
    audiences: Sequence[Audience],
    *,
    today: date,
    others: Iterable[Publication] = (),
    snippet: Sequence[tuple[str, bool]] = (),
    by_audience: bool = False,
    newest_text: Publication | None = None,
) -> Entry:
    """Return what a list says of `publication`; with `by_audience` its link names this text.

    `newest_text` is the one that decided where the article stands in the list.
    """
    by_id = {row.pk: row for row in audiences}
    audience = by_id[publication.edition.audience_id]
    submission, slug = publication.submission, publication.edition.article.slug
    facts = facts_of(publication, on=today)
    day = facts.decided_at
    newest = None
    if newest_text is not None and newest_text.pk != publication.pk:
        its_facts = facts_of(newest_text, on=today)
        its_day = its_facts.decided_at
        if its_day.date() != day.date():
            its_readers = readers_of(by_id[newest_text.edition.audience_id])
            newest = Newest(its_readers, its_facts.is_approved, its_day)
    arguments: tuple[Any, ...] = (slug, audience.slug) if by_audience else (slug,)
    return Entry(
        url=address("article-for" if by_audience else "article", *arguments),
        title=submission.version.title,
        summary=submission.version.summary,
        readers=readers_of(audience),
        badges=reader_badges(facts),
        is_approved=facts.is_approved,
        day=day,
        others=[readers_of(by_id[row.edition.audience_id]) for row in others],
        snippet=snippet,
        newest=newest,
    )
