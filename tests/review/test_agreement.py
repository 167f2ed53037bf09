"""No row names what belongs to another: the database itself refuses it, whoever writes."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import Contribution, Edition, Version
from articles.texts.actions.editions import add_edition
from articles.texts.draft import DraftText
from kernel.append_only import FURTHER_GUARDS
from review.models import Assignment, Decision, Notice, Publication, Signature, Submission
from tests import factories
from tests.factories import AT


class World:
    """Two approved articles; `mine` has a second edition and a second version, `other` nothing more."""

    def __init__(self, editor, reviewer, second_reviewer, chair) -> None:
        factories.set_rule(approvals=1)
        self.reviewer, self.second_reviewer = reviewer, second_reviewer
        self.mine, self.other = (factories.make_submission(editor) for _ in range(2))
        for submission in (self.mine, self.other):
            factories.approve(submission, reviewer, chair)
            submission.refresh_from_db()
        self.beside = add_edition(
            actor=editor,
            article=self.mine.edition.article,
            language="en",
            audience=factories.audience("public"),
            text=DraftText(title="For the public?", body="<p>Text.</p>"),
            at=AT,
        )
        factories.edit(self.mine.edition, editor, body="<p>The next.</p>")
        self.next = factories.make_version(self.mine.edition, editor)
        self.open = factories.submit(self.next, editor)
        factories.assign(self.open, second_reviewer, chair)
        self.asked = Assignment.objects.get(submission=self.open)


@pytest.fixture
def world(editor, reviewer, second_reviewer, chair) -> World:
    return World(editor, reviewer, second_reviewer, chair)


def copy_of(row, **changes):
    """Return a new row like one that stands, with some columns of another."""
    model = type(row)
    names = [field.attname for field in model._meta.local_concrete_fields if not field.primary_key]
    return model(**{name: getattr(row, name) for name in names} | changes)


def notice(world, **changes):
    return Notice(
        article=world.mine.edition.article,
        kind="CAUTION",
        text="Care.",
        published_by=world.reviewer,
        published_at=AT,
        **changes,
    )


def decision(world, **changes):
    facts = {"assignment": world.asked, "kind": "APPROVE", "decided_by": world.second_reviewer}
    return Decision(**facts | {"decided_at": AT} | changes)


def signature(world, kind="APPROVE", **changes):
    """Return the signature that the open submission's reviewer would give, but for some columns."""
    given = decision(world, kind=kind, comment="No.")
    given.save()
    facts = {
        "decision": given,
        "submission": world.open,
        "version": world.next,
        "signer": world.second_reviewer,
        "signed_at": AT,
        "digest": world.next.digest,
        "payload": "{}",
        "payload_digest": "f" * 64,
    }
    return Signature(**facts | changes)


def version(world, **changes):
    """Return the next version of an edition, but for some columns."""
    freezing = Contribution.objects.create(
        edition=world.mine.edition,
        user=world.next.frozen_by,
        kind=changes.pop("kind", "FROZE"),
        draft_number=world.next.draft_number,
        at=AT,
    )
    facts = {"number": 3, "digest": "e" * 64, "contribution_id": freezing.pk}
    return copy_of(world.next, **facts | changes)


def edition(world, **changes):
    return copy_of(world.beside, language="zh", **changes)


def submission(world, **changes):
    world.open.state = "WITHDRAWN"
    world.open.save(update_fields=["state"])
    facts = {"version_id": world.next.pk, "follows_id": world.mine.pk, "state": "SUBMITTED"}
    return copy_of(world.open, **facts | changes)


def publication(world, **changes):
    shown = Publication.objects.get(edition=world.mine.edition)
    shown.delete()
    return Publication(
        **{
            field.attname: getattr(shown, field.attname)
            for field in Publication._meta.local_concrete_fields
            if field.attname != "edition_id"
        }
        | {"edition_id": world.mine.edition_id}
        | changes
    )


AGREEING = {
    "a notice on all of an article": notice,
    "a notice on an edition": lambda world: notice(world, edition=world.beside),
    "a notice on a submission": lambda world: notice(
        world, edition=world.mine.edition, submission=world.mine
    ),
    "a submission": submission,
    "a first submission": lambda world: submission(world, follows_id=None),
    "a decision": decision,
    "a signature": signature,
    "a publication": publication,
    "a version": version,
    "an edition": edition,
    "an adaptation": lambda world: edition(world, source_id=world.mine.edition_id),
    "an adaptation in line with a version": lambda world: edition(
        world, source_id=world.mine.edition_id, followed_id=world.next.pk
    ),
}
STRANGE = {
    "a notice on another article's edition": lambda world: notice(
        world, edition=world.other.edition
    ),
    "a notice on another article's submission": lambda world: notice(world, submission=world.other),
    "a notice on one edition and the submission of another": lambda world: notice(
        world, edition=world.beside, submission=world.mine
    ),
    "a submission of another edition's version": lambda world: submission(
        world, edition_id=world.beside.pk, follows_id=None
    ),
    "a submission that follows another edition's": lambda world: submission(
        world, follows_id=world.other.pk
    ),
    "a decision by somebody who was not asked": lambda world: decision(
        world, decided_by=world.reviewer
    ),
    "a signature on another submission": lambda world: signature(world, submission=world.mine),
    "a signature on another version": lambda world: signature(world, version=world.mine.version),
    "a signature over another text": lambda world: signature(world, digest="0" * 64),
    "a signature of somebody else": lambda world: signature(world, signer=world.reviewer),
    "a signature without an approval": lambda world: signature(world, kind="REQUEST_CHANGES"),
    "a publication of another edition's submission": lambda world: publication(
        world, edition_id=world.beside.pk
    ),
    "a version by somebody who did not freeze it": lambda world: version(
        world, frozen_by_id=world.reviewer.pk
    ),
    "a version frozen from another edition": lambda world: version(
        world, edition_id=world.other.edition_id
    ),
    "a version that was only edited": lambda world: version(world, kind="EDITED"),
    "an edition that adapts another article": lambda world: edition(
        world, source_id=world.other.edition_id
    ),
    "an edition in line with another edition's version": lambda world: edition(
        world, source_id=world.mine.edition_id, followed_id=world.other.version_id
    ),
    "an edition in line with a version and adapting none": lambda world: edition(
        world, followed_id=world.next.pk
    ),
}


@pytest.mark.parametrize("case", AGREEING)
def test_what_agrees_is_stored(world, case):
    row = AGREEING[case](world)

    row.save(force_insert=True)

    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("case", STRANGE)
def test_what_names_what_belongs_to_another_is_refused(world, case):
    row = STRANGE[case](world)

    with pytest.raises(IntegrityError, match="belongs to another"), transaction.atomic():
        row.save(force_insert=True)


class TestChanges:
    """What may change may not come to name what belongs to another."""

    def refused(self, rows, **changes):
        assert rows.count() == 1
        with pytest.raises(IntegrityError, match="belongs to another"), transaction.atomic():
            rows.update(**changes)

    def test_a_publication_stays_its_editions(self, world, editor):
        pending = factories.make_submission(editor)
        Publication.objects.filter(edition=pending.edition).delete()

        self.refused(Publication.objects.filter(edition=world.mine.edition), submission=pending)

    def test_an_edition_stays_its_articles(self, world):
        editions = Edition.objects.filter(pk=world.beside.pk)

        self.refused(editions, article=world.other.edition.article)

    def test_an_edition_adapts_its_own_article(self, world):
        editions = Edition.objects.filter(pk=world.beside.pk)

        self.refused(editions, source=world.other.edition)
        editions.update(source=world.mine.edition, followed=world.next)
        self.refused(editions, followed=world.other.version)
        self.refused(editions, source=None)


def test_every_guard_is_looked_for_by_verify():
    tables = {model._meta.db_table for model in (Notice, Submission, Decision, Signature)}
    tables |= {model._meta.db_table for model in (Publication, Version, Edition)}

    assert tables == set(FURTHER_GUARDS)
