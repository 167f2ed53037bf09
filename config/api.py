"""The API's root: pages of lists, and refusals as problems (RFC 9457)."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig, ValidationError
from django.http import Http404
from rest_framework import exceptions
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import exception_handler

from articles.texts.errors import FreezeRefused, StaleDraft
from kernel.api import problems
from kernel.errors import NotAllowed, NothingChanged, WrongState

BY_EXCEPTION: dict[type[exceptions.APIException], problems.Kind] = {
    exceptions.NotAuthenticated: problems.NOT_SIGNED_IN,
    exceptions.AuthenticationFailed: problems.NOT_SIGNED_IN,
    exceptions.PermissionDenied: problems.NOT_ALLOWED,
    exceptions.NotFound: problems.NOT_FOUND,
    exceptions.MethodNotAllowed: problems.METHOD_NOT_ALLOWED,
    exceptions.NotAcceptable: problems.NOT_ACCEPTABLE,
    exceptions.UnsupportedMediaType: problems.UNSUPPORTED_MEDIA_TYPE,
    exceptions.ParseError: problems.MALFORMED,
    exceptions.Throttled: problems.THROTTLED,
}


class Pages(PageNumberPagination):
    """Lists come in pages: `page`, and `page_size` up to 200."""

    page_size_query_param = "page_size"
    max_page_size = 200


def problem(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Return what answers a refusal, or None for a fault of the program's own.

    `docs/architecture.md` lists what is raised and what each door answers.
    """
    if getattr(context.get("request"), "axes_locked_out", False):
        seconds = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
        reason = "Too many wrong passwords. Wait before you try again. Nothing was done."
        return problems.respond(problems.LOCKED_OUT, reason, headers={"Retry-After": seconds})
    if isinstance(exc, WrongState):
        return _moved_on(exc)
    if isinstance(exc, NotAllowed):
        return problems.respond(problems.NOT_ALLOWED, str(exc))
    if isinstance(exc, ValidationError):
        return _bad_input(exc.message_dict if hasattr(exc, "error_dict") else exc.messages)
    if isinstance(exc, exceptions.ValidationError):
        return _bad_input(exc.detail)
    if isinstance(exc, problems.Refusal):
        return problems.respond(exc.kind, str(exc.detail), **exc.extra)
    if isinstance(exc, Http404 | ObjectDoesNotExist | exceptions.NotFound):
        reason = "There is nothing here, or nothing that you may know of."
        return problems.respond(problems.NOT_FOUND, reason)
    if isinstance(exc, RequestDataTooBig):
        reason = f"At most {settings.DATA_UPLOAD_MAX_MEMORY_SIZE} bytes."
        return problems.respond(problems.TOO_LARGE, reason)
    answer = exception_handler(exc, context)
    kind = next((BY_EXCEPTION[cls] for cls in type(exc).mro() if cls in BY_EXCEPTION), None)
    if answer is None or kind is None:
        return None
    headers = {name: value for name, value in answer.items() if name != "Content-Type"}
    return problems.respond(kind, str(answer.data["detail"]), headers=headers)


def _moved_on(exc: WrongState) -> Response:
    if isinstance(exc, StaleDraft):
        current = {"draft_number": exc.draft_number, **exc.stored.__dict__}
        return problems.respond(
            problems.STALE_DRAFT,
            exc.reason,
            headers={"ETag": f'"draft-{exc.draft_number}"'},
            current=current,
            typed=exc.typed.__dict__,
        )
    if isinstance(exc, FreezeRefused):
        # Not above: the serializers' views ask the settings for this very module.
        from articles.texts.api.outputs import FindingSerializer

        found = FindingSerializer(exc.problems, many=True).data
        return problems.respond(
            problems.FREEZE_REFUSED, exc.reason, current=exc.current, problems=found
        )
    nothing = isinstance(exc, NothingChanged)
    kind = problems.NOTHING_CHANGED if nothing else problems.WRONG_STATE
    return problems.respond(kind, exc.reason, current=exc.current)


def _bad_input(detail: Any) -> Response:
    errors = problems.flat(detail)
    reasons = [
        reason if field == api_settings.NON_FIELD_ERRORS_KEY else f"{field}: {reason}"
        for field, found in errors.items()
        for reason in found
    ]
    return problems.respond(problems.BAD_INPUT, " ".join(reasons), errors=errors)
