"""Ways to write parameters: each is an argument, or a finding at its place."""

from __future__ import annotations

from typing import Any

import pytest

from codegen.findings import Kind

from .documents import Json, array, document, obj, operation, operation_at, ref, run, string

INTEGER: Json = {"type": "integer"}


def with_parameters(*parameters: Json, path: str = "/things", **more: Any) -> Json:
    return document({path: {"get": operation(ref("Thing"), parameters=[*parameters], **more)}})


def query(name: str, schema: Json | None = None, **more: Any) -> Json:
    return {"name": name, "in": "query", "schema": schema or string(), **more}


SUPPORTED: dict[str, tuple[Json, str, str]] = {
    "`in` in capitals": ({**query("q"), "in": "Query"}, "q", "string"),
    "a header": ({**query("X-Trace"), "in": "header"}, "x_trace", "string"),
    "brackets": (query("search[city]"), "search_city", "string"),
    "a dollar": (query("$filter"), "filter_", "string"),
    "a dot": (query("user.name"), "user_name", "string"),
    "a keyword": (query("from"), "from_", "string"),
    "a digit first": (query("4k"), "f_4k", "string"),
    "self": (query("self"), "self_", "string"),
    "not ASCII": (query("größe"), "größe", "string"),
    "an array": (query("ids", array(string())), "ids", "list[string]"),
    "joined by commas": (query("ids", array(string()), explode=False), "ids", "list[string]"),
    "a type list": (query("q", {"type": ["integer", "null"]}), "q", "integer"),
    "a union of scalars": (
        query("q", {"oneOf": [string(), {"type": "boolean"}]}),
        "q",
        "string | boolean",
    ),
    "Swagger 2's type": ({"name": "q", "in": "query", "type": "integer"}, "q", "integer"),
    "a type of JavaScript": (query("q", {"type": "Number"}), "q", "number"),
    "a reference": (query("q", ref("Id")), "q", "string"),
    "an enum with null": (query("q", {"enum": ["a", None]}), "q", "ThingQ"),
}


@pytest.mark.parametrize(
    ("parameter", "name", "expected"), SUPPORTED.values(), ids=SUPPORTED.keys()
)
def test_a_parameter_is_an_argument(parameter: Json, name: str, expected: str) -> None:
    made = with_parameters(parameter)
    made["components"]["schemas"]["Id"] = string()
    described = run(made)
    (argument,) = operation_at(described, "/things").arguments
    assert (argument.name, argument.wire) == (name, parameter["name"])
    assert str(argument.type) == expected
    assert described.findings.fallbacks == []


FALLBACKS: dict[str, tuple[Json, Kind]] = {
    "deepObject": (query("q", obj({"a": string()}), style="deepObject", explode=True), "text"),
    "pipes": (query("q", array(string()), style="pipeDelimited", explode=False), "text"),
    "spaces": (query("q", array(string()), style="spaceDelimited", explode=False), "text"),
    "an array of objects": (query("q", array(obj({"a": string()}))), "text"),
    "an array in a header": ({**query("X-Q", array(string())), "in": "header"}, "text"),
    "a union with an array": (query("q", {"oneOf": [string(), array(string())]}), "text"),
    "content": (
        {"name": "q", "in": "query", "content": {"application/json": {"schema": obj({})}}},
        "text",
    ),
    "a cookie": ({**query("session"), "in": "cookie"}, "dropped"),
    "no name": ({"in": "query", "schema": string()}, "dropped"),
    "no place": ({"name": "q", "schema": string()}, "dropped"),
    "an unknown place": ({**query("q"), "in": "session"}, "dropped"),
    "a header with spaces": ({**query("a b"), "in": "header"}, "dropped"),
    "a dead reference": ({"$ref": "#/components/parameters/Gone"}, "dropped"),
}


@pytest.mark.parametrize(("parameter", "kind"), FALLBACKS.values(), ids=FALLBACKS.keys())
def test_a_parameter_falls_back_alone(parameter: Json, kind: Kind) -> None:
    described = run(with_parameters(parameter, query("other")))
    (finding,) = described.findings.fallbacks
    assert finding.kind == kind
    assert finding.place.startswith("GET /things → ")
    arguments = operation_at(described, "/things").arguments
    assert [str(a.type) for a in arguments] == ["string"] * (2 if kind == "text" else 1)


PATHS = {
    "two labels in a segment": ("/files/{name}.{ext}", ["name", "ext"]),
    "a verb": ("/files/{name}:copy", ["name"]),
    "in parentheses": ("/files({name})", ["name"]),
    "twice": ("/a/{name}/b/{name}", ["name"]),
    "Express": ("/files/:name", ["name"]),
    "Express with a pattern": (r"/files/:name(\d+)", ["name"]),
    "a space": ("/files/{file name}", ["file_name"]),
    "a keyword": ("/files/{class}", ["class_"]),
    "a number as a segment": ("/files/99/{name}", ["name"]),
}


@pytest.mark.parametrize(("path", "names"), PATHS.values(), ids=PATHS.keys())
def test_every_label_of_a_path_is_an_argument(path: str, names: list[str]) -> None:
    described = run(with_parameters(path=path))
    (found,) = described.api.operations.values()
    assert [a.name for a in found.arguments] == names
    assert all(a.required and a.location == "path" for a in found.arguments)
    assert described.findings.fallbacks == []


def test_names_that_give_one_identifier_are_two_arguments() -> None:
    described = run(with_parameters(query("user-id"), query("userId"), query("user_id")))
    names = {a.wire: a.name for a in operation_at(described, "/things").arguments}
    assert names == {"user_id": "user_id", "user-id": "user_id_2", "userId": "user_id_3"}


def test_one_name_in_three_places_is_three_arguments() -> None:
    parameters = [{**query("id"), "in": place} for place in ("path", "query", "header")]
    found = operation_at(run(with_parameters(*parameters, path="/things/{id}")), "/things/{id}")
    assert len({a.name for a in found.arguments}) == 3
    assert {a.wire for a in found.arguments} == {"id"}


@pytest.mark.parametrize("method", ["get", "delete"])
def test_a_body_of_a_get_is_left_out_and_that_of_a_delete_is_sent(method: str) -> None:
    body = {"content": {"application/json": {"schema": obj({"reason": string()})}}}
    described = run(document({"/things": {method: operation(ref("Thing"), requestBody=body)}}))
    found = operation_at(described, "/things", method)
    assert [a.name for a in found.arguments] == ([] if method == "get" else ["reason"])
    kinds = [f.kind for f in described.findings.fallbacks]
    assert kinds == (["dropped"] if method == "get" else [])
