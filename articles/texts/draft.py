"""What an editor types: the fields of an edition, tidied and checked before anything is stored."""

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError

from kernel.canonical import digest, nfc
from manuscript.content.canonical import canonicalise
from manuscript.content.characters import clean
from manuscript.content.schema import ContentRefused

if TYPE_CHECKING:
    from articles.models import Edition

TITLE_LIMIT = 300
SUMMARY_LIMIT = 1000
PROVENANCE_KEYS = ("model", "prompt", "date", "responsible")


def tidy_line(text: str) -> str:
    """Return `text` in NFC on one line, without spaces at its ends or characters nobody sees."""
    return clean(text).strip()


def tidy_lines(text: str) -> str:
    """Return `text` with each line tidied, without empty lines at its ends."""
    return "\n".join(tidy_line(line) for line in text.splitlines()).strip()


@dataclass(frozen=True, kw_only=True)
class DraftText:
    """The text of a draft. `ai_provenance` is empty where no model had a part in it."""

    title: str = ""
    heading: str = ""
    summary: str = ""
    body: str = ""
    jurisdiction: str = ""
    ai_provenance: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, edition: "Edition") -> "DraftText":
        """Return the text that `edition` holds."""
        return cls(
            title=edition.title,
            heading=edition.heading,
            summary=edition.summary,
            body=edition.body,
            jurisdiction=edition.jurisdiction,
            ai_provenance=edition.ai_provenance,
        )

    @property
    def digest(self) -> str:
        """Return the digest by which two drafts are the same or not."""
        return digest(asdict(self))

    def tidied(self) -> "DraftText":
        """Return the text as it is stored: NFC, single-line titles, the body in canonical form.

        :raises ValidationError: naming each field that cannot be stored, and why.
        """
        errors: dict[str, str] = {}
        lines = {name: tidy_line(getattr(self, name)) for name in ("title", "heading")}
        for name, line in lines.items():
            if len(line) > TITLE_LIMIT:
                errors[name] = f"At most {TITLE_LIMIT} characters; this has {len(line)}."
        summary = tidy_lines(self.summary)
        if len(summary) > SUMMARY_LIMIT:
            errors["summary"] = f"At most {SUMMARY_LIMIT} characters; this has {len(summary)}."
        body = ""
        try:
            body = canonicalise(self.body)
        except ContentRefused as exc:
            errors["body"] = str(exc)
        jurisdiction = self.jurisdiction.strip().upper()
        if len(jurisdiction) > 12 or (jurisdiction and not jurisdiction.isalnum()):
            errors["jurisdiction"] = "A country code such as CN, or nothing."
        provenance = {
            key: tidy_line(str(nfc(self.ai_provenance[key])))
            for key in PROVENANCE_KEYS
            if self.ai_provenance.get(key)
        }
        if unknown := set(self.ai_provenance) - set(PROVENANCE_KEYS):
            errors["ai_provenance"] = f"Unknown: {', '.join(sorted(unknown))}."
        elif provenance and "model" not in provenance:
            errors["ai_provenance"] = "Name the model that had a part in the text."
        if errors:
            raise ValidationError(errors)
        return DraftText(
            **lines,
            summary=summary,
            body=body,
            jurisdiction=jurisdiction,
            ai_provenance=provenance,
        )


def require_language(language: str) -> str:
    """Return `language` if the site publishes in it.

    :raises ValidationError: if it does not.
    """
    if language not in dict(settings.LANGUAGES):
        known = ", ".join(code for code, _name in settings.LANGUAGES)
        raise ValidationError(
            {"language": f"{language!r} is not a language of this site ({known})."}
        )
    return language
