"""What the stock generator loses without a word: here it is supported, or a finding by place.

One test for each case, with the smallest document that shows it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from codegen.api import Type
from codegen.runtime import MODEL_ATTRIBUTES
from codegen.source.overlay import Overlay

from .documents import (
    ID,
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

BASE = {"Envelope": obj({"success": {"type": "boolean"}, "data": {"type": "object"}})}


def query(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", **more}


def with_parameter(parameter: dict[str, Any]) -> dict[str, Any]:
    return document({"/things": {"get": operation(ref("Thing"), parameters=[parameter])}})


@pytest.mark.parametrize("order", [1, -1], ids=["base first", "base last"])
def test_an_all_of_envelope_keeps_its_narrowed_payload(order: int) -> None:
    schema = {"allOf": [ref("Envelope"), obj({"data": ref("Thing")})][::order]}
    paths = {"/things/{id}": {"get": operation(responses={"200": json_response(schema)})}}
    made = run(document(paths, BASE))
    found = operation_at(made, "/things/{id}")
    assert found.result == Type("model", "Thing")
    assert found.unwrap == ("data",)
    assert "Envelope" not in made.api.models


def test_two_operations_of_one_id_are_both_there() -> None:
    same = operation(ref("Thing"), operationId="getThing")
    made = run(document({"/a": {"get": same}, "/b": {"post": same}}))
    assert {o.place for o in made.api.operations.values()} == {"GET /a", "POST /b"}


SEARCHES = {
    "/things/search": {"get": operation(ref("Thing"))},
    "/things/{id}/search": {"get": operation(ref("Thing"))},
}


def test_two_operations_of_one_name_are_distinguished() -> None:
    made = run(document(SEARCHES))
    names = {place: entry.name for place, entry in made.lock.operations.items()}
    assert names == {
        "GET /things/search": "things.search",
        "GET /things/{id}/search": "things.search_by_id",
    }
    assert made.findings.lines() == [
        "GET /things/{id}/search: is things.search_by_id: search is another operation",
        "GET /things/{id}/search → path parameter id: is not declared; taken as a string",
    ]


def test_a_longer_name_leaves_locked_ones_alone() -> None:
    later = {"/things/{id}/search": SEARCHES["/things/{id}/search"]}
    lock = run(document(later)).lock
    names = run(document(SEARCHES), lock=lock).lock.operations
    assert names["GET /things/{id}/search"].name == "things.search"
    assert names["GET /things/search"].name == "things.get_things_search"


def test_two_operations_that_the_overlay_gives_one_name_are_reported() -> None:
    same = {
        at: {"at": at, "name": "find"} for at in ("GET /things/search", "GET /things/{id}/search")
    }
    made = run(document(SEARCHES), Overlay(operations=same))
    assert len(made.api.operations) == 2
    (stale,) = [f for f in made.findings.all if f.kind == "stale"]
    assert "things.find cannot be used" in str(stale)


def test_a_swagger_2_parameter_keeps_its_type() -> None:
    made = run(with_parameter(query("n", type="integer", default=5)))
    (argument,) = operation_at(made, "/things").arguments
    assert argument.type == Type("integer")
    assert argument.doc == "Default: 5."


@pytest.mark.parametrize(
    ("parameter", "reason"),
    [
        (query("q", content={"application/json": {"schema": {}}}), "`content` in a parameter"),
        (query("q", style="deepObject", schema=obj({"a": string()})), "style 'deepObject'"),
        (query("q", schema=obj({"a": string()})), "an object in a parameter"),
        (query("q", style="pipeDelimited", schema=array(string())), "style 'pipeDelimited'"),
        (query("q", schema=array(array(string()))), "an array of arrays"),
        ({"name": "h", "in": "header", "schema": array(string())}, "an array in the header"),
    ],
)
def test_a_parameter_that_cannot_be_encoded_is_a_text(
    parameter: dict[str, Any], reason: str
) -> None:
    made = run(with_parameter(parameter))
    (argument,) = operation_at(made, "/things").arguments
    assert argument.type == Type("string")
    (finding,) = made.findings.fallbacks
    assert finding.kind == "text"
    assert finding.place.startswith("GET /things")
    assert reason in finding.reason


def test_a_parameter_without_schema_is_a_text_with_a_note() -> None:
    made = run(with_parameter(query("q")))
    assert operation_at(made, "/things").arguments[0].type == Type("string")
    assert "has no schema" in made.findings.lines()[0]


def test_a_cookie_parameter_is_left_out() -> None:
    made = run(with_parameter({"name": "c", "in": "cookie", "schema": string()}))
    assert operation_at(made, "/things").arguments == ()
    (finding,) = made.findings.fallbacks
    assert (finding.kind, finding.place) == ("dropped", "GET /things → cookie parameter c")


def test_a_swagger_2_body_is_a_body() -> None:
    made = run(with_parameter({"name": "b", "in": "body", "schema": obj({"n": string()})}))
    assert [(a.name, a.location) for a in operation_at(made, "/things").arguments] == []
    post = {"/things": {"post": operation(ref("Thing"), parameters=[
        {"name": "b", "in": "body", "schema": obj({"n": string()})}
    ])}}  # fmt: skip
    (argument,) = operation_at(run(document(post)), "/things", "post").arguments
    assert (argument.name, argument.location) == ("n", "body")


def test_swagger_2_form_fields_are_a_form() -> None:
    fields = [
        {"name": "photo", "in": "formData", "type": "file", "required": True},
        {"name": "caption", "in": "formData", "type": "string"},
    ]
    post = {"/things": {"post": operation(ref("Thing"), parameters=fields)}}
    found = operation_at(run(document(post)), "/things", "post")
    assert found.body is not None
    assert found.body.kind == "multipart"
    assert [(a.name, str(a.type)) for a in found.arguments] == [
        ("photo", "binary"),
        ("caption", "string"),
    ]


@pytest.mark.asyncio
async def test_arrays_in_queries_are_written_as_the_document_says(tmp_path: Path) -> None:
    parameters = [
        query("many", schema=array(string())),
        query("joined", schema=array(string()), explode=False),
    ]
    paths = {"/things": {"get": operation(ref("Thing"), parameters=parameters)}}
    module = sdk(document(paths), tmp_path)
    transport = answer(module, {"success": True, "data": {"id": "1"}})
    client = module.AsyncActuallyCare(transport=transport, base_url="https://x.example.com")
    await client.things.list(many=["a", "b"], joined=["c", "d"])
    url = transport.requests[0].url
    assert url == "https://x.example.com/things?joined=c%2Cd&many=a&many=b"


def test_one_of_beside_properties_is_any() -> None:
    schema = {**obj({"a": string()}), "oneOf": [obj({"b": string()})]}
    made = run(thing(schema))
    assert field_type(made, "Thing", "x") == "any"
    (finding,) = made.findings.fallbacks
    assert finding.place == "components.schemas.Thing.x"
    assert "oneOf or anyOf beside prop" in finding.reason


def test_all_of_scalars_stays_a_scalar() -> None:
    made = run(thing({"allOf": [{"type": "string"}, {"maxLength": 5}]}))
    assert field_type(made, "Thing", "x") == "string"


@pytest.mark.parametrize(
    "schema",
    [
        ref("Other", nullable=True),
        {"allOf": [ref("Other")], "nullable": True},
        {"oneOf": [ref("Other"), {"type": "null"}]},
        {"anyOf": [{"type": "null"}, ref("Other")]},
    ],
    ids=["sibling", "allOf", "oneOf null", "anyOf null"],
)
def test_a_nullable_reference_stays_nullable(schema: dict[str, Any]) -> None:
    made = run(thing(schema, Other=obj({"a": string()})))
    (field,) = [f for f in made.api.models["Thing"].fields if f.name == "x"]
    assert field.type == Type("model", "Other")
    assert field.nullable


def test_enum_values_that_differ_in_symbols_are_all_kept(tmp_path: Path) -> None:
    values = ["a b", "a-b", "a_b", "Active", "active"]
    module = sdk(thing(string(enum=values)), tmp_path)
    assert sorted(module.models.ThingX.__args__) == sorted(values)
    for value in values:
        assert module.models.Thing.from_dict({"id": "1", "x": value}).x == value


def test_json_is_read_although_csv_comes_first() -> None:
    content = {"text/csv": {}, "application/json": {"schema": envelope(ref("Thing"))}}
    paths = {
        "/things": {"get": operation(responses={"200": {"description": "", "content": content}})}
    }
    made = run(document(paths))
    assert operation_at(made, "/things").kind == "record"
    assert made.findings.lines() == [
        "GET /things → responses.200: text/csv is not read, application/json is"
    ]


@pytest.mark.parametrize("name", ["to_dict", "from_dict", "to_json", "fromDict"])
def test_a_field_that_would_replace_a_method_has_another_name(name: str) -> None:
    made = run(document(schemas={"Thing": obj({name: string()})}))
    (field,) = made.api.models["Thing"].fields
    assert field.wire == name
    assert field.name not in MODEL_ATTRIBUTES
    assert f"Thing.{name}: is called {field.name}" in made.findings.lines()[0]


def test_a_field_called_additional_properties_is_kept(tmp_path: Path) -> None:
    made = document(schemas={"Thing": obj({"additional_properties": string()})})
    module = sdk(made, tmp_path)
    thing_ = module.models.Thing.from_dict({"additional_properties": "kept", "other": 1})
    assert thing_.additional_properties_ == "kept"
    assert thing_.additional_properties == {"other": 1}


def test_a_path_item_that_is_a_reference_is_followed() -> None:
    item = {"get": operation(ref("Thing"), parameters=[ID])}
    made = document({"/things/{id}": {"$ref": "#/x-paths/thing"}})
    made["x-paths"] = {"thing": item}
    assert operation_at(run(made), "/things/{id}").name == "things.get"


def test_a_null_where_a_value_is_promised_is_kept(tmp_path: Path) -> None:
    schema = obj(
        {
            "id": string(),
            "when": string(format="date-time"),
            "other": ref("Other"),
            "others": array(ref("Other")),
        },
        required=["id", "when", "other", "others"],
    )
    module = sdk(document(schemas={"Thing": schema, "Other": obj({"a": string()})}), tmp_path)
    nulls = {"id": None, "when": None, "other": None, "others": None}
    thing_ = module.models.Thing.from_dict(nulls)
    assert (thing_.id, thing_.when, thing_.other, thing_.others) == (None, None, None, None)
    # An attribute `id` is never None by its type, so a null is kept as a value of another type is.
    assert thing_.additional_properties == {"id": None}
    # A list of records that contains a null is not one; it is kept as it came.
    odd = module.models.Thing.from_dict({**nulls, "others": [None]})
    assert (odd.others, odd.additional_properties) == (None, {"id": None, "others": [None]})


CASH = obj({"kind": string(enum=["cash"]), "amount": {"type": "integer"}})
LOAN = obj({"kind": string(enum=["loan"]), "bank": string()})
PLAIN = {"Cash": obj({"kind": string(), "amount": string()}), "Loan": obj({"kind": string()})}


@pytest.mark.parametrize(
    ("union", "schemas"),
    [
        (
            {
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"cash": "#/components/schemas/Cash", "loan": "Loan"},
                }
            },
            PLAIN,
        ),
        ({}, {"Cash": CASH, "Loan": LOAN}),
    ],
    ids=["declared", "single-valued members"],
)
def test_a_union_is_distinguished_by_its_discriminator(
    union: dict[str, Any], schemas: dict[str, Any], tmp_path: Path
) -> None:
    made = thing({"oneOf": [ref("Cash"), ref("Loan")], **union}, **schemas)
    models = sdk(made, tmp_path).models
    assert type(models.Thing.from_dict({"x": {"kind": "loan"}}).x) is models.Loan
    assert type(models.Thing.from_dict({"x": {"kind": "cash"}}).x) is models.Cash
    unknown = {"kind": "barter", "goat": 1}
    assert models.Thing.from_dict({"x": unknown}).x == unknown


def test_a_union_that_nothing_distinguishes_is_any() -> None:
    made = run(thing({"oneOf": [ref("Cash"), ref("Loan")]}, **PLAIN))
    assert field_type(made, "Thing", "x") == "any"
    (finding,) = made.findings.fallbacks
    assert "a union of Cash, Loan that nothing distinguishes" in finding.reason


def test_a_free_form_body_is_one_argument() -> None:
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    made = run(document({"/things": {"post": operation(ref("Thing"), requestBody=body)}}))
    assert [a.name for a in made.api.operations["things.create"].arguments] == ["body"]


def test_a_keyword_as_a_method_or_a_group_can_be_typed(tmp_path: Path) -> None:
    paths = {
        "/things/import": {"post": operation(ref("Thing"))},
        "/class": {"get": operation(array(ref("Thing")), tags=["Class"])},
    }
    names = {entry.name for entry in run(document(paths)).lock.operations.values()}
    assert names == {"things.import_", "class_.list"}
    client = sdk(document(paths), tmp_path).AsyncActuallyCare("ab" * 32)
    assert client.things.import_ is not None
    assert client.class_.list is not None


@pytest.mark.asyncio
async def test_a_field_called_like_a_parameter_has_a_keyword_of_its_own(tmp_path: Path) -> None:
    body = {"content": {"application/json": {"schema": obj({"id": string(), "name": string()})}}}
    item = {"put": operation(ref("Thing"), requestBody=body, parameters=[ID])}
    built = sdk(document({"/things/{id}": item}), tmp_path)
    transport = answer(built, {"success": True, "data": {"id": "1"}})
    client = built.AsyncActuallyCare("ab" * 32, transport=transport)
    await client.things.update("a", body_id="b", name="c")
    (request,) = transport.requests
    assert request.url.endswith("/things/a")
    assert json.loads(request.content) == {"id": "b", "name": "c"}


def test_alternatives_that_only_require_leave_the_properties() -> None:
    either = [{"required": ["a"]}, {"required": ["b"]}]
    made = run(thing(obj({"a": string(), "b": string()}, anyOf=either)))
    assert [f.name for f in made.api.models["ThingX"].fields] == ["a", "b"]


def test_an_integer_and_a_number_at_once_are_an_integer() -> None:
    made = run(thing({"allOf": [{"type": "integer"}, {"type": "number"}]}))
    assert field_type(made, "Thing", "x") == "integer"


def test_a_union_that_is_only_sent_needs_no_discriminator() -> None:
    variants = {"A": obj({"n": string()}), "B": obj({"m": string()})}
    value = {"oneOf": [ref("A"), ref("B")]}
    body = {"content": {"application/json": {"schema": obj({"value": value})}}}
    paths = {"/things": {"post": operation(ref("Thing"), requestBody=body)}}
    made = run(document(paths, variants))
    assert {"AInput", "BInput"} <= made.api.models.keys()


def test_a_finding_about_something_inline_names_its_place() -> None:
    variants = {"A": obj({"n": string()}), "B": obj({"m": string()})}
    data = obj({"id": string(), "value": {"oneOf": [ref("A"), ref("B")]}})
    made = run(document({"/things/{id}": {"get": operation(data, parameters=[ID])}}, variants))
    (finding,) = made.findings.fallbacks
    assert finding.place == "GET /things/{id}.result.value"
    assert "a union of A, B" in finding.reason


def test_two_classes_of_one_name_are_distinguished_by_their_place() -> None:
    def items(**properties: Any) -> Any:
        return obj({"page": string(), "things": array(obj(properties))})

    paths = {
        "/things/a": {"get": operation(items(id=string()))},
        "/things/b": {"get": operation(items(x=string()))},
    }
    made = run(document(paths))
    assert len(set(made.lock.schemas.values())) == len(made.lock.schemas)


def test_a_field_may_be_called_as_what_models_are_made_of(tmp_path: Path) -> None:
    names = ("attrs", "cls", "define", "field", "get", "hide", "self", "src", "v")
    fields = {name: string() for name in names} | {"password": string()}
    module = sdk(document(schemas={"Thing": obj({"id": string(), **fields})}), tmp_path)
    payload = {name: name for name in (*names, "id", "password")}
    thing = module.models.Thing.from_dict(payload)
    for name in names:
        assert getattr(thing, name if hasattr(thing, name) else f"{name}_") == name
    assert "password='password'" not in repr(thing)
