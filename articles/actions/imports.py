"""An imported text becomes a draft."""

import re
from datetime import datetime

from django.db import transaction

from accounts.errors import NotAllowed
from accounts.models import Specialty, User
from articles import rules
from articles.actions.editions import insert_article
from articles.actions.references import fields_of, insert_reference, same_source
from articles.draft import DraftText
from articles.importing.result import ImportedArticle, ImportedReference
from articles.models import Audience, Contribution, Edition, Reference

CITED = re.compile(r'(?<=data-refs=")[^"]*(?=")')


def _library_reference(*, actor: User, imported: ImportedReference, at: datetime) -> Reference:
    """Return the library's reference for an imported one, adding it if it is new."""
    if existing := same_source(fields_of(imported.csl)):
        return existing
    return insert_reference(actor=actor, csl=imported.csl, at=at)


def import_article(
    *,
    actor: User,
    imported: ImportedArticle,
    audience: Audience,
    language: str,
    source_name: str,
    at: datetime,
    specialty: Specialty | None = None,
) -> Edition:
    """Store an imported text as a new article's draft, with its references in the library.

    References without a DOI or PMID are added *to be identified*: they block a freeze.

    :raises NotAllowed: if `actor` does not write articles.
    :raises ValidationError: naming what cannot be stored; nothing is written then.
    """
    if reason := rules.why_not_write(actor):
        raise NotAllowed(reason)
    keys: dict[str, str] = {}
    with transaction.atomic(durable=True):
        for reference in imported.references:
            row = _library_reference(actor=actor, imported=reference, at=at)
            keys[f"imported-{reference.label}"] = row.key
        body = CITED.sub(
            lambda match: " ".join(
                dict.fromkeys(keys.get(key, key) for key in match.group().split())
            ),
            imported.body,
        )
        text = DraftText(
            title=imported.title, heading=imported.heading, summary=imported.summary, body=body
        )
        return insert_article(
            actor=actor,
            question=imported.title or imported.heading or source_name,
            specialty=specialty or Specialty.objects.get(slug="general-medicine"),
            language=language,
            audience=audience,
            at=at,
            text=text,
            kind=Contribution.Kind.IMPORTED,
        )
