"""schema.org data of an article page, which says only what the page says.

A text that nobody approved has no `lastReviewed` and no `reviewedBy`; a text that was taken down
has no data at all. Shapes and traps: `MedicalAudienceType` knows only Clinician and
MedicalResearcher, `Patient` is a class, and `evidenceLevel` does not belong to pages.
"""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from articles.models import Audience
from reader.addresses import absolute, page
from review.models import Notice, Publication
from review.public.details import DetailedFacts, SignatureFacts
from review.public.facts import Caveat, Facts

SCHEMA = "https://schema.org/"
# The same characters as django.utils.html.json_script escapes, so that no text ends the element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
_TYPES = {
    "article-journal": "MedicalScholarlyArticle",
    "webpage": "WebPage",
    "book": "Book",
    "chapter": "Chapter",
    "report": "Report",
}
_CAVEATS = {
    Caveat.SOURCE_ALARM: ("source-retracted", "A cited source was retracted"),
    Caveat.CAUTION: ("under-caution", "Under a caution"),
    Caveat.REVIEW_OVERDUE: ("review-overdue", "Review overdue"),
}


def medical_web_page(
    publication: Publication,
    *,
    facts: DetailedFacts,
    content: Mapping[str, Any],
    audience: Audience,
    url: str,
    site_name: str,
) -> dict[str, Any]:
    """Return the JSON-LD object of the page that shows `publication` at the absolute `url`.

    :raises ValueError: if the text was taken down: such a page says nothing to machines.
    """
    if not facts.is_shown:
        raise ValueError("A text that was taken down has no structured data.")
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": f"{url}#page",
        "url": url,
        "name": content["title"],
        "headline": content["heading"] or content["title"],
        "inLanguage": content["language"],
        "version": str(facts.number),
        "dateModified": facts.frozen_at.date().isoformat(),
        "datePublished": publication.first_published_at.date().isoformat(),
        "creativeWorkStatus": _status(facts),
        "mainContentOfPage": {"@type": "WebPageElement", "cssSelector": "#answer"},
        "publishingPrinciples": absolute(page("policy")),
        "publisher": {"@type": "Organization", "name": site_name, "url": absolute("/")},
        **_audience(audience),
    }
    if content["summary"]:
        found["description"] = content["summary"]
        found["mainEntity"] = {
            "@type": "Question",
            "name": content["title"],
            "acceptedAnswer": {"@type": "Answer", "text": content["summary"]},
        }
    specialty = publication.edition.article.specialty
    if specialty.schema_org:
        found["specialty"] = SCHEMA + specialty.schema_org
    if facts.is_approved:
        assert facts.latest_full_review_on is not None
        found["lastReviewed"] = facts.latest_full_review_on.isoformat()
        found["reviewedBy"] = [_person(signature) for signature in facts.reviewed_by]
        if facts.review_due_on is not None:
            found["expires"] = facts.review_due_on.isoformat()
    if content["references"]:
        found["citation"] = [_citation(row["csl"]) for row in content["references"]]
    if content["ai_provenance"]:
        found["digitalSourceType"] = SCHEMA + "CompositeWithTrainedAlgorithmicMediaDigitalSource"
    if corrections := [n for n in facts.notices if n.kind == Notice.Kind.CORRECTION]:
        found["correction"] = [
            {
                "@type": "CorrectionComment",
                "text": notice.text,
                "datePublished": notice.published_at.date().isoformat(),
            }
            for notice in corrections
        ]
    return found


def script(data: Mapping[str, Any]) -> SafeString:
    """Return `data` as the text of a JSON-LD script element, which none of its strings can end."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308


def _status(facts: Facts) -> dict[str, str] | list[dict[str, str]]:
    """Return whether the text is approved, and what speaks against relying on it."""
    status = (
        _term("approved", "Approved") if facts.is_approved else _term("pending", "Pending review")
    )
    caveats = [_term(_CAVEATS[caveat][0], _CAVEATS[caveat][1]) for caveat in facts.caveats]
    return [status, *caveats] if caveats else status


def _term(code: str, name: str) -> dict[str, str]:
    return {"@type": "DefinedTerm", "name": name, "termCode": code}


def _audience(audience: Audience) -> dict[str, Any]:
    kind = {"@type": "MedicalAudience", "audienceType": audience.label}
    match audience.schema_org:
        case "":
            return {"audience": {"@type": "Audience", "audienceType": audience.label}}
        case "Patient":
            return {"medicalAudience": {"@type": "Patient"}}
        case "MedicalAudience":
            return {"medicalAudience": kind}
        case "Clinician" | "MedicalResearcher" as term:
            # The term says the profession in general; a particular one needs its name beside it.
            particular = audience.slug not in {"clinician", "researcher"}
            return {"medicalAudience": [SCHEMA + term, kind] if particular else SCHEMA + term}
        case other:
            return {"medicalAudience": {**kind, "@type": other}}


def _person(signature: SignatureFacts) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "Person",
        "name": signature.name,
        "honorificSuffix": signature.degree,
        "jobTitle": signature.profession,
    }
    if signature.orcid:
        found["sameAs"] = f"https://orcid.org/{signature.orcid}"
    return found


def _citation(csl: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": _TYPES.get(csl["type"], "CreativeWork"),
        "name": csl.get("title", ""),
    }
    if doi := csl.get("DOI"):
        found["sameAs"] = f"https://doi.org/{doi}"
    elif url := csl.get("URL"):
        found["url"] = url
    if pmid := csl.get("PMID"):
        found["identifier"] = {"@type": "PropertyValue", "propertyID": "PMID", "value": pmid}
    return {name: value for name, value in found.items() if value}
