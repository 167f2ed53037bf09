"""The versions of an edition, and each as it was frozen."""

from django.urls import reverse

from articles.models import Version
from tests import factories
from tests.articles.texts.views.conftest import text, url


class TestVersions:
    def test_without_one_the_page_says_how_one_is_made(self, as_editor, edition):
        assert "No version yet" in text(as_editor.get(url(edition, "versions")))

    def test_they_are_listed_newest_first_with_what_the_board_made_of_them(
        self, as_editor, editor, edition
    ):
        factories.submit(factories.make_version(edition, editor), editor)
        factories.edit(edition, editor, summary="New.")
        factories.make_version(edition, editor, change_note="A summary at last.")

        page = text(as_editor.get(url(edition, "versions")))

        assert page.index("Version 2") < page.index("Version 1")
        assert "A summary at last." in page
        assert "Submitted" in page

    def test_one_shows_exactly_what_was_frozen(self, as_editor, editor, edition):
        version = factories.make_version(edition, editor)
        factories.edit(edition, editor, body="<p>Later wording.</p>")

        page = text(as_editor.get(reverse("articles:version", args=[version.pk])))

        assert "First wording" in page
        assert "Later wording" not in page
        assert version.digest in page
        assert "A study of specimens" in page
        assert 'href="#cite-1-1"' in page

    def test_a_thousand_cost_no_more_queries_than_ten(
        self, as_editor, editor, edition, django_assert_num_queries
    ):
        version = factories.make_version(edition, editor)
        factories.submit(version, editor)
        _copies(version, 2, 11)
        as_editor.get(url(edition, "versions"))
        with django_assert_num_queries(8):
            as_editor.get(url(edition, "versions"))
        _copies(version, 12, 1001)

        with django_assert_num_queries(8):
            page = text(as_editor.get(url(edition, "versions")))

        assert "1 to 25 of 1001" in page


def _copies(version: Version, first: int, last: int) -> None:
    """Add versions in bulk that differ in number and digest alone."""
    fields = {
        field.attname: getattr(version, field.attname)
        for field in Version._meta.concrete_fields
        if field.attname not in {"id", "number", "digest", "change_class", "contribution_id"}
    }
    numbers = range(first, last + 1)
    freezings = factories.freezings([version.edition] * len(numbers), version.frozen_by)
    Version.objects.bulk_create(
        Version(
            **fields,
            number=number,
            digest=f"{number:064}",
            change_class="EDITORIAL",
            contribution=freezing,
        )
        for number, freezing in zip(numbers, freezings, strict=True)
    )
    factories.analyze()
