"""Taking a frozen Version away as a file, with what may be said of its review."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from accounts.models import User
from articles.models import Version
from articles.texts.exporting.gathering import of_version
from articles.texts.views.exporting import answer, known
from review.models import Publication
from review.public.exporting import standing_of
from review.public.visibility import versions_visible_to


@require_safe
def export_version(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Answer with a Version in one of the forms: to whoever may read it, the public included.

    Nobody's session is touched for a visitor without one.
    """
    wanted = known(form)
    versions = versions_visible_to(_who(request)).select_related(
        "edition__article", "edition__audience"
    )
    version = get_object_or_404(versions, pk=pk)
    page_address, verify_address = _addresses(version)
    text = of_version(
        version,
        standing=standing_of(version, on=timezone.now().date()),
        page_address=page_address,
        verify_address=verify_address,
    )
    return answer(request, text, wanted)


def _who(request: HttpRequest) -> User | AnonymousUser:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return AnonymousUser()
    return request.user


def _addresses(version: Version) -> tuple[str, str]:
    """Return where the text is read and where it is checked: the public pages of an edition that
    has any, else the desk's page of the Version. One query.
    """
    edition = version.edition
    if not Publication.objects.filter(edition=edition.pk).exists():
        desk = f"{settings.SITE_URL}{reverse('articles:version', args=[version.pk])}"
        return desk, desk
    slug, audience = edition.article.slug, edition.audience.slug
    with translation.override(edition.language):
        shown = reverse("reader:article-for", args=[slug, audience])
        history = reverse("reader:history", args=[slug])
    return (
        f"{settings.SITE_URL}{shown}",
        f"{settings.SITE_URL}{history}?audience={audience}",
    )
