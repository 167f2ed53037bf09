"""Recomputing what the board's claims rest on. `manage.py verify` runs all of it."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db.models import Max, Prefetch

from articles.models import Contribution, Edition, Version
from articles.texts.verification import contribution_findings, figure_findings, version_findings
from kernel.models import AuditEntry
from kernel.verification import UNREADABLE, Finding, audit_findings, trigger_findings, unreadable
from review.models import WAS_APPROVED_STATES, Publication, Signature, Submission
from review.public.actions.publishing import publication_fields, shown_submission
from review.rounds.rules import missing_for_approval
from review.signatures.payload import why_signature_does_not_hold


def _dependence(signature: Signature) -> str | None:
    """Return why the signer was not independent when signing, or None."""
    before = Submission.objects.filter(
        edition=signature.submission.edition_id,
        approved_at__lte=signature.signed_at,
        version__contribution__lt=signature.version.contribution_id,
    )
    boundary = before.aggregate(frozen=Max("version__contribution"))["frozen"] or 0
    touched = Contribution.objects.filter(
        edition=signature.submission.edition_id,
        user=signature.signer_id,
        pk__gt=boundary,
        at__lte=signature.signed_at,
    )
    return "its signer had worked on the text" if touched.exists() else None


def _qualification(signature: Signature) -> str | None:
    """Return why what the signature recorded did not qualify its signer, or None."""
    signed = signature.signed
    credential, interests = signed["credential"], signed["interests"]
    day = datetime.fromisoformat(signed["signed_at"]).date().isoformat()
    if credential["specialty"] != signed["capacity"]["specialty"]:
        return "its credential is of another specialty than its capacity"
    if not credential["verified_at"] or (credential["expires_on"] or day) < day:
        return "its credential was not valid when it was signed"
    if interests["state"] not in {"NONE", "DECLARED"}:
        return "it was signed without a declaration of interests"
    return None


def signature_findings() -> Iterator[Finding]:
    """Yield every signature that is not bound to its text, its signer or the audit trail."""
    audited = {
        entry["data"].get("signature"): entry["data"].get("payload_digest")
        for entry in AuditEntry.objects.filter(action="review.submission.signed").values("data")
    }
    rows = Signature.objects.select_related(
        "version", "submission", "decision__assignment__capacity"
    ).order_by("pk")
    for signature in rows.iterator(chunk_size=500):
        what = f"signature {signature.pk} of submission {signature.submission_id}"
        if why := why_signature_does_not_hold(signature):
            yield Finding(what, why)
        for check in (_qualification, _dependence):
            try:
                why = check(signature)
            except UNREADABLE as exc:
                why = f"its {check.__name__.strip('_')} {unreadable(exc)}"
            if why:
                yield Finding(what, why)
        if audited.pop(signature.pk, None) != signature.payload_digest:
            yield Finding(what, "the audit trail knows another digest for it, or none")
    for pk in audited:
        yield Finding(f"signature {pk}", "the audit trail knows it, but it is gone")


def submission_findings() -> Iterator[Finding]:
    """Yield every submission that claims an approval its signatures do not carry."""
    signatures = Prefetch("signatures", Signature.objects.order_by("pk"))
    rows = Submission.objects.select_related("version").prefetch_related(signatures)
    approved = set(
        AuditEntry.objects.filter(action="review.submission.approved").values_list(
            "subject", flat=True
        )
    )
    for submission in rows.order_by("pk").iterator(chunk_size=500):
        what = f"submission {submission.pk}"
        if submission.version.edition_id != submission.edition_id:
            yield Finding(what, "its version belongs to another edition")
        audited = f"review.submission:{submission.pk}" in approved
        if submission.state not in WAS_APPROVED_STATES:
            if audited:
                yield Finding(what, "the audit trail knows an approval that its state denies")
            continue
        if not audited:
            yield Finding(what, "the audit trail knows no approval of it")
        held = [s for s in submission.signatures.all() if s.digest == submission.version.digest]
        try:
            missing = missing_for_approval(rule=submission.rule, signatures=held)
        except UNREADABLE as exc:
            yield Finding(what, f"its rule or a signature {unreadable(exc)}")
            continue
        if missing:
            yield Finding(what, f"it counts as approved, but lacks {', '.join(missing)}")


def publication_findings() -> Iterator[Finding]:
    """Yield every edition whose publication is not what its submissions make it."""
    publications = {
        row.edition_id: row
        for row in Publication.objects.select_related("submission").order_by("pk")
    }
    for edition in Edition.objects.filter(submissions__isnull=False).distinct().order_by("pk"):
        what = f"publication of edition {edition.pk}"
        row = publications.pop(edition.pk, None)
        submission = shown_submission(edition)
        if submission is None:
            if row is not None:
                yield Finding(what, "readers see it, but nothing should be public")
            continue
        if row is None:
            yield Finding(what, f"readers should see submission {submission.pk}, but see nothing")
            continue
        try:
            fields = publication_fields(submission)
        except UNREADABLE as exc:
            yield Finding(what, f"the text it should show {unreadable(exc)}")
            continue
        for name, value in fields.items():
            if getattr(row, name) != value:
                yield Finding(what, f"its {name} is not that of submission {submission.pk}")
    for pk in publications:
        yield Finding(f"publication of edition {pk}", "nothing was ever submitted")


CHECKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "Audit trail": audit_findings,
    "Guards in the database": trigger_findings,
    "Versions": version_findings,
    "Figures": figure_findings,
    "Contributions": contribution_findings,
    "Signatures": signature_findings,
    "Submissions": submission_findings,
    "Publications": publication_findings,
}


def counts() -> dict[str, int]:
    """Return how many rows of evidence there are."""
    return {
        "audit entries": AuditEntry.objects.count(),
        "versions": Version.objects.count(),
        "signatures": Signature.objects.count(),
        "submissions": Submission.objects.count(),
        "publications": Publication.objects.count(),
    }
