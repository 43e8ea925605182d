"""Names of the document that generated code or the run time uses itself: everything still works."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from actuallycare import AsyncActuallyCare
from actuallycare._core.content import ContentResource
from actuallycare.api import Resources
from codegen.handover import is_allowed
from codegen.names import class_name
from codegen.normalise.headers import forbidden_header
from codegen.pipeline import generate
from codegen.runtime import (
    ARGUMENT_NAMES,
    CLIENT_ATTRIBUTES,
    MODEL_ATTRIBUTES,
    NAMES,
    RESOURCE_ATTRIBUTES,
)

from .documents import ID, answer, array, document, obj, operation, ref, run, sdk, string

BASE = "https://api.example.com/v1"
RESERVED = sorted(NAMES | CLIENT_ATTRIBUTES | RESOURCE_ATTRIBUTES | ARGUMENT_NAMES)
OWN = [
    "things_get", "rate limit", "with raw response", "_args", "_field", "src", "cls", "error",
    "value", "get", "name", "data", "client", "None", "id", "日本", "ﬁle", "file", "ｓｅｌｆ", "ıd",
    "\N{KELVIN SIGN}", "k",
]  # fmt: skip
"""Names of the templates, and names that are equal after NFKC."""


def public(cls: type) -> set[str]:
    return {name for name in dir(cls) if not name.startswith("_")}


def test_reserved_names_are_those_of_the_run_time_classes() -> None:
    own = public(AsyncActuallyCare) - public(Resources)
    assert own
    assert own <= CLIENT_ATTRIBUTES
    assert public(ContentResource) <= RESOURCE_ATTRIBUTES
    assert {"_sender", "_raw", "_text", "_list"} <= RESOURCE_ATTRIBUTES


def clashing(name: str) -> Any:
    """An operation whose tag, path, parameters and body all use one name."""
    parameters = [
        {"name": "id", "in": "path", "required": True, "schema": string()},
        {"name": name, "in": "query", "schema": string()},
    ]
    body = {"required": True, "content": {"application/json": {"schema": obj({name: string()})}}}
    return operation(obj({name: string()}), tags=[name], parameters=parameters, requestBody=body)


@pytest.mark.asyncio
async def test_a_name_of_the_run_time_may_be_used_anywhere(tmp_path: Path) -> None:
    names = sorted({*RESERVED, *OWN})
    paths = {f"/x/{{id}}/{n}/{name.strip('_')}": name for n, name in enumerate(names)}
    # Prefixed: a path with a space or of this kind is another test.
    paths = {path.replace(" ", "-"): name for path, name in paths.items()}
    made = document({path: {"post": clashing(name)} for path, name in paths.items()})
    described = run(made)
    assert not described.findings.fallbacks
    operations = {o.path.unescaped: o for o in described.api.operations.values()}
    assert len(operations) == len(names)
    module = sdk(made, tmp_path)
    for path, wire in paths.items():
        found = operations[path]
        transport = answer(module, {"success": True, "data": {wire: "seen"}})
        client = module.AsyncActuallyCare(transport=transport, base_url=BASE)
        given = {a.name: f"in {a.location}" for a in found.arguments if a.location != "path"}
        result = await getattr(getattr(client, found.resource), found.method)("1", **given)
        assert result.to_dict(mode="json", by="wire") == {wire: "seen"}, wire
        (request,) = transport.requests
        parts = urlsplit(request.url)
        assert unquote(parts.path) == "/v1" + path.replace("{id}", "1"), wire
        assert parse_qs(parts.query) == {wire: ["in query"]}, wire
        assert json.loads(request.content) == {wire: "in body"}, wire


def test_names_of_classes_that_clash_are_classes(tmp_path: Path) -> None:
    classes = {"ListingsResource", "ThingsResource", "ThingsWithRawResponse"}
    names = sorted({*RESERVED, *OWN, *classes})
    schemas = {name: obj({f"only {n}": string()}) for n, name in enumerate(names)}
    fields = {f"f{n}": ref(name) for n, name in enumerate(names)}
    made = document(schemas={"Thing": obj({"id": string(), **fields}), **schemas})
    models = sdk(made, tmp_path).models
    read = models.Thing.from_dict({f"f{n}": {f"only {n}": "x"} for n in range(len(names))})
    for n, name in enumerate(names):
        assert getattr(getattr(read, f"f{n}"), f"only_{n}") == "x", name


def test_two_capitals_with_one_lower_case_are_two_names() -> None:
    both = {name: ref(name) for name in ("ALI", "ALİ")}
    made = run(
        document(schemas={"Thing": obj(both), **{name: obj({"a": string()}) for name in both}})
    )
    assert len({field.name for field in made.api.models["Thing"].fields}) == 2
    files = "".join(generate(made).values())
    assert all(f"class {name}(_Record)" in files for name in ("Ali", "Ali2"))


@pytest.mark.parametrize("wire", ["_", "$", ""])
@pytest.mark.parametrize("letter", ["X", "2", "日"])
def test_a_cut_class_name_differs_from_that_of_its_enum(letter: str, wire: str) -> None:
    long = letter * 90
    assert class_name(class_name(long)) == class_name(long)
    owner = obj({wire: string(enum=["a"]), "other": obj({wire: obj({"b": string()})})})
    made = run(document(schemas={"Thing": obj({"x": ref(long)}), long: owner}))
    (enum,) = made.api.enums
    files = generate(made)
    assert any(f"{enum}: TypeAlias" in text for text in files.values())


def test_fields_are_compared_as_python_compares_them(tmp_path: Path) -> None:
    names = [*sorted(MODEL_ATTRIBUTES), "ﬁeld", "field", "ſelf", "self", "ª", "a", "ａ", "ᵃ"]
    made = document(schemas={"Thing": obj({name: string() for name in names})})
    found = {f.wire.unescaped: f.name for f in run(made).api.models["Thing"].fields}
    assert len({unicodedata.normalize("NFKC", name) for name in found.values()}) == len(names)
    read = sdk(made, tmp_path).models.Thing.from_dict({name: f"of {name}" for name in names})
    for name in names:
        assert getattr(read, found[name]) == f"of {name}"


@pytest.mark.parametrize(
    "name", ["Größe", "日本", "🏠" * 90, "x" * 100_000, "con", "NUL", "É" * 300]
)
def test_file_names_are_short_and_of_ascii(name: str) -> None:
    paths = {
        "/things": {"get": operation(ref("Thing"), tags=[name])},
        "/others": {"get": operation(array(ref(name)), parameters=[ID])},
    }
    files = generate(run(document(paths, {name: obj({"a": string(enum=["b"])})})))
    stems = [path.rpartition("/")[2].removesuffix(".py") for path in files]
    assert all(is_allowed(f"src/actuallycare/{path}") for path in files)
    assert not {"con", "nul"} & set(stems)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("HOST", "own"), ("content-length", "own"), ("Transfer-Encoding", "own"),
        ("Content_Length", "own"), ("x-ApI-kEy", "own"), ("X_API_KEY", "own"),
        ("AUTHORIZATION", "own"), ("Proxy-Authorization", "own"), ("X-Forwarded-Host", "own"),
        ("X-Auth-Token", "credential"), ("X-Amz-Security-Token", "credential"),
        ("cookie", "credential"), ("X-Vendor-ApiKey", "credential"), ("My-Api-Key", "credential"),
        ("X-Authorization", "credential"), ("X-Client-Secret", "credential"),
        ("Session", "credential"), ("X-CSRF-Token", None), ("X-Page-Token", None),
        ("X-Trace", None), ("If-Match", None), ("X-Author", None), ("Idempotency-Key", None),
    ],
)  # fmt: skip
def test_a_header_of_the_sdk_or_with_a_credential_is_no_argument(name: str, why: str) -> None:
    assert forbidden_header(name) == why
    parameters = [{"name": name, "in": "header", "schema": string()}]
    made = run(document({"/things": {"get": operation(ref("Thing"), parameters=parameters)}}))
    (found,) = made.api.operations.values()
    assert [a.wire.unescaped for a in found.arguments] == ([] if why else [name])
    assert bool(made.findings.fallbacks) == (why == "credential")
    assert bool(made.findings.all) == bool(why)
