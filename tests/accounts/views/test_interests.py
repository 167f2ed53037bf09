from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions.interests import DeclaredInterest, declare_interests
from accounts.models import InterestDeclaration

PATH = "/accounts/interests/"
ROW = {"company": "Fictional Ltd", "product": "testumab", "kind": "FEES", "from_on": "2025-02-03"}


def form(answer: str, *rows: dict[str, str], **more) -> dict[str, str]:
    fields = {f"row{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return {"answer": answer, "rows": str(max(len(rows), 3)), **fields, **more}


@pytest.fixture
def signed_in(client, editor):
    client.force_login(editor)
    return client


def page_of(client) -> str:
    return " ".join(client.get(PATH).content.decode().split())


class TestStates:
    def test_never_asked(self, signed_in):
        assert "Never asked." in page_of(signed_in)

    def test_nothing_to_declare_with_its_date_and_end(self, signed_in, editor):
        now = timezone.now()
        declare_interests(user=editor, interests=[], at=now)

        until = now.replace(year=now.year + 1)
        assert (
            f"<strong>Nothing to declare</strong> on {now.day} {now:%B %Y}, "
            f"valid until {until.day} {until:%B %Y}." in page_of(signed_in)
        )

    def test_declared_shows_the_rows(self, signed_in, editor):
        row = DeclaredInterest(company="Fictional Ltd", kind="STOCK", from_on=timezone.now().date())
        declare_interests(user=editor, interests=[row], at=timezone.now())

        page = page_of(signed_in)
        assert "<strong>Interests declared</strong>" in page
        assert "Shares or options" in page

    def test_expired_says_so(self, signed_in, editor):
        declare_interests(user=editor, interests=[], at=timezone.now() - timedelta(days=500))

        assert "Your declaration of interests expired on" in page_of(signed_in)


class TestDeclare:
    def test_nothing_to_declare(self, signed_in, editor):
        response = signed_in.post(PATH, form("none"))

        assert response.status_code == 302
        declaration = InterestDeclaration.objects.get(user=editor)
        assert declaration.state == "NONE"

    def test_rows_are_stored_and_empty_ones_left_out(self, signed_in, editor):
        response = signed_in.post(
            PATH, form("some", ROW, {"company": " "}, {**ROW, "kind": "GRANT"})
        )

        assert response.status_code == 302
        declaration = InterestDeclaration.objects.get(user=editor)
        assert declaration.state == "DECLARED"
        assert sorted(declaration.interests.values_list("kind", flat=True)) == ["FEES", "GRANT"]

    @pytest.mark.parametrize(
        ("posted", "words"),
        [
            (form("", ROW), "Choose one of the two."),
            (form("none", ROW), "yet a row below is filled in"),
            (form("some"), "no row below is filled in"),
            (form("some", {**ROW, "kind": ""}), "This field is required."),
            (form("some", {**ROW, "to_on": "2024-01-01"}), "It ends before it begins."),
            (form("some", {**ROW, "from_on": "yesterday"}), "Enter a valid date."),
            (form("some", {**ROW, "company": "x" * 151}), "at most 150 characters"),
        ],
    )
    def test_refuses_with_the_reason_and_declares_nothing(self, signed_in, posted, words):
        response = signed_in.post(PATH, posted)

        assert response.status_code == 400
        assert words in response.content.decode()
        assert not InterestDeclaration.objects.exists()

    def test_nothing_typed_is_lost_on_an_error(self, signed_in):
        page = signed_in.post(PATH, form("some", {**ROW, "kind": ""})).content.decode()

        for typed in ("Fictional Ltd", "testumab", "2025-02-03"):
            assert f'value="{typed}"' in page

    def test_another_row_needs_no_script_and_loses_nothing(self, signed_in):
        response = signed_in.post(PATH, form("some", ROW, {"company": "Half"}, add_row="1"))

        page = response.content.decode()
        assert response.status_code == 200
        assert 'value="Fictional Ltd"' in page
        assert 'value="Half"' in page
        assert 'name="row3-company"' in page
        assert 'name="rows" value="4"' in page
        assert "Please look at" not in page
        assert not InterestDeclaration.objects.exists()

    @pytest.mark.parametrize("rows", ["", "-1", "x", "100000", "²"])
    def test_a_forged_number_of_rows_does_no_harm(self, signed_in, rows):
        response = signed_in.post(PATH, form("none", rows=rows))

        assert response.status_code == 302

    def test_declaring_anew_keeps_the_earlier_declaration(self, signed_in, editor):
        signed_in.post(PATH, form("some", ROW))
        assert 'value="Fictional Ltd"' in page_of(signed_in)
        signed_in.post(PATH, form("none"))

        states = InterestDeclaration.objects.order_by("pk").values_list("state", flat=True)
        assert list(states) == ["DECLARED", "NONE"]
