"""Articles with what is public of them. Reading one text is the reader's rule: `config.api`."""

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponseBase
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny, BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import actor
from accounts.models import Specialty
from articles.models import Article, Audience, Edition, Topic
from articles.texts.api.articles import ArticleWriting
from kernel.api.base import QuerySerializer, Slug, StrictSerializer, allow, row_or_404, sent
from review.models import READABLE_STATES, Notice, Publication
from review.public.actions.noticing import publish_notice
from review.public.api.conditional import conditional
from review.public.api.public import ArticleSerializer, NoticeSerializer
from review.public.details import notice_facts
from review.public.facts import gather
from review.public.models.publication import PublicationQuerySet
from review.public.rules import why_not_chair
from review.public.visibility import articles_visible_to


class ArticleQuery(QuerySerializer):
    """One public text of the article has to fit all of them."""

    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    audience = Slug(queryset=Audience.objects.all(), required=False)
    topic = Slug(queryset=Topic.objects.all(), required=False)
    specialty = Slug(queryset=Specialty.objects.all(), required=False)
    state = serializers.ChoiceField(
        choices=[(state.value, state.label) for state in READABLE_STATES], required=False
    )
    search = serializers.CharField(
        required=False, max_length=200, help_text="Every word, in the title."
    )


class NoticeInputSerializer(StrictSerializer):
    """A caution, its lifting, or a correction. Retractions come with retracting."""

    kind = serializers.ChoiceField(choices=Notice.Kind.choices)
    text = serializers.CharField(max_length=10_000, help_text="What readers have to know.")
    edition = serializers.PrimaryKeyRelatedField(
        queryset=Edition.objects.none(),
        required=False,
        allow_null=True,
        help_text="Where it shows; without it, on every edition of the article.",
    )

    def __init__(self, *args: Any, article: Article | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["edition"]
        assert isinstance(field, serializers.PrimaryKeyRelatedField)
        field.queryset = Edition.objects.filter(article=article)  # type: ignore[arg-type]


def fitting(said: dict[str, Any]) -> PublicationQuerySet:
    """Return the readable publications that fit a query."""
    rows = Publication.objects.readable()
    fields = {
        "language": "language",
        "audience": "edition__audience",
        "topic": "edition__article__topics",
        "specialty": "edition__article__specialty",
        "state": "submission__state",
    }
    rows = rows.filter(**{fields[name]: said[name] for name in fields if name in said})
    for word in said.get("search", "").split():
        rows = rows.filter(submission__version__title__icontains=word)
    return rows


def texts_of(articles: list[Article]) -> dict[int, list[Publication]]:
    """Return the readable texts of each article. One query."""
    found: dict[int, list[Publication]] = defaultdict(list)
    rows = Publication.objects.readable().filter(edition__article__in=articles)
    for row in (
        gather(rows)
        .for_lists()
        .with_edition()
        .order_by("language", "edition__audience__position", "pk")
    ):
        found[row.edition.article_id].append(row)
    return found


class ArticleViewSet(ArticleWriting):
    """Public articles, and the work on them."""

    serializer_class = ArticleSerializer

    def get_permissions(self) -> list[BasePermission]:
        """Let everybody read."""
        if self.action in {"list", "retrieve"}:
            return [AllowAny()]
        return [IsAuthenticated()]

    def get_queryset(self) -> QuerySet[Article]:
        """Return the articles that the person may know of."""
        return articles_visible_to(self.request.user)

    @extend_schema(
        summary="List published articles",
        parameters=[ArticleQuery],
        responses=ArticleSerializer(many=True),
    )
    @conditional
    def list(self, request: Request) -> HttpResponseBase:
        """List the articles that have a public text, newest article first, with their texts."""
        public = fitting(ArticleQuery.read(request))
        rows = Article.objects.filter(Exists(public.filter(edition__article=OuterRef("pk"))))
        rows = rows.select_related("specialty").prefetch_related("topics")
        page: list[Article] = self.paginate_queryset(rows.order_by("-pk")) or []
        context = {"texts": texts_of(page)}
        shown = ArticleSerializer(page, many=True, context=context)
        return self.get_paginated_response(shown.data)

    @extend_schema(
        summary="Publish a notice",
        request=NoticeInputSerializer,
        responses={201: NoticeSerializer},
    )
    @action(detail=True, methods=["post"])
    def notices(self, request: Request, slug: str) -> Response:
        """Publish a caution, its lifting or a correction; readers see it on the next request."""
        article = row_or_404(self.get_queryset(), slug=slug)
        allow(why_not_chair(actor(request)))
        said = sent(NoticeInputSerializer, request, article=article)
        notice = publish_notice(actor=actor(request), article=article, at=timezone.now(), **said)
        return Response(NoticeSerializer(notice_facts(notice)).data, status=201)
