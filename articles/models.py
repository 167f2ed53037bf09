"""The rows of every room of this app: everything up to a frozen Version."""

from articles.figures.models.figure import Figure, PlacedFigure
from articles.figures.models.figure_change import FigureChange
from articles.references.models.citation import Citation, CitedReference
from articles.references.models.reference import (
    Reference,
    ReferenceNotice,
    is_lifted,
    notice_in_force,
)
from articles.references.models.reference_change import ReferenceChange
from articles.texts.models.article import Article, Topic
from articles.texts.models.audience import Audience
from articles.texts.models.disclaimer import Disclaimer
from articles.texts.models.edition import Contribution, Edition, EditionQuerySet
from articles.texts.models.glossary import GlossaryTerm
from articles.texts.models.import_record import ImportRecord
from articles.texts.models.text_columns import edition_text_columns, version_text_columns
from articles.texts.models.version import Version, VersionQuerySet
from articles.texts.models.working_copy import WorkingCopy

__all__ = [
    "Article",
    "Audience",
    "Citation",
    "CitedReference",
    "Contribution",
    "Disclaimer",
    "Edition",
    "EditionQuerySet",
    "Figure",
    "FigureChange",
    "GlossaryTerm",
    "ImportRecord",
    "PlacedFigure",
    "Reference",
    "ReferenceChange",
    "ReferenceNotice",
    "Topic",
    "Version",
    "VersionQuerySet",
    "WorkingCopy",
    "edition_text_columns",
    "is_lifted",
    "notice_in_force",
    "version_text_columns",
]
