"""Any JSON value at any place of a document: an SDK or a rejection, never a traceback."""

from __future__ import annotations

import ast
import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen.errors import CodegenError, Problem, UnsupportedDocument
from codegen.lock import Lock
from codegen.pipeline import describe, generate
from codegen.source.overlay import load_overlay

from .documents import (
    ID,
    ROOT,
    array,
    document,
    envelope,
    json_response,
    obj,
    operation,
    ref,
    string,
)

SNAPSHOT: dict[str, Any] = json.loads((ROOT / "openapi.json").read_text(encoding="utf-8"))
REFERENCE: dict[str, Any] = json.loads(
    (ROOT / "codegen/reference.json").read_text(encoding="utf-8")
)
OVERLAY = load_overlay(ROOT / "codegen/overlay.toml")
LOCK = Lock.from_json(json.loads((ROOT / "codegen/names.lock.json").read_text(encoding="utf-8")))
THING = obj(
    {
        "id": string(),
        "kind": string(enum=["a", "b"]),
        "other": ref("Other"),
        "many": array(ref("Other")),
        "union": {"oneOf": [ref("Other"), string()]},
        "map": {"type": "object", "additionalProperties": string()},
        "all": {"allOf": [ref("Other"), obj({"z": string()})]},
    },
    required=["id"],
)
SMALL = document(
    {
        "/things": {
            "parameters": [{"name": "x", "in": "header", "schema": string()}],
            "get": operation(
                array(ref("Thing")),
                parameters=[{"name": "q", "in": "query", "schema": array(string())}],
            ),
            "post": operation(
                ref("Thing"),
                requestBody={"content": {"application/json": {"schema": ref("Thing")}}},
                security=[{"bearerAuth": []}],
            ),
        },
        "/things/{id}": {
            "delete": operation(parameters=[ID], responses={"204": {"description": "x"}}),
            "get": operation(responses={"200": json_response(envelope(ref("Other")))}),
        },
    },
    {"Thing": THING, "Other": obj({"a": string()})},
    security=[{"apiKey": []}],
)

TEXTS = st.sampled_from(
    [
        "", "x", "$ref", "class", "self", "raw", "__init__", "Any", "Page", "path_segment", "LIST",
        'a"b', "a'''b", '"""\nimport os; os.abort()\n"""', "\\", "{", "{{ 7 * 7 }}", "{x}",
        "\N{RIGHT-TO-LEFT OVERRIDE}", "\x00", "ﬁle", "data4k", "2fa", "🏠", "a" * 300, "/", "../..",
        "#/components/schemas/Thing", "#/components/schemas/Gone", "//evil.example/x",
    ]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.just(1.5) | TEXTS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


def places(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value below `node`."""
    yield at
    if isinstance(node, dict):
        for key in node:
            yield from places(node[key], (*at, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from places(value, (*at, index))


def mutated(base: Any, at: tuple[Any, ...], value: Any, name: str | None) -> Any:
    """A copy of `base` with another value, or another name, at one place."""
    made = copy.deepcopy(base)
    target = made
    for key in at[:-1]:
        target = target[key]
    if name is not None and isinstance(target, dict):
        target[name] = target.pop(at[-1])
    else:
        target[at[-1]] = value
    return made


SMALL_PLACES = [at for at in places(SMALL) if at and at[0] != "info"]
SNAPSHOT_PLACES = [at for at in places(SNAPSHOT) if at and at[0] != "info"]
VALUES_OF_EACH_KIND: list[Any] = [None, "x", 5, [], {}, [None], True, [{"a": 1}], {"a": None}]


@pytest.mark.parametrize("value", VALUES_OF_EACH_KIND, ids=repr)
def test_another_kind_of_value_at_every_place(value: Any) -> None:
    for at in SMALL_PLACES:
        with suppress(CodegenError):
            describe(mutated(SMALL, at, value, None), OVERLAY, Lock())


def check_described(document: Any, reference: Any) -> None:
    """An API with its findings, or a rejection of the whole that says why."""
    described, problems = None, list[Problem]()
    try:
        described = describe(document, OVERLAY, LOCK, reference)
    except UnsupportedDocument as error:
        problems = error.problems
    assert all(problem.place and problem.reason for problem in problems)
    if described is None:
        assert problems
        return
    assert described.api.operations
    assert all(finding.place and finding.reason for finding in described.findings.all)
    assert all(finding.action for finding in described.findings.fallbacks)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SNAPSHOT_PLACES), VALUES, st.booleans())
def test_any_value_anywhere_in_the_snapshot(at: Any, value: Any, with_reference: bool) -> None:
    check_described(mutated(SNAPSHOT, at, value, None), REFERENCE if with_reference else None)


@pytest.mark.slow
@settings(max_examples=3_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SNAPSHOT_PLACES), VALUES, st.none() | TEXTS, st.booleans())
def test_many_values_and_names_in_the_snapshot(
    at: Any, value: Any, name: Any, with_reference: bool
) -> None:
    check_described(mutated(SNAPSHOT, at, value, name), REFERENCE if with_reference else None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(SMALL_PLACES), VALUES, st.none() | TEXTS)
def test_any_value_or_name_gives_modules_that_parse(at: Any, value: Any, name: Any) -> None:
    try:
        description = describe(mutated(SMALL, at, value, name), OVERLAY, Lock())
    except CodegenError:
        return
    # `generate` itself checks that nothing but expected code and names came out.
    for path, text in generate(description).items():
        ast.parse(text, path)
