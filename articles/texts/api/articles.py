"""Starting articles and editions; `review.api.articles` adds reading what is public of them."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.people import actor
from articles.models import Article, Edition
from articles.texts import rules
from articles.texts.actions.editions import add_edition, create_article
from articles.texts.api.editions import tagged
from articles.texts.api.inputs import TEXT, AddedEditionSerializer, NewArticleSerializer, draft_of
from articles.texts.api.outputs import EditionSerializer
from articles.texts.draft import DraftText
from kernel.api.base import ApiView, allow, row_or_404, sent


def text_of(said: dict[str, Any], question: str) -> DraftText | None:
    """Return the text that was sent, with the question as its title unless it has another."""
    return draft_of(said, DraftText(title=question)) if said.keys() & set(TEXT) else None


class ArticleWriting(ApiView, viewsets.GenericViewSet[Article]):
    """Starting an article, and adding editions to one."""

    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"

    def get_queryset(self) -> QuerySet[Article]:
        """Return the articles of which the person may know a draft."""
        drafts = Edition.objects.visible_to(self.request.user)  # type: ignore[arg-type]
        return Article.objects.filter(Exists(drafts.filter(article=OuterRef("pk"))))

    @extend_schema(
        summary="Start an article",
        request=NewArticleSerializer,
        responses={201: EditionSerializer},
    )
    def create(self, request: Request) -> Response:
        """Start an article with its first edition; the answer is that edition's draft."""
        allow(rules.why_not_write(actor(request)))
        said = sent(NewArticleSerializer, request)
        text = text_of(said, said["question"])
        edition = create_article(actor=actor(request), text=text, at=timezone.now(), **said)
        return tagged(edition, status=201)

    @extend_schema(
        summary="Add an edition",
        request=AddedEditionSerializer,
        responses={201: EditionSerializer},
    )
    @action(detail=True, methods=["post"])
    def editions(self, request: Request, slug: str) -> Response:
        """Add the article in another language or for another audience."""
        article = row_or_404(self.get_queryset(), slug=slug)
        allow(rules.why_not_write(actor(request)))
        said = sent(AddedEditionSerializer, request)
        text = text_of(said, article.question)
        follows = said.pop("follows", None)
        source = None
        if follows is not None:
            others = Edition.objects.visible_to(actor(request)).filter(article=article)
            source = others.filter(pk=follows).first()
            if source is None:
                raise ValidationError({"follows": ["This article has no such edition."]})
        edition = add_edition(
            actor=actor(request),
            article=article,
            text=text,
            source=source,
            at=timezone.now(),
            **said,
        )
        return tagged(edition, status=201)
