"""Taking a draft away as a file."""

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from articles.desk.views import DeskRequest, signed_in
from articles.texts.exporting.formats import FORMATS, Format
from articles.texts.exporting.gathering import of_draft
from articles.texts.views.frame import visible_edition
from manuscript.exporting.text import CannotWrite, ExportedText, TooLong

RETRY_AFTER = 60
"""How many seconds a reader is asked to wait where a file cannot be written now."""


@signed_in
@require_safe
def export_draft(request: DeskRequest, pk: int, form: str) -> HttpResponse:
    """Answer with the draft as it stands, in one of the forms; it says that nobody reviewed it."""
    wanted = known(form)
    edition = visible_edition(request, pk)
    address = f"{settings.SITE_URL}{reverse('articles:edition', args=[edition.pk])}"
    return answer(request, of_draft(edition, page_address=address), wanted)


def known(form: str) -> Format:
    """Return the form of this name.

    :raises Http404: if there is none.
    """
    if form not in FORMATS:
        raise Http404
    return FORMATS[form]


def answer(request: HttpRequest, text: ExportedText, form: Format) -> HttpResponse:
    """Return a text as a file to keep, or 304 where the asker has exactly this one.

    What an export says of its review can change at any moment, so nobody may keep one without
    asking. 400 where the text is too long for the form, 503 where the server cannot write it now.
    """
    tag = f'"{text.fingerprint[:40]}-{form.name}"'
    response = get_conditional_response(request, etag=tag)
    if response is None:
        try:
            content = form.write(text)
        except TooLong as refusal:
            return _refused(request, str(refusal), HTTPStatus.BAD_REQUEST)
        except CannotWrite as refusal:
            refused = _refused(request, str(refusal), HTTPStatus.SERVICE_UNAVAILABLE)
            refused.headers["Retry-After"] = str(RETRY_AFTER)
            return refused
        response = HttpResponse(content, content_type=form.media_type)
        disposition = content_disposition_header(
            as_attachment=True, filename=f"{text.name}.{form.ending}"
        )
        response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["ETag"] = tag
    return _unstored(response)


def _refused(request: HttpRequest, reason: str, status: HTTPStatus) -> HttpResponse:
    context = {"reason": reason, "code": status.value}
    return _unstored(render(request, "articles/exports/refused.html", context, status=status))


def _unstored(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Cookie"])
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
