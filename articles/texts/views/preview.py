"""A draft as its readers would see it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.desk.views import DeskRequest, signed_in
from articles.models import Audience, Edition
from articles.texts.views.frame import about, visible_edition
from articles.texts.views.rendering import shown_draft
from manuscript.content.outline import outline


def nearest(
    audience: Audience, audiences: dict[int, Audience], editions: dict[int, Edition]
) -> Edition | None:
    """Return the edition that readers of `audience` would get: theirs, else up the fallbacks."""
    seen: set[int] = set()
    step: Audience | None = audience
    while step is not None and step.pk not in seen:
        if edition := editions.get(step.pk):
            return edition
        seen.add(step.pk)
        step = audiences.get(step.falls_back_to_id) if step.falls_back_to_id else None
    return None


@signed_in
def preview(request: DeskRequest, pk: int, audience: str = "") -> HttpResponse:
    """Show the draft that readers of an audience would get of this article in this language."""
    edition = visible_edition(request, pk)
    audiences = {row.pk: row for row in Audience.objects.order_by("position")}
    chosen = edition.audience
    if audience:
        chosen = get_object_or_404(Audience, slug=audience)
    editions = {
        row.audience_id: row
        for row in Edition.objects.visible_to(request.user)
        .with_article()
        .filter(article=edition.article_id, language=edition.language)
    }
    found = nearest(chosen, audiences, editions)
    context = {
        **about(request, edition),
        "heading": str(found or edition),
        "audiences": audiences.values(),
        "chosen": chosen,
        "found": found,
        "shown": shown_draft(found, timezone.localdate()) if found else None,
        "headings": outline(found.body) if found else [],
        "title_of_draft": _("Preview of draft"),
    }
    return render(request, "articles/preview.html", context)
