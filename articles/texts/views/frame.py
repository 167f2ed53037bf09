"""What every page of an edition shows around its own content."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.desk.views import DeskRequest
from articles.models import Edition
from articles.texts import rules


def visible_edition(request: DeskRequest, pk: int) -> Edition:
    """Return an edition that the user may see, with its article.

    :raises Http404: if there is none.
    """
    return get_object_or_404(Edition.objects.visible_to(request.user).with_article(), pk=pk)


def crumbs_of(edition: Edition) -> list[dict[str, str]]:
    """Return the way from the desk to an edition's pages, for `_breadcrumbs.html`."""
    return [
        {"label": _("Drafts"), "url": reverse("articles:desk")},
        {
            "label": edition.article.question,
            "url": reverse("articles:article", args=[edition.article_id]),
        },
        {
            "label": f"{edition.get_language_display()}, {edition.audience}",
            "url": reverse("articles:edition", args=[edition.pk]),
        },
    ]


def about(request: DeskRequest, edition: Edition) -> dict[str, Any]:
    """Return what every page of an edition shows around its own content."""
    return {
        "section": "desk",
        "crumbs": crumbs_of(edition),
        "edition": edition,
        "why_not_write": rules.why_not_write(request.user),
    }
