from datetime import date, timedelta

import pytest

from accounts import rules
from accounts.actions.interests import declare_interests
from tests.factories import AT


class TestMonthsAfter:
    @pytest.mark.parametrize(
        ("day", "months", "later"),
        [
            (date(2026, 1, 31), 1, date(2026, 2, 28)),
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2026, 12, 5), 1, date(2027, 1, 5)),
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
        ],
    )
    def test_a_day_that_a_month_lacks_becomes_its_last(self, day, months, later):
        assert rules.months_after(day, months) == later


class TestWhyInterestsDoNotCount:
    def test_who_was_never_asked_is_told_so(self):
        assert "not been asked" in rules.why_interests_do_not_count(None, at=AT)

    def test_a_declaration_counts_through_its_last_day_and_not_beyond(self, editor, settings):
        settings.INTEREST_DECLARATION_MONTHS = 12
        declaration = declare_interests(user=editor, interests=[], at=AT)
        until = rules.interests_valid_until(declaration)
        days = (until - AT.date()).days

        assert until == date(2027, 11, 22)
        assert rules.why_interests_do_not_count(declaration, at=AT + timedelta(days=days)) is None
        expired = rules.why_interests_do_not_count(declaration, at=AT + timedelta(days=days + 1))
        assert "expired on 22 November 2027" in expired

    def test_the_newest_declaration_counts(self, editor):
        declare_interests(user=editor, interests=[], at=AT)
        newest = declare_interests(user=editor, interests=[], at=AT)

        assert rules.newest_declaration(editor) == newest
