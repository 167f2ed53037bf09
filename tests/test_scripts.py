"""The modules under static/js/ find each other, and a page loads each of them."""

import re
from pathlib import Path

from django.conf import settings

from articles.desk import widgets
from articles.desk.widgets import LIBRARY, MODULES

STATIC = Path(settings.BASE_DIR, "static")
IMPORT = re.compile(r"^import\b(?:[^;\"']*\bfrom)?\s*[\"']([^\"']+)|\bimport\(", re.MULTILINE)
LOADED = re.compile(r"{% static [\"'](js/[^\"']+)[\"'] %}|Script\(\"(js/[^\"]+)\"")


def imports() -> dict[str, set[str]]:
    """Return, for each module of the desk or of a page, the names that it imports."""
    return {
        path.relative_to(STATIC).as_posix(): set(IMPORT.findall(path.read_text("utf-8")))
        for path in sorted(STATIC.glob("js/**/*.js"))
    }


def loaded() -> set[str]:
    """Return the modules that a page or a widget names."""
    sources = [Path(widgets.__file__), *Path(settings.BASE_DIR, "templates").glob("**/*.html")]
    return {
        name
        for path in sources
        for names in LOADED.findall(path.read_text("utf-8"))
        for name in names
        if name
    }


def test_what_a_module_imports_is_in_the_import_map():
    """Another name, or a path, would lead past the hash in a stored file's name."""
    assert {name for names in imports().values() for name in names} - set(MODULES) == set()


def test_the_import_map_names_what_is_there_and_imported():
    wanted = {MODULES[name] for names in imports().values() for name in names}
    assert set(MODULES.values()) == wanted
    assert wanted - {LIBRARY} <= set(imports())


def test_every_module_is_loaded_by_a_page_or_imported_by_another():
    imported = {MODULES[name] for names in imports().values() for name in names}
    assert set(imports()) - imported == loaded()


def test_a_page_outside_the_editor_loads_only_modules_that_stand_alone():
    """Only the editor's page has the import map."""
    alone = loaded() - {"js/desk/writing/editor.js"}
    assert {name: imports()[name] for name in alone if imports()[name]} == {}
