"""Everything up to a frozen Version."""

from articles.models.article import Article, Topic
from articles.models.audience import Audience
from articles.models.disclaimer import Disclaimer
from articles.models.edition import Contribution, Edition
from articles.models.figure import Figure, PlacedFigure
from articles.models.generation import Generation
from articles.models.glossary import GlossaryTerm
from articles.models.import_record import ImportRecord
from articles.models.reference import Citation, Reference, ReferenceNotice
from articles.models.version import CitedReference, Version
from articles.models.working_copy import WorkingCopy

__all__ = [
    "Article",
    "Audience",
    "Citation",
    "CitedReference",
    "Contribution",
    "Disclaimer",
    "Edition",
    "Figure",
    "Generation",
    "GlossaryTerm",
    "ImportRecord",
    "PlacedFigure",
    "Reference",
    "ReferenceNotice",
    "Topic",
    "Version",
    "WorkingCopy",
]
