"""Holding back floods of questions without keeping addresses."""

from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from kernel.client import client_address

QUESTIONS = 5
WINDOW_MINUTES = 10


def is_flooding(request: HttpRequest, *, at: datetime) -> bool:
    """Count a question from this address; tell whether there were too many lately.

    The address goes into the cache only as a keyed hash that differs each day, for ten minutes.
    """
    key = "question-" + salted_hmac(f"question {at:%Y-%m-%d}", client_address(request)).hexdigest()
    if cache.add(key, 1, timeout=WINDOW_MINUTES * 60):
        return False
    try:
        return int(cache.incr(key)) > QUESTIONS
    except ValueError:  # it expired between the two
        return False
