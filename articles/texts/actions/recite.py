"""Bodies that cite another key than they did."""

from collections.abc import Mapping

from articles.models import Reference
from manuscript.content.citations import cited_keys
from manuscript.content.rewriting import rekeyed


def recite(body: str, keys: Mapping[str, str]) -> str:
    """Return a canonical body that cites `keys[key]` wherever it cited `key`, each once in a place."""
    return rekeyed(body, citations=keys)


def follow_merges(body: str) -> str:
    """Return a canonical body that cites what stands for each merged reference. One query at most.

    Somebody may have merged two references while this text was being written.
    """
    keys = cited_keys(body)
    if not keys:
        return body
    merged = Reference.objects.filter(key__in=keys, merged_into__isnull=False)
    return recite(body, dict(merged.values_list("key", "merged_into__key")))
