"""What became of an article: its public versions, who signed them, and what changed between."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.models import Audience, Version
from articles.texts.journal_notices import notices_of_version
from reader import article_page, history, wording
from reader.addresses import page
from reader.context import page_context
from reader.cookies import chosen_role
from reader.listing import related
from reader.personalise import choose, known_role
from reader.views.answers import conditional_page, forbid_indexing
from review.models import Publication
from review.public.facts import facts_of
from review.public.wording import board_badges


@require_safe
@conditional_page
def article_history(request: HttpRequest, slug: str) -> HttpResponse:
    """List the public versions of one edition; with `?compare=3..4`, show what changed."""
    publications, audiences = _public(slug)
    by_id = {row.pk: row for row in audiences}
    publication = _asked_for(request, publications, audiences)
    audience = by_id[publication.edition.audience_id]
    versions = history.public_versions(publication, on=timezone.now().date())
    own = publication.edition.article
    address = _history_address(publication, audience)
    comparison = None
    if asked := request.GET.get("compare", ""):
        numbers = history.pair(versions, asked)
        if numbers is None:
            raise Http404
        comparison = _compare(publication, numbers)
    rows = [
        {
            "public": version,
            "url": page(
                "version", own.slug, audience.slug, version.number, language=publication.language
            ),
            "compare": _compare_address(address, versions, place),
            "badges": board_badges(version.facts),
        }
        for place, version in enumerate(versions)
    ]
    context = page_context(
        request,
        canonical_path=address,
        alternates=[],
        in_other_languages=page("article", own.slug),
        article=own,
        publication=publication,
        facts=facts_of(publication, on=timezone.now().date()),
        audience=audience,
        readers=wording.readers_of(audience),
        versions=rows,
        comparison=comparison,
        notices=history.general_notices(publication),
        editions=[
            {
                "url": _history_address(row, by_id[row.edition.audience_id]),
                "readers": wording.readers_of(by_id[row.edition.audience_id]),
                "language": row.language,
                "language_name": wording.language_name(row.language),
                "current": row.pk == publication.pk,
            }
            for row in publications
        ],
        crumbs=_crumbs(publication),
    )
    response = render(request, "reader/history.html", context)
    if comparison or not publication.is_approved:
        forbid_indexing(response)
    return response


@require_safe
@conditional_page
def version(request: HttpRequest, slug: str, audience: str, number: int) -> HttpResponse:
    """Show one public version as it was; 410 for one that was taken down."""
    publications, audiences = _public(slug)
    language = translation.get_language() or settings.LANGUAGE_CODE
    publication = next(
        (
            row
            for row in publications
            if row.language == language and _slug(row, audiences) == audience
        ),
        None,
    )
    if publication is None:
        raise Http404
    versions = history.public_versions(publication, on=timezone.now().date())
    found = next((row for row in versions if row.number == number), None)
    if found is None:
        raise Http404
    own, its_audience = publication.edition.article, _audience(publication, audiences)
    context: dict[str, Any] = page_context(
        request,
        alternates=[],
        in_other_languages=page("article", own.slug),
        article=own,
        publication=publication,
        version=found.version,
        facts=found.facts,
        badges=board_badges(found.facts),
        public=found,
        audience=its_audience,
        readers=wording.readers_of(its_audience),
        notices=found.notices,
        current_url=page("article-for", own.slug, audience),
        history_url=_history_address(publication, its_audience),
        crumbs=[
            *_crumbs(publication),
            {"label": gettext("History"), "url": _history_address(publication, its_audience)},
        ],
    )
    if not found.facts.is_readable:
        context["related"] = related(
            own,
            audience=its_audience,
            audiences=audiences,
            language=translation.get_language() or settings.LANGUAGE_CODE,
            today=timezone.now().date(),
        )
        return forbid_indexing(render(request, "reader/gone.html", context, status=410))
    content = article_page.read_text(found.version)
    against = notices_of_version(found.version)
    sources = article_page.cited_sources(content, found.version.rendered_references, against)
    context |= {
        "content": content,
        "sources": sources,
        "body": article_page.readable_body(found.version.rendered, sources, content["figures"]),
    }
    return forbid_indexing(render(request, "reader/version.html", context))


def _public(slug: str) -> tuple[list[Publication], list[Audience]]:
    publications = article_page.publications_of(slug)
    if not publications:
        raise Http404
    return publications, article_page.audiences()


def _asked_for(
    request: HttpRequest, publications: list[Publication], audiences: list[Audience]
) -> Publication:
    """Return the edition that `?audience=` names, or the one the reader would be shown."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    if asked := request.GET.get("audience", ""):
        rows = [row for row in publications if _slug(row, audiences) == asked]
        if not rows:
            raise Http404
        return next((row for row in rows if row.language == language), rows[0])
    role = known_role(chosen_role(request), audiences)
    choice = choose(publications, role=role, audiences=audiences, language=language)
    return choice.publication if choice else publications[0]


def _audience(publication: Publication, audiences: list[Audience]) -> Audience:
    return next(row for row in audiences if row.pk == publication.edition.audience_id)


def _slug(publication: Publication, audiences: list[Audience]) -> str:
    return _audience(publication, audiences).slug


def _history_address(publication: Publication, audience: Audience) -> str:
    path = page("history", publication.edition.article.slug, language=publication.language)
    return f"{path}?audience={audience.slug}"


def _compare_address(
    address: str, versions: list[history.PublicVersion], place: int
) -> dict[str, Any] | None:
    """Return the link to what changed since the public version before, where both can be read."""
    if place + 1 >= len(versions):
        return None
    after, before = versions[place], versions[place + 1]
    if not (after.facts.is_readable and before.facts.is_readable):
        return None
    return {
        "url": f"{address}&compare={before.number}..{after.number}#difference",
        "before": before.number,
    }


def _compare(publication: Publication, numbers: tuple[int, int]) -> dict[str, Any]:
    rows = Version.objects.filter(edition=publication.edition_id, number__in=numbers)
    before, after = rows.defer("rendered", "rendered_references").order_by("number")
    found = history.compare(before, after)
    return {
        "before": before,
        "after": after,
        "difference": found,
        "lines": history.changed_lines(before, after),
    }


def _crumbs(publication: Publication) -> list[dict[str, str]]:
    own = publication.edition.article
    return [
        {
            "label": publication.submission.version.title,
            "url": page("article", own.slug),
        }
    ]
