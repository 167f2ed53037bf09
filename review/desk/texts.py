"""A version as its readers will see it, and what changed in it: from frozen content alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.models import Version
from articles.texts.freezing import CALLOUT_LABELS
from articles.texts.journal_notices import notices_of_version
from articles.texts.shown_figures import images_of, with_credits
from manuscript.content.citations import mentions
from manuscript.content.claims import Claim, claims
from manuscript.content.difference import Difference, shown_difference
from manuscript.content.rendering import LABELS


@dataclass(frozen=True)
class ReadableText:
    """Everything that a version says, ready for `review/_text.html`."""

    version: Version
    content: dict[str, Any]
    body: SafeString
    references: list[dict[str, Any]]
    claims: list[Claim]

    @property
    def language(self) -> str:
        """Return the language as people call it."""
        code = self.content["language"]
        return str(dict(settings.LANGUAGES).get(code, code))

    @property
    def provenance(self) -> list[tuple[str, str]]:
        """Return what is recorded about AI in this text, as label and value."""
        return [
            (str(key).replace("_", " ").capitalize(), str(value))
            for key, value in self.content["ai_provenance"].items()
            if value
        ]

    @property
    def claims_without_source(self) -> list[Claim]:
        """Return the claims that cite nothing."""
        return [claim for claim in self.claims if not claim.references]

    @property
    def noticed(self) -> list[dict[str, Any]]:
        """Return the references with a notice against them."""
        return [reference for reference in self.references if reference["notices"]]


def readable(version: Version) -> ReadableText:
    """Return a version's text with the notices against its sources as they stand now. One query."""
    content = version.frozen
    counted = mentions(content["body"])
    against = notices_of_version(version)
    references = [
        {
            "number": row["number"],
            # Rendered and cleaned when the version was frozen; `verify` makes it again.
            "text": mark_safe(entry),  # noqa: S308
            "notices": against.get(row["number"], ()),
            "places": [
                f"cite-{row['number']}-{place}"
                for place in range(1, counted.get(row["key"], 0) + 1)
            ],
        }
        for row, entry in zip(content["references"], version.rendered_references, strict=True)
    ]
    return ReadableText(
        version=version,
        content=content,
        body=mark_safe(with_credits(version.rendered, content["figures"])),  # noqa: S308
        references=references,
        claims=claims(content["body"]),
    )


@dataclass(frozen=True)
class Changes:
    """What changed from one version to another."""

    since: Version
    body: Difference
    html: SafeString
    fields: list[tuple[str, str, str]]
    references: list[tuple[str, str]]

    @property
    def count(self) -> int:
        """Return how many changes there are to look at."""
        return self.body.changes + len(self.fields) + len(self.references)


def changes(*, before: Version, after: Version) -> Changes:
    """Return what changed between two versions of an edition, word by word."""
    old, new = before.frozen, after.frozen
    labels = {**LABELS, **CALLOUT_LABELS.get(new["language"], {})}
    body = shown_difference(
        old["body"],
        new["body"],
        numbers_before=_numbers(old),
        numbers_after=_numbers(new),
        labels=labels,
        figures=images_of([*old["figures"], *new["figures"]]),
    )
    return Changes(
        since=before,
        body=body,
        html=mark_safe(body.html),  # noqa: S308 - made of canonical bodies by the text engine
        fields=_changed_fields(old, new),
        references=_changed_references(old["references"], new["references"]),
    )


def _numbers(content: Mapping[str, Any]) -> dict[str, int]:
    return {row["key"]: row["number"] for row in content["references"]}


def _changed_fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return name, words before and words after of what changed beside the body."""
    pairs = [
        (label, str(old[name]), str(new[name]))
        for name, label in (
            ("title", "Question"),
            ("heading", "Page heading"),
            ("summary", "Summary"),
            ("jurisdiction", "Jurisdiction"),
        )
    ]
    pairs += [
        ("Disclaimers", _joined(old["disclaimers"]), _joined(new["disclaimers"])),
        ("AI provenance", _facts(old["ai_provenance"]), _facts(new["ai_provenance"])),
    ]
    return [pair for pair in pairs if pair[1] != pair[2]]


def _joined(disclaimers: Sequence[Mapping[str, str]]) -> str:
    return "\n".join(f"{row['jurisdiction']} {row['text']}".strip() for row in disclaimers)


def _facts(provenance: Mapping[str, Any]) -> str:
    return "\n".join(f"{key}: {value}" for key, value in provenance.items() if value)


def _changed_references(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]
) -> list[tuple[str, str]]:
    """Return what happened to which source: "Added", "Removed" or "Details changed"."""
    before = {row["key"]: row["csl"] for row in old}
    after = {row["key"]: row["csl"] for row in new}
    found = [("Removed", key) for key in before if key not in after]
    found += [("Added", key) for key in after if key not in before]
    found += [
        ("Details changed", key)
        for key, csl in after.items()
        if key in before and before[key] != csl
    ]
    titles = {key: csl.get("title") or key for key, csl in {**before, **after}.items()}
    return [(what, str(titles[key])) for what, key in found]
