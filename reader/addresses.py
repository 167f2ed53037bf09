"""Addresses of public pages in a given language, with and without the site's own name."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def page(name: str, *args: object, language: str = "") -> str:
    """Return the path of `reader:<name>`, in `language` or the one in use."""
    with translation.override(language or translation.get_language()):
        return reverse(f"reader:{name}", args=args)


def absolute(path: str) -> str:
    """Return `path` with the scheme and host that the site is published under."""
    return f"{settings.SITE_URL}{path}"


def prefix(language: str) -> str:
    """Return what public paths begin with in `language`: nothing for the default."""
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def without_prefix(path: str) -> str:
    """Return a public path as it is in the default language."""
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and path.startswith(f"/{code}/"):
            return path.removeprefix(f"/{code}")
    return path
