"""What the desk asks: the source behind an identifier, and what a citation in words may be."""

import json
from functools import cache, partial
from urllib.parse import quote

import httpx2
from django.conf import settings
from django.core.cache import cache as django_cache
from django.utils.translation import gettext as _

from articles.references.lookups.client import Client, LookupFailed, NotFound, Service
from manuscript.citing.identifiers import normalise_doi, normalise_pmid
from manuscript.citing.reading import ReadReference, ReferencesRefused, read_references

CROSSREF = Service(name="Crossref", base="https://api.crossref.org", interval=0.1)
PUBMED = Service(name="PubMed", base="https://eutils.ncbi.nlm.nih.gov", interval=0.34)
A_DAY = 60 * 60 * 24
MOST_SUGGESTED = 5
LONGEST_QUESTION = 600

__all__ = ["LookupFailed", "Lookups", "LookupsOff", "NotFound", "lookups", "why_not_look_up"]


class LookupsOff(LookupFailed):
    """The site does not ask outside services."""


def why_not_look_up() -> str | None:
    """Return why the desk cannot ask Crossref and PubMed, or None."""
    if settings.REFERENCE_LOOKUPS:
        return None
    return _("This site does not ask Crossref or PubMed. Type the record in, or import a file.")


class Lookups:
    """Crossref and PubMed as one place to ask. `transport` is a test's."""

    def __init__(self, *, transport: httpx2.BaseTransport | None = None, **timing: object) -> None:
        contact = f"; mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else ""
        self._client = Client(
            cache=django_cache,
            user_agent=f"Imprimatur/0.1 ({settings.SITE_URL}{contact})",
            keep_seconds=A_DAY,
            transport=transport,
            **timing,  # type: ignore[arg-type]  # sleep and clock
        )

    def lookup(self, identifier: str) -> ReadReference:
        """Return the source behind a DOI or a PMID, however either is written.

        :raises LookupsOff: if the site does not ask.
        :raises NotFound: if the service knows no such source.
        :raises LookupFailed: if it does not answer, answers about another source, or
            `identifier` is neither.
        """
        _require_lookups()
        if doi := normalise_doi(identifier):
            return self._client.get(
                CROSSREF,
                f"/works/{quote(doi, safe='')}",
                _contact("mailto"),
                read=partial(_asked_for, name="DOI", wanted=doi, service=CROSSREF),
            )
        if pmid := normalise_pmid(identifier):
            query = {"db": "pubmed", "id": pmid, "retmode": "xml", "tool": "imprimatur"}
            return self._client.get(
                PUBMED,
                "/entrez/eutils/efetch.fcgi",
                query | _contact("email"),
                read=partial(_asked_for, name="PMID", wanted=pmid, service=PUBMED),
            )
        raise LookupFailed(
            _("“%(text)s” is neither a DOI nor a PMID.") % {"text": identifier.strip()[:80]}
        )

    def suggest(self, citation: str) -> list[ReadReference]:
        """Return at most five sources that Crossref finds for a citation in words, best first.

        :raises LookupFailed: as `lookup`.
        """
        _require_lookups()
        words = " ".join(citation.split())[:LONGEST_QUESTION]
        if not words:
            return []
        query = {"query.bibliographic": words, "rows": str(MOST_SUGGESTED)}
        return self._client.get(CROSSREF, "/works", query | _contact("mailto"), read=_suggested)


@cache
def lookups() -> Lookups:
    """Return the one `Lookups` of this process."""
    return Lookups()


def _require_lookups() -> None:
    if reason := why_not_look_up():
        raise LookupsOff(reason)


def _contact(name: str) -> dict[str, str]:
    return {name: settings.CONTACT_EMAIL} if settings.CONTACT_EMAIL else {}


def _suggested(answer: bytes) -> list[ReadReference]:
    items = _items(answer)
    if not items:
        return []
    return list(_read(json.dumps(items).encode(), format="crossref", service=CROSSREF))


def _items(answer: bytes) -> list[object]:
    try:
        items = json.loads(answer)["message"]["items"]
    except (ValueError, RecursionError, LookupError, TypeError) as exc:
        raise LookupFailed(_("Crossref sent something that cannot be read.")) from exc
    return items if isinstance(items, list) else []


def _read(answer: bytes, *, format: str, service: Service) -> tuple[ReadReference, ...]:  # noqa: A002 - the reader's word
    try:
        return read_references(answer, format=format).references
    except ReferencesRefused as exc:
        raise LookupFailed(
            _("%(service)s sent something that cannot be read: %(reason)s")
            % {"service": service.name, "reason": exc}
        ) from exc


def _asked_for(answer: bytes, *, name: str, wanted: str, service: Service) -> ReadReference:
    """Return the source in an answer about the identifier `wanted`; `name` is the field that has it.

    :raises NotFound: if there is none.
    :raises LookupFailed: if it cannot be read, or is about another source.
    """
    found = _read(answer, format="crossref" if service is CROSSREF else "pubmed", service=service)
    if not found:
        raise NotFound(_("%(service)s knows no such source.") % {"service": service.name})
    said = str(found[0].csl.get(name, ""))
    if not said:
        raise LookupFailed(
            _("%(service)s answered without saying which source.") % {"service": service.name}
        )
    if (normalise_doi if name == "DOI" else normalise_pmid)(said) != wanted:
        raise LookupFailed(
            _("%(service)s answered about another source, %(other)s.")
            % {"service": service.name, "other": said[:80]}
        )
    return found[0]
