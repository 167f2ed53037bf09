"""Turn what the domain refuses into pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kernel.errors import WrongState


class RefusalMiddleware:
    """Answer a `WrongState` that no view caught with 409, its reason and a way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer `WrongState`; leave every other exception to Django."""
        if not isinstance(exception, WrongState):
            return None
        context = {"reason": exception.reason, "current": exception.current}
        return render(request, "409.html", context, status=409)
