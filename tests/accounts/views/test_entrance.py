import re

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.models.user import Role
from tests import factories
from tests.factories import PASSWORD

SIGN_IN = "/accounts/sign-in/"


def sign_in(client, email: str, password: str = PASSWORD, **more):
    return client.post(SIGN_IN, {"username": email, "password": password, **more})


class TestSignIn:
    def test_labels_the_address_and_helps_password_managers(self, client, db):
        page = client.get(SIGN_IN).content.decode()

        assert "E-mail address" in page
        assert 'autocomplete="username"' in page
        assert 'autocomplete="current-password"' in page
        assert 'type="email"' in page

    def test_signs_in_with_the_address_in_any_case(self, client, editor):
        response = sign_in(client, f" {editor.email.upper()} ")

        assert response.status_code == 302
        assert client.session["_auth_user_id"] == str(editor.pk)

    def test_a_wrong_address_and_a_wrong_password_read_the_same(self, client, editor):
        wrong_password = sign_in(client, editor.email, "not the password")
        wrong_address = sign_in(client, "nobody@example.invalid")
        assert wrong_password.status_code == wrong_address.status_code == 400

        def words(response) -> str:
            page = response.content.decode()
            page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
            return re.sub(r'value="[^"]*@example.invalid"', "", page)

        assert "is not right" in words(wrong_password)
        assert words(wrong_password) == words(wrong_address)

    def test_an_account_that_is_not_active_reads_like_a_wrong_password(self, client, editor):
        User.objects.filter(pk=editor.pk).update(is_active=False)

        response = sign_in(client, editor.email)

        assert response.status_code == 400
        assert "is not right" in response.content.decode()

    def test_keeps_the_address_but_not_the_password_after_an_error(self, client, editor):
        page = sign_in(client, editor.email, "not the password").content.decode()

        assert editor.email in page
        assert "not the password" not in page

    @pytest.mark.parametrize(
        "target",
        [
            "https://evil.invalid/",
            "//evil.invalid/",
            "/\\evil.invalid",
            "javascript:alert(1)",
            "http:///evil.invalid",
        ],
    )
    def test_does_not_lead_to_another_site(self, client, editor, target):
        response = sign_in(client, editor.email, next=target)
        assert response["Location"] == reverse("accounts:start")

        again = client.get(SIGN_IN, {"next": target})
        assert again["Location"] == reverse("accounts:start")

    def test_leads_on_to_a_page_of_this_site(self, client, editor):
        assert sign_in(client, editor.email, next="/desk/new/")["Location"] == "/desk/new/"

    def test_lists_the_demo_accounts_where_the_demo_was_loaded(self, rf, db):
        from django.template.loader import render_to_string

        from accounts.forms import SignInForm

        context = {
            "form": SignInForm(),
            "demo_people": [
                {"role": "Editor", "email": "eda@example.invalid", "password": "demo words"}
            ],
        }
        page = render_to_string("accounts/sign_in.html", context, rf.get(SIGN_IN))
        assert "eda@example.invalid" in page
        assert "demo words" in page

        del context["demo_people"]
        page = render_to_string("accounts/sign_in.html", context, rf.get(SIGN_IN))
        assert "Accounts of this demonstration" not in page


class TestLockout:
    @pytest.fixture(autouse=True)
    def counting(self, settings):
        settings.AXES_ENABLED = True
        settings.AXES_FAILURE_LIMIT = 3

    def fail(self, client, email: str, times: int):
        return [sign_in(client, email, "wrong") for _ in range(times)][-1]

    def test_after_the_limit_even_the_right_password_is_refused(self, client, editor):
        assert self.fail(client, editor.email, 2).status_code == 400
        locked = self.fail(client, editor.email, 1)
        assert locked.status_code == 429

        response = sign_in(client, editor.email)

        assert response.status_code == 429
        assert "_auth_user_id" not in client.session

    def test_says_in_words_when_to_try_again(self, client, editor):
        page = self.fail(client, editor.email, 3).content.decode()

        assert "rests for 15 minutes" in page
        assert re.search(r"try again after \d\d:\d\d \(UTC\)", page)

    def test_another_spelling_of_the_address_counts_as_the_same(self, client, editor):
        self.fail(client, editor.email, 1)
        self.fail(client, editor.email.upper(), 1)

        assert self.fail(client, f" {editor.email.title()}", 1).status_code == 429

    def test_locks_nobody_else_out(self, client, editor, other_editor):
        self.fail(client, editor.email, 3)

        assert sign_in(client, other_editor.email).status_code == 302

    def test_a_right_password_in_time_starts_the_count_anew(self, client, editor):
        self.fail(client, editor.email, 2)
        sign_in(client, editor.email)
        client.post("/accounts/sign-out/")

        assert self.fail(client, editor.email, 2).status_code == 400

    def test_wrong_old_passwords_count_too(self, client, editor):
        client.force_login(editor)
        form = {
            "old_password": "wrong",
            "new_password1": "a b c d e f",
            "new_password2": "a b c d e f",
        }

        answers = [client.post("/accounts/password/", form).status_code for _ in range(3)]

        assert answers == [400, 400, 429]


class TestSignOut:
    def test_get_asks_and_keeps_the_session(self, client, editor):
        client.force_login(editor)

        response = client.get("/accounts/sign-out/")

        assert response.status_code == 200
        assert "Sign out of this browser" in response.content.decode()
        assert "_auth_user_id" in client.session

    def test_post_ends_the_session(self, client, editor):
        client.force_login(editor)

        assert client.post("/accounts/sign-out/").status_code == 302
        assert "_auth_user_id" not in client.session

    def test_who_is_not_signed_in_is_sent_to_the_sign_in(self, client, db):
        assert client.get("/accounts/sign-out/")["Location"] == SIGN_IN


class TestStart:
    @pytest.mark.parametrize(
        ("roles", "address"),
        [
            ([Role.ADMINISTRATOR, Role.EDITOR], "/admin/"),
            ([Role.CHAIR, Role.EDITOR], "/board/"),
            ([Role.REVIEWER], "/board/"),
            ([Role.EDITOR], "/desk/"),
            ([], "/accounts/profile/"),
        ],
    )
    def test_leads_to_the_desk_of_the_foremost_role(self, client, db, roles, address):
        client.force_login(factories.make_user("Petra Person", *roles))

        assert client.get("/accounts/start/")["Location"] == address

    def test_leads_a_superuser_to_the_admin(self, client, superuser):
        client.force_login(superuser)

        assert client.get("/accounts/start/")["Location"] == "/admin/"

    def test_follows_next_within_the_site_alone(self, client, editor):
        client.force_login(editor)

        assert client.get("/accounts/start/?next=/desk/new/")["Location"] == "/desk/new/"
        for target in ("https://evil.invalid/", "//evil.invalid", "javascript:alert(1)"):
            assert client.get("/accounts/start/", {"next": target})["Location"] == "/desk/"


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/start/",
        "/accounts/profile/",
        "/accounts/password/",
        "/accounts/interests/",
        "/accounts/credentials/add/",
        "/accounts/credentials/1/",
    ],
)
def test_a_visitor_is_asked_to_sign_in_and_brought_back(client, db, path):
    assert client.get(path)["Location"] == f"{SIGN_IN}?next={path}"
