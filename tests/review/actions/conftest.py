"""A version before the board."""

import pytest

from review.models import Submission
from tests import factories


@pytest.fixture
def submission(editor) -> Submission:
    factories.set_rule(approvals=1)
    return factories.make_submission(editor)
