"""Tokens from their issue to their end, the lockout, throttling, and what a session needs."""

from datetime import timedelta

import pytest
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient
from rest_framework.throttling import AnonRateThrottle

from accounts.actions.users import change_password, set_password
from accounts.models import User
from kernel.models import AuditEntry
from tests import factories
from tests.api.conftest import V1, problem_of, program

TOKENS = f"{V1}/tokens/"

pytestmark = pytest.mark.usefixtures("real_clock")


def ask(email, password=factories.PASSWORD, client=None):
    body = {"email": email, "password": password}
    return (client or APIClient()).post(TOKENS, body, format="json")


def holding(secret) -> APIClient:
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Token {secret}")
    return client


class TestGettingAToken:
    def test_lets_a_program_work_in_the_persons_name(self, editor):
        response = ask(editor.email)

        assert response.status_code == 201
        assert "no-store" in response.headers["Cache-Control"]
        client = holding(response.json()["token"])
        assert client.get(f"{V1}/editions/").status_code == 200

    def test_takes_the_address_in_any_case(self, editor):
        assert ask(f" {editor.email.upper()} ").status_code == 201

    def test_keeps_only_a_digest_of_it(self, editor):
        secret = ask(editor.email).json()["token"]

        stored = AuthToken.objects.get()
        assert secret not in (stored.digest, stored.token_key)
        assert secret not in str(list(AuditEntry.objects.values()))

    def test_leaves_an_audit_entry(self, editor):
        ask(editor.email)

        assert AuditEntry.objects.filter(action="accounts.token.issued", actor=editor).exists()

    @pytest.mark.parametrize("who", ["wrong password", "nobody", "closed account"])
    def test_is_refused_alike_whatever_was_wrong(self, editor, who):
        if who == "closed account":
            User.objects.filter(pk=editor.pk).update(is_active=False)
        email = "nobody@example.invalid" if who == "nobody" else editor.email
        password = "wrong" if who == "wrong password" else factories.PASSWORD

        said = problem_of(ask(email, password), 403, "not-allowed")

        assert said["detail"] == "The e-mail address or the password is not right."
        assert not AuthToken.objects.exists()

    def test_after_too_many_wrong_passwords_answers_429(self, editor, settings):
        settings.AXES_ENABLED = True
        settings.AXES_FAILURE_LIMIT = 3
        for _ in range(3):
            ask(editor.email.upper(), "wrong")

        response = ask(editor.email)

        problem_of(response, 429, "locked-out")
        assert int(response.headers["Retry-After"]) > 0
        assert not AuthToken.objects.exists()

    def test_names_what_is_missing(self, db):
        said = problem_of(APIClient().post(TOKENS, {}, format="json"), 400, "bad-input")

        assert set(said["errors"]) == {"email", "password"}


class TestOnesOwnTokens:
    def test_are_listed_without_their_secrets(self, editor):
        secret = ask(editor.email).json()["token"]

        listed = holding(secret).get(TOKENS)

        assert secret not in listed.content.decode()
        assert [set(row) for row in listed.json()["results"]] == [
            {"key", "created_at", "expires_at"}
        ]

    def test_stop_at_once_when_revoked(self, editor):
        said = ask(editor.email).json()
        client = holding(said["token"])

        assert client.delete(f"{TOKENS}{said['key']}/").status_code == 204

        problem_of(client.get(TOKENS), 401, "not-signed-in")
        assert AuditEntry.objects.filter(action="accounts.token.revoked").exists()

    def test_are_nobody_elses_to_see_or_revoke(self, editor, superuser):
        key = ask(editor.email).json()["key"]
        other = program(superuser)

        assert other.get(TOKENS).json()["results"] == []
        problem_of(other.delete(f"{TOKENS}{key}/"), 404, "not-found")
        assert AuthToken.objects.exists()

    def test_stop_when_they_expire(self, editor):
        secret = ask(editor.email).json()["token"]
        AuthToken.objects.update(expiry=AuthToken.objects.get().created - timedelta(seconds=1))

        problem_of(holding(secret).get(f"{V1}/editions/"), 401, "not-signed-in")

    def test_stop_when_the_account_is_closed(self, editor):
        secret = ask(editor.email).json()["token"]
        User.objects.filter(pk=editor.pk).update(is_active=False)

        problem_of(holding(secret).get(f"{V1}/editions/"), 401, "not-signed-in")

    def test_stop_when_the_password_is_changed_or_set(self, editor, superuser):
        password = "quite another long password"
        ways = (
            lambda: change_password(user=editor, password=password, at=timezone.now()),
            lambda: set_password(
                actor=superuser, user_id=editor.pk, password=password + "2", at=timezone.now()
            ),
        )

        for change, known in zip(ways, (factories.PASSWORD, password), strict=True):
            secret = ask(editor.email, known).json()["token"]
            change()
            problem_of(holding(secret).get(f"{V1}/editions/"), 401, "not-signed-in")

    def test_live_for_ninety_days(self, editor):
        ask(editor.email)
        token = AuthToken.objects.get()

        assert abs(token.expiry - token.created - timedelta(days=90)) < timedelta(minutes=1)

    def test_a_wrong_one_is_told_how_to_sign_in(self, db):
        response = holding("0" * 64).get(f"{V1}/editions/")

        problem_of(response, 401, "not-signed-in")
        assert response.headers["WWW-Authenticate"] == "Token"


class TestASession:
    def test_reads_without_and_writes_only_with_the_csrf_token(self, editor):
        client = APIClient(enforce_csrf_checks=True)
        client.force_login(editor)
        draft = factories.make_edition(editor)
        url = f"{V1}/editions/{draft.pk}/freeze/"

        assert client.get(f"{V1}/editions/{draft.pk}/").status_code == 200
        said = problem_of(client.post(url, {"draft_number": 1}, format="json"), 403, "not-allowed")

        assert "CSRF" in said["detail"]
        assert not draft.versions.exists()

    def test_writes_with_the_csrf_token(self, editor):
        client = APIClient(enforce_csrf_checks=True)
        client.force_login(editor)
        draft = factories.make_edition(editor)
        client.get("/accounts/profile/")
        token = client.cookies["csrftoken"].value

        response = client.post(
            f"{V1}/editions/{draft.pk}/freeze/",
            {"draft_number": 1},
            format="json",
            headers={"x-csrftoken": token},
        )

        assert response.status_code == 201


class TestThrottling:
    def test_too_many_questions_from_nobody_answer_429_and_say_when_to_go_on(self, db, monkeypatch):
        monkeypatch.setattr(AnonRateThrottle, "rate", "3/min", raising=False)
        statuses = [APIClient().get(f"{V1}/articles/").status_code for _ in range(3)]

        response = APIClient().get(f"{V1}/articles/")

        assert statuses == [200, 200, 200]
        problem_of(response, 429, "throttled")
        assert 0 < int(response.headers["Retry-After"]) <= 60

    def test_guessing_at_many_addresses_is_held_back(self, db):
        answers = [ask(f"person{number}@example.invalid", "wrong") for number in range(21)]

        assert {answer.status_code for answer in answers[:20]} == {403}
        problem_of(answers[20], 429, "throttled")
