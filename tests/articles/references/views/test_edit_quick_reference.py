"""Adding a source from within the editor."""

import pytest
from django.urls import reverse

from articles.models import Reference
from tests import factories

URL = "/desk/references/quick/"
SOURCE = {
    "type": "article-journal",
    "title": "An invented study",
    "authors": "Sample, Sue\nTest Group",
    "container": "Journal of Tests",
    "year": "2025",
    "volume": "3",
    "issue": "2",
    "page": "10-12",
    "doi": "10.5555/invented.1",
    "pmid": "",
    "url": "",
}


def add(client, **changes: object):
    return client.post(URL, SOURCE | changes, content_type="application/json")


def test_it_is_added_and_answered_as_the_dialog_shows_it(as_editor):
    response = add(as_editor)

    reference = Reference.objects.get()
    assert response.status_code == 201
    assert response.json()["added"]["key"] == reference.key
    assert response.json()["added"]["who"] == "Sue Sample et al"
    assert reference.csl["author"] == [
        {"family": "Sample", "given": "Sue"},
        {"literal": "Test Group"},
    ]
    assert (reference.doi, reference.year) == ("10.5555/invented.1", 2025)


def test_a_source_that_the_library_has_is_offered_instead(as_editor, editor):
    existing = factories.make_reference(editor, doi="10.5555/invented.1")

    response = add(as_editor, doi="https://doi.org/10.5555/INVENTED.1")

    assert response.status_code == 409
    assert response.json()["existing"]["key"] == existing.key
    assert Reference.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "", "doi": ""}, "title"),
        ({"year": "soon"}, "year"),
        ({"doi": "nonsense"}, "doi"),
        ({"pmid": "no number"}, "pmid"),
        ({"type": "rumour"}, "type"),
        ({"title": 3, "doi": ""}, "title"),
    ],
)
def test_what_is_wrong_is_named_beside_its_field(as_editor, changes, field):
    response = add(as_editor, **changes)

    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]
    assert not Reference.objects.exists()


@pytest.mark.parametrize("body", ["[]", "{", ""])
def test_what_is_no_source_at_all_is_refused(as_editor, body):
    assert as_editor.post(URL, body, content_type="application/json").status_code == 400


def test_only_who_keeps_the_library_adds_to_it(client, chair, stranger):
    assert reverse("articles:reference-quick") == URL
    for user in (chair, stranger):
        client.force_login(user)
        assert add(client).status_code == 403
    client.logout()
    assert add(client).status_code == 302
    assert not Reference.objects.exists()


FIND = "/desk/references/quick/find/"
TAKE = "/desk/references/quick/take/"


def ask(client, url: str = FIND, **sent: object):
    return client.post(url, sent, content_type="application/json")


class TestFinding:
    def test_a_doi_gives_its_record_with_notices_and_it_can_be_taken(self, as_editor, outside):
        found = ask(as_editor, what="10.5555/retracted.1").json()["found"]

        (proposal,) = found["proposals"]
        assert [notice["label"] for notice in proposal["notices"]] == ["Retraction"]
        assert found["carried"] == ""
        taken = ask(as_editor, TAKE, carried=proposal["carried"])
        assert taken.status_code == 201
        assert taken.json()["added"]["notice"] == "Retraction"

    def test_a_citation_gives_candidates_of_the_library_with_reasons(
        self, as_editor, editor, alone
    ):
        there = factories.make_reference(editor, title="A study of glass beads in jars")

        found = ask(as_editor, what="Specimen S. A study of glass beads in jars. 2024.").json()

        (proposal,) = found["found"]["proposals"]
        assert proposal["in_library"]
        assert proposal["row"]["key"] == there.key
        assert proposal["reasons"]
        assert found["found"]["problem"].startswith("This site does not ask")

    def test_a_citation_can_be_kept_as_typed(self, as_editor, alone):
        found = ask(as_editor, what="Somebody. Something. In a drawer.").json()["found"]

        taken = ask(as_editor, TAKE, carried=found["carried"])

        assert taken.json()["added"]["identified"] is False
        assert Reference.objects.get().csl["note"] == "Somebody. Something. In a drawer."

    def test_a_source_that_is_there_is_offered_instead(self, as_editor, editor, alone):
        there = factories.make_reference(editor, doi="10.5555/there")

        assert ask(as_editor, what="10.5555/there").json()["found"]["existing"]["key"] == there.key

    def test_what_could_be_read_fills_the_fields(self, as_editor, alone):
        fields = ask(as_editor, what="PMID 31234567").json()["found"]["fields"]

        assert (fields["pmid"], fields["type"]) == ("31234567", "article-journal")

    def test_fields_without_a_title_are_looked_up(self, as_editor, outside):
        answer = add(as_editor, title="", doi="10.5555/found.1").json()

        assert answer["found"]["proposals"][0]["row"]["title"].startswith("A trial of sugar")
        assert not Reference.objects.exists()

    @pytest.mark.parametrize(("url", "sent"), [(FIND, {"what": " "}), (TAKE, {"carried": "x"})])
    def test_nothing_usable_is_refused_with_a_reason(self, as_editor, url, sent):
        response = ask(as_editor, url, **sent)

        assert response.status_code == 400
        assert response.json()["errors"]["what"]

    @pytest.mark.parametrize("url", [FIND, TAKE])
    def test_only_who_keeps_the_library_may(self, client, chair, url):
        client.force_login(chair)

        assert ask(client, url, what="x").status_code == 403
