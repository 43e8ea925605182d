"""What the stock generator loses without a word: here it is carried, or refused by name.

One test for each case, with the smallest document that shows it.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest

from codegen.overlay import Overlay
from codegen.refusal import Refused

from .documents import (
    ID,
    answer,
    array,
    document,
    envelope,
    facts,
    json_response,
    obj,
    operation,
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
    response = made.document["paths"]["/things/{id}"]["get"]["responses"]["200"]
    assert response["content"]["application/json"]["schema"] == ref("Thing")
    assert facts(made, "/things/{id}")["unwrap"] == ["data"]
    assert "Envelope" not in made.document["components"]["schemas"]


def test_two_operations_of_one_id_are_refused() -> None:
    same = operation(ref("Thing"), operationId="getThing")
    with pytest.raises(Refused, match=r"POST /b: operationId 'getThing' is also that of GET /a"):
        run(document({"/a": {"get": same}, "/b": {"post": same}}))


SEARCHES = {
    "/things/search": {"get": operation(ref("Thing"))},
    "/things/{id}/search": {"get": operation(ref("Thing"))},
}


def test_two_operations_of_one_name_are_told_apart() -> None:
    made = run(document(SEARCHES))
    names = {place: entry.name for place, entry in made.names.operations.items()}
    assert names == {
        "GET /things/search": "things.search",
        "GET /things/{id}/search": "things.search_by_id",
    }
    assert made.report.notes() == [
        "GET /things/{id}/search → path parameter id: is not declared; taken as a string",
        "GET /things/{id}/search: is things.search_by_id: search is another operation",
    ]


def test_a_longer_name_leaves_locked_ones_alone() -> None:
    later = {"/things/{id}/search": SEARCHES["/things/{id}/search"]}
    lock = run(document(later)).names
    names = run(document(SEARCHES), lock=lock).names.operations
    assert names["GET /things/{id}/search"].name == "things.search"
    assert names["GET /things/search"].name == "things.get_things_search"


def test_two_operations_that_the_overlay_gives_one_name_are_refused() -> None:
    same = {
        at: {"at": at, "name": "find"} for at in ("GET /things/search", "GET /things/{id}/search")
    }
    with pytest.raises(Refused, match=r"the name things\.find is also that of"):
        run(document(SEARCHES), Overlay(operations=same))


def test_a_swagger_2_parameter_keeps_its_type() -> None:
    made = run(with_parameter(query("n", type="integer", default=5)))
    (parameter,) = made.document["paths"]["/things"]["get"]["parameters"]
    assert parameter["schema"] == {"type": "integer"}
    assert facts(made, "/things")["docs"]["query n"] == "Default: 5."


@pytest.mark.parametrize(
    ("parameter", "reason"),
    [
        (query("q"), "has no schema"),
        (query("q", content={"application/json": {"schema": {}}}), "`content` in a parameter"),
        (query("q", style="deepObject", schema=obj({"a": string()})), "style 'deepObject'"),
        (query("q", schema=obj({"a": string()})), "an object in a parameter"),
        (query("q", style="pipeDelimited", schema=array(string())), "style 'pipeDelimited'"),
        (query("q", schema=array(array(string()))), "an array of arrays"),
        ({"name": "c", "in": "cookie", "schema": string()}, "cookie parameters"),
        ({"name": "h", "in": "header", "schema": array(string())}, "an array in the header"),
        ({"name": "b", "in": "body", "schema": string()}, "Swagger 2 body"),
    ],
)
def test_a_parameter_that_cannot_be_carried_is_refused(
    parameter: dict[str, Any], reason: str
) -> None:
    with pytest.raises(Refused, match="GET /things") as caught:
        run(with_parameter(parameter))
    assert reason in str(caught.value)


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


def test_one_of_beside_properties_is_refused() -> None:
    schema = {**obj({"a": string()}), "oneOf": [obj({"b": string()})]}
    with pytest.raises(Refused, match=r"components\.schemas\.Thing\.x: oneOf or anyOf beside prop"):
        run(thing(schema))


def test_all_of_scalars_stays_a_scalar() -> None:
    made = run(thing({"allOf": [{"type": "string"}, {"maxLength": 5}]}))
    properties = made.document["components"]["schemas"]["Thing"]["properties"]
    assert properties["x"] == {"type": "string"}


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
    owner = made.document["components"]["schemas"]["Thing"]
    assert owner["properties"]["x"] == ref("Other")
    assert owner["x-sdk-nullable"] == ["x"]


def test_enum_values_that_differ_in_symbols_are_all_kept(tmp_path: Path) -> None:
    values = ["a b", "a-b", "a_b", "Active", "active"]
    module = sdk(thing(string(enum=values)), tmp_path)
    assert sorted(module.models.ThingX.__args__) == sorted(values)
    for value in values:
        assert module.models.Thing.from_dict({"id": "1", "x": value}).x == value


def test_json_is_read_although_csv_stands_first() -> None:
    content = {"text/csv": {}, "application/json": {"schema": envelope(ref("Thing"))}}
    paths = {
        "/things": {"get": operation(responses={"200": {"description": "", "content": content}})}
    }
    made = run(document(paths))
    assert facts(made, "/things")["kind"] == "record"
    assert made.report.notes() == [
        "GET /things → responses.200: text/csv is not read, application/json is"
    ]


@pytest.mark.parametrize("name", ["to_dict", "from_dict", "raw", "fromDict"])
def test_a_field_that_would_replace_a_method_is_refused(name: str) -> None:
    with pytest.raises(Refused, match=rf"Thing\.{name}: .* is an attribute of every model"):
        run(document(schemas={"Thing": obj({name: string()})}))


def test_a_field_called_additional_properties_is_kept(tmp_path: Path) -> None:
    made = document(schemas={"Thing": obj({"additional_properties": string()})})
    module = sdk(made, tmp_path)
    thing_ = module.models.Thing.from_dict({"additional_properties": "kept", "other": 1})
    assert thing_.additional_properties == "kept"
    assert thing_.raw["other"] == 1


def test_a_path_item_that_is_a_reference_is_followed() -> None:
    item = {"get": operation(ref("Thing"), parameters=[ID])}
    made = document({"/things/{id}": {"$ref": "#/x-paths/thing"}})
    made["x-paths"] = {"thing": item}
    assert facts(run(made), "/things/{id}")["operation"] == "things.get"


@pytest.mark.parametrize(
    ("security", "own", "auth"),
    [
        ([{"apiKey": []}], None, ["key"]),
        ([{"bearerAuth": []}, {"apiKey": []}], None, ["key", "bearer"]),
        ([{"apiKey": []}], [], []),
        ([{"apiKey": []}], [{"bearerAuth": []}], ["bearer"]),
        ([{"apiKey": []}], [{}, {"apiKey": []}], []),
        (None, None, []),
    ],
)
def test_document_level_security_counts(security: Any, own: Any, auth: list[str]) -> None:
    more = {} if own is None else {"security": own}
    made = document({"/things": {"get": operation(ref("Thing"), **more)}})
    if security is not None:
        made["security"] = security
    assert facts(run(made), "/things")["auth"] == auth


@pytest.mark.parametrize(
    ("security", "reason"),
    [
        ([{"basic": []}], "the scheme basic is not one the SDK knows"),
        ([{"apiKey": [], "bearerAuth": []}], "two credentials at once"),
    ],
)
def test_security_that_cannot_be_carried_is_refused(security: Any, reason: str) -> None:
    made = document({"/things": {"get": operation(ref("Thing"), security=security)}})
    with pytest.raises(Refused, match=reason):
        run(made)


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
    assert module.models.Thing.from_dict({**nulls, "others": [None]}).others == [None]


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
def test_a_union_is_told_apart_by_its_discriminator(
    union: dict[str, Any], schemas: dict[str, Any], tmp_path: Path
) -> None:
    made = thing({"oneOf": [ref("Cash"), ref("Loan")], **union}, **schemas)
    models = sdk(made, tmp_path).models
    assert type(models.Thing.from_dict({"x": {"kind": "loan"}}).x) is models.Loan
    assert type(models.Thing.from_dict({"x": {"kind": "cash"}}).x) is models.Cash
    unknown = {"kind": "barter", "goat": 1}
    assert models.Thing.from_dict({"x": unknown}).x == unknown


def test_a_union_that_nothing_tells_apart_is_refused() -> None:
    with pytest.raises(Refused, match="a union of Cash, Loan that nothing tells apart"):
        run(thing({"oneOf": [ref("Cash"), ref("Loan")]}, **PLAIN))


def test_a_free_form_body_is_one_argument() -> None:
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    made = run(document({"/things": {"post": operation(ref("Thing"), requestBody=body)}}))
    assert made.report.expected["operations"]["things_create"] == ["body"]


def test_a_keyword_as_a_method_or_a_group_can_be_typed(tmp_path: Path) -> None:
    paths = {
        "/things/import": {"post": operation(ref("Thing"))},
        "/class": {"get": operation(array(ref("Thing")), tags=["Class"])},
    }
    names = {entry.name for entry in run(document(paths)).names.operations.values()}
    assert names == {"things.import_", "class_.list"}
    client = sdk(document(paths), tmp_path).AsyncActuallyCare("ab" * 32)
    assert client.things.import_ is not None
    assert client.class_.list is not None


def test_a_field_called_like_a_parameter_has_a_keyword_of_its_own(tmp_path: Path) -> None:
    body = {"content": {"application/json": {"schema": obj({"id": string(), "name": string()})}}}
    item = {"put": operation(ref("Thing"), requestBody=body, parameters=[ID])}
    built = sdk(document({"/things/{id}": item}), tmp_path)
    module = importlib.import_module(f"{built.__name__}.api.things.things_update")
    call = module.build("a", body_id="b", name="c")
    assert call.path == "/things/a"
    assert call.body.value == {"id": "b", "name": "c"}


def test_alternatives_that_only_require_leave_the_properties() -> None:
    either = [{"required": ["a"]}, {"required": ["b"]}]
    made = run(thing(obj({"a": string(), "b": string()}, anyOf=either)))
    assert sorted(made.document["components"]["schemas"]["ThingX"]["properties"]) == ["a", "b"]


def test_an_integer_and_a_number_at_once_are_an_integer() -> None:
    made = run(thing({"allOf": [{"type": "integer"}, {"type": "number"}]}))
    assert made.document["components"]["schemas"]["Thing"]["properties"]["x"]["type"] == "integer"


def test_a_union_that_is_only_sent_needs_no_discriminator() -> None:
    variants = {"A": obj({"n": string()}), "B": obj({"m": string()})}
    value = {"oneOf": [ref("A"), ref("B")]}
    body = {"content": {"application/json": {"schema": obj({"value": value})}}}
    paths = {"/things": {"post": operation(ref("Thing"), requestBody=body)}}
    made = run(document(paths, variants))
    assert {"AInput", "BInput"} <= made.document["components"]["schemas"].keys()


def test_a_refusal_of_something_inline_names_its_place_in_the_document() -> None:
    variants = {"A": obj({"n": string()}), "B": obj({"m": string()})}
    data = obj({"id": string(), "value": {"oneOf": [ref("A"), ref("B")]}})
    with pytest.raises(Refused, match=r"GET /things/\{id\}\.result\.value: a union of A, B"):
        run(document({"/things/{id}": {"get": operation(data, parameters=[ID])}}, variants))


def test_two_classes_of_one_name_are_told_apart_by_their_place() -> None:
    def items(**properties: Any) -> Any:
        return obj({"page": string(), "things": array(obj(properties))})

    paths = {
        "/things/a": {"get": operation(items(id=string()))},
        "/things/b": {"get": operation(items(x=string()))},
    }
    made = run(document(paths))
    assert len(set(made.names.schemas.values())) == len(made.names.schemas)


def test_a_field_may_be_called_as_what_models_are_made_of(tmp_path: Path) -> None:
    names = ("attrs", "cls", "define", "field", "get", "hide", "self", "src", "v")
    fields = {name: string() for name in names} | {"password": string()}
    module = sdk(document(schemas={"Thing": obj({"id": string(), **fields})}), tmp_path)
    payload = {name: name for name in (*names, "id", "password")}
    thing = module.models.Thing.from_dict(payload)
    for name in names:
        assert getattr(thing, name if hasattr(thing, name) else f"{name}_") == name
    assert "password='password'" not in repr(thing)
