"""For programs: sitemap, robots, health."""

from collections import defaultdict
from functools import cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reader.addresses import absolute, page, prefix
from review.models import Publication

PAGES = ("home", "topics", "policy", "board", "questions")
# The most that the sitemap protocol lets one file hold.
MOST_ADDRESSES = 50_000


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List approved texts and the topics with a text to read, each with its counterparts in other
    languages. Two queries.
    """
    rows = (
        Publication.objects.approved()
        .order_by("-changed_at", "-edition")
        .values_list(
            "edition__article__slug",
            "edition__audience__slug",
            "language",
            "submission__approved_at",
        )[:MOST_ADDRESSES]
    )
    texts: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for slug, audience, language, approved_at in rows:
        texts[slug, audience][language] = approved_at
    urls = [
        _address({code: page(name, language=code) for code, _name in settings.LANGUAGES}, code=code)
        for name in PAGES
        for code, _name in settings.LANGUAGES
    ]
    for slug, codes in _topics().items():
        paths = {code: page("topic", slug, language=code) for code in codes}
        urls += [_address(paths, code=code) for code in paths]
    for (slug, audience), days in texts.items():
        paths = {code: page("article-for", slug, audience, language=code) for code in days}
        urls += [_address(paths, code=code, day=day) for code, day in days.items()]
    context = {"urls": urls[:MOST_ADDRESSES]}
    return render(
        request, "reader/sitemap.xml", context, content_type="application/xml; charset=utf-8"
    )


def _topics() -> dict[str, list[str]]:
    """Return for each topic with a text to read the languages that have one. One query."""
    found: dict[str, list[str]] = defaultdict(list)
    topic = "edition__article__topics"
    rows = Publication.objects.readable().filter(
        **{f"{topic}__isnull": False}, language__in=dict(settings.LANGUAGES)
    )
    pairs = rows.order_by(topic, "language").values_list(f"{topic}__slug", "language").distinct()
    for slug, language in pairs:
        found[slug].append(language)
    return found


def _address(paths: dict[str, str], *, code: str, day: Any = None) -> dict[str, Any]:
    return {
        "location": absolute(paths[code]),
        "day": day,
        "alternates": [(other, absolute(path)) for other, path in paths.items()]
        if len(paths) > 1
        else [],
    }


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Tell robots where the work is done, which is nothing for them, and where the texts are."""
    work = ["/accounts/", "/admin/", "/api/", "/board/", "/desk/"]
    lines = ["User-agent: *"]
    for code, _name in settings.LANGUAGES:
        lines += [f"Disallow: {prefix(code)}{path}" for path in ("/search/", "/role/")]
    lines += [f"Disallow: {path}" for path in work]
    lines += ["", f"Sitemap: {absolute('/sitemap.xml')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer as long as the process lives; ask nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when the database answers and its migrations are those of this release."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        missing = _missing_migrations()
    except DatabaseError:
        return _not_ready("the database does not answer")
    if missing:
        return _not_ready(f"{missing} migrations are not applied")
    return HttpResponse("ready\n", content_type="text/plain; charset=utf-8")


def _not_ready(reason: str) -> HttpResponse:
    return HttpResponse(
        f"not ready: {reason}\n", status=503, content_type="text/plain; charset=utf-8"
    )


def _missing_migrations() -> int:
    """Return how many migrations are to be applied; once none are, that stays so here."""
    if _complete.cache_info().currsize:
        return 0
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return missing or _complete()


@cache
def _complete() -> int:
    return 0
