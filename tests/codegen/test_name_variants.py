"""Ways to name things: every operation and every class is there, under a name that can be typed."""

from __future__ import annotations

from keyword import iskeyword
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from .documents import (
    ID,
    array,
    document,
    envelope,
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

TAGS: dict[str, tuple[Any, str]] = {
    "symbols": (["Users & Roles"], "users_roles"),
    "a slash": (["Admin/Users"], "admin_users"),
    "brackets": (["Auth (Admin)"], "auth_admin"),
    "an emoji": (["🏠 Listings"], "listings"),
    "only an emoji": (["🏠"], "things"),
    "accents": (["Propriétés"], "propriétés"),
    "a ligature": (["oﬃces"], "offices"),
    "a number": ([2024], "group_2024"),
    "a digit first": (["2FA"], "group_2fa"),
    "an object": ([{"name": "Users"}], "users"),
    "a text": ("Users", "users"),
    "several": (["Users", "Admin"], "users"),
    "empty": ([""], "things"),
    "none": ([], "things"),
    "null": (None, "things"),
    "a keyword": (["import"], "import_"),
    "an attribute of the client": (["request"], "request_group"),
    "a module of the package": (["models"], "models_group"),
    "a slash only": (["/"], "things"),
    "a path": (["/api/users"], "api_users"),
}


@pytest.mark.parametrize(("tags", "resource"), TAGS.values(), ids=TAGS.keys())
def test_a_tag_is_an_attribute_of_the_client(tags: Any, resource: str) -> None:
    made = run(document({"/things": {"get": operation(ref("Thing"), tags=tags)}}))
    (found,) = made.api.operations.values()
    assert found.resource == resource
    assert resource.isidentifier()
    assert not iskeyword(resource)


def test_tags_that_differ_by_case_are_one_resource() -> None:
    tags = (["Users"], ["users"], ["USERS"])
    paths = {f"/{n}": {"get": operation(ref("Thing"), tags=tag)} for n, tag in enumerate(tags)}
    made = run(document(paths))
    assert {o.resource for o in made.api.operations.values()} == {"users"}
    assert len(made.api.operations) == 3


PATHS = [
    "/", "/things", "/things/", "/things/{id}", "/things/{id}/", "/things/1", "/things/99/x",
    "/things/new", "/things/me", "/{id}", "/things/{a}/{b}", "/things/{a}/to/{b}", "/THINGS/{id}/x",
    "/things/{id}/list", "/things/{id}/import", "/things/{id}/with_raw_response", "/🏠/{id}",
    "/things/a-b", "/things/a_b", "/things/aB", "/things/{id}:archive", "/things/v2.1/x",
    "/things/@me/settings", "/things/~x", "/things/(x)",
]  # fmt: skip


def test_every_path_and_method_is_a_method() -> None:
    methods = ("get", "put", "post", "patch", "delete", "head", "options")
    paths = {path: {m: operation(ref("Thing"), tags=["T"]) for m in methods} for path in PATHS}
    made = run(document(paths))
    assert len(made.api.operations) == len(PATHS) * len(methods)
    assert made.findings.fallbacks == []
    for name in made.api.operations:
        resource, _, method = name.partition(".")
        assert resource.isidentifier()
        assert method.isidentifier(), name
        assert not iskeyword(method), name


CLASSES = [
    "list", "str", "int", "Any", "None", "True", "class", "Page", "Pager", "Resource", "Call",
    "Operation", "File", "Literal", "Mapping", "Sequence", "datetime", "Self", "Final", "Unset",
    "error", "Error", "ERROR", "ldap-configuration.update", "Partial_Foo.bar-or-baz_", "2fa",
    "ﬁle", "file", "Größe", "a b", "a/b", "a~b", "a%20b", "日本", "--", "ThingInput", "x" * 200,
]  # fmt: skip


def test_every_component_is_a_class(tmp_path: Path) -> None:
    pointers = {name: quote(name.replace("~", "~0").replace("/", "~1")) for name in CLASSES}
    refs = {f"f{n}": ref(pointers[name]) for n, name in enumerate(CLASSES)}
    schemas = {name: obj({f"only_{n}": string()}) for n, name in enumerate(CLASSES)}
    made = document(schemas={"Thing": obj({"id": string(), **refs}), **schemas})
    described = run(made)
    assert described.findings.fallbacks == []
    models = sdk(made, tmp_path).models
    answer = {f"f{n}": {f"only_{n}": "value"} for n in range(len(CLASSES))}
    read = models.Thing.from_dict({"id": "1", **answer})
    for n in range(len(CLASSES)):
        assert getattr(getattr(read, f"f{n}"), f"only_{n}") == "value", CLASSES[n]


FIELDS = [
    "class", "self", "cls", "src", "raw", "from_dict", "to_dict", "to_json", "None", "True", "list",
    "dict", "str", "datetime", "Any", "_id", "__v", "__init__", "__class__", "__slots__", "id",
    "Id", "ID", "$VGPUs", "VGPUs", "@type", "a b", "a-b", "a.b", "a_b", "aB", "4k", "", "🏠",
    "größe", "ﬁle", "file", "get", "optional", "v", "value", "field", "error", "redact",
]  # fmt: skip


def test_every_property_is_an_attribute(tmp_path: Path) -> None:
    properties = {name: string() for name in FIELDS}
    nested = {"when": string(format="date-time"), "others": array(ref("Thing"))}
    made = document(schemas={"Thing": obj({**properties, **nested}, required=FIELDS)})
    names = {f.wire: f.name for f in run(made).api.models["Thing"].fields}
    assert len(set(names.values())) == len(FIELDS) + len(nested)
    models = sdk(made, tmp_path).models
    value = {wire: f"of {wire}" for wire in FIELDS}
    read = models.Thing.from_dict({**value, "when": "2026-07-15T14:32:10Z", "others": [value]})
    for wire in FIELDS:
        assert getattr(read, names[wire]) == f"of {wire}"
    nulls = {"when": None, "others": None}
    assert read.others[0].to_dict(by="wire") == {**value, **nulls}


def test_body_fields_and_parameters_of_one_name_are_arguments() -> None:
    body = obj({"id": string(), "page": string(), "body": string(), "self": string()})
    request = {"content": {"application/json": {"schema": body}}, "required": True}
    parameters = [ID, {"name": "page", "in": "query", "schema": string()}]
    node = operation(ref("Thing"), parameters=parameters, requestBody=request)
    found = operation_at(run(document({"/things/{id}": {"put": node}})), "/things/{id}", "put")
    names = [a.name for a in found.arguments]
    assert len(set(names)) == len(names) == 6
    assert {a.wire for a in found.in_location("body")} == {"id", "page", "body", "self"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_enum_and_a_model_of_one_name_are_two_classes(method: str) -> None:
    inline = obj({"status": string(enum=["a"]), "x": obj({"status": obj({"y": string()})})})
    made = thing(inline)
    made["components"]["schemas"]["ThingStatus"] = obj({"z": string()})
    made["paths"]["/other"] = {
        method: operation(responses={"200": json_response(envelope(ref("ThingStatus")))})
    }
    described = run(made)
    classes = [*described.api.models, *described.api.enums]
    assert len({c.lower() for c in classes}) == len(classes)
    assert described.findings.fallbacks == []
