"""Ways to describe what an operation answers and takes: nothing is None that may be something."""

from __future__ import annotations

from typing import Any

import pytest

from .documents import (
    ID,
    Json,
    array,
    document,
    envelope,
    json_response,
    obj,
    operation,
    operation_at,
    ref,
    run,
    string,
)

SENTENCE: Json = {"description": "It worked."}
THING = json_response(envelope(ref("Thing")))


def media(name: str, schema: Any = None) -> Json:
    return {"description": "", "content": {name: {} if schema is None else {"schema": schema}}}


RESPONSES: dict[str, tuple[Json, tuple[str, str, bool, int]]] = {
    # (kind, type, whether it may be empty, number of fallbacks)
    "a sentence": ({"200": SENTENCE}, ("any", "any", False, 1)),
    "a number as status": ({200: THING}, ("record", "Thing", False, 0)),
    "a range": ({"2XX": THING}, ("record", "Thing", False, 0)),
    "a range in lower case": ({"2xx": THING}, ("record", "Thing", False, 0)),
    "only default": ({"default": THING}, ("record", "Thing", False, 0)),
    "only errors": ({"400": SENTENCE}, ("any", "any", False, 1)),
    "a redirect": ({"302": SENTENCE}, ("any", "any", False, 1)),
    "none at all": ({}, ("any", "any", False, 1)),
    "204": ({"204": SENTENCE}, ("none", "any", False, 0)),
    "204 beside 200": ({"200": THING, "204": SENTENCE}, ("record", "Thing", True, 0)),
    "204 beside a sentence": ({"200": SENTENCE, "204": SENTENCE}, ("any", "any", True, 1)),
    "a sentence beside a schema": ({"200": THING, "202": SENTENCE}, ("record", "Thing", False, 0)),
    "two that are alike": ({"200": THING, "201": THING}, ("record", "Thing", False, 0)),
    "two that differ": (
        {"200": THING, "201": json_response(envelope(array(ref("Thing"))))},
        ("any", "any", False, 1),
    ),
    "JSON and text": (
        {"200": THING, "202": media("text/plain", string())},
        ("any", "any", False, 1),
    ),
    "a dead reference": ({"200": {"$ref": "#/components/responses/X"}}, ("any", "any", False, 1)),
    "content without a schema": ({"200": media("application/json")}, ("any", "any", False, 1)),
    "an empty schema": ({"200": media("application/json", {})}, ("any", "any", False, 1)),
    "only an example": (
        {"200": {"description": "", "content": {"application/json": {"example": {"a": 1}}}}},
        ("any", "any", False, 1),
    ),
    "an object without properties": (
        {"200": media("application/json", {"type": "object"})},
        ("any", "any", False, 1),
    ),
    "Swagger 2's schema": (
        {"200": {"schema": envelope(ref("Thing"))}},
        ("record", "Thing", False, 0),
    ),
    "charset": (
        {"200": media("application/json; charset=utf-8", envelope(ref("Thing")))},
        ("record", "Thing", False, 0),
    ),
    "any media type": (
        {"200": media("*/*", envelope(ref("Thing")))},
        ("record", "Thing", False, 0),
    ),
    "a suffix": (
        {"200": media("application/hal+json", envelope(ref("Thing")))},
        ("record", "Thing", False, 0),
    ),
    "text": ({"200": media("text/html", string())}, ("text", "any", False, 0)),
    "an image": ({"200": media("image/png", string(format="binary"))}, ("bytes", "any", False, 0)),
    "no envelope": ({"200": json_response(ref("Thing"))}, ("record", "Thing", False, 0)),
    "a bare text": ({"200": json_response(string())}, ("record", "string", False, 0)),
    "a bare number": (
        {"200": json_response(envelope({"type": "number"}))},
        ("record", "number", False, 0),
    ),
    "an envelope with a count": (
        {"200": json_response(obj({"success": {}, "count": {}, "data": ref("Thing")}))},
        ("record", "Thing", False, 0),
    ),
    "data that may be anything": ({"200": json_response(envelope({}))}, ("any", "any", False, 1)),
    "data of any keys": (
        {"200": json_response(envelope({"type": "object"}))},
        ("record", "dict[str, any]", False, 0),
    ),
}


@pytest.mark.parametrize(("responses", "expected"), RESPONSES.values(), ids=RESPONSES.keys())
def test_a_response_gives_what_the_server_may_send(
    responses: Json, expected: tuple[str, str, bool, int]
) -> None:
    node = operation(parameters=[ID], responses=responses)
    made = run(document({"/things/{id}": {"post": node}}))
    found = operation_at(made, "/things/{id}", "post")
    fallbacks = len(made.findings.fallbacks)
    assert (found.kind, str(found.result), found.may_be_empty, fallbacks) == expected


FIELDS = obj({"name": string(), "file": string(format="binary")}, required=["name"])
BODIES: dict[str, tuple[Any, tuple[str, list[str], int]]] = {
    # (kind, arguments, number of fallbacks)
    "JSON": (media("application/json", obj({"a": string()})), ("json", ["a"], 0)),
    "charset": (media("application/json;charset=UTF-8", obj({"a": string()})), ("json", ["a"], 0)),
    "a suffix": (media("application/vnd.api+json", obj({"a": string()})), ("json", ["a"], 0)),
    "an array": (media("application/json", array(ref("Thing"))), ("json", ["body"], 0)),
    "a union": (
        media("application/json", {"oneOf": [ref("Thing"), obj({"b": string()})]}),
        ("json", ["body"], 0),
    ),
    "a text": (media("application/json", string()), ("json", ["body"], 0)),
    "a map": (
        media("application/json", {"type": "object", "additionalProperties": string()}),
        ("json", ["body"], 0),
    ),
    "no schema": (media("application/json"), ("json", ["body"], 1)),
    "a form": (
        media("application/x-www-form-urlencoded", obj({"a": string()})),
        ("form", ["a"], 0),
    ),
    "multipart": (media("multipart/form-data", FIELDS), ("multipart", ["name", "file"], 0)),
    "bytes": (media("application/octet-stream", string(format="binary")), ("raw", ["body"], 0)),
    "an image": (media("image/*", string(format="binary")), ("raw", ["body"], 0)),
    "text": (media("text/plain", string()), ("raw", ["body"], 0)),
    "a form beside JSON": (
        {
            "content": {
                "application/x-www-form-urlencoded": {"schema": obj({"a": string()})},
                "application/json": {"schema": obj({"a": string()})},
            }
        },
        ("json", ["a"], 0),
    ),
    "a dead reference": ({"$ref": "#/components/requestBodies/Gone"}, ("json", ["body"], 1)),
    "a dead schema": (media("application/json", ref("Gone")), ("json", ["body"], 1)),
    "only a schema": ({"schema": obj({"a": string()})}, ("json", ["a"], 0)),
    "nothing": ({}, ("", [], 0)),
    "null": (None, ("", [], 0)),
    "no content": ({"content": {}}, ("", [], 1)),
    "a description": ({"description": "The thing."}, ("", [], 1)),
}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES.keys())
def test_a_body_is_sent_as_documented(body: Any, expected: tuple[str, list[str], int]) -> None:
    made = run(document({"/things": {"post": operation(ref("Thing"), requestBody=body)}}))
    found = operation_at(made, "/things", "post")
    kind = found.body.kind if found.body else ""
    names = [a.name for a in found.arguments]
    assert (kind, names, len(made.findings.fallbacks)) == expected


SERVERS: dict[str, tuple[Any, str]] = {
    "none": (None, "https://api.actuallycare.com/v1"),
    "local": ([{"url": "http://localhost:3000/api/v1"}], "https://api.actuallycare.com/v1"),
    "relative": ([{"url": "/api/v2"}], "https://api.actuallycare.com/api/v2"),
    "a template": (
        [{"url": "https://{host}/v2", "variables": {"host": {"default": "eu.actuallycare.com"}}}],
        "https://eu.actuallycare.com/v2",
    ),
    "another host": ([{"url": "https://evil.example/v1"}], "https://api.actuallycare.com/v1"),
    "the second": (
        [{"url": "http://127.0.0.1"}, {"url": "https://api.actuallycare.com/v3/"}],
        "https://api.actuallycare.com/v3",
    ),
    "the second, after an IPv6 address": (
        [{"url": "http://[::1]:3000/v1"}, {"url": "https://api.actuallycare.com/v3"}],
        "https://api.actuallycare.com/v3",
    ),
    "texts": (["https://api.actuallycare.com/v3"], "https://api.actuallycare.com/v1"),
}


@pytest.mark.parametrize(("servers", "expected"), SERVERS.values(), ids=SERVERS.keys())
def test_the_base_url_is_the_vendors(servers: Any, expected: str) -> None:
    assert run({**document(), "servers": servers}).api.base_url == expected


def test_paths_that_differ_by_a_slash_are_two_operations() -> None:
    paths = {path: {"get": operation(ref("Thing"))} for path in ("/things", "/things/")}
    made = run(document(paths))
    assert {o.path for o in made.api.operations.values()} == {"/things", "/things/"}
    assert made.findings.fallbacks == []
