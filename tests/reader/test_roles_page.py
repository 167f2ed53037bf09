"""The reader's role: a choice kept in their browser, reversible, joined to nothing."""

import pytest

from tests.reader.conftest import url, words

FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


def choose(client, role, path="/", **headers):
    data = {"role": role, "next": path}
    return client.post("/role/", data, headers=headers or FROM_HERE)


class TestChoosing:
    def test_it_is_kept_in_one_cookie_for_a_year(self, client, approve):
        submission = approve()
        response = choose(client, "nurse", url(submission))
        assert response.status_code == 303
        assert response.headers["Location"] == f"{url(submission)}?role-changed#role-result"
        assert set(response.cookies) == {"reader_role"}
        cookie = response.cookies["reader_role"]
        assert cookie.value == "nurse"
        assert cookie["samesite"] == "Lax"
        assert cookie["httponly"]
        assert cookie["max-age"] == 60 * 60 * 24 * 365

    def test_the_page_says_what_changed_and_why(self, client, approve, submit_edition):
        submission = approve(slug="public")
        submit_edition(submission.edition.article, "clinician", body="<p>For professionals.</p>")
        assert "For professionals." not in words(client.get(url(submission)))
        page = words(client.get(choose(client, "nurse", url(submission)).headers["Location"]))
        assert "For professionals." in page
        assert (
            "Your choice is kept in this browser. You said you are a nurse. No approved text was "
            "written for exactly that, so this is the nearest: written for clinicians."
        ) in page
        assert "Also available: for the public" in page

    def test_an_exact_text_is_shown_with_its_reason(self, client, approve, submit_edition):
        submission = approve(slug="public")
        submit_edition(submission.edition.article, "nurse")
        choose(client, "nurse")
        assert ("Shown to you because you said you are a nurse; written for nurses.") in words(
            client.get(url(submission))
        )

    def test_it_can_be_forgotten(self, client, approve):
        submission = approve(slug="public")
        choose(client, "nurse")
        data = {"forget": "yes", "next": url(submission)}
        response = client.post("/role/", data, headers=FROM_HERE)
        assert response.cookies["reader_role"]["max-age"] == 0
        page = words(client.get(response.headers["Location"]))
        assert "Your choice is forgotten. Written for the public." in page
        assert "nurse;" not in page

    @pytest.mark.parametrize("role", ["astronaut", "", "<b>", "nurse\n"])
    def test_an_unknown_role_is_refused_with_the_choices(self, client, db, role):
        response = choose(client, role)
        assert response.status_code == 400
        assert "Choose what describes you best" in words(response)
        assert not response.cookies

    def test_an_unknown_cookie_is_ignored(self, client, approve):
        submission = approve(slug="public")
        client.cookies["reader_role"] = "astronaut"
        assert "Written for the public." in words(client.get(url(submission)))

    @pytest.mark.parametrize(
        "path",
        [
            "https://evil.example/",
            "//evil.example/",
            "/\\evil.example",
            "javascript:alert(1)",
            "",
            "x",
        ],
    )
    def test_it_leads_nowhere_else(self, client, db, path):
        location = choose(client, "nurse", path).headers["Location"]
        assert location == "/role/?role-changed#role-result"

    def test_the_language_is_kept(self, client, approve):
        submission = approve()
        html = client.get(f"/zh{url(submission)}").content.decode()
        assert 'action="/zh/role/"' in html
        assert f'value="/zh{url(submission)}"' in html

    def test_no_session_is_opened(self, client, db):
        response = choose(client, "nurse")
        assert not response.wsgi_request.session.accessed


class TestOrigin:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none"},
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
            {"Origin": "https://evil.example"},
            {"Origin": "null"},
            {"Origin": "https://testserver"},
            {"Origin": "http://testserver.evil.example"},
            {"Origin": "http://testserver:81"},
        ],
    )
    def test_a_post_from_elsewhere_is_403_with_the_reason(self, client, db, headers):
        response = choose(client, "nurse", **headers)
        assert response.status_code == 403
        assert "was not sent from a page of this site" in words(response)
        assert not response.cookies

    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "same-origin"},
            {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
            {"Origin": "http://testserver"},
        ],
    )
    def test_a_post_from_here_is_accepted(self, client, db, headers):
        assert choose(client, "nurse", **headers).status_code == 303

    def test_a_program_without_a_browser_s_headers_is_accepted(self, client, db):
        assert client.post("/role/", {"role": "nurse"}).status_code == 303


def test_the_page_of_its_own_shows_the_choice(client, db):
    client.cookies["reader_role"] = "nurse"
    html = client.get("/role/").content.decode()
    assert 'value="nurse" checked' in html
    assert "Forget my choice" in html
