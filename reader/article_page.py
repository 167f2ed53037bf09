"""The facts of an article page, read in a small constant number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from articles.models import Article, Audience, Topic, Version, version_text_columns
from articles.texts.journal_notices import JournalNotice
from articles.texts.shown_figures import credit_lines
from manuscript.content.citations import mentions
from manuscript.content.outline import outline
from manuscript.content.rewriting import annotated
from review.models import Publication
from review.public.details import gather_details

SECTION, SUBSECTION = 2, 3


@dataclass(frozen=True, slots=True)
class CitedSource:
    """One numbered reference as the page lists it."""

    number: int
    text: SafeString
    doi: str
    pmid: str
    url: str
    notices: tuple[JournalNotice, ...]
    places: list[str]
    is_retracted: bool


def publications_of(slug: str) -> list[Publication]:
    """Return what is public of an article, without the texts themselves. One query."""
    return list(
        gather_details(Publication.objects.filter(edition__article__slug=slug))
        .select_related("submission__version", "edition__article__specialty")
        .without_text()
        .order_by("pk")
    )


def audiences() -> list[Audience]:
    """Return every audience in its order. One query."""
    return list(Audience.objects.order_by("position"))


def read_text(version: Version) -> dict[str, Any]:
    """Read the heavy columns of `version` and return its frozen content. One query."""
    version.refresh_from_db(fields=version_text_columns())
    return version.frozen


def topics_of(article: Article) -> list[Topic]:
    """Return the topics of an article. One query."""
    return list(article.topics.order_by("name", "pk"))


def cited_sources(
    content: Mapping[str, Any],
    rendered: Sequence[str],
    notices: Mapping[int, tuple[JournalNotice, ...]],
) -> list[CitedSource]:
    """Return the numbered references of frozen content with the way back to each mention."""
    times = mentions(content["body"])
    sources: list[CitedSource] = []
    for row, text in zip(content["references"], rendered, strict=True):
        number, csl = row["number"], row["csl"]
        doi, url = csl.get("DOI", ""), csl.get("URL", "")
        against = notices.get(number, ())
        sources.append(
            CitedSource(
                number=number,
                # Cleaned to links and italics when the version was frozen (manuscript.citing.formatting).
                text=mark_safe(text),  # noqa: S308
                doi="" if "doi.org/" in text else doi,
                pmid=csl.get("PMID", ""),
                url="" if escape(url) in text else url,
                notices=against,
                places=[f"cite-{number}-{k}" for k in range(1, times.get(row["key"], 0) + 1)],
                is_retracted=any(notice.is_alarm for notice in against),
            )
        )
    return sources


def readable_body(
    rendered: str, sources: Sequence[CitedSource], figures: Sequence[Mapping[str, Any]]
) -> SafeString:
    """Return a frozen rendering whose citations have names, and say which sources are retracted
    and who made the figures.

    The words of the text stay as they are: attributes of its citation links are added, and credits
    under its figures.
    """
    links = {source.number: _link_attributes(source) for source in sources}
    shown = annotated(rendered, link_attributes=links, figure_credits=credit_lines(figures))
    # Rendered from the canonical body by manuscript.content.rendering, which escapes all text.
    return mark_safe(shown)  # noqa: S308


def _link_attributes(source: CitedSource) -> dict[str, str]:
    said = {"number": source.number}
    if source.is_retracted:
        name = gettext("Reference %(number)s, retracted") % said
        return {"aria-label": name, "class": "is-retracted"}
    return {"aria-label": gettext("Reference %(number)s") % said}


def contents(body: str) -> list[dict[str, Any]]:
    """Return the sections and subsections of a body for its table of contents."""
    top: list[dict[str, Any]] = []
    for heading in outline(body):
        entry = {"id": heading.id, "text": heading.text, "children": []}
        if heading.level == SECTION or (heading.level == SUBSECTION and not top):
            top.append(entry)
        elif heading.level == SUBSECTION:
            top[-1]["children"].append(entry)
    return top
