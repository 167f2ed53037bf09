"""Turn what the domain refuses into pages."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from kernel.errors import WrongState
from review.models import State


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
        current = str(exception.current)
        label = State(current).label if current in State else current
        context = {"reason": exception.reason, "current": current, "current_label": label}
        return render(request, "409.html", context, status=409)
