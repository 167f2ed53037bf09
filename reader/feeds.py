"""The Atom feed of approved texts."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from reader.addresses import absolute, page
from reader.views.answers import conditional_page
from review.models import Publication
from review.public.facts import facts_of, gather
from review.public.wording import caveat_sentences

SIZE = 50
# All but the characters of XML 1.0 (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """Return `text` without the characters that no XML document can hold, however escaped."""
    return _NOT_XML.sub("", text)


@require_safe
@conditional_page
def feed(_request: HttpRequest) -> HttpResponse:
    """Answer with the newest approved texts in the language in use, each with what speaks against
    relying on it. Two queries.
    """
    today = timezone.now().date()
    language = translation.get_language() or settings.LANGUAGE_CODE
    atom = Atom1Feed(
        title=gettext("%(site)s: newest approved texts") % {"site": settings.SITE_NAME},
        link=absolute(page("home")),
        description="",
        subtitle=gettext("Each was signed by named members of the advisory board."),
        language=language,
        feed_url=absolute(page("feed")),
        author_name=settings.SITE_NAME,
    )
    rows = (
        gather(Publication.objects.approved().filter(language=language))
        .for_lists()
        .select_related("edition__audience")
        .prefetch_related("edition__article__topics")
        .order_by("-changed_at", "-edition")[:SIZE]
    )
    for row in rows:
        edition, version = row.edition, row.submission.version
        facts = facts_of(row, on=today)
        described = f"{caveat_sentences(facts)} {version.summary or version.title}".strip()
        address = absolute(page("article-for", edition.article.slug, edition.audience.slug))
        atom.add_item(
            title=xml_text(version.title),
            link=address,
            unique_id=address,
            description=xml_text(described),
            pubdate=row.first_published_at,
            updateddate=facts.approved_at,
            categories=sorted(xml_text(topic.name) for topic in edition.article.topics.all()),
        )
    response = HttpResponse(content_type=atom.content_type)
    atom.write(response, "utf-8")
    return response
