"""The models of the admin and the addresses of their pages."""

from django.db.models import Model
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from accounts.models import Credential, InterestDeclaration, Specialty, User
from articles.models import (
    Article,
    Audience,
    Contribution,
    Disclaimer,
    Edition,
    GlossaryTerm,
    Reference,
    ReferenceNotice,
    Topic,
    Version,
)
from kernel import publication_log
from kernel.models import AuditEntry, OutboxMessage, PublicationEntry
from reader.models import PolicyVersion
from review.models import (
    Assignment,
    Decision,
    Notice,
    Publication,
    ReviewRule,
    Signature,
    Submission,
)

READ_ONLY = [
    Article,
    Edition,
    Version,
    Contribution,
    ReferenceNotice,
    Submission,
    Assignment,
    Decision,
    Signature,
    Publication,
    Notice,
    InterestDeclaration,
    AuditEntry,
    PublicationEntry,
    OutboxMessage,
    DBTaskResult,
]
NEVER_DELETED = [*READ_ONLY, User, Credential, Reference, PolicyVersion]
CONFIGURATION = [Specialty, Topic, Audience, GlossaryTerm, Disclaimer, ReviewRule]


def page(model: type[Model], name: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


def stamp() -> int:
    return publication_log.stamp()
