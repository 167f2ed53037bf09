"""Whose address counts, with and without proxies in front, and that pages are stored nowhere."""

import pytest
from django.urls import reverse

from articles import urls as desk
from kernel.client import client_address
from tests.factories import PASSWORD

PROXY = "10.0.0.1"


def address(rf, forwarded: str | None, connected: str = PROXY) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(rf.get("/", headers=headers, REMOTE_ADDR=connected))


class TestClientAddress:
    def test_without_a_proxy_the_header_counts_for_nothing(self, rf, settings):
        settings.PROXY_COUNT = 0
        assert address(rf, "192.0.2.7") == PROXY

    @pytest.mark.parametrize(
        ("proxies", "forwarded", "expected"),
        [
            (1, "192.0.2.7", "192.0.2.7"),
            (1, "203.0.113.9, 192.0.2.7", "192.0.2.7"),
            (2, "203.0.113.9, 192.0.2.7 , 10.0.0.2", "192.0.2.7"),
            (3, "192.0.2.7, 10.0.0.2", "192.0.2.7"),
            (1, "2001:DB8:0::7", "2001:db8::7"),
        ],
    )
    def test_behind_proxies_it_is_the_entry_that_the_first_of_them_wrote(
        self, rf, settings, proxies, forwarded, expected
    ):
        settings.PROXY_COUNT = proxies
        assert address(rf, forwarded) == expected

    @pytest.mark.parametrize("forwarded", [None, "", ",", "unknown", "192.0.2.7, x", "fe80::1%<b>"])
    def test_what_is_no_address_falls_back_to_who_connected(self, rf, settings, forwarded):
        settings.PROXY_COUNT = 1
        assert address(rf, forwarded) == PROXY


class TestLockoutBehindAProxy:
    def sign_in(self, client, person, password: str, forwarded: str):
        return client.post(
            reverse("accounts:sign-in"),
            {"username": person.email, "password": password},
            headers={"X-Forwarded-For": forwarded},
            REMOTE_ADDR=PROXY,
        )

    def test_hits_only_the_client_that_failed(self, client, editor, settings):
        settings.AXES_ENABLED = True
        settings.AXES_FAILURE_LIMIT = 3
        settings.PROXY_COUNT = 1

        # The attacker writes the victim's address first; the proxy appends the true one.
        statuses = [
            self.sign_in(client, editor, "wrong", f"192.0.2.{place}, 203.0.113.9").status_code
            for place in (7, 8, 9)
        ]

        assert statuses == [400, 400, 429]
        assert self.sign_in(client, editor, PASSWORD, "203.0.113.9").status_code == 429
        assert self.sign_in(client, editor, PASSWORD, "192.0.2.7").status_code == 302


INDEXES = [
    *(reverse(f"articles:{name}") for name in ("desk", "new", "references", "reference-search")),
    *(reverse(f"articles:{name}") for name in ("reference-new", "import")),
    reverse("review:queue"),
    reverse("reader:question-queue"),
    reverse("accounts:sign-in"),
    reverse("accounts:sign-out"),
    reverse("accounts:start"),
    reverse("accounts:profile"),
    reverse("accounts:password"),
    reverse("accounts:credential-add"),
    reverse("accounts:interests"),
    reverse("admin:index"),
    reverse("admin:login"),
    reverse("admin:logout"),
    reverse("admin:password_change"),
    reverse("admin:accounts_user_changelist"),
]


class TestNothingOfTheWorkIsStored:
    def check(self, response, path):
        assert response.status_code in {200, 302, 401}, path
        said = response.headers.get("Cache-Control", "")
        assert "no-store" in said or ("private" in said and "no-cache" in said), path

    @pytest.mark.parametrize("path", INDEXES)
    def test_not_by_who_may_see_it(self, client, superuser, path):
        client.force_login(superuser)
        self.check(client.get(path), path)

    @pytest.mark.parametrize("path", INDEXES)
    def test_not_for_who_has_to_sign_in(self, client, db, path):
        self.check(client.get(path), path)

    def test_not_on_any_page_of_the_desk(self, client, db):
        for pattern in desk.urlpatterns:
            given = {name: 1 for name in pattern.pattern.converters if name != "audience"}
            if "audience" in pattern.pattern.converters:
                given["audience"] = "public"
            path = reverse(f"articles:{pattern.name}", kwargs=given)
            self.check(client.get(path), path)
