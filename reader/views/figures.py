"""The files of figures: public where a text that anybody may read shows them, else for the team."""

import logging

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotFound
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.models import Figure
from articles.texts.shown_figures import EXTENSIONS, stored_name
from review.public.visibility import publicly_readable

# Everybody may keep it, and asks each time whether it is still there: what is taken down disappears.
PUBLIC = "public, no-cache"
PRIVATE = "private, no-store"
# A drawing opened by itself is a document: it may draw, and nothing else.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
log = logging.getLogger(__name__)


@require_safe
def figure(request: HttpRequest, digest: str, width: str, extension: str) -> HttpResponseBase:
    """Serve one file of a figure, by the rule of `review.public.visibility.publicly_readable`.

    What no readable text shows, of texts taken down too, is there for whoever may see the library.
    Visitors without a session cookie are answered without asking who they are.
    """
    shown = publicly_readable().filter(version__placed_figures__figure=OuterRef("pk"))
    row = Figure.objects.filter(digest=digest).annotate(is_public=Exists(shown)).first()
    pixels = int(width)
    if row is None or pixels not in row.widths or extension != EXTENSIONS[row.media_type]:
        return _nothing()
    if not row.is_public and not _is_of_the_team(request):
        return _nothing()
    tag = f'"{digest}-{width}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=tag)
    if response is None:
        name = stored_name(digest, pixels, row.media_type)
        if not default_storage.exists(name):
            log.error("Figure %s has no file %s in the storage.", row.key, name)
            return _nothing()
        response = FileResponse(default_storage.open(name), filename=f"{row.key}.{extension}")
        response.headers["Content-Type"] = row.media_type
        response.headers["Content-Security-Policy"] = POLICY
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = PUBLIC if row.is_public else PRIVATE
    return response


def _is_of_the_team(request: HttpRequest) -> bool:
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    return request.user.has_perm("articles.view_figure")


def _nothing() -> HttpResponseBase:
    """Answer 404, to be asked again: a figure may be published in the next moment."""
    response = HttpResponseNotFound("Not found.\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = PRIVATE
    return response
