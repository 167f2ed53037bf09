"""One reference as it was typed: CSL-JSON with as much as is certain, and whether it identifies the source.

A DOI or a PMID identifies; so does an address that comes with a title. A bare
address is a webpage that still needs its title, and a line of text is a note: both are left for
the editor to identify. Whatever was typed stays word for word in `note`.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote, urlsplit

from manuscript.importing.styles import read_style

_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"“”（）【】，。；、\[\]|{}^`\\]+", re.IGNORECASE)
_DOI = re.compile(r"\b10\.\d{4,9}(?:\.\d+)*/[^\s\"<>，。；]+")
_PMID = re.compile(
    r"\bPMID\s*[:：]?\s*(\d{4,9})\b|pubmed\.ncbi\.nlm\.nih\.gov/(\d{4,9})|ncbi\.nlm\.nih\.gov/pubmed/(\d{4,9})",
    re.IGNORECASE,
)
_PMCID = re.compile(r"\bPMC\d{4,9}\b")
_LINKED = re.compile(
    r"\[(?P<text>[^\[\]\n]{1,400})\]\((?P<url>[^()\s]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?)(?:\s+\"(?P<title>[^\"]{0,300})\")?\)"
)
_DEFINED = re.compile(
    r"<?(?P<url>(?:https?://)[^\s<>]+)>?(?:\s+(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|\((?P<c>[^)]*)\)))?\s*"
)
_YEAR = re.compile(
    r"\((?:19|20)\d{2}[a-z]?(?:,[^)]{0,20})?\)|\b(?:19|20)\d{2}(?:\s+[A-Z][a-z]{2}(?:\s+\d{1,2})?)?\s*;|[.,]\s(?:19|20)\d{2}[.,;:]|，\s?(?:19|20)\d{2}|\[[JMDCNPRSZ](?:/OL)?\]"
)
_YEAR_OF = re.compile(r"\b((?:19|20)\d{2})\b")
_ETAL = re.compile(r"\bet al\b|，?等[.．，]|\bISBN\b|\bISSN\b", re.IGNORECASE)
_LEADING = re.compile(
    r"[\s\-–—:：|.,;(（]*(?:(?:available|retrieved|accessed|online|source|link|url|from|at|via|see|可从|链接|网址)\b[\s:：]*)*$",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)")
_SEARCH = re.compile(r"(?:^|\.)(?:bing\.com/search|google\.[a-z.]{2,6}/search|duckduckgo\.com/(?:\?|html)|baidu\.com/(?:s|from)\b|search\.yahoo\.[a-z.]+/|yandex\.[a-z]+/search|sogou\.com/web|chatgpt\.com|chat\.openai\.com|perplexity\.ai/search)", re.IGNORECASE)  # fmt: skip
_PAPER = re.compile(
    r"https?://(?:(?:dx\.)?doi\.org/10\.|pubmed\.ncbi\.nlm\.nih\.gov/\d|(?:www\.)?ncbi\.nlm\.nih\.gov/(?:pubmed/\d|pmc/articles/PMC)|pmc\.ncbi\.nlm\.nih\.gov/articles/PMC)",
    re.IGNORECASE,
)
_LONGEST = 4000


def is_sourcelike(text: str) -> bool:
    """Whether `text` looks like a reference: an address, a DOI, a PMID, or a year where references have it."""
    text = text[:_LONGEST]
    return bool(
        _URL.search(text)
        or _DOI.search(text)
        or _PMID.search(text)
        or _YEAR.search(text)
        or _ETAL.search(text)
    )


def is_search_page(url: str) -> bool:
    """Whether `url` is a search engine's or a chatbot's page, which is no source."""
    address = url.split("://", 1)[-1]
    return bool(_SEARCH.search(address[:300]))


def read_source(text: str) -> tuple[dict[str, Any], bool]:
    """Return the CSL-JSON of a reference as typed (without an id), and whether it identifies its source.

    >>> read_source("https://www.cdc.gov/tb/")
    ({'type': 'webpage', 'URL': 'https://www.cdc.gov/tb/'}, False)
    """
    raw = " ".join(text.split())
    csl: dict[str, Any] = {"type": "document"}
    title, url = _title_and_url(raw[:_LONGEST])
    if url:
        csl |= {"type": "webpage", "URL": url}
    words = _EMPHASIS.sub("", raw[:_LONGEST])
    csl |= read_style(words)
    if title and "title" not in csl:
        csl["title"] = title
    csl |= _identifiers(raw[:_LONGEST], url)
    if ("DOI" in csl or "PMID" in csl) and csl["type"] in {"document", "webpage"}:
        csl["type"] = "article-journal"
    years = set(_YEAR_OF.findall(words if not url else words.replace(url, "")))
    if "issued" not in csl and len(years) == 1 and _YEAR.search(words[:_LONGEST]):
        csl["issued"] = {"date-parts": [[int(years.pop())]]}
    if raw and raw != url:
        csl["note"] = raw
    identified = "DOI" in csl or "PMID" in csl or ("URL" in csl and "title" in csl)
    return csl, identified and not is_search_page(url)


def _identifiers(raw: str, url: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if doi := _DOI.search(unquote(raw) if "%2F" in raw.upper() else raw):
        found["DOI"] = _trimmed(doi[0])
    if pmid := _PMID.search(raw):
        found["PMID"] = next(group for group in pmid.groups() if group)
    if pmcid := _PMCID.search(raw):
        found["PMCID"] = pmcid[0]
    if found.get("DOI") and url and "doi.org/" in url:
        found["URL"] = url
    return found


def _trimmed(address: str) -> str:
    """Return `address` without the punctuation that ends the sentence it stands in."""
    address = address.rstrip(".,;:!?'\"’”*_>")
    while address.endswith((")", "]")) and address.count("(") + address.count("[") < address.count(
        ")"
    ) + address.count("]"):
        address = address[:-1].rstrip(".,;:")
    return address


def _title_and_url(raw: str) -> tuple[str, str]:
    """Return the title that certainly belongs to the first address in `raw`, and the address."""
    if (link := _LINKED.search(raw)) and link["url"].lower().startswith(("http://", "https://")):
        words = link["text"].strip("*_ ")
        named = (
            not _URL.match(words)
            and not words.isdigit()
            and words.lower() not in {"link", "source", "here", "url", "doi", "pubmed"}
        )
        return (words if named else (link["title"] or "")), link["url"]
    if defined := _DEFINED.fullmatch(raw):
        return (defined["a"] or defined["b"] or defined["c"] or ""), _trimmed(defined["url"])
    if not (found := _URL.search(raw)):
        return "", ""
    url = _trimmed(found[0])
    if url.lower().startswith("www."):
        url = f"https://{url}"
    before = _LEADING.sub("", raw[: found.start()]).strip(' *_"“”«»')
    after = raw[found.end() :].strip(' *_"“”.-–—|:')
    title = before or (after if not _YEAR_OF.search(after) else "")
    whole = len(title.split()) > 1 or (len(title) > 3 and not title.isascii())
    simple = not re.search(r"[.。]\s?\S", title) and len(title) < 300
    return (title if whole and simple and _host_is_real(url) else ""), url


def _host_is_real(url: str) -> bool:
    try:
        return "." in (urlsplit(url).hostname or "")
    except ValueError:
        return False


def is_source_address(url: str) -> bool:
    """Whether `url` leads to a paper by its identifier: doi.org, PubMed, PubMed Central."""
    return bool(_PAPER.match(url[:200]))
