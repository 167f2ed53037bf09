"""What every public page needs beside its own facts."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from reader.addresses import absolute, prefix, without_prefix


def page_context(request: HttpRequest, **facts: Any) -> dict[str, Any]:
    """Return `facts` with the addresses of this page in each language. No query.

    `canonical_path` and `alternates` (pairs of language and path) may be among the facts; without
    them the page is its own canonical one and exists in every language. A page that does not
    names as `in_other_languages` the one to which the other languages' links lead.
    """
    language = translation.get_language() or settings.LANGUAGE_CODE
    bare = without_prefix(request.path)
    everywhere = [(code, prefix(code) + bare) for code, _name in settings.LANGUAGES]
    alternates = facts.pop("alternates", everywhere)
    there = without_prefix(facts.pop("in_other_languages", bare))
    canonical = facts.pop("canonical_path", request.path)
    return {
        "language": language,
        "canonical_url": absolute(canonical),
        "alternates": [(code, absolute(path)) for code, path in alternates],
        "default_language": settings.LANGUAGE_CODE,
        "language_links": [
            {
                "code": code,
                "name": translation.get_language_info(code)["name_local"],
                "url": prefix(code) + there,
            }
            for code, _name in settings.LANGUAGES
            if code != language
        ],
        **facts,
    }
