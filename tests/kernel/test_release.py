"""The stamp of a release: every tag has it, so that new code or words are a new page for everybody."""

import os

import pytest

from kernel import release

PARTS = (
    "kernel/action.py",
    "manuscript/citing/styles/ama.csl",
    "articles/texts/exporting/styles/page.css",
    "accounts/models/user.py",
    "articles/texts/freezing.py",
    "review/public/api/reading.py",
    "reader/views/articles.py",
    "config/context.py",
    "templates/reader/article.html",
    "locale/zh/LC_MESSAGES/django.mo",
    "static/css/article.css",
    "static/js/toc.js",
    "requirements.txt",
)


@pytest.fixture
def stamp(settings, tmp_path):
    """Return the stamp of a release with these files, all of one age."""
    settings.BASE_DIR = tmp_path

    def make(files: dict[str, str]) -> str:
        for path in sorted(tmp_path.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        for name, words in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(words)
            os.utime(path, (0, 0))
        release.stamp.cache_clear()
        return release.stamp()

    yield make
    release.stamp.cache_clear()


@pytest.mark.parametrize("name", PARTS)
def test_it_is_of_what_stands_in_every_file(stamp, name):
    """Of the same size and the same age: an archive unpacked twice, a deployment that sets all dates."""
    files = dict.fromkeys(PARTS, "one")
    before = stamp(files)

    assert stamp(files | {name: "two"}) != before
    assert stamp(files) == before


def test_it_is_of_names_and_places_too(stamp):
    one, two = "reader/one.py", "reader/two.py"

    stamps = {
        stamp({one: "a", two: "b"}),
        stamp({one: "b", two: "a"}),
        stamp({one: "a"}),
        stamp({two: "a"}),
        stamp({one: "a", two: ""}),
    }
    assert len(stamps) == 5


@pytest.mark.parametrize(
    ("name", "value"),
    [("SITE_NAME", "Another"), ("SITE_URL", "https://other.example"), ("DEMO", "x")],
)
def test_it_is_of_the_settings_that_a_page_shows(stamp, settings, name, value):
    before = stamp({"reader/one.py": "a"})
    setattr(settings, name, value)

    assert stamp({"reader/one.py": "a"}) != before
