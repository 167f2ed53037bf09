"""What of a page belongs to its site, and the part of it that is its article."""

from __future__ import annotations

import re

from lxml import etree

from manuscript.importing.html.tree import DROPPED, named

_FURNITURE = frozenset("nav form button select textarea input dialog menu search".split())
_ROLES = frozenset(
    "navigation banner contentinfo search dialog alertdialog menu menubar toolbar complementary form".split()
)
_FURNISHED = re.compile(
    r"(?:^|[\s_-])(?:cookies?|consent|gdpr|newsletter|subscri(?:be|ption)|breadcrumbs?|share(?:-?(?:bar|buttons?|links?))?|sharing|social|sidebar|related|recommended|comments?|advert(?:isement)?s?|ad|ads|promo|popup|modal"
    r"|navbox|navbar|nav|menu|pagination|pager|paywall|toc|catlinks|printfooter|skip-?link|siteSub|jump-to-nav|mw-editsection|mw-indicators|mw-jump-link|mw-cite-backlink|noprint|vertical-navbox|ambox|mbox|sistersitebox|authority-control|site-(?:header|footer)|page-footer|footer|masthead)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_MAIN = re.compile(
    r"(?:^|\s)(?:mw-parser-output|article-?body|article-?content|entry-?content|post-?content|story-?body|main-?content|page-?content|bodyContent|content|main|article|post)(?:$|\s)",
    re.IGNORECASE,
)


def is_hidden(element: etree._Element) -> bool:
    """Whether a browser shows nothing of `element`."""
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def is_furniture(element: etree._Element) -> bool:
    """Whether `element` belongs to the site: navigation, forms, banners, boxes that sell or ask."""
    tag = str(element.tag)
    if tag in _FURNITURE or (element.get("role") or "").lower() in _ROLES:
        return True
    if tag in {"header", "footer", "aside"}:
        inside = any(
            above.tag in {"article", "main", "section", "blockquote"}
            for above in element.iterancestors()
        )
        return not inside or tag == "footer"
    return tag not in {"body", "html", "main", "article", "h1"} and bool(
        _FURNISHED.search(named(element))
    )


def main_of(root: etree._Element) -> etree._Element:
    """Return the element that holds the article: main, article, or the part of the page with most of its words."""
    body = root if root.tag == "body" else next(iter(root.iter("body")), root)
    lengths = _lengths(root)
    sizes = {
        one: lengths.get(one, 0)
        for one in root.iter("main", "article", "div", "section")
        if _could_be_main(one)
    }
    chosen = body
    mains = [one for one in sizes if one.tag == "main" or one.get("role") == "main"]
    if mains:
        chosen = max(mains, key=lambda one: sizes[one])
    inner = [
        one for one in sizes
        if (one.tag == "article" or one.get("itemprop") == "articleBody")
        and (chosen is body or chosen in one.iterancestors())
    ]  # fmt: skip
    if inner:
        best = max(inner, key=lambda one: sizes[one])
        rest = sum(sizes[one] for one in inner if one is not best)
        if sizes[best] > 2 * rest and 2 * sizes[best] >= lengths.get(chosen, 0):
            return best
    if chosen is not body:
        return chosen
    total = lengths.get(body, 0) or 1
    likely = [one for one in sizes if _MAIN.search(named(one)) and sizes[one] > 0.5 * total]
    return min(likely, key=lambda one: sizes[one]) if likely else body


def _lengths(root: etree._Element) -> dict[etree._Element, int]:
    """Return how much text each element holds, in one pass; elements of the site hold none."""
    found: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        shown = element.tag not in DROPPED and not is_furniture(element)
        size = len((element.text or "").strip()) + sum(
            found.get(child, 0) + len((child.tail or "").strip()) for child in element
        )
        found[element] = size if shown else 0
    return found


def _could_be_main(element: etree._Element) -> bool:
    if (
        element.tag in {"main", "article"}
        or element.get("role") == "main"
        or element.get("itemprop") == "articleBody"
    ):
        return True
    return bool(_MAIN.search(named(element)))
