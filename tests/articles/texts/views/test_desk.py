"""The list of drafts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from articles.models import Contribution, Edition
from articles.texts.actions.editions import create_article
from review.rounds.actions.withdrawing import withdraw_submission
from review.verdicts.actions.deciding import request_changes
from tests import factories

URL = "/desk/"


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)

    def get(**query) -> str:
        response = client.get(URL, query)
        assert response.status_code == 200
        return response.content.decode()

    return get


class TestDrafts:
    def test_an_empty_desk_says_what_will_appear_and_how(self, desk):
        page = desk()

        assert "Nothing here yet" in page
        assert "Write an article, or import one." in page
        assert reverse("articles:new") in page

    def test_my_drafts_are_those_i_worked_on(self, desk, editor, other_editor):
        mine = factories.make_edition(editor, question="Mine?")
        factories.make_edition(other_editor, question="Theirs?")
        helped = factories.make_edition(other_editor, question="Helped?")
        factories.edit(helped, editor, summary="A helping word.")

        page = desk()

        assert str(mine) in page
        assert "Helped?" in page
        assert "Theirs?" not in page
        assert "Theirs?" in desk(drafts="all")

    def test_a_chair_sees_all_drafts_at_first(self, client, chair, editor):
        factories.make_edition(editor, question="Theirs?")
        client.force_login(chair)

        page = client.get(URL).content.decode()

        assert "Theirs?" in page
        assert reverse("articles:new") not in page

    def test_search_finds_every_word_anywhere_in_the_question(self, desk, editor):
        factories.make_edition(editor, question="How are test tubes stored?")
        factories.make_edition(editor, question="How are specimens labelled?")

        page = desk(q="stored tubes")

        assert "test tubes" in page
        assert "specimens" not in page

    def test_a_search_without_a_hit_says_so(self, desk, editor):
        factories.make_edition(editor)

        assert "No draft fits" in desk(q="nowhere")

    def test_a_row_says_who_changed_it(self, desk, editor, other_editor):
        factories.edit(factories.make_edition(editor), other_editor, summary="New.")

        assert f"by {other_editor.name}" in desk()


class TestStates:
    @pytest.fixture
    def drafts(self, editor, reviewer, chair) -> dict[str, Edition]:
        """Return one edition in each state."""
        factories.set_rule()
        made = {
            name: factories.make_edition(editor, question=f"The one that is {name}?")
            for name in ("draft", "frozen", "board", "changes", "approved", "newer", "gone")
        }
        factories.make_version(made["frozen"], editor)
        factories.make_submission(editor, edition=made["board"])
        sent = factories.make_submission(editor, edition=made["changes"])
        factories.assign(sent, reviewer, chair)
        request_changes(
            actor=reviewer, submission_id=sent.pk, comment="Say which test.", at=factories.AT
        )
        for name in ("approved", "newer"):
            factories.approve(
                factories.make_submission(editor, edition=made[name]), reviewer, chair
            )
        factories.edit(made["newer"], editor, summary="Newer.")
        withdrawn = factories.make_submission(editor, edition=made["gone"])
        withdraw_submission(actor=editor, submission_id=withdrawn.pk, at=factories.AT)
        return made

    @pytest.mark.parametrize(
        ("state", "shown"),
        [
            ("draft", {"draft"}),
            ("frozen", {"frozen"}),
            ("board", {"board"}),
            ("changes", {"changes"}),
            ("approved", {"approved", "newer"}),
            ("newer", {"newer"}),
            ("gone", {"gone"}),
            ("", {"draft", "frozen", "board", "changes", "approved", "newer", "gone"}),
        ],
    )
    def test_a_state_shows_its_drafts_alone(self, desk, drafts, state, shown):
        page = desk(state=state)

        assert {name for name, edition in drafts.items() if str(edition) in page} == shown

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("draft", ["Draft, never frozen"]),
            ("frozen", ["Version 1 not sent yet"]),
            ("board", ["Version 1 submitted"]),
            ("changes", ["Changes requested to version 1"]),
            ("approved", ["Version 1 approved"]),
            ("newer", ["Version 1 approved", "Draft newer than version 1"]),
            ("gone", ["Version 1 withdrawn"]),
        ],
    )
    def test_a_row_says_its_state_in_words(self, desk, drafts, name, words):
        page = desk(q=f"that is {name}")

        for text in words:
            assert text in page


class TestPages:
    def test_twenty_five_stand_on_a_page_and_filters_are_kept(self, desk, editor):
        for number in range(30):
            factories.make_edition(
                editor,
                question=f"Question {number:02}?",
                at=factories.AT + timedelta(minutes=number),
            )

        first, second = desk(q="Question"), desk(q="Question", page=2)

        assert "Question 29?" in first
        assert "Question 04?" not in first
        assert "Question 04?" in second
        assert "q=Question&amp;page=2" in first
        assert "26 to 30 of 30" in second

    @pytest.mark.parametrize("number", ["0", "-1", "99", "x", ""])
    def test_a_page_that_is_none_shows_a_real_one(self, desk, editor, number):
        edition = factories.make_edition(editor)

        assert str(edition) in desk(page=number)

    def test_a_thousand_drafts_cost_no_more_queries_than_ten(
        self, client, editor, django_assert_num_queries
    ):
        template = factories.make_edition(editor)
        client.force_login(editor)
        for number in range(9):
            factories.make_edition(editor, question=f"Few {number}?")
        client.get(URL)
        with django_assert_num_queries(6):
            client.get(URL)
        _many(template, editor, 990)

        with django_assert_num_queries(6):
            response = client.get(URL)

        assert "1 to 25 of 1000" in response.content.decode()


def _many(template: Edition, editor, count: int) -> None:
    """Add editions in bulk; making each through its action would take minutes."""
    first = create_article(
        actor=editor,
        question="One of many?",
        specialty=template.article.specialty,
        language="en",
        audience=template.audience,
        at=factories.AT,
    )
    articles = type(first.article).objects.bulk_create(
        type(first.article)(
            question=f"Many {number}?",
            slug=f"many-{number}",
            specialty=template.article.specialty,
            created_by=editor,
            created_at=factories.AT,
        )
        for number in range(count - 1)
    )
    editions = Edition.objects.bulk_create(
        Edition(
            article=article,
            language="en",
            audience=template.audience,
            title=article.question,
            created_at=factories.AT,
            updated_at=factories.AT,
            updated_by=editor,
        )
        for article in articles
    )
    Contribution.objects.bulk_create(
        Contribution(edition=edition, user=editor, kind="CREATED", draft_number=1, at=factories.AT)
        for edition in editions
    )
    factories.analyze()
