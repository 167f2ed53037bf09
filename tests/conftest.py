"""The people that most tests need."""

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase

from accounts.models import User
from accounts.models.user import Role
from tests import factories
from tests.triggers import triggers_off

COMMITS = {"live_server", "transactional_db"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit empty the database after them; give the next what migrations made."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        commits = marker is not None and marker.kwargs.get("transaction")
        if commits or COMMITS & set(getattr(item, "fixturenames", ())):
            item.add_marker(
                pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False
            )


@pytest.fixture(scope="session", autouse=True)
def _cleaning_past_the_triggers() -> Iterator[None]:
    """Let the test runner's own emptying of tables pass the guards of evidence."""
    teardown = TransactionTestCase._fixture_teardown

    def guarded(self: TransactionTestCase) -> None:
        with triggers_off():
            teardown(self)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", guarded)
    yield
    patch.undo()


@pytest.fixture
def editor(db) -> User:
    return factories.make_user("Eda Editor", Role.EDITOR)


@pytest.fixture
def other_editor(db) -> User:
    return factories.make_user("Otto Editor", Role.EDITOR)


@pytest.fixture
def chair(db) -> User:
    return factories.make_user("Cora Chair", Role.CHAIR)


@pytest.fixture
def administrator(db) -> User:
    return factories.make_user("Ada Administrator", Role.ADMINISTRATOR)


@pytest.fixture
def superuser(db) -> User:
    return factories.make_user("Susi Superuser", is_superuser=True)


@pytest.fixture
def reviewer(administrator) -> User:
    return factories.make_reviewer("Rhea Reviewer", verifier=administrator)


@pytest.fixture
def second_reviewer(administrator) -> User:
    return factories.make_reviewer("Remo Reviewer", verifier=administrator)


@pytest.fixture
def stranger(db) -> User:
    return factories.make_user("Sten Stranger")
