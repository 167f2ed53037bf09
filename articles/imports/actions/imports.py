"""An imported text becomes a draft."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from accounts.models import Specialty, User
from articles.figures.actions.figures import insert_figure
from articles.models import Audience, Contribution, Edition, ImportRecord
from articles.references.actions.references import insert_references
from articles.texts import rules
from articles.texts.actions.editions import insert_article
from articles.texts.draft import DraftText
from kernel.action import action
from kernel.canonical import sha256
from kernel.errors import NotAllowed
from manuscript.content.figures import figure_keys
from manuscript.content.rewriting import rekeyed
from manuscript.imaging import ImageRefused, ProcessedImage, process_image
from manuscript.importing.result import ImportedArticle, ImportedFigure


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where an imported text came from: the file's name ("" for pasted text), the format it was
    read as, and the SHA-256 of the bytes.
    """

    name: str = ""
    format: str = ""
    digest: str = ""


def _processed(
    figures: Iterable[ImportedFigure],
) -> tuple[list[tuple[ImportedFigure, ProcessedImage]], list[dict[str, Any]]]:
    """Return the images that can be figures, and a warning about each of the others."""
    taken: list[tuple[ImportedFigure, ProcessedImage]] = []
    refused: list[dict[str, Any]] = []
    for figure in figures:
        try:
            taken.append((figure, process_image(figure.data, figure.name)))
        except ImageRefused as exc:
            text = f"{figure.name or figure.key}: {exc}"
            refused.append({"code": "image-refused", "line": 0, "text": text, "proposal": ""})
    return taken, refused


def _missing(key: str, origin: Origin) -> str:
    """Return a key for a figure whose image did not come along: one that no picture is called by, so
    that the text never shows another's.
    """
    return f"missing-{sha256(f'{origin.digest} {origin.name} {key}'.encode())[:16]}"


def import_article(
    *,
    actor: User,
    imported: ImportedArticle,
    audience: Audience,
    language: str,
    origin: Origin,
    at: datetime,
    specialty: Specialty | None = None,
    ai_provenance: Mapping[str, str] | None = None,
) -> Edition:
    """Store an imported text as a new article's draft, with its references in the library.

    References without a DOI or PMID are added *to be identified*: they block a freeze. Images go
    into the library of figures; one that is refused leaves its figure in the text without an image.
    What the importer had to say stays with the draft, in its import record.

    :raises NotAllowed: if `actor` does not write articles.
    :raises ValidationError: naming what cannot be stored; nothing is written then.
    """
    if reason := rules.why_not_write(actor):
        raise NotAllowed(reason)
    images, refused = _processed(imported.figures)  # before the transaction: it takes its time
    with action(actor=actor, at=at) as act:
        shown = {
            figure.key: insert_figure(act, image=image, name=figure.name or figure.key).key
            for figure, image in images
        }
        rows = insert_references(act, csls=[reference.csl for reference in imported.references])
        keys = {
            reference.key: row.key for reference, row in zip(imported.references, rows, strict=True)
        }
        figures = {
            key: shown.get(key) or _missing(key, origin) for key in figure_keys(imported.body)
        }
        body = rekeyed(imported.body, citations=keys, figures=figures)
        edition = insert_article(
            act,
            question=imported.title or imported.heading or origin.name,
            specialty=specialty or Specialty.objects.get(slug="general-medicine"),
            language=language,
            audience=audience,
            text=DraftText(
                title=imported.title,
                heading=imported.heading,
                summary=imported.summary,
                body=body,
                ai_provenance=dict(ai_provenance or {}),
            ),
            kind=Contribution.Kind.IMPORTED,
        )
        ImportRecord.objects.create(
            edition=edition,
            name=origin.name[:255],
            format=origin.format,
            digest=origin.digest,
            licence=imported.licence,
            warnings=[*(asdict(warning) for warning in imported.warnings), *refused],
            imported_at=at,
        )
    return edition
