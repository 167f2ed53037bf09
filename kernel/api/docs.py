"""The schema, and pages that people read: made from the schema, without anybody's scripts."""

import json
import re
from collections import defaultdict
from functools import cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from kernel.api.problems import KINDS

CODE = re.compile("`([^`]+)`")
METHODS = ("get", "post", "put", "patch", "delete")


@cache
def generated() -> dict[str, Any]:
    """Return the OpenAPI schema. The same for everybody, so made once in each process."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return schema


@cache
def _written() -> bytes:
    return json.dumps(generated(), ensure_ascii=False, separators=(",", ":")).encode()


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Answer the OpenAPI schema as JSON."""
    return HttpResponse(_written(), content_type="application/vnd.oai.openapi+json")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show every operation and every object, as the schema has them."""
    return render(request, "api/docs.html", described())


@require_safe
def problems(request: HttpRequest, code: str = "") -> HttpResponse:
    """Explain every kind of problem, or the one whose `type` leads here.

    :raises Http404: if there is no such kind.
    """
    kinds = [
        {"kind": kind, "explanation": prose(kind.explanation)}
        for kind in KINDS
        if code in {"", kind.code}
    ]
    if not kinds:
        raise Http404
    return render(request, "api/problems.html", {"kinds": kinds, "one": bool(code)})


@cache
def described() -> dict[str, Any]:
    """Return the schema as the page shows it: operations by noun, then objects."""
    whole = generated()
    nouns: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path, item in whole["paths"].items():
        for method in METHODS:
            if method in item:
                said = item[method]
                nouns[said["tags"][0]].append(_operation(path, method, said))
    components = whole["components"]["schemas"]
    objects = [_object(name, said) for name, said in sorted(components.items())]
    return {
        "about": whole["info"],
        "nouns": [{"name": name, "operations": found} for name, found in sorted(nouns.items())],
        "objects": objects,
    }


def _operation(path: str, method: str, said: dict[str, Any]) -> dict[str, Any]:
    body = said.get("requestBody", {}).get("content", {}).get("application/json", {})
    answers = [
        {"code": code, **_type(_schema_of(answer)), "note": answer.get("description", "")}
        for code, answer in said["responses"].items()
        if code != "default"
    ]
    return {
        "id": said["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": said.get("summary", ""),
        "description": prose(said.get("description", "")),
        "is_public": not said.get("security") or {} in said["security"],
        "parameters": [
            {
                "name": row["name"],
                "where": row["in"],
                "required": row.get("required", False),
                "help": prose(row.get("description", "")),
                **_type(row["schema"]),
            }
            for row in said.get("parameters", [])
        ],
        "body": _type(body["schema"]) if body else None,
        "answers": answers,
    }


def prose(text: str) -> SafeString:
    """Return a description with `code` set as code, without the generator's list of options."""
    lines = [line for line in text.splitlines() if not line.startswith("* `")]
    # Escaped first, so nothing but these tags is markup.
    return mark_safe(CODE.sub(r"<code>\1</code>", escape(" ".join(lines))))  # noqa: S308


def _schema_of(answer: dict[str, Any]) -> dict[str, Any]:
    for content in answer.get("content", {}).values():
        schema: dict[str, Any] = content["schema"]
        return schema
    return {}


def _object(name: str, said: dict[str, Any]) -> dict[str, Any]:
    required = said.get("required", [])
    return {
        "name": name,
        "description": prose(said.get("description", "")),
        "options": said.get("enum", []),
        "fields": [
            {
                "name": field,
                "required": field in required,
                "help": prose(row.get("description", "")),
                **_type(row),
            }
            for field, row in said.get("properties", {}).items()
        ],
    }


def _type(said: dict[str, Any]) -> dict[str, Any]:
    """Return what something is in words, and the object that it links to."""
    if "$ref" in said:
        name = said["$ref"].rpartition("/")[2]
        return {"type": name, "object": name, "many": False}
    for choice in ("allOf", "oneOf", "anyOf"):
        for option in said.get(choice, []):
            if "$ref" in option:
                return _type(option)
    if said.get("type") == "array":
        return {**_type(said.get("items", {})), "many": True}
    words = said.get("format") or said.get("type") or ""
    if isinstance(words, list):
        words = " or ".join(words)
    limits = [f"at most {said['maxLength']} characters"] if "maxLength" in said else []
    options = [str(value) for value in said.get("enum", [])]
    return {"type": words, "object": "", "many": False, "limits": limits, "options": options}
