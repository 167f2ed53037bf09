"""One row of every kind, and people who look at them."""

import pytest
from django.test import Client

from articles.models import (
    Disclaimer,
    GlossaryTerm,
    Topic,
)
from articles.references.actions.notices import record_notice
from kernel.tasks import deliver_messages
from reader.actions.policy import publish_policy
from review.models import (
    Submission,
)
from review.public.actions.noticing import publish_notice
from tests import factories
from tests.factories import AT


@pytest.fixture
def everything(editor, reviewer, chair, administrator) -> Submission:
    """One row of every kind."""
    factories.set_rule(approvals=1)
    reference = factories.make_reference(editor, key="source-1")
    submission = factories.make_submission(
        editor, body='<p>A cited sentence.<cite data-refs="source-1"></cite></p>'
    )
    factories.approve(submission, reviewer, chair)
    record_notice(
        actor=editor, reference_id=reference.pk, kind="CORRECTION", noticed_on=AT.date(), at=AT
    )
    publish_notice(
        actor=chair, article=submission.edition.article, kind="CAUTION", text="Care.", at=AT
    )
    publish_policy(
        actor=administrator, text="Policy.", change_note="", in_force_from=AT.date(), at=AT
    )

    deliver_messages.enqueue()
    Topic.objects.create(slug="t", name="T")
    GlossaryTerm.objects.create(term="T", definition="D")
    Disclaimer.objects.create(language="en", text="T", in_force_from=AT.date())
    return submission


@pytest.fixture
def as_administrator(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def as_superuser(superuser):
    client = Client()
    client.force_login(superuser)
    return client
