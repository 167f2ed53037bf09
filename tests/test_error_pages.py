import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path

from kernel.errors import NotAllowed, WrongState


def refuse(exception):
    def view(request):
        raise exception

    return view


def form(request):
    return HttpResponse("got it")


from config.urls import urlpatterns as site  # noqa: E402

urlpatterns = [
    path("raise/403/", refuse(NotAllowed("Only a chair of the board does this."))),
    path("raise/bare403/", refuse(PermissionDenied())),
    path("raise/404/", refuse(Http404("secret detail"))),
    path("raise/409/", refuse(WrongState("This submission is approved now.", current="APPROVED"))),
    path("raise/500/", refuse(RuntimeError("a secret detail"))),
    path("form/", form),
    *site,
]


@pytest.mark.urls("tests.test_error_pages")
class TestErrorPages:
    @pytest.fixture
    def forgiving(self, db):
        return Client(raise_request_exception=False)

    @pytest.mark.parametrize("status", [403, 404, 409, 500])
    def test_every_page_stands_with_a_way_back_and_no_inline_style(self, forgiving, status):
        response = forgiving.get(f"/raise/{status}/")

        text = response.content.decode()
        assert response.status_code == status
        assert "<h1>" in text
        assert 'href="/"' in text
        assert 'class="error-page"' in text
        assert "style=" not in text
        assert "secret detail" not in text
        assert 'content="noindex"' in text

    def test_403_gives_the_reason(self, forgiving):
        text = forgiving.get("/raise/403/").content.decode()
        assert "Only a chair of the board does this." in text
        assert (
            "Your account does not have the right"
            in forgiving.get("/raise/bare403/").content.decode()
        )

    def test_403_tells_who_is_signed_in_and_leads_to_their_desk(self, forgiving, editor):
        forgiving.force_login(editor)

        text = forgiving.get("/raise/403/").content.decode()

        assert "signed in as Eda Editor" in text
        assert 'href="/accounts/start/"' in text

    def test_409_gives_the_reason_and_the_state_now(self, forgiving):
        text = forgiving.get("/raise/409/").content.decode()

        assert "This submission is approved now." in text
        assert "badge--approved" in text

    def test_404_asks_the_database_nothing(self, forgiving, django_assert_num_queries):
        with django_assert_num_queries(0):
            forgiving.get("/raise/404/")

    def test_500_needs_no_context_and_no_database(self, forgiving, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert forgiving.get("/raise/500/").status_code == 500
        from django.template import Context, Engine

        source = (settings.BASE_DIR / "templates/500.html").read_text()
        assert "{%" not in source
        assert Engine().from_string(source).render(Context())

    def test_a_form_without_its_token_is_explained(self, db):
        response = Client(enforce_csrf_checks=True).post("/form/")

        assert response.status_code == 403
        assert "This form has expired" in response.content.decode()
