"""How large a change from one save to the next was."""

import pytest

from articles.texts.saves import Size, size_of_change

pytestmark = pytest.mark.pure


class TestSizeOfChange:
    def test_words_of_titles_are_no_markup(self):
        size = size_of_change({"title": "Is a <b or b> c?"}, {"title": "Is a <b or d> c?"})

        assert (size.added, size.removed) == (1, 1)

    def test_a_word_that_moved_from_the_title_into_the_text_did_not_come_and_go(self):
        before = {"title": "Risk of stroke", "body": "<p>One &amp; only.</p>"}
        after = {"title": "Risk", "body": "<p>One &amp; only.</p><p>Of stroke</p>"}

        size = size_of_change(before, after)

        assert (size.added, size.removed) == (1, 1)
        assert size.beside_words

    def test_the_first_save_adds_all_its_words(self):
        assert size_of_change(None, {"title": "A b", "body": "<p>c &lt;d</p>"}) == Size(
            added=4, is_first=True
        )
