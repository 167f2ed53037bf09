"""What the import contracts of pyproject.toml cannot say."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "articles", "kernel", "reader", "review")
# Actions are called by pages, API, admin, commands and tasks alike: none of them knows a request.
OF_A_REQUEST = (
    "django.http",
    "django.shortcuts",
    "django.urls",
    "django.forms",
    "django.contrib.messages",
)


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update(f"{node.module}.{name.name}" for name in node.names)
    return found


ACTIONS = sorted(path for app in APPS for path in ROOT.glob(f"{app}/**/actions/*.py"))


@pytest.mark.parametrize("path", ACTIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_actions_know_no_request(path):
    assert not [name for name in imported(path) if name.startswith(OF_A_REQUEST)]


def test_the_contract_on_actions_names_every_package_of_actions():
    contracts = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    packages = {".".join(path.parent.relative_to(ROOT).parts) for path in ACTIONS}
    assert packages
    assert [package for package in sorted(packages) if f'"{package}"' not in contracts] == []


def test_nobody_but_the_door_says_that_a_person_proved_who_they_are():
    made = [
        str(path.relative_to(ROOT))
        for app in (*APPS, "config", "demo")
        for path in ROOT.glob(f"{app}/**/*.py")
        if "Reauthentication(" in path.read_text(encoding="utf-8")
    ]
    assert made == ["accounts/reauthentication.py"]


def test_no_view_calls_two_actions_one_after_the_other():
    """Stopped between them, half would be done. What belongs together is one action."""
    actions = {
        node.name
        for path in ACTIONS
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and "with action(" in ast.unparse(node)
    }
    assert len(actions) > 30
    # Each calls one or the other.
    either = {
        "accounts/admin_users.py": {"add_user", "change_user"},
        "articles/references/admin.py": {"add_reference", "change_reference"},
        "articles/references/views/finding.py": {"add_reference", "import_references"},
        "articles/references/views/identifying.py": {"merge_references", "resolve_reference"},
        "articles/texts/views/working_copies.py": {"empty_working_copy", "keep_working_copy"},
    }
    found = {}
    for app in (*APPS, "config"):
        for path in ROOT.glob(f"{app}/**/*.py"):
            if path in ACTIONS:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    called = {
                        call.func.id
                        for call in ast.walk(node)
                        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
                    } & actions
                    if len(called) > 1:
                        found[str(path.relative_to(ROOT))] = called
    assert found == either


# The columns that hold texts are listed once, in `articles.texts.models.text_columns`.
TEXT_COLUMNS = {"body", "content"}
SOURCES = sorted(path for app in (*APPS, "config", "demo") for path in ROOT.glob(f"{app}/**/*.py"))


def deferred_by_name(path: Path) -> list[str]:
    """Return the columns with texts that a call of `defer` spells out."""
    return [
        name.value
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "defer"
        for name in call.args
        if isinstance(name, ast.Constant) and str(name.value).split("__")[-1] in TEXT_COLUMNS
    ]


def test_nobody_spells_out_the_columns_that_lists_leave_in_the_database():
    found = {str(path.relative_to(ROOT)): deferred_by_name(path) for path in SOURCES}
    assert {path: names for path, names in found.items() if names} == {}
