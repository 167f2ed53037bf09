"""References taken away as files, and as a formatted list to copy."""

import pytest
from django.urls import reverse

from articles.references.actions.references import change_reference
from tests import factories


@pytest.fixture
def edition(editor):
    for name in ("alpha", "beta"):
        factories.make_reference(editor, key=f"study-{name}", title=f"Study {name}")
    factories.make_reference(editor, key="uncited", title="Nobody cites it")
    body = '<p>x<cite data-refs="study-beta"></cite> y<cite data-refs="study-alpha"></cite></p>'
    return factories.make_edition(editor, question="Who cites?", body=body)


def csl(client, name: str, pk: int) -> list[str]:
    return [row["title"] for row in client.get(reverse(name, args=[pk, "csl-json"])).json()]


@pytest.mark.parametrize(
    ("form", "start", "ending"),
    [("ris", "TY  - ", ".ris"), ("bibtex", "@article{", ".bib"), ("csl-json", "[", ".json")],
)
def test_the_library_is_a_file_in_each_form(as_editor, edition, form, start, ending):
    response = as_editor.get(reverse("articles:reference-list", args=[form]))

    assert response.content.decode().startswith(start)
    assert f'filename="references{ending}"' in response["Content-Disposition"]
    assert response.content.decode().count("Study") >= 2


def test_a_filtered_list_holds_what_the_filter_shows(as_editor, edition):
    answer = as_editor.get(reverse("articles:reference-list", args=["csl-json"]), {"q": "alpha"})

    assert [row["id"] for row in answer.json()] == ["study-alpha"]


def test_a_draft_gives_what_it_cites_in_its_order(as_editor, edition):
    assert csl(as_editor, "articles:edition-references", edition.pk) == [
        "Study beta",
        "Study alpha",
    ]


def test_an_article_gives_what_its_drafts_cite(as_editor, edition):
    found = csl(as_editor, "articles:article-references", edition.article_id)

    assert sorted(found) == ["Study alpha", "Study beta"]


def test_a_version_gives_its_references_as_they_were_frozen(as_editor, editor, edition):
    version = factories.make_version(edition, editor)
    cited = edition.citations.get(number=1).reference
    change_reference(
        actor=editor, reference_id=cited.pk, csl={**cited.csl, "title": "Renamed"}, at=factories.AT
    )

    frozen = csl(as_editor, "articles:version-references", version.pk)

    assert frozen == ["Study beta", "Study alpha"]
    assert csl(as_editor, "articles:edition-references", edition.pk)[0] == "Renamed"


@pytest.mark.parametrize(
    ("style", "words"),
    [
        ("ama", "Specimen S. Study beta."),
        ("apa", "Specimen, S. (2024)."),
        ("vancouver", "Specimen S."),
    ],
)
def test_the_list_to_copy_is_in_the_style_that_is_chosen(as_editor, edition, style, words):
    page = as_editor.get(
        reverse("articles:edition-references", args=[edition.pk]), {"style": style}
    ).content.decode()

    assert words in page
    assert f'href="?style={style}" aria-current="page"' in page


def test_a_reference_is_shown_in_every_style_the_sites_own_first(as_editor, editor, settings):
    settings.CITATION_STYLE = "apa"
    reference = factories.make_reference(editor)

    styles = as_editor.get(reverse("articles:reference", args=[reference.pk])).context["styles"]

    assert [row["style"] for row in styles] == ["apa", "ama", "vancouver"]


@pytest.mark.parametrize("name", ["edition-references", "version-references", "article-references"])
def test_what_cannot_be_seen_cannot_be_taken_away(client, editor, stranger, edition, name):
    version = factories.make_version(edition, editor)
    pk = {"edition-references": edition.pk, "version-references": version.pk}
    address = reverse(f"articles:{name}", args=[pk.get(name, edition.article_id), "ris"])
    client.force_login(stranger)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["docx", "?style=harvard"])
def test_an_unknown_form_or_style_is_not_found(as_editor, query):
    base = reverse("articles:reference-list")

    assert as_editor.get(base + (query if query[0] == "?" else f"{query}/")).status_code == 404


def test_many_references_cost_no_more_queries_than_few(
    as_editor, edition, editor, django_assert_num_queries
):
    address = reverse("articles:reference-list", args=["ris"])
    as_editor.get(address)
    with django_assert_num_queries(5):
        as_editor.get(address)
    for _more in range(30):
        factories.make_reference(editor)

    with django_assert_num_queries(5):
        as_editor.get(address)
