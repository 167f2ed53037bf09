"""Reading one article as a reader is shown it: the only part of the API that asks the reader's rules."""

from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from articles.texts.api.outputs import ArticleIdentitySerializer, frozen_text
from kernel.api import problems
from reader import article_page
from reader.personalise import choose
from review.api import articles
from review.models import Notice, Publication
from review.public.api.conditional import conditional
from review.public.api.public import NoticeSerializer, PublicText, status_of
from review.public.api.reading import ReadArticleSerializer, TextQuery
from review.public.details import details_of, notice_facts
from review.public.facts import facts_of
from review.public.wording import status_words


class ArticleViewSet(articles.ArticleViewSet):
    """Adds reading one text: which one, and in which words, is the reader's rule."""

    @extend_schema(
        summary="Read an article", parameters=[TextQuery], responses=ReadArticleSerializer
    )
    @conditional
    def retrieve(self, request: Request, slug: str) -> HttpResponseBase:
        """Read the text for an audience in a language: exactly that one, or none.

        An audience or language that is not named is chosen as on the page for a reader who has
        said nothing. A text that was taken down answers 410 with its notice.
        """
        said = TextQuery.read(request)
        rows = article_page.publications_of(slug)
        audiences = {row.pk: row for row in article_page.audiences()}
        audience = said.get("audience")
        fitting = [
            row
            for row in rows
            if audience in {None, audiences[row.edition.audience_id]}
            and said.get("language") in {None, row.language}
        ]
        for row in rows:
            row.edition.audience = audiences[row.edition.audience_id]
        choice = choose(
            fitting,
            role=audience.slug if audience else "",
            audiences=list(audiences.values()),
            language=said.get("language", settings.LANGUAGE_CODE),
        )
        if choice is None:
            raise _nothing_to_read(rows, fitting)
        others = [row for row in rows if row.pk != choice.publication.pk and row.is_readable]
        return Response(ReadArticleSerializer(_read(choice.publication, others)).data)


def _read(row: Publication, others: list[Publication]) -> dict[str, Any]:
    """Return everything that a reader is told of a text."""
    version = row.submission.version
    article_page.read_text(version)
    facts = details_of(row, on=timezone.now().date())
    words = status_words(facts)
    return {
        "publication": PublicText(row, facts),
        "topics": article_page.topics_of(row.edition.article),
        "status": {
            **status_of(facts),
            "board_line": words.board_line,
            "line": words.line,
        },
        "text": frozen_text(version),
        "signatures": facts.reviewed_by,
        "notices": facts.notices,
        "source_notices": [
            {"number": number, "is_retracted": number in facts.retracted, "notices": notices}
            for number, notices in sorted(facts.journal_notices.items())
        ],
        "others": [_other(other) for other in others],
    }


def _other(row: Publication) -> dict[str, str]:
    return {
        "language": row.language,
        "audience": row.edition.audience.slug,
        "status": row.submission.state,
    }


def _nothing_to_read(rows: list[Publication], fitting: list[Publication]) -> Exception:
    """Return 410 with the notices where a text was taken down, else 404 with what there is."""
    if not fitting:
        public = [_other(row) for row in rows if row.is_readable]
        reason = "This article has no such text." if public else "There is no such article."
        return problems.Refusal(problems.NOT_FOUND, reason, available=public)
    row = fitting[0]
    in_force = map(notice_facts, Notice.objects.in_force_on(row.submission))
    notices = NoticeSerializer(in_force, many=True).data
    status = status_of(facts_of(row, on=timezone.now().date()))
    label = status["label"].lower()
    return problems.Refusal(
        problems.GONE,
        f"This text was {label}. {' '.join(str(one['text']) for one in notices)}",
        article=ArticleIdentitySerializer(row.edition.article).data,
        status_of_text=status,
        notices=notices,
    )
