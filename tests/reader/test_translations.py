"""Every word that readers see is there in Chinese, and the compiled file is the written one."""

import json
import re

import pytest

from tests.reader.messages import MO, PO, ROOT, compiled, used, written

PLACES = re.compile(r"%\(\w+\)s")


def test_no_word_of_the_reader_is_untranslated():
    missing = {key: files for key, files in used().items() if not all(written().get(key, [""]))}
    assert missing == {}


def test_nothing_is_translated_that_no_page_says():
    assert set(written()) - set(used()) == set()


def test_what_the_demo_calls_its_topics_and_specialties_is_translated():
    demo = ROOT / "demo"
    names = [
        row[name]
        for row in json.loads((demo / "topics.json").read_text(encoding="utf-8"))
        for name in ("name", "description")
    ]
    names += [row["name"] for row in json.loads((demo / "specialties.json").read_text("utf-8"))]
    assert [name for name in names if ("", name, "") not in written()] == []


def test_words_are_found_in_templates_and_code():
    keys = set(used())
    assert ("", "References", "") in keys
    assert ("", "Reviewed by %(who)s on %(date)s.", "") in keys
    assert ("", "%(total)s article", "%(total)s articles") in keys
    assert ("date format", "j F Y", "") in keys


@pytest.mark.parametrize("key", sorted(written()), ids=lambda key: key[1][:40])
def test_a_translation_fills_the_same_places(key):
    _context, singular, plural = key
    places = set(PLACES.findall(singular)) | set(PLACES.findall(plural))
    for text in written()[key]:
        assert set(PLACES.findall(text)) == places


def test_the_compiled_file_says_what_the_written_one_says():
    expected = {}
    for (context, singular, _plural), texts in written().items():
        expected[f"{context}\x04{singular}" if context else singular] = texts[0]
    found = {key: text for key, text in compiled().items() if key}
    assert found == expected, f"Run: msgfmt -o {MO.name} {PO.name}"
