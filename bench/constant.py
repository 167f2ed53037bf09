"""The measure: a Django view that returns constant bytes, without middleware, as settings."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.settings import *  # noqa: F403

MIDDLEWARE: list[str] = []
ROOT_URLCONF = "bench.constant"
WSGI_APPLICATION = None
BODY = b"<!doctype html><title>Constant</title>" + b"x" * 29_000


def constant(request: HttpRequest) -> HttpResponse:
    """Return the same bytes every time."""
    return HttpResponse(BODY)


urlpatterns = [path("", constant)]
