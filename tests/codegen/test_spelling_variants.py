"""Documents that say a thing in an unusual way: it is understood, or falls back at its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .documents import (
    ID,
    Json,
    answer,
    array,
    document,
    envelope,
    field_type,
    json_response,
    obj,
    operation,
    operation_at,
    ref,
    run,
    sdk,
    string,
    thing,
)

INTEGER: Json = {"type": "integer"}
BOOLEAN: Json = {"type": "boolean"}
DATE_TIME: Json = string(format="date-time")


def notes(made: Any) -> str:
    return "\n".join(made.findings.lines())


ENUMS: dict[str, tuple[Json, str, list[Any]]] = {
    "numbers as text": ({"type": "integer", "enum": ["1", "2"]}, "ThingX", [1, 2]),
    "texts as numbers": (string(enum=[1, 2]), "ThingX", ["1", "2"]),
    "texts as booleans": (string(enum=[True, "maybe"]), "ThingX", ["maybe", "true"]),
    "booleans as text": ({"type": "boolean", "enum": ["true", "false"]}, "boolean", []),
    "whole decimals": ({"type": "integer", "enum": [1.0, 2.0]}, "ThingX", [1, 2]),
    "doubled": (string(enum=["a", "a"]), "ThingX", ["a"]),
    "a default that is no member": (string(enum=["a"], default="z"), "ThingX", ["a"]),
}


@pytest.mark.parametrize(("schema", "expected", "values"), ENUMS.values(), ids=ENUMS.keys())
def test_members_of_an_enum_have_the_declared_type(
    schema: Json, expected: str, values: list[Any]
) -> None:
    described = run(thing(schema))
    assert field_type(described, "Thing", "x") == expected
    if values:
        assert list(described.api.enums["ThingX"].values) == values
    assert described.findings.fallbacks == []


TYPES: dict[str, tuple[Json, str]] = {
    "nullable items": (array(string(nullable=True)), "list[string | null]"),
    "nullable references": (array({"allOf": [ref("P")], "nullable": True}), "list[P | null]"),
    "nullable dates in a map": (
        {"type": "object", "additionalProperties": {**DATE_TIME, "nullable": True}},
        "dict[str, date-time | null]",
    ),
    "a union with null in a list": (
        array({"oneOf": [INTEGER, BOOLEAN, {"type": "null"}]}),
        "list[integer | boolean | null]",
    ),
    "Swagger 2's reference": ({"$ref": "#/definitions/P"}, "P"),
    "Swagger 1's reference": ({"$ref": "P"}, "P"),
    "a reference without components": ({"$ref": "#/schemas/P"}, "P"),
    "an anchor": ({"$ref": "#pet"}, "P"),
    "a dynamic anchor": ({"$dynamicRef": "#pet"}, "P"),
    "definitions of its own": (
        {"$defs": {"In": INTEGER}, "type": "object", "properties": {"a": {"$ref": "#/$defs/In"}}},
        "ThingX",
    ),
    "a tuple of one type": ({"type": "array", "prefixItems": [INTEGER, INTEGER]}, "list[integer]"),
    "TypeBox's record": ({"patternProperties": {"^(.*)$": DATE_TIME}}, "dict[str, date-time]"),
    "allOf with null": ({"allOf": [ref("P"), {"type": "null"}]}, "P"),
    "a discriminator as text": (
        {"oneOf": [ref("P"), ref("Q")], "discriminator": "kind"},
        "P | Q",
    ),
}


@pytest.mark.parametrize(("schema", "expected"), TYPES.values(), ids=TYPES.keys())
def test_a_schema_in_another_spelling_is_a_type(schema: Json, expected: str) -> None:
    made = thing(schema)
    pet = {**obj({"kind": string()}), "$anchor": "pet"}
    made["components"]["schemas"] |= {"P": pet, "Q": obj({"kind": string()})}
    described = run(made)
    assert field_type(described, "Thing", "x") == expected
    assert described.findings.fallbacks == []


NOTHING: list[Json] = [
    {"allOf": "Thing"}, {"oneOf": None}, {"anyOf": []}, {"type": None}, {"type": ""}, {"type": []},
    {"$dynamicRef": "#gone"}, {"$ref": "Gone"}, {"$ref": "#/definitions/Gone"},
]  # fmt: skip


@pytest.mark.parametrize("schema", NOTHING, ids=map(str, NOTHING))
def test_a_schema_that_is_not_understood_is_reported(schema: Json) -> None:
    described = run(thing(schema))
    assert field_type(described, "Thing", "x") == "any"
    assert [f.place for f in described.findings.fallbacks] == ["components.schemas.Thing.x"]


def test_members_of_all_of_that_disagree_cost_one_property() -> None:
    both = {"allOf": [obj({"a": string(), "b": INTEGER}), obj({"a": INTEGER})]}
    described = run(thing(both))
    assert field_type(described, "ThingX", "a") == "any"
    assert field_type(described, "ThingX", "b") == "integer"
    assert [f.place for f in described.findings.fallbacks] == ["components.schemas.Thing.x.a"]


@pytest.mark.parametrize("beside", [{"required": ["id"]}, {"properties": {"depth": INTEGER}}])
def test_a_schema_that_extends_itself_has_few_classes(beside: Json) -> None:
    described = run(thing({"allOf": [ref("Thing"), {"type": "object", **beside}]}))
    assert sorted(described.api.models) == ["Thing", "ThingX"]
    assert field_type(described, "ThingX", "x") == "Thing"
    assert "within itself" in notes(described)


FAILURE: dict[str, Json] = {
    "success is false": obj({"success": {"enum": [False]}, "data": string()}),
    "an error without data": obj({"success": BOOLEAN, "error": obj({"message": string()})}),
}


@pytest.mark.asyncio
@pytest.mark.parametrize("union", ["oneOf", "anyOf"])
@pytest.mark.parametrize("failure", FAILURE.values(), ids=FAILURE.keys())
async def test_a_union_of_success_and_failure_gives_the_data(
    failure: Json, union: str, tmp_path: Path
) -> None:
    success = json_response({union: [envelope(ref("Thing")), failure]})
    made = document({"/t": {"get": operation(parameters=[], responses={"200": success})}})
    assert run(made).findings.fallbacks == []
    module = sdk(made, tmp_path)
    transport = answer(module, {"success": True, "data": {"id": "7"}})
    client = module.AsyncActuallyCare(api_key="ab" * 32, transport=transport)
    assert (await client.things.list()).id == "7"


@pytest.mark.asyncio
async def test_nulls_in_lists_and_maps_are_given_as_none(tmp_path: Path) -> None:
    dates = {"type": "object", "additionalProperties": {**DATE_TIME, "nullable": True}}
    made = thing(array({"allOf": [ref("P")], "nullable": True}))
    made["components"]["schemas"]["P"] = obj({"dates": dates})
    module = sdk(made, tmp_path)
    data = {"id": "1", "x": [None, {"dates": {"a": None, "b": "2026-01-02T03:04:05Z"}}]}
    transport = answer(module, {"success": True, "data": data})
    client = module.AsyncActuallyCare(api_key="ab" * 32, transport=transport)
    first, second = (await client.things.get("1")).x
    assert first is None
    assert second.dates["a"] is None
    assert second.dates["b"].year == 2026


@pytest.mark.parametrize("total", ["total", "count", "totalRecords"])
def test_a_total_beside_the_items_is_a_page_where_pages_are_requested(total: str) -> None:
    data = envelope(obj({"rows": array(ref("Thing")), total: INTEGER}))
    page = {"name": "page", "in": "query", "schema": INTEGER}
    for parameters, pager in (([page], True), ([], False)):
        given = operation(parameters=parameters, responses={"200": json_response(data)})
        found = operation_at(run(document({"/things": {"get": given}})), "/things")
        assert found.gives_pager is pager


SERVERS: dict[str, tuple[Any, str]] = {
    "a variable without a value": ({"url": "https://{env}.actuallycare.com"}, ""),
    "a variable with an enum only": (
        {"url": "https://{v}.actuallycare.com/v2", "variables": {"v": {"enum": ["api"]}}},
        "https://api.actuallycare.com/v2",
    ),
    "an impossible port": ({"url": "https://api.actuallycare.com:abc/v2"}, ""),
    "spaces around it": (
        {"url": " https://api.actuallycare.com/v2 "},
        "https://api.actuallycare.com/v2",
    ),
    "an empty label": ({"url": "https://.actuallycare.com"}, ""),
    "a text": ("https://api.actuallycare.com/v2", ""),
    "a template of JavaScript": ({"url": "${API_URL}/v2"}, ""),
}


@pytest.mark.parametrize(("server", "url"), SERVERS.values(), ids=SERVERS.keys())
def test_only_a_url_that_can_be_called_is_the_base(server: Any, url: str) -> None:
    described = run(document(servers=[server]))
    assert described.api.base_url.unescaped == (url or "https://api.actuallycare.com/v1")
    assert ("servers" in notes(described)) is not bool(url)


def test_methods_in_capitals_and_beside_a_reference_are_methods() -> None:
    item = {"$ref": "#/components/pathItems/A", "POST": operation(ref("Thing"))}
    shared = {"pathItems": {"A": {"Get": operation(ref("Thing"))}}}
    odd = {"get": operation(ref("Thing")), "fetch": operation(ref("Thing"))}
    described = run(document({"/a": item, "/b": odd, "x-paths": {"get": 1}}, components=shared))
    places = sorted(str(o.place.unescaped) for o in described.api.operations.values())
    assert places == ["GET /a", "GET /b", "POST /a"]
    assert [f.place for f in described.findings.fallbacks] == ["/b: fetch"]


BODIES: dict[str, tuple[Json, tuple[str, str], list[str]]] = {
    "no content": ({"required": True}, ("json", "application/json"), ["any"]),
    "any media type": (
        {"content": {"*/*": {"schema": obj({"a": string()})}}},
        ("json", "application/json"),
        [],
    ),
    "any image": (
        {"content": {"image/*": {"schema": string(format="binary")}}},
        ("raw", "application/octet-stream"),
        [],
    ),
}


@pytest.mark.parametrize(("body", "sent", "fallbacks"), BODIES.values(), ids=BODIES.keys())
def test_a_body_is_sent_as_a_media_type(
    body: Json, sent: tuple[str, str], fallbacks: list[str]
) -> None:
    described = run(document({"/a": {"post": operation(ref("Thing"), requestBody=body)}}))
    found = operation_at(described, "/a", "post").body
    assert found is not None
    assert (found.kind, found.content_type.unescaped) == sent
    assert [f.kind for f in described.findings.fallbacks] == fallbacks


def test_texts_do_not_make_two_responses_differ() -> None:
    made = {**envelope(ref("Thing")), "description": "Created", "examples": [1], "x-a": 1}
    codes = {"200": json_response(envelope(ref("Thing"))), "201": json_response(made)}
    given = operation(parameters=[ID], responses=codes)
    described = run(document({"/things/{id}": {"put": given}}))
    assert str(operation_at(described, "/things/{id}", "put").result) == "Thing"
    assert described.findings.fallbacks == []


def test_a_default_response_of_errors_is_no_success() -> None:
    error = {**json_response(ref("Thing")), "description": "Unexpected error"}
    described = run(document({"/things": {"get": operation(responses={"default": error})}}))
    assert operation_at(described, "/things").kind == "any"
    assert [f.kind for f in described.findings.fallbacks] == ["any"]


SCHEMES: dict[str, tuple[Json, tuple[str, ...]]] = {
    "a token as a header": (
        {"type": "apiKey", "in": "header", "name": "Authorization"},
        ("bearer",),
    ),
    "capitals": ({"type": "APIKey", "in": "Header", "name": "X-API-Key"}, ("key",)),
    "a reference": ({"$ref": "#/components/securitySchemes/other"}, ("key",)),
}


@pytest.mark.parametrize(("scheme", "expected"), SCHEMES.values(), ids=SCHEMES.keys())
def test_a_security_scheme_in_another_spelling(scheme: Json, expected: tuple[str, ...]) -> None:
    other = {"type": "apiKey", "in": "header", "name": "X-API-Key"}
    schemas = {"Thing": obj({"id": string()})}
    components = {"schemas": schemas, "securitySchemes": {"s": scheme, "other": other}}
    given = operation(ref("Thing"), security=[{"s": []}])
    described = run(document({"/things": {"get": given}}, components=components))
    assert operation_at(described, "/things").auth == expected
    assert described.findings.fallbacks == []


def test_parameters_that_are_given_twice_or_required_by_text() -> None:
    both = [{"name": "a", "in": "query", "required": "true", "schema": s} for s in (string(), {})]
    described = run(document({"/things": {"get": operation(ref("Thing"), parameters=both)}}))
    (argument,) = operation_at(described, "/things").arguments
    assert argument.required
    assert "more than once" in notes(described)


def test_a_wildcard_in_a_path_is_reported() -> None:
    made = document({"/files/*": {"get": operation(ref("Thing"))}, "/a": {"get": operation()}})
    described = run(made)
    assert [f.place for f in described.findings.fallbacks if f.kind == "omitted"] == ["/files/*"]


FOREIGN: list[Json] = [
    {"type": "array", "properties": {"a": INTEGER}},
    {"type": "object", "items": INTEGER},
]


@pytest.mark.parametrize("schema", FOREIGN, ids=map(str, FOREIGN))
def test_a_keyword_of_another_type_is_reported(schema: Json) -> None:
    assert "does not go with type" in notes(run(thing(schema)))


def test_a_reference_to_nothing_is_not_taken_for_a_schema() -> None:
    assert field_type(run(thing({"$ref": ""})), "Thing", "x") == "any"


def test_parameters_that_cannot_be_read_are_not_the_same_one() -> None:
    lost = [{"$ref": "#/components/parameters/A"}, {"$ref": "#/components/parameters/B"}]
    made = run(document({"/things": {"get": operation(obj({"a": INTEGER}), parameters=lost)}}))
    assert "more than once" not in notes(made)
