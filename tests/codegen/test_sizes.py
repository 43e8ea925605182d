"""Large documents, and small ones that multiply: an end within a minute and 1.5 GiB, or a place."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from .documents import ROOT, array, document, json_response, obj, operation, ref, string

SECONDS = 60
MEMORY = 1536 * 2**20

RUN = """
import json, pathlib, resource, sys
from codegen.errors import CodegenError
from codegen.lock import Lock
from codegen.pipeline import describe, generate
from codegen.source import pull
from codegen.source.overlay import Overlay

resource.setrlimit(resource.RLIMIT_CPU, (120, 120))
try:
    made = describe(pull.parse(pathlib.Path(sys.argv[1]).read_bytes(), "FILE"), Overlay(), Lock())
    outcome = f"{len(generate(made))} files"
except CodegenError as error:
    outcome = str(error)
own = resource.getrusage(resource.RUSAGE_SELF)
children = resource.getrusage(resource.RUSAGE_CHILDREN)
seconds = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
print(json.dumps([outcome, seconds, max(own.ru_maxrss, children.ru_maxrss) * 1024]))
"""


def run_within_limits(made: Any, tmp_path: Path) -> str:
    """Return what came of a document; its CPU time and memory are checked."""
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(made), encoding="utf-8")
    assert path.stat().st_size < 11 * 2**20
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    outcome, seconds, memory = json.loads(done.stdout.splitlines()[-1])
    print(f"{path.stat().st_size:,} bytes: {seconds:.1f} s, {memory >> 20} MiB: {outcome[:200]}")
    assert seconds < SECONDS
    assert memory < MEMORY
    assert len(outcome) < 100_000
    return str(outcome)


BIG = [{"a": ["text", 1, None]}] * 100_000
"""An example of a few megabytes."""


def gets(count: int, **more: Any) -> Any:
    return {f"/things{n}": {"get": operation(ref("Thing"), **more)} for n in range(count)}


def shared_response() -> Any:
    responses = {"200": {"$ref": "#/components/responses/Big"}}
    big = {**json_response(obj({"a": string()})), "x-example": BIG}
    return document(gets(2_000, responses=responses), components={"responses": {"Big": big}})


def shared_members() -> Any:
    members = {f"S{n}": {"allOf": [ref("Base"), obj({"a": string()})]} for n in range(5_000)}
    paths = {f"/t{n}": {"get": operation(ref(name))} for n, name in enumerate([*members][:1_900])}
    return document(paths, {"Base": obj({"b": string()}, example=BIG), **members})


def many_bases() -> Any:
    base = obj({"a": string()}, discriminator={"propertyName": "a"})
    names = [f"S{n}" for n in range(19_000)]
    return document(schemas={name: {**base, "allOf": [ref(names[0])]} for name in names})


def one_class_name() -> Any:
    return document(
        schemas={f"Thing{'-' * (n % 9)}{'+' * (n // 9)}": obj({}) for n in range(3_000)}
    )


def many_resources() -> Any:
    paths = {f"/t{n}": {"get": operation(ref("Thing"), tags=[f"tag {n}"])} for n in range(2_000)}
    return document(paths)


def a_chain() -> Any:
    names = [f"S{n}" for n in range(19_000)]
    links = {name: obj({"next": ref(after)}) for name, after in pairwise(names)}
    return document(
        {"/a": {"get": operation(ref("S0"))}}, {**links, names[-1]: obj({"a": string()})}
    )


def inline_classes() -> Any:
    fields = {f"p{n}": obj({f"x{n}": string(enum=[f"a{n}", "b"])}) for n in range(1_000)}
    schemas = {f"S{n}": obj(fields) for n in range(16)}
    paths = {f"/t{n}": {"get": operation(ref(f"S{n}"))} for n in range(16)}
    return document(paths, schemas)


def many_parameters() -> Any:
    parameters = [{"name": f"p{n}", "in": "query", "schema": string()} for n in range(199)]
    return document({"/t": {"get": operation(ref("Thing"))}, **gets(600, parameters=parameters)})


def one_parameter_name() -> Any:
    parameters = [{"name": f"p{'-' * n}", "in": "query", "schema": string()} for n in range(2_000)]
    return document({"/t": {"get": operation(ref("Thing"))}, **gets(3, parameters=parameters)})


def shared_body() -> Any:
    body = {"content": {"application/json": {"schema": ref("Body")}}}
    paths = {f"/t{n}": {"post": operation(ref("Thing"), requestBody=body)} for n in range(2_000)}
    return document(paths, {"Body": obj({f"p{n}": string() for n in range(1_900)})})


def shared_description() -> Any:
    shared = {"name": "q", "in": "query", "description": "word " * 1_000, "schema": string()}
    named = {f"P{n}": {**shared, "name": f"q{n}"} for n in range(100)}
    parameters = [{"$ref": f"#/components/parameters/P{n}"} for n in range(100)]
    return document(gets(450, parameters=parameters), components={"parameters": named})


def shared_path_item() -> Any:
    responses = {"200": json_response(ref("Thing")), **{f"x{n}": {} for n in range(100_000)}}
    item = {"get": operation(responses=responses)}
    paths: Any = {f"/t{n}": {"$ref": "#/components/pathItems/Item"} for n in range(1_900)}
    paths["/t"] = {"get": operation(ref("Thing"))}
    return document(paths, components={"pathItems": {"Item": item}})


def many_alternatives() -> Any:
    return document(gets(2_000), security=[{"apiKey": []}] * 400_000)


def many_variables() -> Any:
    url = "https://api.example.com/" + "{a}" * 500_000
    variables = {f"v{n}": {"default": "x"} for n in range(100_000)}
    return {**document(), "servers": [{"url": url, "variables": variables}]}


def many_media_types() -> Any:
    content = {f"application/a{n}+json": {"schema": ref("Thing")} for n in range(100_000)}
    responses = {"200": {"$ref": "#/components/responses/Big"}}
    components = {"responses": {"Big": {"description": "", "content": content}}}
    return document(gets(1_900, responses=responses), components=components)


def many_findings() -> Any:
    fields = {f"p{n}": {"type": "no type"} for n in range(1_900)}
    schemas = {f"S{n}": obj(fields) for n in range(40)}
    return document({f"/t{n}": {"get": operation(ref(f"S{n}"))} for n in range(40)}, schemas)


def list_as_a_schema() -> Any:
    fields = {f"p{n}": {"$ref": "#/x-big"} for n in range(1_900)}
    schemas = {f"S{n}": obj(fields) for n in range(20)}
    paths = {f"/t{n}": {"get": operation(ref(f"S{n}"))} for n in range(20)}
    return {**document(paths, schemas), "x-big": BIG}


def long_tag() -> Any:
    item = {"get": operation(ref("Thing"), tags=["aB-" * 1_000_000])}
    paths: Any = {f"/t{n}": {"$ref": "#/components/pathItems/Item"} for n in range(1_900)}
    return document(paths, components={"pathItems": {"Item": item}})


def dense_references() -> Any:
    names = [f"S{n}" for n in range(200)]
    return document(
        {"/a": {"get": operation(array(ref("S0")))}},
        {name: obj({f"p{n}": ref(other) for n, other in enumerate(names)}) for name in names},
    )


SHAPES: list[Callable[[], Any]] = [
    shared_response, shared_members, many_bases, one_class_name, many_resources, a_chain,
    inline_classes, many_parameters, one_parameter_name, shared_body, shared_description,
    shared_path_item, many_alternatives, many_variables, many_media_types, many_findings,
    list_as_a_schema, long_tag, dense_references,
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_a_large_document_ends_in_time(shape: Callable[[], Any], tmp_path: Path) -> None:
    run_within_limits(shape(), tmp_path)
