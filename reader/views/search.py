"""Search."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from reader import article_page
from reader.addresses import prefix
from reader.context import page_context
from reader.listing import entry
from reader.search import CANDIDATES, LONGEST, search
from reader.views.answers import forbid_indexing, public_page
from reader.wording import language_name

PAGE_SIZE = 20
_PAGES = frozenset(map(str, range(1, CANDIDATES // PAGE_SIZE + 1)))


@require_safe
@public_page
def results(request: HttpRequest) -> HttpResponse:
    """Show what answers the query; without one, the empty form."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    query = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    number = request.GET.get("page", "1")
    page = int(number) if number in _PAGES else 1
    offset = (page - 1) * PAGE_SIZE
    found = search(query, language=language, limit=PAGE_SIZE, offset=offset)
    audiences = article_page.audiences()
    today = timezone.now().date()
    context = page_context(
        request,
        search_query=query[:LONGEST],
        results=found,
        entries=[
            entry(hit.publication, audiences, today=today, snippet=hit.snippet, by_audience=True)
            for hit in found.found
        ],
        first=offset + 1,
        last=offset + len(found.found),
        previous_url=_address(query, page - 1) if page > 1 else "",
        next_url=_address(query, page + 1) if found.total > offset + PAGE_SIZE else "",
        elsewhere=[
            {
                "name": language_name(code),
                "url": f"{prefix(code)}/search/?{urlencode({'q': query[:LONGEST]})}",
            }
            for code, _name in settings.LANGUAGES
            if code != language
        ],
    )
    return forbid_indexing(render(request, "reader/search.html", context))


def _address(query: str, page: int) -> str:
    return "?" + urlencode({"q": query[:LONGEST], **({"page": page} if page > 1 else {})})
