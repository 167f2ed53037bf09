"""The people that most tests need."""

from collections.abc import Iterator

import pytest
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from accounts.models import User
from accounts.models.user import Role
from tests import factories
from tests.triggers import triggers_off

# Every run draws the same examples, and how long they take is the machine's business, so that none
# fails by luck. `make fuzz` draws afresh.
settings.register_profile(
    "fixed",
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "fuzz", settings.get_profile("fixed"), derandomize=False, max_examples=250
)
settings.load_profile("fixed")

COMMITS = {"live_server", "transactional_db"}
TOUCH_THE_DATABASE = {"db", *COMMITS}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit empty the database after them; give the next what migrations made. Tests that
    may not touch the database are pure: one run of them says it all.
    """
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is None and not TOUCH_THE_DATABASE & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.pure)
        commits = marker is not None and marker.kwargs.get("transaction")
        if commits or COMMITS & set(getattr(item, "fixturenames", ())):
            item.add_marker(
                pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False
            )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what came of the real files, where this run went through them (tests/corpora)."""
    table = terminalreporter.config.rootpath / "var" / "corpora-table.txt"
    passed = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    if table.exists() and any("tests/corpora" in report.nodeid for report in passed):
        terminalreporter.section("The corpora, file by file")
        terminalreporter.write(table.read_text(encoding="utf-8"))


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


@pytest.fixture(scope="session", autouse=True)
def _connections_stay() -> Iterator[None]:
    """Let the worker, run inside a test's transaction, leave the test its connection."""
    patch = pytest.MonkeyPatch()
    patch.setattr(
        "django_tasks_db.management.commands.db_worker.close_old_connections", lambda: None
    )
    yield
    patch.undo()
