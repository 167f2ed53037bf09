"""Facts: the rules in Python and in the database are one, and what is missing is an error."""

from dataclasses import FrozenInstanceError, dataclass, replace
from datetime import date, timedelta
from itertools import product

import pytest
from django.template import Context, Template

from articles.models import Contribution, Edition, Version
from articles.references.actions.notices import record_notice
from review.models import (
    GONE_STATES,
    OPEN_STATES,
    READABLE_STATES,
    WAS_APPROVED_STATES,
    Publication,
    State,
    Submission,
    review_overdue_on,
)
from review.public.actions.noticing import publish_notice
from review.public.details import details_of, details_of_version, gather_details
from review.public.facts import Caveat, facts_of, facts_of_submissions, gather
from review.public.value import MissingFact, Value
from review.public.visibility import publicly_readable
from review.rounds.actions.withdrawing import retract_submission
from review.verdicts.actions.deciding import recuse
from tests import factories
from tests.triggers import triggers_off

TODAY = factories.AT.date()


def copied(row, **fields):
    """Return an unsaved copy of a row that differs in `fields`."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key
    }
    return type(row)(**kept | fields)


def with_date(state):
    return {"state": state, "approved_at": factories.AT if state in WAS_APPROVED_STATES else None}


PAIRS = [
    (older, newer)
    for older, newer in product(State, State)
    if not (older in OPEN_STATES and newer in OPEN_STATES)
    and (older, newer) != (State.APPROVED, State.APPROVED)
]
SHOWN = [None, 0, 1]


@pytest.fixture
def editions(editor) -> list[tuple[Submission, Submission]]:
    """Make an edition for every two states that its submissions can be in, and for each of them in
    turn, or neither, as what the public sees.
    """
    first = factories.make_submission(editor)
    submission = Submission.objects.get(pk=first.pk)
    version, edition = submission.version, submission.edition
    cases = [(pair, shown) for pair in PAIRS for shown in SHOWN]
    article = edition.article_id
    languages = [f"x{n:03}" for n in range(len(cases))]
    rows = Edition.objects.bulk_create(
        copied(edition, article_id=article, language=language) for language in languages
    )
    both = [(row, number) for row in rows for number in (1, 2)]
    freezings = Contribution.objects.bulk_create(
        copied(version.contribution, edition_id=row.pk) for row, _number in both
    )
    versions = Version.objects.bulk_create(
        copied(
            version,
            edition_id=row.pk,
            number=number,
            change_class="FIRST" if number == 1 else "SUBSTANTIVE",
            contribution_id=freezing.pk,
            digest=f"{freezing.pk:064}",
        )
        for (row, number), freezing in zip(both, freezings, strict=True)
    )
    states = [state for pair, _shown in cases for state in pair]
    with triggers_off():
        submissions = Submission.objects.bulk_create(
            copied(submission, edition_id=row.edition_id, version_id=row.pk, **with_date(state))
            for row, state in zip(versions, states, strict=True)
        )
    pairs = list(zip(submissions[::2], submissions[1::2], strict=True))
    possible = {*READABLE_STATES, *GONE_STATES}
    Publication.objects.bulk_create(
        Publication(
            edition_id=pair[shown].edition_id,
            submission=pair[shown],
            first_published_at=factories.AT,
            changed_at=factories.AT,
            language="en",
            title_folded="",
            body_folded="",
            body_text="",
        )
        for pair, (_states, shown) in zip(pairs, cases, strict=True)
        if shown is not None and pair[shown].state in possible
    )
    return pairs


class TestTheRulesAreOne:
    def test_what_anybody_may_read(self, editions):
        readable = set(publicly_readable().values_list("pk", flat=True))
        facts = facts_of_submissions([row.pk for pair in editions for row in pair], on=TODAY)

        assert {key for key, fact in facts.items() if fact.is_readable} == readable
        assert readable

    def test_what_an_edition_shows(self, editions):
        rows = gather(Publication.objects.all())
        readable = set(Publication.objects.readable().values_list("pk", flat=True))
        approved = set(Publication.objects.approved().values_list("pk", flat=True))
        shown = {row.pk: facts_of(row, on=TODAY) for row in rows}

        assert {key for key, fact in shown.items() if fact.is_shown} == readable
        assert {key for key, fact in shown.items() if fact.is_approved} == approved
        for row in rows:
            assert row.is_readable == (row.pk in readable)
            assert row.is_approved == (row.pk in approved)
            assert shown[row.pk].is_readable == (not shown[row.pk].is_gone)

    def test_a_publication_and_its_submission_have_the_same_facts(self, editions):
        publications = list(gather(Publication.objects.all()))
        facts = facts_of_submissions([row.submission_id for row in publications], on=TODAY)

        for row in publications:
            assert facts_of(row, on=TODAY) == facts[row.submission_id]

    def test_whether_something_newer_is_pending(self, editions):
        facts = facts_of_submissions([row.pk for pair in editions for row in pair], on=TODAY)

        for older, newer in editions:
            assert facts[older.pk].has_newer_pending == (newer.state in OPEN_STATES)
            assert not facts[newer.pk].has_newer_pending

    def test_whether_a_review_is_overdue(self, editions):
        for day in (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)):
            with triggers_off():
                Submission.objects.update(review_due_on=TODAY)
            overdue = set(
                Submission.objects.filter(review_overdue_on(day)).values_list("pk", flat=True)
            )
            rows = Submission.objects.all()
            assert {row.pk for row in rows if row.is_review_overdue(day)} == overdue
            assert bool(overdue) == (day > TODAY)


@pytest.fixture
def approved(editor, reviewer, chair) -> Submission:
    factories.set_rule(approvals=1)
    for key in ("a-1", "b-1"):
        factories.make_reference(editor, key=key)
    body = '<p>One<cite data-refs="a-1"></cite>, two<cite data-refs="b-1"></cite>.</p>'
    submission = factories.make_submission(editor, body=body)
    factories.approve(submission, reviewer, chair)
    return submission


def notice(editor, submission, kind, *, source="a-1", day=20):
    reference = submission.version.cited_references.get(reference__key=source).reference
    record_notice(
        actor=editor,
        reference_id=reference.pk,
        kind=kind,
        noticed_on=date(2026, 11, day),
        at=factories.AT,
    )


class TestOfOneText:
    def facts(self, submission, day=TODAY):
        return details_of_version(submission.version, on=day)

    def test_an_approved_one_with_nothing_against_it(self, approved, reviewer):
        facts = self.facts(approved)

        assert facts.is_approved
        assert facts.is_shown
        assert facts.caveats == ()
        assert [signature.name for signature in facts.reviewed_by] == [reviewer.name]

    def test_what_speaks_against_it_the_gravest_first(self, approved, editor, chair):
        notice(editor, approved, "RETRACTION")
        publish_notice(
            actor=chair,
            article=approved.edition.article,
            kind="CAUTION",
            text="Wait.",
            at=factories.AT,
        )

        facts = self.facts(approved, TODAY + timedelta(days=400))

        assert facts.caveats == tuple(Caveat)
        assert facts.retracted == (1,)
        assert facts.caution_since == factories.AT

    def test_a_source_that_was_reinstated_is_said_to_be_and_no_alarm(self, approved, editor):
        notice(editor, approved, "RETRACTION", day=20)
        notice(editor, approved, "REINSTATEMENT", day=20)

        facts = self.facts(approved)

        assert (facts.retracted, facts.reinstated) == ((), (1,))
        assert not facts.has_retracted_source

    def test_one_retracted_anew_is_an_alarm(self, approved, editor):
        for kind, day in (("RETRACTION", 18), ("REINSTATEMENT", 19), ("RETRACTION", 20)):
            notice(editor, approved, kind, source="b-1", day=day)

        facts = self.facts(approved)

        assert (facts.retracted, facts.reinstated) == ((2,), ())
        assert facts.has_retracted_source

    def test_signatures_before_an_approval_name_nobody(
        self, editor, reviewer, second_reviewer, chair
    ):
        factories.set_rule(approvals=2)
        submission = factories.make_submission(editor)
        for person in (reviewer, second_reviewer):
            factories.assign(submission, person, chair)
        factories.sign(submission, reviewer)

        facts = self.facts(submission)

        assert (facts.reviewers, facts.signed) == (2, 1)
        assert facts.signatures == facts.reviewed_by == ()

    def test_who_stepped_aside_is_no_reviewer(self, editor, reviewer, chair):
        submission = factories.make_submission(editor)
        factories.assign(submission, reviewer, chair)
        recuse(actor=reviewer, submission_id=submission.pk, comment="", at=factories.AT)

        assert self.facts(submission).reviewers == 0

    def test_signatures_of_a_retracted_one_are_void_and_count_as_none(self, approved, chair):
        retract_submission(actor=chair, submission_id=approved.pk, notice="Wrong.", at=factories.AT)

        facts = self.facts(approved)

        assert [signature.is_void for signature in facts.signatures] == [True]
        assert facts.reviewed_by == ()
        assert not facts.is_readable

    def test_a_version_that_was_never_sent_has_none(self, editor):
        version = factories.make_version(factories.make_edition(editor), editor)

        assert details_of_version(version, on=TODAY) is None

    def test_they_cost_four_queries(self, approved, django_assert_num_queries):
        version = Version.objects.get(pk=approved.version_id)
        with django_assert_num_queries(4):
            details_of_version(version, on=TODAY)


class TestWhatIsMissingIsAnError:
    def test_a_row_that_was_not_gathered_has_no_facts(self, approved):
        publication = Publication.objects.get()
        with pytest.raises(AttributeError, match="fact_"):
            facts_of(publication, on=TODAY)
        with pytest.raises(AttributeError, match="fact_reviewers"):
            details_of(gather(Publication.objects.all()).get(), on=TODAY)

    def test_a_state_that_nobody_knows_is_one(self, approved):
        row = gather_details(Publication.objects.all()).get()
        row.submission.state = "PERHAPS"
        with pytest.raises(ValueError, match="PERHAPS"):
            facts_of(row, on=TODAY)

    def test_a_name_that_facts_do_not_have_is_one_in_code_and_in_templates(self, approved):
        facts = facts_of(gather(Publication.objects.all()).get(), on=TODAY)

        for get in (
            lambda: facts.is_alarm,
            lambda: Template("{{ facts.is_alarm }}").render(Context({"facts": facts})),
            lambda: Template("{% if facts.is_alarm %}!{% endif %}").render(
                Context({"facts": facts})
            ),
        ):
            with pytest.raises(MissingFact, match="is_alarm"):
                get()

    def test_values_are_frozen_and_compare(self, approved):
        row = gather(Publication.objects.all()).get()
        facts = facts_of(row, on=TODAY)

        assert facts == facts_of(row, on=TODAY)
        assert facts != replace(facts, has_retracted_source=True)
        with pytest.raises(FrozenInstanceError):
            facts.has_retracted_source = True

    def test_python_may_still_look_for_its_own_names(self):
        @dataclass(frozen=True, slots=True)
        class Small(Value):
            word: str

        assert not hasattr(Small("a"), "__html__")
        assert replace(Small("a"), word="b") == Small("b")
