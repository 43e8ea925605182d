"""`client.request`, `request_raw` and `pages`: as any call, for what the document does not have."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple, Optional

import pytest
from attrs import frozen

from actuallycare import (
    APIConnectionError,
    AsyncActuallyCare,
    ConfigurationError,
    DecodeError,
    File,
    NotFoundError,
    Request,
    Response,
    models,
)
from actuallycare._core.custom_request import split_path
from tests.fakes import ManualClock, ScriptedTransport, Step, answer, failure, success

LISTING = {"id": "1", "address": "1 Main St"}


def client(
    key: str | None, *steps: Step, **options: Any
) -> tuple[AsyncActuallyCare, ScriptedTransport]:
    transport = ScriptedTransport(*steps)
    options = {"base_url": "https://api.example.com/v1", **options}
    made = AsyncActuallyCare(
        key, transport=transport, telemetry=False, clock=ManualClock(), **options
    )
    return made, transport


@pytest.mark.anyio
async def test_it_is_authenticated_retried_and_unwrapped(key: str) -> None:
    made, transport = client(key, failure(503), success({"houses": []}))
    got = await made.request(
        "get", "/open-houses", params={"page": 2, "tag": ["a", "b"], "x": None}
    )
    assert got == {"houses": []}
    assert len(transport.requests) == 2
    request = transport.requests[0]
    assert request.method == "GET"
    assert request.url == "https://api.example.com/v1/open-houses?page=2&tag=a&tag=b"
    assert request.wire_headers()["X-API-Key"] == key


@pytest.mark.anyio
async def test_it_raises_the_typed_error(key: str) -> None:
    made, _ = client(key, failure(404, "NOT_FOUND"))
    with pytest.raises(NotFoundError, match="GET /open-houses"):
        await made.request("GET", "/open-houses")


@pytest.mark.parametrize(
    ("method", "attempts"), [("GET", 2), ("PUT", 2), ("DELETE", 2), ("POST", 1), ("PATCH", 1)]
)
@pytest.mark.anyio
async def test_only_idempotent_methods_are_sent_again(method: str, attempts: int, key: str) -> None:
    def lost(request: Request) -> Response:
        if len(transport.requests) == 1:
            raise APIConnectionError("lost", request=request, sent=True)
        return success(None)

    made, transport = client(key, lost)
    if attempts == 1:
        with pytest.raises(APIConnectionError):
            await made.request(method, "/open-houses")
    else:
        await made.request(method, "/open-houses")
    assert len(transport.requests) == attempts


@pytest.mark.anyio
async def test_bodies(key: str) -> None:
    made, transport = client(key, success(None))
    day = datetime.date(2026, 7, 1)
    await made.request("POST", "/x", json={"day": day})
    await made.request("POST", "/x", json=[1])
    await made.request("POST", "/x", data={"a": 1})
    await made.request("POST", "/x", data=b"\x00", headers={"Content-Type": "image/png"})
    await made.request("POST", "/x", files={"photo": File(b"png", "a.png")}, data={"title": "A"})
    await made.request("POST", "/x")
    sent = [
        (r.headers.get("Content-Type", "").partition(";")[0], r.content) for r in transport.requests
    ]
    assert sent[:4] == [
        ("application/json", b'{"day":"2026-07-01"}'),
        ("application/json", b"[1]"),
        ("application/x-www-form-urlencoded", b"a=1"),
        ("image/png", b"\x00"),
    ]
    assert sent[4][0] == "multipart/form-data"
    assert b'filename="a.png"' in (sent[4][1] or b"")
    assert b'name="title"' in (sent[4][1] or b"")
    assert sent[5] == ("", None)


@frozen
class Point:
    x: int

    @classmethod
    def model_validate(cls, value: Any) -> Point:
        return cls(value["x"])


@pytest.mark.parametrize(
    ("payload", "cast_to", "expected"),
    [
        (LISTING, models.Listing, models.Listing(id="1", address="1 Main St")),
        ([LISTING], list[models.Listing], [models.Listing(id="1", address="1 Main St")]),
        ({"a": {"x": 2}}, dict[str, Point], {"a": Point(2)}),
        ({"x": 1}, Point, Point(1)),
        ({"x": 1}, lambda payload: payload["x"] + 1, 2),
        ("7", int, 7),
        ([1], list[Any], [1]),
        ([1], list, [1]),
        ({"a": 1}, dict, {"a": 1}),
        ({"a": 1}, object, {"a": 1}),
        ({"x": 1}, Point | None, Point(1)),
        (None, Point | None, None),
        ([{"x": 1}, None], list[Point | None], [Point(1), None]),
        (None, Optional[Point], None),  # noqa: UP045 - the older spelling is another type
        ({"x": 1}, Annotated[Point, "a note"], Point(1)),
    ],
)
@pytest.mark.anyio
async def test_cast_to(payload: Any, cast_to: Any, expected: Any, key: str) -> None:
    made, _ = client(key, success(payload))
    assert await made.request("GET", "/x", cast_to=cast_to) == expected
    response = await made.request_raw("GET", "/x", cast_to=cast_to)
    assert (response.data, response.status_code) == (expected, 200)


@pytest.mark.parametrize(
    ("payload", "cast_to", "field"),
    [
        ([{"address": "x"}], list[models.Listing], "data[0].id"),
        (LISTING, list[models.Listing], "data"),
        (LISTING, list, "data"),
        ({"x": 1}, dict[str, Point], "data.x"),
    ],
)
@pytest.mark.anyio
async def test_a_payload_of_another_form_is_a_decode_error(
    payload: Any, cast_to: Any, field: str, key: str
) -> None:
    made, _ = client(key, success(payload))
    with pytest.raises(DecodeError) as caught:
        await made.request("GET", "/x", cast_to=cast_to)
    assert caught.value.field == field


@pytest.mark.anyio
async def test_other_bodies(key: str) -> None:
    made, transport = client(
        key, answer({"no": "envelope"}), Response(204, {}, b""), Response(200, {}, b"text"),
        Response(200, {}, b"\xff\xd8"), Response(200, {}, b"a,b"),
    )  # fmt: skip
    assert await made.request("GET", "/x") == {"no": "envelope"}
    assert await made.request("DELETE", "/x") is None
    assert await made.request("GET", "/x") == "text"
    assert await made.request("GET", "/x", cast_to=bytes) == b"\xff\xd8"
    assert await made.request("GET", "/x.csv", cast_to=str) == "a,b"
    assert transport.requests[-1].headers["Accept"] == "*/*"


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/x", "//evil.example/x", "\\\\evil.example\\x", "http:/x", "file:x",
        "/../admin", "/a/%2e%2E/b", "..", "/a/./b", "/x#fragment", "", "/", "?page=1",
        "/a\r\nX: y", "//[", "/\ud800", None, 5, b"/x",
    ],
)  # fmt: skip
@pytest.mark.anyio
async def test_paths_outside_the_base_url_are_rejected(path: Any, key: str) -> None:
    made, transport = client(key, success(None))
    with pytest.raises(ConfigurationError, match="cannot be requested"):
        await made.request("GET", path)
    with pytest.raises(ConfigurationError, match="cannot be requested"):
        made.pages(path)
    assert transport.requests == []


@pytest.mark.anyio
async def test_a_body_that_contains_itself_is_rejected(key: str) -> None:
    made, transport = client(key, success(None))
    body: dict[str, Any] = {}
    body["self"] = body
    with pytest.raises(ConfigurationError, match="contains itself"):
        await made.request("POST", "/open-houses", json=body)
    assert transport.requests == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("open-houses", ("/open-houses", {})),
        ("/a b/ü?x=1&x=2&y=", ("/a%20b/%C3%BC", {"x": ["1", "2"], "y": ""})),
        ("/a%2Fb", ("/a%2Fb", {})),
        ("/@evil.example", ("/@evil.example", {})),
    ],
)
def test_split_path(path: str, expected: tuple[str, dict[str, Any]]) -> None:
    assert split_path(path) == expected


@pytest.mark.anyio
async def test_errors_and_logs_show_no_value_of_the_path(key: str) -> None:
    made, transport = client(key, failure(404))
    with pytest.raises(NotFoundError) as caught:
        await made.request("GET", "/v2/clients/0d4f8a9c-11/by-email/a@example.com/notes")
    assert transport.requests[0].operation.path == "/v2/clients/{…}/by-email/{…}/notes"
    assert "example.com" not in str(caught.value)


@pytest.mark.anyio
async def test_the_credential_can_be_chosen(key: str) -> None:
    made, transport = client(key, success(None), token="jwt")
    for auth in (None, "key", "bearer", "none"):
        await made.request("GET", "/contacts/tags", auth=auth)  # type: ignore[arg-type]
    sent = [{*r.wire_headers()} & {"X-API-Key", "Authorization"} for r in transport.requests]
    assert sent == [{"X-API-Key"}, {"X-API-Key"}, {"Authorization"}, set()]
    without, _ = client(None, success(None))
    with pytest.raises(ConfigurationError, match="needs a credential"):
        await without.request("GET", "/x")


@pytest.mark.anyio
async def test_bodies_with_credentials_are_kept_out_of_errors(key: str) -> None:
    made, _ = client(key, failure(400))
    with pytest.raises(Exception) as caught:  # noqa: PT011
        await made.request("POST", "/auth/2fa", json={"password": "hunter2"})
    assert caught.value.request.content is None  # type: ignore[attr-defined]


@dataclass
class House:
    x: int


class Street(NamedTuple):
    x: int


async def _read_later(_: Any) -> None: ...


@pytest.mark.parametrize(
    "options",
    [
        {"json": {}, "data": {}},
        {"files": {"a": File(b"")}, "data": b"x"},
        {"files": {"a": File(b"")}, "data": {"a": 1}},
        {"files": {"a": File(b"")}, "headers": {"content-type": "multipart/form-data"}},
        {"files": {"a": File(b"")}, "headers": {"Content-Type": None}},
        {"auth": "basic"},
        {"auth": []},
        {"data": 3},
        {"files": {"a": b""}},
        {"files": {"a": ("a.png", b"")}},
        {"files": [("a", File(b""))]},
        {"files": {"a": File("text")}},  # type: ignore[arg-type]
        {"params": "a=1"},
        {"params": [("a", 1), ("a", 2)]},
        {"headers": [("X-A", "1")]},
        {"timeout": 0},
        {"cast_to": 3},
        {"cast_to": "Listing"},
        {"cast_to": int | str | None},
        {"cast_to": tuple[int, ...]},
        {"cast_to": list[House]},
        {"cast_to": Street},
        {"cast_to": _read_later},
    ],
)
@pytest.mark.anyio
async def test_wrong_options_are_rejected(options: dict[str, Any], key: str) -> None:
    made, transport = client(key, success({}))
    with pytest.raises(ConfigurationError):
        await made.request("POST", "/x", **options)
    assert transport.requests == []


@pytest.mark.parametrize("method", ["GET /x", "", None, 5, b"GET"])
@pytest.mark.anyio
async def test_wrong_methods_are_rejected(method: Any, key: str) -> None:
    made, _ = client(key, success({}))
    with pytest.raises(ConfigurationError, match="method is"):
        await made.request(method, "/x")


@pytest.mark.anyio
async def test_a_rejected_header_is_named_by_the_argument(key: str) -> None:
    made, _ = client(key, success({}))
    with pytest.raises(ConfigurationError, match=r"^headers: X-API-Key is for"):
        await made.request("GET", "/x", headers={"X-API-Key": key})


@pytest.mark.anyio
async def test_pages_start_where_the_query_of_the_path_says(key: str) -> None:
    made, transport = client(key, success([{"id": 1}]), success([]))
    assert len(await made.pages("/houses?page=2&limit=1").collect()) == 1
    assert [r.url.partition("?")[2] for r in transport.requests] == [
        "page=2&limit=1",
        "page=3&limit=1",
    ]


@pytest.mark.anyio
async def test_an_unknown_option_is_a_type_error(key: str) -> None:
    made, _ = client(key, success({}))
    with pytest.raises(TypeError, match="unexpected keyword argument 'body'"):
        await made.request("POST", "/x", body={})  # type: ignore[call-overload]
    untyped: Any = made
    with pytest.raises(TypeError, match=r"^request_raw\(\) got"):
        await untyped.request_raw("POST", "/x", body={})
    with pytest.raises(TypeError, match=r"^pages\(\) got"):
        untyped.pages("/x", body={})


META = {"page": 1, "limit": 2, "total": 4, "totalPages": 2, "hasMore": True}
LAST = {**META, "page": 2, "hasMore": False}
SHAPES: list[tuple[Any, Any]] = [
    ({"data": {"houses": ["a", "b"], "meta": META}}, {"data": {"houses": ["c"], "meta": LAST}}),
    ({"data": ["a", "b"], "pagination": META}, {"data": ["c"], "pagination": LAST}),
    ({"houses": ["a", "b"], "meta": META}, {"houses": ["c"], "meta": LAST}),
    (["a", "b"], []),
]


@pytest.mark.parametrize(("first", "second"), SHAPES)
@pytest.mark.anyio
async def test_pages_find_the_items(first: Any, second: Any, key: str) -> None:
    made, transport = client(key, answer(first), answer(second))
    pager = made.pages("/open-houses?city=X", params={"limit": 2}, cast_to=lambda v: v.upper())
    got = [item async for item in pager]
    expected = ["A", "B"] if first == ["a", "b"] else ["A", "B", "C"]
    assert got == expected
    urls = [request.url.partition("/v1")[2] for request in transport.requests]
    assert urls == ["/open-houses?city=X&limit=2", "/open-houses?city=X&limit=2&page=2"]


@pytest.mark.anyio
async def test_one_array_of_several_is_named(key: str) -> None:
    body = success({"houses": [{"id": 1}], "agents": [], "meta": LAST})
    made, _ = client(key, body)
    with pytest.raises(DecodeError, match=r"houses, agents.*items="):
        await made.pages("/open-houses")
    page = await made.pages("/open-houses", items="houses")
    assert page.items == [{"id": 1}]
    assert json.loads(json.dumps(page.extra)) == {"agents": []}


@pytest.mark.anyio
async def test_records_of_pages_are_decoded_as_in_any_call(
    key: str, caplog: pytest.LogCaptureFixture
) -> None:
    first = {"houses": [{"id": "1", "list_price": "much"}], "meta": {"page": 1, "hasMore": True}}
    last = {"houses": [{"id": "2", "list_price": "much"}], "meta": {"page": 2, "hasMore": False}}
    steps = [success(first), success(last)]
    made, _ = client(key, *steps)
    found = await made.pages("/houses", cast_to=models.Listing).collect()
    assert [each.list_price for each in found] == [None, None]
    assert len([r for r in caplog.records if "list_price" in r.getMessage()]) == 1

    strict, _ = client(key, *steps, strict=True)
    with pytest.raises(DecodeError):
        await strict.pages("/houses", cast_to=models.Listing).collect()
