"""Plain functions that make rows the way people do: through the actions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count

from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpRequest
from PIL import Image

from accounts.actions.credentials import save_credential, verify_credential
from accounts.actions.interests import DeclaredInterest, declare_interests
from accounts.models import Credential, Specialty, User
from accounts.models.user import Role
from accounts.reauthentication import confirm_password
from articles.figures.actions.figures import add_figure
from articles.models import Audience, Contribution, Edition, Figure, Reference, Version
from articles.references.actions.references import add_reference
from articles.texts.actions.drafts import save_draft
from articles.texts.actions.editions import create_article
from articles.texts.actions.freezing import freeze
from articles.texts.draft import DraftText
from review.models import ReviewRule, RuleCapacity, Submission
from review.rounds.actions.assigning import assign_reviewer
from review.rounds.actions.submitting import submit_version
from review.signatures.actions.signing import Signed, sign_submission

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PASSWORD = "correct horse battery staple"
_numbers = count(1)


def make_user(name: str, *roles: Role, email: str = "", **fields) -> User:
    """Make a person with roles and the password `PASSWORD`."""
    email = email or f"{name.split(maxsplit=1)[0].lower()}{next(_numbers)}@example.invalid"
    user = User.objects.create_user(
        email, PASSWORD, name=name, is_staff=Role.ADMINISTRATOR in roles, **fields
    )
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def make_specialty(slug: str = "rheumatology") -> Specialty:
    """Return the specialty with this slug, making it if needed."""
    return Specialty.objects.get_or_create(
        slug=slug, defaults={"name": slug.capitalize(), "schema_org": "Rheumatologic"}
    )[0]


def qualify(
    user: User,
    specialty: Specialty,
    *,
    verifier: User,
    expires_on: date | None = None,
    at: datetime = AT,
) -> Credential:
    """Give `user` a verified credential in a specialty."""
    credential = save_credential(
        actor=user,
        credential=Credential(
            user=user,
            degree="MD",
            profession=f"Consultant in {specialty.name.lower()}",
            specialty=specialty,
            licence_number=f"TEST-{next(_numbers)}",
            authority="Test Council",
            jurisdiction="GB",
            expires_on=expires_on,
        ),
        at=at,
    )
    return verify_credential(actor=verifier, credential_id=credential.pk, at=at)


def make_reviewer(
    name: str,
    *,
    verifier: User,
    specialty: Specialty | None = None,
    interests: list[DeclaredInterest] | None = None,
    declares: bool = True,
    expires_on: date | None = None,
    roles: tuple[Role, ...] = (Role.REVIEWER,),
) -> User:
    """Make a reviewer who can sign: verified credential, interests declared the day before."""
    user = make_user(name, *roles)
    qualify(user, specialty or make_specialty(), verifier=verifier, expires_on=expires_on)
    if declares:
        declare_interests(user=user, interests=interests or [], at=AT - timedelta(days=1))
    return user


def make_reference(editor: User, *, key: str = "", doi: str = "", title: str = "") -> Reference:
    """Add an identified reference to the library."""
    number = next(_numbers)
    return add_reference(
        actor=editor,
        csl={
            "type": "article-journal",
            "title": title or f"Test source {number}",
            "author": [{"family": "Specimen", "given": "Sam"}],
            "container-title": "Journal of Tests",
            "issued": {"date-parts": [[2024]]},
            "DOI": doi or f"10.5555/test.{number}",
        },
        key=key or f"specimen-{number}",
        at=AT,
    )


def picture(width: int = 40, height: int = 30, *, colour: int | None = None) -> bytes:
    """Return a PNG of one colour, another one each time unless `colour` says which."""
    number = next(_numbers) if colour is None else colour
    out = BytesIO()
    Image.new("RGB", (width, height), (number * 37 % 256, number // 7 % 256, number % 251)).save(
        out, "PNG"
    )
    return out.getvalue()


def make_figure(editor: User, *, key: str = "", data: bytes = b"", **words) -> Figure:
    """Add a small picture to the library of figures."""
    return add_figure(
        actor=editor,
        data=data or picture(),
        name="picture.png",
        key=key or f"figure-{next(_numbers)}",
        at=AT,
        **words,
    )


def audience(slug: str = "clinician") -> Audience:
    """Return one of the audiences that the migrations made."""
    return Audience.objects.get(slug=slug)


def make_edition(
    editor: User,
    *,
    question: str = "",
    body: str = "<p>A sentence to review.</p>",
    slug: str = "clinician",
    language: str = "en",
    specialty: Specialty | None = None,
    at: datetime = AT,
    **text,
) -> Edition:
    """Start an article with a text that can be frozen."""
    question = question or f"What is question {next(_numbers)}?"
    return create_article(
        actor=editor,
        question=question,
        specialty=specialty or make_specialty(),
        language=language,
        audience=audience(slug),
        text=DraftText(title=question, body=body, **text),
        at=at,
    )


def edit(edition: Edition, editor: User, *, at: datetime = AT, **changes) -> Edition:
    """Save changes to a draft."""
    edition = Edition.objects.get(pk=edition.pk)
    return save_draft(
        actor=editor,
        edition_id=edition.pk,
        draft_number=edition.draft_number,
        text=replace(DraftText.of(edition), **changes),
        at=at,
    ).edition


def make_version(
    edition: Edition,
    editor: User,
    *,
    change_class: str = "SUBSTANTIVE",
    change_note: str = "Changed for a test.",
    at: datetime = AT,
) -> Version:
    """Freeze the draft as it stands."""
    edition = Edition.objects.get(pk=edition.pk)
    return freeze(
        actor=editor,
        edition_id=edition.pk,
        draft_number=edition.draft_number,
        change_note=change_note,
        change_class=change_class,
        at=at,
    )


def freezings(editions: Iterable[Edition], user: User, *, at: datetime = AT) -> list[Contribution]:
    """Add in bulk the contribution that a version of each of `editions` needs."""
    return Contribution.objects.bulk_create(
        Contribution(
            edition=edition, user=user, kind=Contribution.Kind.FROZE, draft_number=1, at=at
        )
        for edition in editions
    )


def set_rule(
    *,
    approvals: int = 1,
    pending: bool = False,
    capacities: tuple[Specialty, ...] = (),
    months: int = 12,
) -> ReviewRule:
    """Change the general rule that a migration made."""
    rule = ReviewRule.objects.get(specialty=None, audience=None)
    rule.approvals_needed, rule.pending_is_public = approvals, pending
    rule.months_to_next_review = months
    rule.save()
    RuleCapacity.objects.filter(rule=rule).delete()
    for specialty in capacities:
        RuleCapacity.objects.create(rule=rule, specialty=specialty)
    return rule


def submit(version: Version, editor: User, *, at: datetime = AT) -> Submission:
    """Put a version before the board."""
    return submit_version(actor=editor, version_id=version.pk, at=at)


def assign(
    submission: Submission,
    reviewer: User,
    chair: User,
    *,
    capacity: Specialty | None = None,
    at: datetime = AT,
):
    """Ask a reviewer."""
    return assign_reviewer(
        actor=chair,
        submission_id=submission.pk,
        reviewer_id=reviewer.pk,
        capacity_id=(capacity or make_specialty()).pk,
        at=at,
    )


def sign(
    submission: Submission,
    reviewer: User,
    *,
    at: datetime = AT,
    password: str = PASSWORD,
    request: HttpRequest | None = None,
    **changes: object,
) -> Signed:
    """Sign as the doors do: ask for the password, then sign the digest of the text."""
    arguments = {
        "actor": reviewer,
        "submission_id": submission.pk,
        "digest": submission.version.digest,
        "confirmed": confirm_password(user=reviewer, password=password, at=at, request=request),
        "at": at,
        **changes,
    }
    return sign_submission(**arguments)


def make_submission(
    editor: User, *, edition: Edition | None = None, at: datetime = AT, **edition_fields
) -> Submission:
    """Write, freeze and submit a text."""
    edition = edition or make_edition(editor, at=at, **edition_fields)
    return submit(make_version(edition, editor, at=at), editor, at=at)


def approve(submission: Submission, reviewer: User, chair: User, *, at: datetime = AT) -> Signed:
    """Assign one reviewer and sign: approves under a rule that asks for one signature."""
    assign(submission, reviewer, chair, at=at)
    return sign(submission, reviewer, at=at)


def analyze() -> None:
    """Let the planner see what was added in bulk.

    Beside a site that grows, autovacuum does it, but not inside a test's transaction: without it
    PostgreSQL goes by what earlier tests rolled back, and joins thousands of rows in loops.
    """
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
