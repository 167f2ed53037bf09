"""Asking Crossref and PubMed about a source, politely: who we are, how often, how long, and not twice.

`lookup` gives the source behind a DOI or a PMID; `suggest` gives what Crossref finds for a citation in
words. Nothing here writes to the library, and everything else works without it.
"""

from articles.references.lookups.service import (
    LookupFailed,
    Lookups,
    LookupsOff,
    NotFound,
    lookups,
    why_not_look_up,
)

__all__ = ["LookupFailed", "Lookups", "LookupsOff", "NotFound", "lookups", "why_not_look_up"]
