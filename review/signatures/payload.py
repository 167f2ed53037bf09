"""What a signature says: pure functions from rows to the payload that is signed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from accounts.models import Credential, Interest, InterestDeclaration, User
from kernel.canonical import canonical_json, sha256
from kernel.verification import UNREADABLE, unreadable
from review.models import Assignment, Signature, Submission

SCHEMA = 1


def meaning(*, submission: Submission, capacity: str) -> str:
    """Return what the signer states, in words (21 CFR 11.50 asks for the meaning of a signature)."""
    version = submission.version
    return (
        f"I have read version {version.number} of “{version.title}” in full, exactly as shown "
        f"to me. In my capacity as a reviewer for {capacity}, I approve it for publication to the "
        f"audience “{submission.edition.audience.label}”. I did not write or edit it, and I have "
        "declared my interests."
    )


def payload(
    *,
    submission: Submission,
    assignment: Assignment,
    signer: User,
    credential: Credential,
    declaration: InterestDeclaration,
    interests: Sequence[Interest],
    method: str,
    at: datetime,
) -> dict[str, Any]:
    """Return everything that is signed, as it stands at this moment."""
    return {
        "schema": SCHEMA,
        "digest": submission.version.digest,
        "version": submission.version_id,
        "submission": submission.pk,
        "signer": {"id": signer.pk, "name": signer.name, "orcid": signer.orcid},
        "capacity": {
            "specialty": assignment.capacity.slug,
            "name": assignment.capacity.name,
        },
        "credential": {
            "degree": credential.degree,
            "profession": credential.profession,
            "specialty": credential.specialty.slug,
            "licence_number": credential.licence_number,
            "authority": credential.authority,
            "jurisdiction": credential.jurisdiction,
            "expires_on": credential.expires_on.isoformat() if credential.expires_on else None,
            "verified_by": credential.verified_by_id,
            "verified_at": _moment(credential.verified_at),
        },
        "interests": {
            "state": declaration.state,
            "declared_at": _moment(declaration.declared_at),
            "current": [
                {
                    "company": interest.company,
                    "product": interest.product,
                    "kind": interest.kind,
                    "from": interest.from_on.isoformat(),
                    "to": interest.to_on.isoformat() if interest.to_on else None,
                }
                for interest in interests
            ],
        },
        "meaning": meaning(submission=submission, capacity=assignment.capacity.name),
        "signed_at": _moment(at),
        "method": method,
    }


def signature_fields(signed: dict[str, Any]) -> dict[str, str]:
    """Return the columns of a Signature that follow from its payload."""
    canonical = canonical_json(signed)
    return {
        "digest": signed["digest"],
        "payload": canonical.decode(),
        "payload_digest": sha256(canonical),
    }


def why_signature_does_not_hold(signature: Signature) -> str | None:
    """Return what is wrong with a stored signature, or None. Recomputes all that follows from it."""
    try:
        signed = signature.signed
        follows = signature_fields(signed)
        said = {
            "version": signed["version"],
            "submission": signed["submission"],
            "signer": signed["signer"]["id"],
            "signed_at": signed["signed_at"],
            "capacity": signed["capacity"]["specialty"],
        }
    except UNREADABLE as exc:
        return f"its payload {unreadable(exc)}"
    for name, value in follows.items():
        if getattr(signature, name) != value:
            return f"{name} does not follow from the payload"
    if signature.digest != signature.version.digest:
        return "it is bound to another digest than its version's"
    same = {
        "version": (said["version"], signature.version_id),
        "submission": (said["submission"], signature.submission_id),
        "signer": (said["signer"], signature.signer_id),
        "signed_at": (said["signed_at"], _moment(signature.signed_at)),
        "capacity": (said["capacity"], signature.decision.assignment.capacity.slug),
        "version of the submission": (signature.submission.version_id, signature.version_id),
        "decision": (signature.decision.decided_by_id, signature.signer_id),
        "assignment": (
            signature.decision.assignment.submission_id,
            signature.submission_id,
        ),
        "kind of decision": (signature.decision.kind, "APPROVE"),
    }
    for name, (claimed, stands) in same.items():
        if claimed != stands:
            return f"{name} does not match the row"
    return None


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat(timespec="microseconds") if at else None
