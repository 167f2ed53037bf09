"""Whatever a heading is called, its id is the only one on every page that shows the text."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from review.models import Submission
from tests import factories

IDS = re.compile(r'\sid="([^"]+)"')
OPENED = ("site-search", "main", "announcer", "references", "status")


def ids_of_templates() -> list[str]:
    """Return the ids that stand in the templates: what a page calls its own parts."""
    root = Path(settings.BASE_DIR) / "templates"
    found = {one for path in root.rglob("*.html") for one in IDS.findall(path.read_text("utf-8"))}
    return sorted(one for one in found if "{" not in one)


def rude_headings() -> list[str]:
    return [
        *(one.replace("-", " ").capitalize() for one in ids_of_templates()),
        *("Ref 1", "Ref", "Ref", "Cite 1 1", "Change", "Change", "Section", "Version 1"),
        *("Group 1", "Warnings 1"),
    ]


@pytest.fixture
def rude(editor, reviewer, chair) -> Submission:
    """An approved text whose headings are called like everything that pages have an id for."""
    factories.make_reference(editor, key="source-1")
    body = "".join(f"<h2>{one}</h2><p>It says so.</p>" for one in rude_headings())
    factories.set_rule(approvals=1)
    submission = factories.make_submission(
        editor, body=f'{body}<p>One claim.<cite data-refs="source-1"></cite></p>'
    )
    factories.assign(submission, reviewer, chair)
    return submission


def twice(response) -> list[str]:
    """Return the ids that a page with the text has more than once."""
    assert response.status_code == 200
    page = response.content.decode()
    assert 'id="section"' in page, "it shows no text"
    return [one for one, times in Counter(IDS.findall(page)).items() if times > 1]


def test_the_templates_have_ids_to_collide_with():
    assert set(OPENED) <= set(ids_of_templates())


def test_the_board_reads_a_text_whose_headings_are_called_like_its_page(
    client, rude, editor, reviewer
):
    client.force_login(reviewer)
    for name in ("submission", "sign"):
        assert twice(client.get(reverse(f"review:{name}", args=[rude.pk]))) == [], name
    client.force_login(editor)
    edition, version = rude.edition, rude.version
    for address in (
        reverse("review:submit", args=[version.pk]),
        reverse("articles:preview", args=[edition.pk]),
        reverse("articles:version", args=[version.pk]),
        reverse("articles:export", args=[edition.pk, "html"]),
    ):
        assert twice(client.get(address)) == [], address


def test_an_import_shows_a_text_whose_headings_are_called_like_its_report(client, editor):
    client.force_login(editor)
    told = "\n\n".join(f"## {one}\n\nIt says so. \u200b" for one in rude_headings())
    report = client.post(
        reverse("articles:import"),
        {
            "pasted": f"# Who is rude?\n\n{told}\n",
            "language": "en",
            "audience": factories.audience().pk,
            "specialty": factories.make_specialty().pk,
            "had_model": "no",
        },
    )

    assert twice(report) == []
    assert 'id="warnings_1"' in report.content.decode()


def test_readers_find_every_heading_by_its_own_id(client, rude, reviewer):
    factories.sign(rude, reviewer)
    article = rude.edition.article
    for address in (
        reverse("reader:article", args=[article.slug]),
        reverse("reader:version", args=[article.slug, "clinician", 1]),
    ):
        assert twice(client.get(address)) == [], address
