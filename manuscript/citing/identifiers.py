"""Identifiers of sources: told apart from noise, and written in one way.

Each `normalise_*` takes whatever a person or a file wrote and returns the identifier in the one
form we store, or None. None of them raises, and none of them guesses: a bare number is a PMID,
never a PMCID, and a publisher's address is an address, not a DOI.
"""

import re
import unicodedata
from urllib.parse import unquote

MAX_LENGTH = 500

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_DOI_ADDRESS = re.compile(r"(?:https?://)?(?:www\.|dx\.)*doi\.org/+", re.IGNORECASE)
_DOI_LABEL = re.compile(r"(?:info:doi/|urn:doi:|doi\s*[:=]\s*|doi\s+)", re.IGNORECASE)
_DOI_TAG = re.compile(r"\s*\[doi\]\s*$", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:amp;)*(lt|gt|amp);")
_ENTITY_CHARACTERS = {"lt": "<", "gt": ">", "amp": "&"}
_ASCII_LOWER = {ord(capital): capital.lower() for capital in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_LEADING = "<([{'\"“‘« "
_TRAILING = ".,;:!?'\"”’»"
_PAIRS = {")": "(", "]": "[", "}": "{", ">": "<"}

_PMID = re.compile(
    r"""(?:PMID\s*:?\s*
        |(?:https?://)?(?:pubmed\.ncbi\.nlm\.nih\.gov/
            |(?:www\.)?ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/
            |(?:www\.)?pubmed\.gov/))?
        (?P<number>[1-9][0-9]{0,8})
        (?:/?|/?[?#]\S*|\s*\[pmid\])""",
    re.IGNORECASE | re.VERBOSE,
)
_PMCID = re.compile(
    r"""(?:(?:PMCID\s*:?\s*)(?:PMC)?
        |(?:https?://)?(?:pmc\.ncbi\.nlm\.nih\.gov/articles/
            |(?:www\.)?ncbi\.nlm\.nih\.gov/pmc/articles/
            |europepmc\.org/(?:articles?/)?(?:pmc/)?)?PMC)
        (?P<number>[1-9][0-9]{0,8})
        (?:\.[0-9]{1,3})?
        (?:/?|/?[?#]\S*|\s*\[pmcid\])""",
    re.IGNORECASE | re.VERBOSE,
)


def normalise_doi(text: str) -> str | None:
    """Return the bare DOI in lower case, or None where `text` is not one.

    The DOI handbook folds ASCII letters only. Old DOIs made from SICIs keep their `<`, `>`, `;`
    and brackets; a closing bracket goes only when nothing in the DOI opened it.
    """
    candidate = _prepared(text)
    if candidate is None:
        return None
    candidate = _DOI_TAG.sub("", candidate).lstrip(_LEADING)
    if label := _DOI_LABEL.match(candidate):
        candidate = candidate[label.end() :]
    if address := _DOI_ADDRESS.match(candidate):
        path = re.split(r"[?#]", candidate[address.end() :], maxsplit=1)[0]
        candidate = unicodedata.normalize("NFC", unquote(path))
    candidate = _ENTITY.sub(lambda entity: _ENTITY_CHARACTERS[entity.group(1)], candidate)
    candidate = _without_trailing_punctuation(candidate)
    if not candidate.isprintable() or not _DOI.fullmatch(candidate):
        return None
    return candidate.translate(_ASCII_LOWER)


def normalise_pmid(text: str) -> str | None:
    """Return the PubMed number as digits, or None where `text` is not one."""
    return _number(_PMID, text)


def normalise_pmcid(text: str) -> str | None:
    """Return the PubMed Central number as "PMC" and digits, or None where `text` is not one."""
    number = _number(_PMCID, text)
    return f"PMC{number}" if number else None


def _prepared(text: str) -> str | None:
    plain = unicodedata.normalize("NFC", text.strip())
    return plain if 0 < len(plain) <= MAX_LENGTH else None


def _number(pattern: re.Pattern[str], text: str) -> str | None:
    candidate = _prepared(text)
    found = pattern.fullmatch(candidate.rstrip(".,;")) if candidate else None
    return found["number"] if found else None


def _without_trailing_punctuation(text: str) -> str:
    while text:
        last = text[-1]
        unopened = last in _PAIRS and text.count(last) > text.count(_PAIRS[last])
        if last not in _TRAILING and not unopened:
            break
        text = text[:-1]
    return text
