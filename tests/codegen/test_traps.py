"""The traps that the code generator has to step over, each with the smallest document."""

from __future__ import annotations

import datetime
import inspect
import json
from pathlib import Path
from typing import Any

import pytest

from codegen.api import Operation
from codegen.errors import CodegenError
from codegen.lock import Lock, LockedOperation
from codegen.source.overlay import Overlay, read_overlay

from .documents import (
    ID,
    answer,
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

META = obj({"page": {"type": "integer"}, "totalPages": {"type": "integer"}})
PAGE = {"name": "page", "in": "query", "schema": {"type": "integer"}}
LIMIT = {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 25}}
BASE = "https://api.example.com/v1"


def listing(data: dict[str, Any], *parameters: Any, beside: Any = None) -> dict[str, Any]:
    schema = envelope(data)
    schema["properties"] |= beside or {}
    responses = {"200": json_response(schema)}
    return document({"/things": {"get": operation(responses=responses, parameters=[*parameters])}})


THINGS = array(ref("Thing"))

LISTS = [
    # data, parameters, beside data → kind, items, meta, extra, paged
    (
        obj({"things": THINGS, "meta": META, "stats": obj({"n": string()})}),
        [PAGE, LIMIT],
        None,
        ("page", ["things"], ["data", "meta"], ["stats"], True),
    ),
    (
        obj({"things": THINGS, "meta": META}),
        [],
        None,
        ("page", ["things"], ["data", "meta"], [], False),
    ),
    (obj({"things": THINGS}), [PAGE], None, ("page", ["things"], None, [], True)),
    (THINGS, [], None, ("page", [], None, [], False)),
    (THINGS, [PAGE, LIMIT], None, ("page", [], None, [], True)),
    (THINGS, [PAGE], {"meta": META}, ("page", [], ["meta"], [], True)),
    (THINGS, [], {"meta": obj({"total": string()})}, ("page", [], None, ["meta"], False)),
    (obj({"things": THINGS, "currency": string()}), [], None, ("record", None, None, None, None)),
]


def paging_facts(made: Operation) -> Any:
    """Kind, and where the items and the paging facts are."""
    paging = made.paging
    if paging is None:
        return (made.kind, None, None, None, None)
    meta = None if paging.meta is None else [*paging.meta]
    return (made.kind, [*paging.items], meta, [*paging.extra], paging.paged)


@pytest.mark.parametrize(("data", "parameters", "beside", "expected"), LISTS)
def test_lists_are_known_by_their_paging_facts(
    data: Any, parameters: Any, beside: Any, expected: Any
) -> None:
    made = operation_at(run(listing(data, *parameters, beside=beside)), "/things")
    assert paging_facts(made) == expected


def test_two_arrays_beside_paging_facts_are_one_record() -> None:
    data = obj({"things": THINGS, "others": THINGS, "meta": META})
    made = run(listing(data, PAGE))
    assert operation_at(made, "/things").kind == "record"
    assert "GET /things → success: 2 arrays beside 'meta'" in made.findings.lines()[0]


@pytest.mark.parametrize(
    "data",
    [
        obj({"id": {"type": "string"}, "photos": THINGS, "page": {"type": "string"}}),
        obj({"title": {"type": "string"}, "pages": THINGS}),
    ],
    ids=["an id", "the array itself"],
)
def test_a_record_with_a_field_named_page_is_no_list(data: Any) -> None:
    assert operation_at(run(listing(data)), "/things").kind == "record"


def test_the_documented_page_size_is_kept() -> None:
    paging = operation_at(run(listing(THINGS, PAGE, LIMIT)), "/things").paging
    assert paging is not None
    assert paging.page_size == 25


def test_a_payload_that_moves_is_reported() -> None:
    nested = document({"/things": {"get": operation(obj({"thing": ref("Thing")}))}})
    first = run(nested)
    assert operation_at(first, "/things").unwrap == ("data", "thing")
    grown = document({"/things": {"get": operation(obj({"thing": ref("Thing"), "n": string()}))}})
    notes = run(grown, lock=first.lock).findings.lines()
    assert notes == [
        "GET /things: the payload was a record at data.thing and is a record at data now"
    ]


@pytest.mark.asyncio
async def test_a_required_field_that_is_missing_is_named(tmp_path: Path) -> None:
    module = sdk(document(), tmp_path)
    transport = answer(module, {"success": True, "data": {}})
    client = module.AsyncActuallyCare(transport=transport, base_url=BASE)
    with pytest.raises(module.DecodeError, match=r"things\.get: .* data\.id: the field is missing"):
        await client.things.get("1")


def test_a_model_with_only_an_id_has_no_unused_name(tmp_path: Path) -> None:
    # pyright rejects the whole document for one.
    module = sdk(document(), tmp_path)
    source = inspect.getsource(module.models.Thing.from_dict)
    assert 'src["id"]' in source
    assert "get" not in source


@pytest.mark.asyncio
async def test_only_a_missing_id_makes_a_record_unreadable(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    thing = obj({"id": string(), "unitPrice": {"type": "number"}, "owner": ref("Owner")})
    thing["required"] = ["id", "unitPrice", "owner"]
    schemas = {"Thing": thing, "Owner": obj({"id": string()})}
    module = sdk(document(schemas=schemas), tmp_path)
    transport = answer(module, {"success": True, "data": {"id": "1"}})
    client = module.AsyncActuallyCare(transport=transport, base_url=BASE)
    for _ in range(2):
        thing = await client.things.get("1")
        assert (thing.id, thing.unit_price, thing.owner) == ("1", None, None)
    warned = [r.getMessage().split(" is missing")[0] for r in caplog.records if r.levelno == 30]
    assert warned == ["things.get: Thing.owner", "things.get: Thing.unitPrice"]
    assert module.models.Thing.from_dict(thing.to_dict()) == thing
    with pytest.raises(module.DecodeError) as caught:
        await client.with_options(strict=True).things.get("1")
    assert caught.value.field == "data.owner"


def test_the_overlay_relaxes_and_requires() -> None:
    def required(overlay: Overlay) -> Any:
        fields = run(document(), overlay).api.models["Thing"].fields
        return [field.name for field in fields if field.required]

    why = {"at": "Thing", "reason": "seen without"}
    assert required(Overlay()) == ["id"]
    assert required(Overlay(schemas=[{**why, "relax": ["id"]}])) == []


def test_ids_stay_strings_and_are_quoted(tmp_path: Path) -> None:
    parameter = {**ID, "schema": string(format="uuid")}
    paths = {"/things/{id}": {"get": operation(ref("Thing"), parameters=[parameter])}}
    schema = {"Thing": obj({"id": string(format="uuid")})}
    module = sdk(document(paths, schema), tmp_path)
    assert module.models.Thing.from_dict({"id": "no uuid"}).id == "no uuid"
    assert module.AsyncActuallyCare().things.get.__annotations__["id"] == "str"


@pytest.mark.asyncio
async def test_odd_ids_are_quoted(tmp_path: Path) -> None:
    module = sdk(document(), tmp_path)
    transport = answer(module, {"success": True, "data": {"id": "1"}})
    client = module.AsyncActuallyCare(transport=transport, base_url=BASE)
    await client.things.get("a/b c?d")
    assert transport.requests[0].url == f"{BASE}/things/a%2Fb%20c%3Fd"


def test_dates_read_in_every_form_that_occurs(tmp_path: Path) -> None:
    schema = obj({"day": string(format="date"), "at": string(format="date-time")})
    thing_ = sdk(document(schemas={"Thing": schema}), tmp_path).models.Thing
    read = thing_.from_dict({"day": "2026-07-10T00:00:00.000Z", "at": "2026-07-10T17:00:00Z"})
    assert read.day == datetime.date(2026, 7, 10)
    assert read.at == datetime.datetime(2026, 7, 10, 17, tzinfo=datetime.UTC)
    empty = thing_.from_dict({"day": "", "at": ""})
    assert (empty.day, empty.at) == (None, None)


def test_names_come_from_the_lock() -> None:
    lock = Lock(
        {"GET /things/{id}": LockedOperation("things.fetch", "record", ["data"])},
        {"components.schemas.Thing.x": "ThingColour"},
    )
    made = run(thing(string(enum=["red"])), lock=lock)
    assert operation_at(made, "/things/{id}").name == "things.fetch"
    assert "ThingColour" in made.api.enums


def test_an_enum_that_grows_at_one_place_renames_nothing() -> None:
    def made(*values: str) -> Any:
        parameter = {"name": "x", "in": "query", "schema": string(enum=["a", "b"])}
        paths = {"/things": {"get": operation(ref("Thing"), parameters=[parameter])}}
        return document(paths, {"Thing": obj({"x": string(enum=list(values))})})

    before = run(made("a", "b"))
    after = run(made("a", "b", "c"), lock=before.lock)
    values = {name: enum.values for name, enum in after.api.enums.items()}
    assert values == {"ThingListX": ("a", "b"), "ThingX": ("a", "b", "c")}


def test_order_of_declaration_changes_nothing() -> None:
    one = document(schemas={"A": obj({"x": string(enum=["q", "p"]), "w": ref("Thing")})})
    one["paths"]["/a"] = {"get": operation(ref("A"))}
    other = {key: one[key] for key in reversed(one)}
    other["paths"] = dict(reversed(one["paths"].items()))
    a = obj({"w": ref("Thing"), "x": string(enum=["p", "q"])})
    schemas = {"A": a, "Thing": one["components"]["schemas"]["Thing"]}
    other["components"] = {**one["components"], "schemas": schemas}
    assert run(one).api == run(other).api


def test_free_form_objects_and_typed_maps_are_mappings(tmp_path: Path) -> None:
    schema = obj(
        {
            "free": {"type": "object"},
            "counts": {"type": "object", "additionalProperties": {"type": "integer"}},
            "others": {"type": "object", "additionalProperties": ref("Other")},
        }
    )
    made = document(schemas={"Thing": schema, "Other": obj({"a": string()})})
    models = sdk(made, tmp_path).models
    hints = models.Thing.__annotations__
    assert hints["free"] == "dict[str, Any] | None"
    assert hints["counts"] == "dict[str, int] | None"
    assert hints["others"] == "dict[str, Other] | None"
    read = models.Thing.from_dict({"others": {"k": {"a": "v"}}, "counts": {"n": None}})
    assert read.others == {"k": models.Other(a="v")}
    assert (read.counts, read.additional_properties) == (None, {"counts": {"n": None}})


@pytest.mark.asyncio
async def test_a_file_that_is_uploaded_again_is_the_same(tmp_path: Path) -> None:
    content = {"multipart/form-data": {"schema": obj({"photo": string(format="binary")})}}
    body = {"content": content}
    paths = {"/things": {"post": operation(ref("Thing"), requestBody=body)}}
    module = sdk(document(paths), tmp_path)
    sent: list[bytes] = []

    class Transport:
        async def send(self, request: Any) -> Any:
            sent.append(request.content)
            status = 429 if len(sent) == 1 else 200
            answered = b'{"success": true, "data": {"id": "1"}}'
            return module.Response(status, {"Retry-After": "0"}, answered)

        async def aclose(self) -> None:
            pass

    client = module.AsyncActuallyCare(transport=Transport(), base_url=BASE)
    photo = tmp_path / "a.png"
    photo.write_bytes(b"picture")
    with photo.open("rb") as file:
        await client.things.create(photo=module.File(file))
    assert sent[0] == sent[1]
    assert b"picture" in sent[0]


@pytest.mark.asyncio
async def test_what_is_sent_has_classes_of_its_own(tmp_path: Path) -> None:
    part = obj({"id": string(readOnly=True), "size": string(nullable=True), "child": ref("Part")})
    schema = obj({"part": ref("Part"), "parts": array(ref("Part"))})
    body = {"content": {"application/json": {"schema": schema}}}
    paths = {"/things": {"post": operation(ref("Part"), requestBody=body)}}
    module = sdk(document(paths, {"Part": part}), tmp_path)
    transport = answer(module, {"success": True, "data": {"id": "1", "size": None}})
    client = module.AsyncActuallyCare(transport=transport, base_url=BASE)
    given = module.models.PartInput(size=None, child=module.models.PartInput(size="L"))
    assert not hasattr(given, "id")
    read = await client.things.create(part=given, parts=[module.models.PartInput()])
    assert type(read) is module.models.Part
    sent = json.loads(transport.requests[0].content)
    assert sent == {"part": {"size": None, "child": {"size": "L"}}, "parts": [{}]}


OVERLAYS: list[tuple[dict[str, Any], str]] = [
    ({"schema": [{"at": "Gone", "require": ["id"], "reason": "r"}]}, "schema Gone: the entry no"),
    ({"schema": [{"at": "Thing", "require": ["id"], "reason": "r"}]}, "id is required already"),
    ({"schema": [{"at": "Thing", "relax": ["x"], "reason": "r"}]}, "schema Thing: the entry no"),
    (
        {"operation": [{"at": "GET /gone", "name": "x", "reason": "r"}]},
        "there is no such operation",
    ),
    ({"tag": [{"name": "Gone", "resource": "x", "reason": "r"}]}, "no operation has this tag"),
    ({"secret": [{"model": "Thing", "field": "gone", "reason": "r"}]}, "there is no such field"),
    ({"name": [{"at": "nowhere", "name": "X", "reason": "r"}]}, "no inline schema at this place"),
    ({"patch": [{"op": "remove", "path": "/paths/~1gone", "reason": "r"}]}, "patch /paths/~1gone"),
    ({"patch": [{"op": "move", "path": "/info", "reason": "r"}]}, "is not add, replace or remove"),
]


@pytest.mark.parametrize(("entries", "problem"), OVERLAYS)
def test_an_overlay_entry_that_no_longer_matches_is_reported(
    entries: dict[str, Any], problem: str
) -> None:
    made = run(document(), read_overlay(entries))
    (finding,) = [f for f in made.findings.all if f.kind == "stale"]
    assert problem in str(finding)
    assert made.api == run(document()).api


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        ({"schema": [{"at": "Thing", "require": ["id"]}]}, "an entry needs a reason"),
        ({"schema": [{"at": "Thing", "reason": " "}]}, "an entry needs a reason"),
        ({"schema": [{"at": "Thing", "hide": 1, "reason": "r"}]}, "unknown: hide"),
        ({"colour": [{"reason": "r"}]}, "unknown: "),
        (
            {"operation": [{"reason": "r", "at": "GET /a", "idempotent": "no"}]},
            "true or false was expected",
        ),
        ({"omit": [{"reason": "r", "at": 5}]}, "`at` is 5; a text was expected"),
        ({"schema": [{"reason": "r", "at": "A", "require": "id"}]}, "a list of names was expected"),
        ({"response": [{"reason": "r", "at": "GET /a", "schema": "x"}]}, "a table was expected"),
        (
            {
                "patch": [
                    {
                        "reason": "r",
                        "op": "add",
                        "path": "/a",
                        "value": {"at": datetime.date(2026, 1, 1)},
                    }
                ]
            },
            "`value` has a value that JSON does not support",
        ),
    ],
)
def test_a_malformed_overlay_is_rejected(entries: dict[str, Any], problem: str) -> None:
    with pytest.raises(CodegenError, match=problem):
        read_overlay(entries)


def test_a_patch_corrects_a_document() -> None:
    made = document({"/a": {"get": operation(ref("Gone"))}})
    assert run(made).findings.fallbacks
    reference = "/paths/~1a/get/responses/200/content/application~1json/schema/properties/data"
    patch = {"op": "replace", "path": reference, "value": ref("Thing"), "reason": "a slip"}
    assert run(made, read_overlay({"patch": [patch]})).findings.fallbacks == []


def test_the_overlay_omits_an_operation() -> None:
    paths = {"/a": {"get": operation(ref("Thing"))}, "/b": {"get": operation(ref("Gone"))}}
    entry = {"at": "GET /b", "reason": "broken"}
    made = run(document(paths), read_overlay({"omit": [entry]}))
    assert [o.place for o in made.api.operations.values()] == ["GET /a"]
    assert made.findings.fallbacks == []


def test_the_overlay_accepts_any_at_a_place() -> None:
    entry = {"at": "components.schemas.Thing.x", "reason": "not worth it"}
    made = run(thing(ref("Gone")), read_overlay({"any": [entry]}))
    assert made.findings.fallbacks == []


def test_the_overlay_gives_a_response_its_schema() -> None:
    responses = {"200": {"description": "Found"}}
    made = document({"/a": {"get": operation(responses=responses)}})
    assert run(made).api.operations["things.list"].kind == "any"
    entry = {"at": "GET /a", "schema": envelope(ref("Thing")), "reason": "by its example"}
    found = run(made, read_overlay({"response": [entry]})).api.operations["things.list"]
    assert (found.kind, str(found.result)) == ("record", "Thing")
