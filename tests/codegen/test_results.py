"""What a method gives, from the response that the document describes: nothing is lost silently."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import unquote_plus

import pytest

from .documents import (
    ID,
    array,
    document,
    envelope,
    json_response,
    obj,
    operation,
    ref,
    run,
    sdk,
    string,
)

pytestmark = pytest.mark.asyncio

BASE = "https://api.example.com/v1"
INTEGER = {"type": "integer"}


class Answers:
    """A transport that gives its answers in turn, the last one again, and keeps the requests."""

    def __init__(self, module: ModuleType, *answers: tuple[int, Any]) -> None:
        self._module = module
        self._answers = [*answers]
        self.requests: list[Any] = []

    async def send(self, request: Any) -> Any:
        self.requests.append(request)
        status, body = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._module.Response(status, {}, content)

    async def aclose(self) -> None:
        pass


def client(module: ModuleType, *answers: tuple[int, Any]) -> tuple[Any, Answers]:
    transport = Answers(module, *answers)
    return module.AsyncActuallyCare(transport=transport, base_url=BASE), transport


def with_responses(**responses: Any) -> Any:
    codes = {code.removeprefix("s"): response for code, response in responses.items()}
    return document({"/things/{id}": {"get": operation(parameters=[ID], responses=codes)}})


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"success": True, "data": {"id": "7"}}, {"id": "7"}),
        ({"id": "7"}, {"id": "7"}),
        ([1, 2], [1, 2]),
        (b"", None),
        (b"plain text", "plain text"),
    ],
)
async def test_a_result_without_schema_is_given_as_it_comes(
    body: Any, expected: Any, tmp_path: Path
) -> None:
    made = with_responses(s200={"description": "Found"})
    assert [f.kind for f in run(made).findings.fallbacks] == ["any"]
    api, _ = client(sdk(made, tmp_path), (200, body))
    assert await api.things.get("7") == expected


async def test_a_documented_204_beside_200_gives_none(tmp_path: Path) -> None:
    record = json_response(envelope(ref("Thing")))
    module = sdk(with_responses(s200=record, s204={"description": "Nothing"}), tmp_path)
    assert module.AsyncActuallyCare().things.get.__annotations__["return"] == "Thing | None"
    api, _ = client(module, (204, b""))
    assert await api.things.get("7") is None
    assert (await api.things.with_raw_response.get("7")).data is None


async def test_an_undocumented_204_is_an_error(tmp_path: Path) -> None:
    module = sdk(with_responses(s200=json_response(envelope(ref("Thing")))), tmp_path)
    api, _ = client(module, (204, b""))
    with pytest.raises(module.DecodeError):
        await api.things.get("7")


def listing(*parameters: str, meta: Any = None) -> Any:
    query = [{"name": name, "in": "query", "schema": INTEGER} for name in parameters]
    schema = envelope(array(ref("Thing")))
    schema["properties"]["pagination"] = meta or obj({"total": INTEGER, "hasMore": INTEGER})
    found = operation(parameters=query, responses={"200": json_response(schema)})
    return document({"/things": {"get": found}})


def page(*ids: str, **facts: Any) -> tuple[int, Any]:
    return 200, {"success": True, "data": [{"id": i} for i in ids], "pagination": facts}


async def test_a_list_by_offset_gives_every_item(tmp_path: Path) -> None:
    # The server gives fewer than were requested: no item may be skipped.
    module = sdk(listing("offset", "limit"), tmp_path)
    api, transport = client(module, page("a", "b", total=3), page("c", total=3))
    assert [thing.id async for thing in api.things.list(limit=100)] == ["a", "b", "c"]
    assert [request.url.partition("?")[2] for request in transport.requests] == [
        "limit=100",
        "offset=2&limit=100",
    ]
    api, _ = client(module, page("a", "b", total=3), page("c", total=3))
    assert [thing.id for thing in await api.things.list().collect(concurrency=4)] == ["a", "b", "c"]


async def test_a_list_by_cursor_is_one_awaited_page(tmp_path: Path) -> None:
    made = listing("cursor", meta=obj({"nextCursor": string()}))
    assert [f.kind for f in run(made).findings.fallbacks] == ["page"]
    module = sdk(made, tmp_path)
    api, _ = client(module, page("a", nextCursor="x"))
    found = await api.things.list()
    assert [thing.id for thing in found.items] == ["a"]
    assert found.meta.raw == {"nextCursor": "x"}
    assert "One page" in api.things.list.__doc__
    assert (await api.things.with_raw_response.list()).data.items[0].id == "a"


@pytest.mark.parametrize(
    "facts",
    [
        {"page": 1, "totalPages": 2},
        {"currentPage": 1, "pages": 2},
        {"current_page": 1, "total_pages": 2},
        {"page": 1, "has_more": True},
        {"page": 1, "hasNextPage": True},
        {"page": 1, "totalCount": 3, "perPage": 2},
    ],
)
async def test_paging_facts_are_read_in_every_usual_spelling(facts: Any, tmp_path: Path) -> None:
    module = sdk(listing("page"), tmp_path)
    last = {"page": 2, "totalPages": 2, "hasMore": False}
    api, _ = client(module, page("a", "b", **facts), page("c", **last))
    assert [thing.id async for thing in api.things.list()] == ["a", "b", "c"]


async def test_paging_facts_may_be_beside_the_array_inside_data(tmp_path: Path) -> None:
    facts = {"totalDocs": INTEGER, "page": INTEGER, "hasNextPage": {"type": "boolean"}}
    schema = envelope(obj({"docs": array(ref("Thing")), **facts}))
    query = [{"name": "page", "in": "query", "schema": INTEGER}]
    node = operation(parameters=query, responses={"200": json_response(schema)})
    module = sdk(document({"/things": {"get": node}}), tmp_path)

    def body(number: int, more: bool, *ids: str) -> tuple[int, Any]:
        docs = [{"id": i} for i in ids]
        data = {"docs": docs, "totalDocs": 3, "page": number, "hasNextPage": more}
        return 200, {"success": True, "data": data}

    api, _ = client(module, body(1, True, "a", "b"), body(2, False, "c"))
    assert [thing.id async for thing in api.things.list()] == ["a", "b", "c"]


async def test_a_component_with_a_name_of_the_run_time_gets_another(tmp_path: Path) -> None:
    names = ("Call", "Page", "Operation", "Any", "Resource")
    schemas = {name: obj({"n": INTEGER}) for name in names}
    things = {name.lower(): ref(name) for name in names}
    body = {"content": {"application/json": {"schema": obj(things)}}}
    paths = {"/things": {"post": operation(ref("Call"), requestBody=body)}}
    module = sdk(document(paths, schemas), tmp_path)
    api, _ = client(module, (200, {"success": True, "data": {"n": 1}}))
    assert type(await api.things.create()) is module.models.CallModel


async def test_a_base_class_is_read_by_its_discriminator(tmp_path: Path) -> None:
    base = obj({"id": string(), "kind": string()}, discriminator={"propertyName": "kind"})
    call = {"allOf": [ref("Activity"), obj({"minutes": INTEGER})]}
    paths = {"/things/{id}": {"get": operation(ref("Activity"), parameters=[ID])}}
    module = sdk(document(paths, {"Activity": base, "Call": call}), tmp_path)
    read = {"id": "1", "kind": "Call", "minutes": 5}
    api, _ = client(module, (200, {"success": True, "data": read}))
    assert (await api.things.get("1")).minutes == 5
    api, _ = client(module, (200, {"success": True, "data": {**read, "kind": "visit"}}))
    assert type(await api.things.get("1")) is module.models.Activity


@pytest.mark.parametrize("media", ["multipart/form-data", "application/x-www-form-urlencoded"])
async def test_an_object_in_a_form_is_json(media: str, tmp_path: Path) -> None:
    parts = array(obj({"m": INTEGER}))
    fields = obj({"name": string(), "part": obj({"n": INTEGER}), "parts": parts})
    found = operation(ref("Thing"), requestBody={"content": {media: {"schema": fields}}})
    module = sdk(document({"/things": {"post": found}}), tmp_path)
    api, transport = client(module, (200, {"success": True, "data": {"id": "1"}}))
    part = module.models.ThingPartInput(n=1)
    await api.things.create(name="x", part=part, parts=[{"m": 2}])
    sent = unquote_plus(transport.requests[0].content.decode())
    assert '{"n":1}' in sent
    assert '[{"m":2}]' in sent
