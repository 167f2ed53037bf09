"""The schema is valid and says what is there; its pages need nobody's scripts."""

import re

import pytest
from django.core.management import call_command
from django.urls import get_resolver
from drf_spectacular.validation import validate_schema

from kernel.api.problems import KINDS
from tests.api.conftest import V1, program


@pytest.fixture(scope="module")
def schema():
    from kernel.api.docs import generated

    return generated()


class TestTheSchema:
    def test_is_valid_openapi(self, schema):
        validate_schema(schema)

    def test_is_made_without_a_warning(self, tmp_path):
        call_command("spectacular", "--validate", "--fail-on-warn", file=str(tmp_path / "s.yml"))

    def test_is_served_as_json(self, db, schema):
        response = program(None).get(f"{V1}/schema/")

        assert response.json()["paths"].keys() == schema["paths"].keys()

    def test_knows_every_address(self, schema):
        routes = get_resolver("config.api_urls").reverse_dict
        names = {name for name in routes if isinstance(name, str)}
        pages = {"root", "schema", "docs", "problems", "problem", "nowhere"}

        assert len(schema["paths"]) == len(names - pages) > 20

    def test_says_that_every_operation_may_answer_with_a_problem(self, schema):
        for path, item in schema["paths"].items():
            for method, said in item.items():
                content = said["responses"]["default"]["content"]
                assert "application/problem+json" in content, (method, path)
                assert said["summary"], (method, path)
                assert said["description"], (method, path)

    def test_asks_for_if_match_where_a_draft_is_changed(self, schema):
        for method in ("put", "patch"):
            said = schema["paths"][f"{V1}/editions/{{id}}/"][method]["parameters"]
            assert [row["required"] for row in said if row["name"] == "If-Match"] == [True]

    def test_never_tells_a_password(self, schema):
        for name, said in schema["components"]["schemas"].items():
            if "password" in said.get("properties", {}):
                assert name.endswith("Request"), name


class TestItsPages:
    @pytest.mark.parametrize("page", ["docs/", "problems/", "problems/gone/"])
    def test_hold_no_inline_script_or_style_and_nothing_from_elsewhere(self, client, db, page):
        response = client.get(f"{V1}/{page}")
        html = response.content.decode()

        assert response.status_code == 200
        assert not re.search(r"<script(?![^>]*\bsrc=)", html)
        assert not re.search(r"\sstyle=|<style|\son\w+=", html)
        assert not re.search(r"""(?:src|href)=["'](?:https?:)?//(?!testserver)""", html)
        assert not response.cookies

    def test_the_documentation_shows_every_operation_and_object(self, client, db, schema):
        html = client.get(f"{V1}/docs/").content.decode()

        for item in schema["paths"].values():
            for said in item.values():
                assert f'id="{said["operationId"]}"' in html
        for name in schema["components"]["schemas"]:
            assert f'id="object-{name}"' in html

    def test_every_link_within_the_documentation_leads_somewhere(self, client, db):
        html = client.get(f"{V1}/docs/").content.decode()

        targets = set(re.findall(r'href="#([^"]+)"', html))
        assert targets <= set(re.findall(r'id="([^"]+)"', html))

    @pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
    def test_the_type_of_every_problem_leads_to_its_explanation(self, client, db, kind):
        response = client.get(kind.uri)

        assert response.status_code == 200
        assert kind.title in response.content.decode()

    def test_an_unknown_kind_of_problem_is_not_found(self, client, db):
        assert client.get(f"{V1}/problems/nonsense/").status_code == 404
