"""Documents that break other generators, by public bug reports: what comes of each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from .documents import (
    ID,
    Json,
    answer,
    array,
    document,
    field_type,
    obj,
    operation,
    operation_at,
    ref,
    run,
    sdk,
    string,
    thing,
)

BASE = "https://api.example.com/v1"
NAMED = obj({"name": string()})
ADDRESS = obj({"street": string()})


def body(schema: Json, media: str = "application/json", **more: Any) -> Json:
    return {"requestBody": {"content": {media: {"schema": schema}}, **more}}


PHOTO = obj(
    {
        "photo": {"type": "string", "contentMediaType": "image/png"},
        "room": obj({"name": string(), "floor": {"type": "integer"}}),
        "more": {"type": "object"},
    }
)
CSV = {"name": "ids", "in": "query", "type": "array", "items": string(), "collectionFormat": "csv"}
KINDS = {"name": "kinds", "in": "query", "schema": {**array(string()), "enum": ["a", "b"]}}

SENT: dict[str, tuple[str, Json]] = {
    "merge_patch": ("patch /things/{id}", body(NAMED, "application/merge-patch+json")),
    "upload": ("post /things/photo", body(PHOTO, "multipart/form-data", required=True)),
    "form": ("post /things/form", body(PHOTO, "application/x-www-form-urlencoded")),
    "joined": ("get /things/joined", {"parameters": [CSV]}),
    "several": ("get /things/several", {"parameters": [KINDS]}),
    "optional": ("post /things/optional", body(array(ref("Address")))),
    "search": ("post /things:search", {}),
    "archive": ("post /things/{id}:archive", {}),
    "csv": ("post /things/import", body(string(), "text/csv", required=True)),
    "raw": ("post /things/raw", body(obj({"raw": string()}))),
    "address": ("post /things/address", body(obj({"home": ref("Address")}))),
}  # fmt: skip


@pytest.mark.asyncio
async def test_requests_are_what_the_document_describes(tmp_path: Path) -> None:
    paths: Json = {}
    for call, more in SENT.values():
        method, path = call.split()
        parameters = [ID] if "{id}" in path else []
        node = operation(ref("Thing"), **{"parameters": parameters, **more})
        paths.setdefault(path, {})[method] = node
    schemas = {"Address": ADDRESS, "AddressInput": obj({"other": string()})}
    made = document(paths, schemas, openapi="3.1.0")
    described = run(made)
    assert not described.findings.fallbacks
    names = {o.place.unescaped: o for o in described.api.operations.values()}
    module = sdk(made, tmp_path)

    async def send(case: str, *values: Any, **given: Any) -> Any:
        method, path = SENT[case][0].split()
        found = names[f"{method.upper()} {path}"]
        transport = answer(module, {"success": True, "data": {"id": "1"}})
        client = module.AsyncActuallyCare(transport=transport, base_url=BASE)
        await getattr(getattr(client, found.resource), found.method)(*values, **given)
        (request,) = transport.requests
        return request

    patch = await send("merge_patch", "7", name="x")
    assert patch.headers["Content-Type"] == "application/merge-patch+json"
    room = next(getattr(module.models, n) for n in module.models.__all__ if n.endswith("RoomInput"))
    given = {"room": room(name="bath", floor=2), "more": {"a": True}}
    upload = await send("upload", photo=module.File(b"x", "x.png", "image/png"), **given)
    assert b'filename="x.png"' in upload.content
    assert b'{"floor":2,"name":"bath"}' in upload.content.replace(b" ", b"")
    assert b'{"a":true}' in upload.content.replace(b" ", b"")
    form = parse_qs((await send("form", **given)).content.decode())
    assert json.loads(form["room"][0]) == {"name": "bath", "floor": 2}
    joined = await send("joined", ids=["a", "b"])
    assert parse_qs(urlsplit(joined.url).query) == {"ids": ["a,b"]}
    several = await send("several", kinds=["a", "b"])
    assert parse_qs(urlsplit(several.url).query) == {"kinds": ["a", "b"]}
    assert not (await send("optional")).content
    assert (await send("search")).url == f"{BASE}/things:search"
    assert (await send("archive", "7")).url == f"{BASE}/things/7:archive"
    table = await send("csv", body=b"a,b\n")
    assert (table.headers["Content-Type"], table.content) == ("text/csv", b"a,b\n")
    assert json.loads((await send("raw", raw="x")).content) == {"raw": "x"}
    address = next(a for a in names["POST /things/address"].arguments if a.name == "home").type.name
    home = getattr(module.models, address)(street="Main St")
    assert json.loads((await send("address", home=home)).content) == {"home": {"street": "Main St"}}


CLASS = ref("Person")
FIELDS: dict[str, tuple[Json, str]] = {
    "behind allOf, read-only": ({"allOf": [CLASS], "readOnly": True}, "Person"),
    "behind allOf, with an extension": ({"allOf": [CLASS], "x-order": 1}, "Person"),
    "behind allOf, required": ({"allOf": [{**CLASS, "required": True}]}, "Person"),
    "its own kind, behind allOf": ({"allOf": [ref("Thing")], "nullable": True}, "Thing"),
    "an enum under a name with a digit": (obj({"data4k": string(enum=["a"])}), "ThingX"),
}


@pytest.mark.parametrize(("schema", "expected"), FIELDS.values(), ids=FIELDS.keys())
def test_a_reference_with_something_beside_it_is_that_class(schema: Json, expected: str) -> None:
    made = thing(schema)
    made["components"]["schemas"]["Person"] = obj({"name": string()})
    described = run(made)
    assert field_type(described, "Thing", "x") == expected
    assert not described.findings.fallbacks


def test_properties_beside_a_reference_are_both_there() -> None:
    both = {**ref("Person"), "properties": {"since": string()}, "required": ["since"]}
    made = {**thing(both, Person=obj({"name": string()})), "openapi": "3.1.0"}
    described = run(made)
    model = described.api.models[field_type(described, "Thing", "x")]
    assert {f.name: f.required for f in model.fields} == {"name": False, "since": True}


def test_required_on_a_property_makes_the_field_required() -> None:
    described = run(thing({"type": "string", "required": True}))
    (field,) = (f for f in described.api.models["Thing"].fields if f.name == "x")
    assert field.required
    assert [f.place for f in described.findings.all] == ["components.schemas.Thing.x"]


def test_an_enum_without_brackets_is_a_text() -> None:
    described = run(thing({"type": "string", "enum": "active, sold"}))
    assert field_type(described, "Thing", "x") == "string"
    (finding,) = described.findings.fallbacks
    assert "a list was expected" in finding.reason


def test_both_spellings_of_a_field_are_there() -> None:
    made = document(schemas={"Thing": obj({"list_price": string(), "listPrice": string()})})
    names = {f.wire.unescaped: f.name for f in run(made).api.models["Thing"].fields}
    assert names == {"list_price": "list_price", "listPrice": "list_price_2"}


def test_a_variant_outside_the_mapping_goes_by_its_name() -> None:
    kinds = {name: obj({"kind": string(), name: string()}) for name in ("Cash", "Loan")}
    mapping = {"cash": "#/components/schemas/Cash"}
    discriminator = {"propertyName": "kind", "mapping": mapping}
    union = {"oneOf": [ref("Cash"), ref("Loan")], "discriminator": discriminator}
    described = run(thing(union, **kinds))
    (field,) = (f for f in described.api.models["Thing"].fields if f.name == "x")
    assert field.type.discriminator is not None
    assert dict(field.type.discriminator.mapping) == {"cash": "Cash", "Loan": "Loan"}


def named(paths: Json) -> dict[str, str]:
    """Names by place."""
    made = run(document(paths))
    return {o.place.unescaped: o.name for o in made.api.operations.values()}


def test_deleting_one_record_keeps_the_short_name() -> None:
    gone = operation(responses={"204": {"description": "gone"}})
    found = named({"/things": {"delete": gone}, "/things/{id}": {"delete": gone}})
    assert found["DELETE /things/{id}"] == "things.delete"
    assert found["DELETE /things"] != "things.delete"


def test_one_path_in_two_spellings_is_one_path() -> None:
    get = operation(ref("Thing"))
    found = named({"/things/{id}": {"get": get}, "/things/:id": {"delete": get}})
    assert found == {"GET /things/{id}": "things.get", "DELETE /things/{id}": "things.delete"}


@pytest.mark.parametrize("prefix", ["/v1", "/api/v1", "/rest/v2.1"])
def test_a_version_in_every_path_belongs_to_the_base_url(prefix: str) -> None:
    get = operation(array(ref("Thing")))
    made = document({f"{prefix}/things": {"get": get}, f"{prefix}/others": {"get": get}})
    made["servers"] = [{"url": "https://api.actuallycare.com"}]
    described = run(made)
    assert described.api.base_url == f"https://api.actuallycare.com{prefix}"
    assert {o.path.unescaped for o in described.api.operations.values()} == {"/things", "/others"}


def test_extensions_among_the_paths_are_passed_over() -> None:
    made = document()
    made["paths"]["x-internal"] = {"note": "not a path"}
    described = run(made)
    assert len(described.api.operations) == 1
    assert not described.findings.all


def test_a_label_and_a_parameter_of_other_names_are_one_argument() -> None:
    get = operation(ref("Thing"), parameters=[{**ID, "name": "thingId"}])
    described = run(document({"/things/{id}": {"get": get}}))
    assert [a.name for a in operation_at(described, "/things/{id}").arguments] == ["id"]
    assert not described.findings.fallbacks


def test_one_run_reports_all_that_is_wrong() -> None:
    paths: Json = {
        "/things": {"get": operation(ref("Thing"), parameters=[{**ID, "in": "cookie"}])},
        "/boxes": {"get": operation(ref("Gone"))},
        "/cases": {"get": operation(obj({"list_price": string(), "listPrice": string()}))},
    }
    made = run(
        document(
            paths, {"Thing": obj({"additional_properties": string(), "due": {"type": "date"}})}
        )
    )
    text = "\n".join(made.findings.lines())
    for word in ("cookie", "Gone", "'date'", "additional_properties", "listPrice"):
        assert word in text


def test_a_document_without_any_class_is_an_sdk(tmp_path: Path) -> None:
    made = document({"/ping": {"get": operation(string())}})
    module = sdk(made, tmp_path)
    assert module.models.__all__ == ()


def test_a_class_that_extends_an_extension_is_a_variant_too() -> None:
    base = obj({"kind": string()}, discriminator={"propertyName": "kind"})
    call = {"allOf": [ref("Activity"), obj({"minutes": string()})]}
    video = {"allOf": [ref("Phone"), obj({"url": string()})]}
    described = run(thing(ref("Activity"), Activity=base, Phone=call, Video=video))
    assert field_type(described, "Thing", "x") == "Phone | Video | Activity"


@pytest.mark.parametrize("form", ["ssv", "tsv", "pipes"])
def test_a_collection_format_that_is_not_supported_is_a_text(form: str) -> None:
    node = operation(ref("Thing"), parameters=[{**CSV, "collectionFormat": form}])
    described = run(document({"/things": {"get": node}}))
    assert [str(a.type) for a in operation_at(described, "/things").arguments] == ["string"]
    assert [f.kind for f in described.findings.fallbacks] == ["text"]


def test_servers_of_an_operation_are_reported_and_not_used() -> None:
    made = document()
    made["paths"]["/things/{id}"]["servers"] = [{"url": "https://evil.example"}]
    (line,) = run(made).findings.lines()
    assert line.startswith("GET /things/{id} → servers: are not used")
