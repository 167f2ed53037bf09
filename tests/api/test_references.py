"""Merged references over the API: out of the lists, and where they went in detail."""

from articles.references.actions.merging import merge_references
from tests import factories

V1 = "/api/v1"


def test_a_merged_reference_is_in_no_list_and_says_what_stands_for_it(client, editor):
    gone, kept = (factories.make_reference(editor, title="The same study") for _ in range(2))
    merge_references(actor=editor, reference_id=gone.pk, into_id=kept.pk, at=factories.AT)
    client.force_login(editor)

    listed = client.get(f"{V1}/references/?search=same").json()["results"]
    detail = client.get(f"{V1}/references/{gone.key}/").json()

    assert [row["key"] for row in listed] == [kept.key]
    assert listed[0]["merged_into"] is None
    assert detail["merged_into"] == kept.key


def test_correcting_a_merged_reference_answers_409(client, editor):
    gone, kept = (factories.make_reference(editor) for _ in range(2))
    merge_references(actor=editor, reference_id=gone.pk, into_id=kept.pk, at=factories.AT)
    client.force_login(editor)

    response = client.put(
        f"{V1}/references/{gone.key}/",
        {"csl": {**gone.csl, "title": "Changed"}},
        content_type="application/json",
    )

    assert response.status_code == 409
