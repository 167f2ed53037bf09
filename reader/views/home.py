"""Home and topics."""

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.models import Topic
from reader import article_page
from reader.addresses import page
from reader.context import page_context
from reader.cookies import chosen_role
from reader.listing import newest
from reader.personalise import known_role
from reader.views.answers import public_page
from review.models import READABLE_STATES

HOME_SIZE = 8


def topics_with_counts(language: str) -> "QuerySet[Topic]":
    """Return topics with `texts`, the number of articles to read in `language`; none without."""
    readable = Q(
        articles__editions__publication__language=language,
        articles__editions__publication__submission__state__in=READABLE_STATES,
    )
    return (
        Topic.objects.annotate(texts=Count("articles", filter=readable, distinct=True))
        .filter(texts__gt=0)
        .order_by("name", "pk")
    )


@require_safe
@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is; show the newest approved texts and the topics."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    audiences = article_page.audiences()
    listing = newest(
        language=language,
        role=known_role(chosen_role(request), audiences),
        audiences=audiences,
        today=timezone.now().date(),
        approved_only=True,
        size=HOME_SIZE,
    )
    context = page_context(request, listing=listing, topics=topics_with_counts(language))
    return render(request, "reader/home.html", context)


@require_safe
@public_page
def topics(request: HttpRequest) -> HttpResponse:
    """List the topics that have something to read."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    context = page_context(request, topics=topics_with_counts(language), nav="topics")
    return render(request, "reader/topics.html", context)


@require_safe
@public_page
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """List the articles of one topic."""
    found = get_object_or_404(Topic, slug=slug)
    language = translation.get_language() or settings.LANGUAGE_CODE
    audiences = article_page.audiences()
    listing = newest(
        language=language,
        role=known_role(chosen_role(request), audiences),
        audiences=audiences,
        today=timezone.now().date(),
        topic=found,
        query=request.GET,
    )
    context = page_context(
        request,
        topic=found,
        listing=listing,
        nav="topics",
        crumbs=[
            {"label": gettext("Home"), "url": page("home")},
            {"label": gettext("Topics"), "url": page("topics")},
        ],
    )
    return render(request, "reader/topic.html", context)
