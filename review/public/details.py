"""What the page of a text says beyond its facts: who signed, which notices are in force, what was
published against its sources.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from articles.models import Version
from articles.texts.journal_notices import JournalNotice, notices_of_version
from review.models import (
    REVIEWED_STATES,
    WAS_APPROVED_STATES,
    Assignment,
    Decision,
    Notice,
    Publication,
    Signature,
    State,
    Submission,
)
from review.public.facts import HEAVY, Facts, Rows, gather, told
from review.public.value import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFacts(Value):
    """One signature, as it says of itself in its signed payload.

    `is_void`: the approval that it led to was taken back.
    """

    language: ClassVar[str] = "en"  # of what was stated
    name: str
    signer_id: int
    orcid: str
    degree: str
    profession: str
    capacity: str
    meaning: str
    signed_at: datetime
    digest: str
    version_number: int
    payload: str
    payload_digest: str
    is_void: bool

    @property
    def credentials(self) -> str:
        """Return degree and profession."""
        return ", ".join(filter(None, (self.degree, self.profession)))

    @property
    def capacity_label(self) -> str:
        """Return what was reviewed for, in the language in use."""
        return gettext(self.capacity)

    @property
    def signed(self) -> dict[str, Any]:
        """Return what was signed as a dict. Parses at each call."""
        return json.loads(self.payload)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeFacts(Value):
    """One public, dated statement; `edition_id` is None where it concerns the whole article."""

    kind: Notice.Kind
    text: str
    published_at: datetime
    edition_id: int | None

    @property
    def label(self) -> str:
        """Return its kind in the language in use."""
        return str(self.kind.label)


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailedFacts(Facts):
    """What the page of a text says of it.

    `reviewers` are asked and have not stepped aside; `signed` of them have signed. `signatures` are
    those that led to an approval, be it in force, replaced or taken back: before it they are no
    review, and name nobody (law 2). `notices` are those in force, newest first; `journal_notices`
    what was published against each source, by its number.
    """

    reviewers: int
    signed: int
    signatures: tuple[SignatureFacts, ...]
    notices: tuple[NoticeFacts, ...]
    journal_notices: Mapping[int, tuple[JournalNotice, ...]]

    @property
    def reviewed_by(self) -> tuple[SignatureFacts, ...]:
        """Return the signatures that count as a review of it now."""
        return self.signatures if self.is_reviewed else ()

    @property
    def retracted(self) -> tuple[int, ...]:
        """Return the numbers of the sources that are retracted."""
        return self._sources(lambda notice: notice.is_alarm)

    @property
    def reinstated(self) -> tuple[int, ...]:
        """Return the numbers of the sources that were retracted and are not any more."""
        taken_back = self._sources(lambda notice: notice.is_reinstated)
        return tuple(number for number in taken_back if number not in self.retracted)

    def _sources(self, fits: Callable[[JournalNotice], bool]) -> tuple[int, ...]:
        found = (n for n, notices in self.journal_notices.items() if any(map(fits, notices)))
        return tuple(sorted(found))


def gather_details(rows: Rows) -> Rows:
    """Annotate Publications or Submissions with what `details_of` needs besides its queries."""
    of_publication = issubclass(rows.model, Publication)
    reviewers = (
        Assignment.objects.filter(
            submission=OuterRef("submission_id" if of_publication else "pk"), ended_at__isnull=True
        )
        .exclude(decision__kind=Decision.Kind.RECUSE)
        .order_by()
        .values("submission")
        .annotate(number=Count("pk"))
        .values("number")
    )
    number = Coalesce(Subquery(reviewers, output_field=IntegerField()), 0)
    gathered: Rows = gather(rows).annotate(fact_reviewers=number)
    return gathered


def details_of(row: Publication | Submission, *, on: date) -> DetailedFacts:
    """Return all that is said of a text whose row went through `gather_details`. Three queries.

    :raises AttributeError: if the row did not.
    """
    seen: Any = row  # the annotation of `gather_details`
    submission = row.submission if isinstance(row, Publication) else row
    signatures = signatures_of([submission])[submission.pk]
    notices = tuple(map(notice_facts, Notice.objects.in_force_on(submission)))
    against = notices_of_version(submission.version)
    return DetailedFacts(
        **told(row, on),
        reviewers=seen.fact_reviewers,
        signed=len(signatures),
        signatures=signatures if submission.state in WAS_APPROVED_STATES else (),
        notices=notices,
        journal_notices=against,
    )


def details_of_version(version: Version, *, on: date) -> DetailedFacts | None:
    """Return all that is said of a Version: of its newest submission; None if it was never sent to
    the board. Four queries, or one.
    """
    rows = gather_details(version.submissions.all()).select_related("edition")
    row = rows.defer(*(f"version__{name}" for name in HEAVY)).order_by("-pk").first()
    return None if row is None else details_of(row, on=on)


def signatures_of(submissions: Sequence[Submission]) -> dict[int, tuple[SignatureFacts, ...]]:
    """Return the signatures given on each submission so far, in their order, whether or not they
    led to anything. One query.
    """
    found: dict[int, list[SignatureFacts]] = {row.pk: [] for row in submissions}
    by_key = {row.pk: row for row in submissions}
    rows = Signature.objects.filter(submission__in=by_key, digest=F("version__digest"))
    for row in rows.order_by("signed_at", "pk"):
        found[row.submission_id].append(signature_facts(row, by_key[row.submission_id]))
    return {key: tuple(signatures) for key, signatures in found.items()}


def reviewers_of(submission: Submission) -> tuple[SignatureFacts, ...]:
    """Return the signatures that count as a review of a submission's text now: none before an
    approval and none once it was taken back (law 2). One query at most.
    """
    if submission.state not in REVIEWED_STATES:
        return ()
    return signatures_of([submission])[submission.pk]


def signature_facts(row: Signature, submission: Submission) -> SignatureFacts:
    """Return what a signature says of itself; `submission` with its version. No query."""
    signed = row.signed
    signer, credential = signed["signer"], signed["credential"]
    return SignatureFacts(
        name=signer["name"],
        signer_id=signer["id"],
        orcid=signer["orcid"],
        degree=credential["degree"],
        profession=credential["profession"],
        capacity=signed["capacity"]["name"],
        meaning=signed["meaning"],
        signed_at=datetime.fromisoformat(signed["signed_at"]),
        digest=signed["digest"],
        version_number=submission.version.number,
        payload=row.payload,
        payload_digest=row.payload_digest,
        is_void=submission.state == State.RETRACTED,
    )


def notice_facts(row: Notice) -> NoticeFacts:
    """Return what a notice says. No query."""
    return NoticeFacts(
        kind=Notice.Kind(row.kind),
        text=row.text,
        published_at=row.published_at,
        edition_id=row.edition_id,
    )
