"""Every page of the desk, for everybody."""

import pytest
from django.db import connection
from django.urls import reverse
from reversion.models import Version as Saved

from tests import factories

PEOPLE = ["anonymous", "stranger", "reviewer", "editor", "chair", "superuser"]
# What each of PEOPLE gets, in that order.
READ = [302, 404, 404, 200, 200, 200]
WRITE = [302, 404, 404, 200, 403, 200]
# A chair changes what an article is about, once its specialty chooses a review's rule.
RECLASSIFY = [302, 404, 404, 200, 200, 200]
LIST = [302, 403, 403, 200, 200, 200]
START = [302, 403, 403, 200, 403, 200]
LIBRARY = [302, 403, 200, 200, 200, 200]
SOURCE = [302, 404, 200, 200, 200, 200]
ADD_SOURCE = [302, 403, 403, 200, 403, 200]
KEEP_SOURCE = [302, 404, 403, 200, 403, 200]
NOTICE = [302, 404, 403, 200, 200, 200]
PAGES = {
    "desk": LIST,
    "new": START,
    "import": START,
    "article": READ,
    "edition": READ,
    "edit": WRITE,
    "preview": READ,
    "preview-nurse": READ,
    "freeze": WRITE,
    "versions": READ,
    "version": READ,
    "compare": READ,
    "history": READ,
    "revision": READ,
    "references": LIBRARY,
    "reference-search": LIBRARY,
    "reference-new": ADD_SOURCE,
    "reference": SOURCE,
    "reference-edit": KEEP_SOURCE,
    "reference-notice": NOTICE,
}
POSTS = {
    "new": START,
    "import": START,
    "article": RECLASSIFY,
    "edit": WRITE,
    "freeze": WRITE,
    "edition-add": WRITE,
    "restore": WRITE,
    "reference-new": ADD_SOURCE,
    "reference-edit": KEEP_SOURCE,
    "reference-notice": NOTICE,
}


@pytest.fixture
def urls(editor) -> dict[str, str]:
    edition = factories.make_edition(editor)
    version = factories.make_version(edition, editor)
    reference = factories.make_reference(editor)
    saved = Saved.objects.get_for_object(edition).first()
    names = {
        "article": edition.article_id,
        "edition-add": edition.article_id,
        "version": version.pk,
        **dict.fromkeys(
            ["edition", "edit", "preview", "freeze", "versions", "compare", "history"], edition.pk
        ),
        **dict.fromkeys(["reference", "reference-edit", "reference-notice"], reference.pk),
    }
    return {
        **{name: reverse(f"articles:{name}", args=[pk]) for name, pk in names.items()},
        **{
            name: reverse(f"articles:{name}")
            for name in ("desk", "new", "import", "references", "reference-new", "reference-search")
        },
        "preview-nurse": reverse("articles:preview", args=[edition.pk, "nurse"]),
        "revision": reverse("articles:revision", args=[edition.pk, saved.pk]),
        "restore": reverse("articles:restore", args=[edition.pk, saved.pk]),
    }


@pytest.fixture
def sign_in(client, request):
    def enter(who: str) -> None:
        if who != "anonymous":
            client.force_login(request.getfixturevalue(who))

    return enter


@pytest.mark.parametrize("who", PEOPLE)
def test_every_page_answers_each_person_as_it_should(client, urls, sign_in, who):
    sign_in(who)

    answers = {name: client.get(urls[name]).status_code for name in PAGES}

    assert answers == {name: row[PEOPLE.index(who)] for name, row in PAGES.items()}


@pytest.mark.parametrize("who", PEOPLE)
def test_every_form_refuses_whom_its_page_refuses(client, urls, sign_in, who):
    sign_in(who)

    for name, row in POSTS.items():
        expected = row[PEOPLE.index(who)]
        status = client.post(urls[name], {}).status_code
        # Whoever may, is told what is missing, or (restoring what stands) that nothing changed.
        assert status == expected if expected != 200 else status in {302, 400}, name


def test_anonymous_people_are_sent_to_sign_in_and_back(client, urls):
    response = client.get(urls["edit"])

    assert response["Location"] == f"{reverse('accounts:sign-in')}?next={urls['edit']}"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("desk", "Your account has neither role"), ("references", "The reference library is for")],
)
def test_a_stranger_is_told_why(client, urls, stranger, name, reason):
    client.force_login(stranger)

    assert reason in client.get(urls[name]).content.decode()


def test_a_chair_reads_and_is_told_why_not_write(client, urls, chair):
    client.force_login(chair)

    page = client.get(urls["edition"]).content.decode()

    assert "Only editors freeze a draft into a version." in page or "Only editors write" in page
    assert urls["edit"] not in page
    assert "Only editors write articles." in client.get(urls["edit"]).content.decode()


@pytest.mark.parametrize(
    ("name", "args"),
    [("edition", [0]), ("version", [0]), ("article", [0]), ("reference", [0])],
)
def test_what_does_not_exist_is_not_found(client, editor, name, args):
    client.force_login(editor)

    assert client.get(reverse(f"articles:{name}", args=args)).status_code == 404


def test_a_revision_of_another_edition_is_not_found(client, editor, urls):
    other = factories.make_edition(editor)
    saved = Saved.objects.get_for_object(other).first()
    client.force_login(editor)
    url = urls["revision"].rsplit("/", 2)[0] + f"/{saved.pk}/"

    assert client.get(url).status_code == 404
    assert client.post(url + "restore/", {"draft_number": 1}).status_code == 404


@pytest.mark.django_db
class TestNul:
    """SQLite looks for NUL in a text and PostgreSQL refuses to: what reaches a query has none."""

    @pytest.mark.parametrize(
        "path",
        [
            "/desk/?q=a%00b&state=%00",
            "/desk/references/?q=a%00b",
            "/desk/references/search?q=a%00b",
            "/desk/figures/?q=a%00b",
            "/desk/figures/search?q=a%00b",
            "/desk/figures/search?key=a%00b",
            "/desk/references/{reference}/merge/?with=a%00b",
        ],
    )
    def test_no_query_of_the_database_has_it(self, client, editor, path):
        reference = factories.make_reference(editor)
        client.force_login(editor)
        sent: list[object] = []

        def note(execute, sql, params, many, context):
            sent.extend(params or ())
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            response = client.get(path.format(reference=reference.pk))

        assert response.status_code < 500
        assert any("ab" in str(value) for value in sent)
        assert not any("\0" in str(value) for value in sent)
