"""The article page: one question, the text that fits the reader, and the truth about its review."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from articles.models import Audience
from reader import article_page, structured_data, wording
from reader.addresses import absolute, page
from reader.context import page_context
from reader.cookies import chosen_role
from reader.forms import AskForm
from reader.listing import related
from reader.personalise import Choice, choose, known_role, opened
from reader.views.answers import conditional_page, forbid_indexing
from review.models import Notice, Publication
from review.public.details import details_of, notice_facts
from review.public.facts import facts_of
from review.public.wording import board_badges, status_words


@require_safe
@conditional_page
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the text of an article that fits the reader's role."""
    publications, audiences = _public(slug)
    language = translation.get_language() or settings.LANGUAGE_CODE
    role = known_role(chosen_role(request), audiences)
    choice = choose(publications, role=role, audiences=audiences, language=language)
    if choice is None:
        shown = _gone(publications, audiences, role=role, language=language)
        return _answer_gone(request, shown, audiences)
    return _answer(request, choice, audiences, role=role)


@require_safe
@conditional_page
def article_for(request: HttpRequest, slug: str, audience: str) -> HttpResponse:
    """Show the text that was written for one audience, whoever the reader is."""
    publications, audiences = _public(slug)
    language = translation.get_language() or settings.LANGUAGE_CODE
    found = next((row for row in audiences if row.slug == audience), None)
    if found is None:
        raise Http404
    choice = opened(publications, audience_id=found.pk, audiences=audiences, language=language)
    if choice is None:
        rows = [row for row in publications if row.edition.audience_id == found.pk]
        if not rows:
            raise Http404
        shown = _gone(rows, audiences, role=audience, language=language)
        return _answer_gone(request, shown, audiences)
    return _answer(request, choice, audiences, role=known_role(chosen_role(request), audiences))


def _public(slug: str) -> tuple[list[Publication], list[Audience]]:
    publications = article_page.publications_of(slug)
    if not publications:
        raise Http404
    return publications, article_page.audiences()


def _gone(
    publications: list[Publication], audiences: list[Audience], *, role: str, language: str
) -> Publication:
    """Return the text that was taken down whose notice a reader should see."""
    wanted = next((row.pk for row in audiences if row.slug == role), None)
    return min(
        publications,
        key=lambda row: (
            row.language != language,
            row.language != settings.LANGUAGE_CODE,
            row.edition.audience_id != wanted,
            row.pk,
        ),
    )


def _answer(
    request: HttpRequest, choice: Choice, audiences: list[Audience], *, role: str
) -> HttpResponse:
    publication, now = choice.publication, timezone.now()
    version = publication.submission.version
    by_id, by_slug = {row.pk: row for row in audiences}, {row.slug: row for row in audiences}
    audience = by_id[publication.edition.audience_id]
    content = article_page.read_text(version)
    facts = details_of(publication, on=now.date())
    sources = article_page.cited_sources(
        content, version.rendered_references, facts.journal_notices
    )
    own = publication.edition.article
    canonical = _address(publication, audience)
    context = page_context(
        request,
        canonical_path=canonical,
        alternates=[
            (row.language, _address(row, audience))
            for row in (publication, *choice.others)
            if row.edition.audience_id == audience.pk and row.is_approved
        ],
        article=own,
        publication=publication,
        version=version,
        content=content,
        body=article_page.readable_body(version.rendered, sources, content["figures"]),
        headings=article_page.contents(content["body"]),
        sources=sources,
        facts=facts,
        status=status_words(facts),
        topics=article_page.topics_of(own),
        audience=audience,
        readers=wording.readers_of(audience),
        why=wording.why_shown(choice, role=by_slug.get(role), audience=audience),
        is_other_language=choice.is_other_language,
        text_language_name=wording.language_name(publication.language),
        others=[_other(row, by_id) for row in choice.others],
        role=role,
        role_changed="role-changed" in request.GET,
        roles=[{"code": row.slug, "label": wording.role_label(row)} for row in audiences],
        next_path=page("article", own.slug),
        ask_form=AskForm(initial={"article": own.slug}),
        structured_data=structured_data.script(
            structured_data.medical_web_page(
                publication,
                facts=facts,
                content=content,
                audience=audience,
                url=absolute(canonical),
                site_name=settings.SITE_NAME,
            )
        ),
    )
    response = render(request, "reader/article.html", context)
    return response if facts.is_approved else forbid_indexing(response)


def _answer_gone(
    request: HttpRequest, publication: Publication, audiences: list[Audience]
) -> HttpResponse:
    by_id = {row.pk: row for row in audiences}
    audience = by_id[publication.edition.audience_id]
    facts = facts_of(publication, on=timezone.now().date())
    context = page_context(
        request,
        canonical_path=_address(publication, audience),
        alternates=[],
        publication=publication,
        facts=facts,
        badges=board_badges(facts),
        version=publication.submission.version,
        audience=audience,
        readers=wording.readers_of(audience),
        notices=[notice_facts(row) for row in Notice.objects.in_force_on(publication.submission)],
        article=publication.edition.article,
        related=related(
            publication.edition.article,
            audience=audience,
            audiences=audiences,
            language=translation.get_language() or settings.LANGUAGE_CODE,
            today=timezone.now().date(),
        ),
    )
    return forbid_indexing(render(request, "reader/gone.html", context, status=410))


def _address(publication: Publication, audience: Audience) -> str:
    """Return the one address of a text: its audience's, in its own language."""
    return page(
        "article-for",
        publication.edition.article.slug,
        audience.slug,
        language=publication.language,
    )


def _other(publication: Publication, by_id: dict[int, Audience]) -> dict[str, Any]:
    audience = by_id[publication.edition.audience_id]
    return {
        "url": _address(publication, audience),
        "readers": wording.readers_of(audience),
        "language": publication.language,
        "language_name": wording.language_name(publication.language),
        "is_approved": publication.is_approved,
    }
