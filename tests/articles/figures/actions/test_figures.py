"""The library of figures: adding, changing, importing."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.figures.actions import figures as actions
from articles.figures.actions.figures import add_figure, change_figure
from articles.imports.actions.imports import Origin, import_article
from articles.models import Contribution, Figure
from articles.texts.shown_figures import shown_figures, stored_name, with_credits
from kernel.errors import NotAllowed, WrongState
from kernel.models import AuditEntry
from manuscript.imaging import process_image
from manuscript.importing.result import ImportedArticle, ImportedFigure
from tests import factories
from tests.factories import AT, picture


def added(editor, **facts) -> Figure:
    facts = {"data": picture(), "name": "Lung scan (2).PNG", **facts}
    return add_figure(actor=editor, at=AT, **facts)


class TestAddFigure:
    def test_it_keeps_the_files_the_facts_and_a_trace(self, editor):
        figure = added(
            editor, data=picture(1700, 200), credit=" Sam  Specimen ", licence="CC BY 4.0"
        )

        assert (figure.key, figure.name) == ("lung-scan-2", "Lung scan (2).PNG")
        assert (figure.credit, figure.licence) == ("Sam Specimen", "CC BY 4.0")
        assert (figure.width, figure.height, figure.widths) == (1700, 200, [480, 960, 1600, 1700])
        for width in figure.widths:
            with default_storage.open(stored_name(figure.digest, width, "image/webp")) as file:
                assert file.read(4) == b"RIFF"
        entry = AuditEntry.objects.order_by("-position").first()
        assert (entry.action, entry.actor_id) == ("articles.figure.added", editor.pk)
        assert entry.data["digest"] == figure.digest

    def test_the_same_picture_is_the_same_figure(self, editor, other_editor):
        data = picture()
        first = added(editor, data=data, credit="A")

        second = added(other_editor, data=data, name="other.png", credit="B")

        assert second == first
        assert (second.credit, second.added_by) == ("A", editor)
        assert AuditEntry.objects.filter(action="articles.figure.added").count() == 1

    def test_keys_do_not_repeat(self, editor):
        keys = [added(editor, name="scan.png").key for _ in range(3)]

        assert keys == ["scan", "scan-2", "scan-3"]

    def test_a_name_without_latin_letters_still_gets_a_key(self, editor):
        assert added(editor, name="肺.png").key == "figure"

    def test_a_key_that_another_picture_has_is_a_wrong_state(self, editor):
        added(editor, key="scan")

        with pytest.raises(WrongState, match="called “scan” already"):
            added(editor, key="scan")

    @pytest.mark.parametrize("key", ["A", "a b", 'a"b', "-a", "a" * 81])
    def test_a_key_that_no_text_can_name_is_refused(self, editor, key):
        with pytest.raises(ValidationError) as refusal:
            added(editor, key=key)
        assert "key" in refusal.value.message_dict

    def test_a_refused_image_leaves_nothing(self, editor):
        with pytest.raises(ValidationError) as refusal:
            added(editor, data=b"%PDF-1.7", name="a.png")

        assert "looks like a PDF" in refusal.value.message_dict["file"][0]
        assert not Figure.objects.exists()

    def test_only_editors_add(self, reviewer, chair):
        for person in (reviewer, chair):
            with pytest.raises(NotAllowed, match="Only editors"):
                added(person)

    def test_files_are_there_before_the_row(self, editor, monkeypatch):
        data = picture()
        monkeypatch.setattr(actions.Figure, "save", _fails)

        with pytest.raises(OSError):
            added(editor, data=data)

        image = process_image(data)
        assert default_storage.exists(stored_name(image.digest, 40, "image/webp"))
        assert not Figure.objects.exists()

    def test_what_an_attempt_left_behind_is_made_whole(self, editor):
        data = picture()
        image = process_image(data)
        name = stored_name(image.digest, 40, "image/webp")
        with default_storage.open(name, "wb") as file:
            file.write(b"half")

        added(editor, data=data)

        with default_storage.open(name) as file:
            assert file.read() == image.files[40]


def _fails(*args, **kwargs):
    raise OSError


class TestChangeFigure:
    def test_it_changes_what_is_said_and_leaves_a_trace(self, editor):
        figure = added(editor)

        change_figure(actor=editor, figure_id=figure.pk, credit="B", licence="C", at=AT)

        figure.refresh_from_db()
        assert (figure.credit, figure.licence) == ("B", "C")
        entry = AuditEntry.objects.order_by("-position").first()
        assert entry.data["before"] == {"credit": "", "licence": ""}

    def test_it_counts_as_a_contribution_to_the_drafts_that_show_it(self, editor, other_editor):
        figure = added(editor, key="scan_1")
        showing = factories.make_edition(
            editor, body='<figure data-figure="scan_1" data-alt="x"></figure>'
        )
        factories.make_edition(editor, body='<figure data-figure="scanx1" data-alt="x"></figure>')

        change_figure(actor=other_editor, figure_id=figure.pk, credit="B", licence="", at=AT)

        rows = Contribution.objects.filter(kind=Contribution.Kind.SOURCE)
        assert [(row.edition, row.user) for row in rows] == [(showing, other_editor)]

    def test_nothing_new_writes_nothing(self, editor):
        figure = added(editor, credit="B")
        before = AuditEntry.objects.count()

        change_figure(actor=editor, figure_id=figure.pk, credit=" B ", licence="", at=AT)

        assert AuditEntry.objects.count() == before

    def test_only_editors_change(self, editor, reviewer):
        with pytest.raises(NotAllowed):
            change_figure(actor=reviewer, figure_id=added(editor).pk, credit="x", licence="", at=AT)


def imported(*figures: ImportedFigure) -> ImportedArticle:
    body = "".join(
        f'<figure data-figure="{figure.key}" data-alt="x"><figcaption>C</figcaption></figure>'
        for figure in figures
    )
    return ImportedArticle("T", "", "", body, (), (), None, (), "en", figures)


class TestImports:
    def bring(self, editor, *figures: ImportedFigure):
        return import_article(
            actor=editor,
            imported=imported(*figures),
            audience=factories.audience(),
            language="en",
            origin=Origin(name="text.docx"),
            at=AT,
        )

    def test_images_become_figures_of_the_library(self, editor):
        edition = self.bring(editor, ImportedFigure("figure-1", "media/image1.png", picture()))

        (figure,) = shown_figures(edition.body)
        assert figure.key == "image1"
        assert '<figure data-figure="image1" data-alt="x"><figcaption>C' in edition.body

    def test_a_picture_that_the_library_has_is_used(self, editor):
        data = picture()
        figure = added(editor, data=data, key="scan")

        edition = self.bring(
            editor, ImportedFigure("a", "x.png", data), ImportedFigure("b", "y.png", data)
        )

        assert edition.body.count('data-figure="scan"') == 2
        assert Figure.objects.get() == figure

    def test_keys_that_cross_do_not_mix(self, editor):
        edition = self.bring(
            editor, ImportedFigure("b", "a.png", picture()), ImportedFigure("a", "b.png", picture())
        )

        assert [figure.name for figure in shown_figures(edition.body)] == ["a.png", "b.png"]

    def test_a_refused_image_keeps_its_place_and_the_reason(self, editor):
        edition = self.bring(
            editor,
            ImportedFigure("scan", "scan.emf", b"\x01\0\0\0" + b"\0" * 36 + b" EMF"),
            ImportedFigure("other", "other.png", picture()),
        )

        assert '<figure data-figure="missing-' in edition.body
        assert len(shown_figures(edition.body)) == 1
        refused = [row for row in edition.import_record.warnings if row["code"] == "image-refused"]
        assert len(refused) == 1
        assert "looks like an EMF drawing" in refused[0]["text"]


class TestFreezing:
    def test_a_version_keeps_the_credit_of_its_day(self, editor):
        figure = added(editor, key="scan", credit="Old")
        edition = factories.make_edition(
            editor, body='<p>A.</p><figure data-figure="scan" data-alt="x"></figure>'
        )
        version = factories.make_version(edition, editor)

        change_figure(actor=editor, figure_id=figure.pk, credit="New", licence="", at=AT)

        assert version.frozen["figures"][0]["credit"] == "Old"
        assert version.placed_figures.get().figure == figure
        assert f"/figures/{figure.digest}/40.webp" in version.rendered

    def test_queries_do_not_grow_with_the_figures(self, editor):
        def cost(number: int) -> int:
            keys = [factories.make_figure(editor).key for _ in range(number)]
            body = "<p>A.</p>" + "".join(
                f'<figure data-figure="{key}" data-alt="x"></figure>' for key in keys
            )
            edition = factories.make_edition(editor, body=body)
            with CaptureQueriesContext(connection) as queries:
                factories.make_version(edition, editor)
            return len(queries)

        assert cost(1) == cost(12)


class TestWithCredits:
    FACTS = {"key": "a", "credit": "Sam <Specimen>", "licence": "CC BY 4.0"}

    def test_the_credit_stands_in_the_caption(self):
        shown = with_credits(
            '<figure data-figure="a"><img><figcaption>C</figcaption></figure>', [self.FACTS]
        )

        assert shown.endswith(
            '<figcaption>C <span class="figure-credit">Image: Sam &lt;Specimen&gt; · CC BY 4.0'
            "</span></figcaption></figure>"
        )

    def test_without_a_caption_it_gets_one(self):
        shown = with_credits('<figure data-figure="a"><img></figure><p>x</p>', [self.FACTS])

        assert "<img><figcaption><span" in shown
        assert shown.endswith("</figcaption></figure><p>x</p>")

    def test_a_figure_without_credit_stays_as_it_is(self):
        rendered = '<figure data-figure="b"><img></figure>'

        assert (
            with_credits(rendered, [self.FACTS, {"key": "b", "credit": "", "licence": ""}])
            == rendered
        )
