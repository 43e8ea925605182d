"""Options of a call, and those of the client that are merged with them."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from actuallycare import UNSET, AsyncActuallyCare, ConfigurationError
from actuallycare._core.bodies.form import FormBody
from actuallycare._core.bodies.multipart import MultipartBody
from actuallycare._core.bodies.raw import RawBody
from actuallycare._core.operation import Call, Operation
from actuallycare._core.serialize import JsonBody, build_request
from tests.fakes import ScriptedTransport, success

POST = Operation("listings.create", "POST", "/listings")
LISTING = {"id": "1"}


def client(key: str, **options: Any) -> tuple[AsyncActuallyCare, ScriptedTransport]:
    transport = ScriptedTransport(success(LISTING))
    return AsyncActuallyCare(key, transport=transport, telemetry=False, **options), transport


def query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


@pytest.mark.anyio
async def test_the_most_specific_header_wins(key: str) -> None:
    made, transport = client(key, default_headers={"X-A": "default", "X-B": "default"})
    view = made.with_options(extra_headers={"x-a": "view", "X-C": "view"})
    await view.listings.get("1", extra_headers={"X-C": "call", "User-Agent": None})
    (request,) = transport.requests
    assert request.headers == {
        "X-B": "default", "x-a": "view", "X-C": "call", "Accept": "application/json",
    }  # fmt: skip


@pytest.mark.anyio
async def test_the_most_specific_query_parameter_wins(key: str) -> None:
    made, transport = client(key, default_query={"status": "sold", "tenant": "t", "v": 1})
    view = made.with_options(extra_query={"minPrice": 5})
    transport._steps = [success({"listings": [], "meta": {"hasMore": False}})]
    await view.listings.list(status="active", min_price=1, max_price=9, extra_query={"v": None})
    assert query(transport.requests[0].url) == {
        "status": "active", "tenant": "t", "minPrice": "5", "maxPrice": "9",
    }  # fmt: skip


@pytest.mark.anyio
async def test_a_default_stays_where_the_caller_gives_nothing(key: str) -> None:
    made, transport = client(key, default_query={"status": "sold"})
    transport._steps = [success({"listings": [], "meta": {"hasMore": False}})]
    await made.listings.list()
    assert query(transport.requests[0].url) == {"status": "sold"}


@pytest.mark.anyio
async def test_a_list_continues_after_the_page_of_extra_query(key: str) -> None:
    made, transport = client(key)
    pages = [{"listings": [{"id": str(n)}], "meta": {"hasMore": n < 5}} for n in (3, 4, 5)]
    transport._steps = [success(page) for page in pages]
    got = [item.id async for item in made.listings.list(page=1, extra_query={"page": 3, "x": "y"})]
    assert got == ["3", "4", "5"]
    assert [query(r.url) for r in transport.requests] == [{"page": n, "x": "y"} for n in "345"]


@pytest.mark.anyio
async def test_unset_removes_a_member_and_none_sends_null(key: str) -> None:
    made, transport = client(key)
    await made.listings.update(
        "1", status="sold", city="X", extra_body={"city": UNSET, "new": None}
    )
    content = transport.requests[0].content
    assert content is not None
    assert json.loads(content) == {"status": "sold", "new": None}


@pytest.mark.parametrize(
    ("headers", "message"),
    [
        ({"Authorization": "Bearer x"}, "credentials"),
        ({"x-api-key": "0" * 64}, "credentials"),
        ({"Cookie": "refreshToken=x"}, "credentials"),
        ({"Proxy-Authorization": "Basic x"}, "credentials"),
        ({"Content-Length": "3"}, "HTTP library"),
        ({"HOST": "evil.example"}, "HTTP library"),
        ({"Transfer-Encoding": "chunked"}, "HTTP library"),
        ({"X-A": "1\r\nX-API-Key: 2"}, "fits into a header"),
        ({"X-A": 1}, "fits into a header"),
        ({"X A": "1"}, "not the name of a header"),
        ({"X-A\n": "1"}, "not the name of a header"),
        ({"X-A": "caf\u00e9"}, "ASCII characters"),
        ([("X-A", "1")], "a mapping"),
    ],
)
@pytest.mark.anyio
async def test_headers_that_are_not_the_callers_are_rejected(
    headers: Any, message: str, key: str
) -> None:
    made, transport = client(key)
    with pytest.raises(ConfigurationError, match=message):
        await made.listings.get("1", extra_headers=headers)
    with pytest.raises(ConfigurationError, match=message):
        made.with_options(extra_headers=headers)
    with pytest.raises(ConfigurationError, match=message):
        made.with_options(default_headers=headers)
    with pytest.raises(ConfigurationError, match=message):
        AsyncActuallyCare(key, default_headers=headers)
    with pytest.raises(ConfigurationError, match=message):
        await made.request("GET", "/x", headers=headers)
    assert transport.requests == []


@pytest.mark.anyio
async def test_headers_are_sent_once_and_without_white_space(key: str) -> None:
    made, transport = client(key)
    await made.listings.get("1", extra_headers={"X-A": " 1\t", "accept-encoding": "identity"})
    headers = transport.requests[0].headers
    assert headers["X-A"] == "1"
    # Spelled as in the transports, whose own value it replaces.
    assert headers["Accept-Encoding"] == "identity"


@pytest.mark.anyio
async def test_a_default_header_is_not_sent_beside_that_of_the_call(key: str) -> None:
    defaults = {"accept": "text/plain", "CONTENT-TYPE": "text/plain", "x-api": "default"}
    made, transport = client(key, default_headers=defaults)
    await made.listings.update("1", city="Pasadena")
    sent = transport.requests[0].headers
    names = [name.lower() for name in sent]
    assert len(names) == len(set(names))
    assert sent["Accept"] == sent["Content-Type"] == "application/json"


def test_an_argument_that_is_a_header_replaces_a_default() -> None:
    made = Call(POST, "/listings", headers={"X-Trace": "call"})
    defaults = {"x-trace": "default"}
    request = build_request(made, base_url="https://api.example.com", headers=defaults, timeout=1)
    assert request.headers == {"Accept": "application/json", "X-Trace": "call"}


@pytest.mark.anyio
async def test_an_error_shows_no_value_of_a_header(key: str) -> None:
    made, _ = client(key)
    with pytest.raises(ConfigurationError) as caught:
        await made.listings.get("1", extra_headers={"X-A": "confidential\n"})
    assert "confidential" not in str(caught.value)


def test_unknown_keyword_arguments_are_rejected_when_called(key: str) -> None:
    made, _ = client(key)
    with pytest.raises(TypeError, match=r"listings\.list\(\) got an unexpected keyword .*'colour'"):
        made.listings.list(colour="red")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"with_options\(\) got an unexpected keyword .*'colour'"):
        made.with_options(colour="red")  # type: ignore[call-arg]


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
@pytest.mark.anyio
async def test_an_invalid_timeout_is_rejected(timeout: float, key: str) -> None:
    made, transport = client(key)
    with pytest.raises(ConfigurationError, match="timeout"):
        await made.listings.get("1", timeout=timeout)
    assert transport.requests == []


@pytest.mark.anyio
async def test_no_timeout_for_one_call(key: str) -> None:
    made, transport = client(key, timeout=5)
    await made.listings.get("1", timeout=None)
    await made.listings.get("1")
    assert [request.timeout for request in transport.requests] == [None, 5]


BODIES: list[tuple[Any, bytes]] = [
    (JsonBody({"a": 1}), b'{"a":2,"b":3}'),
    (JsonBody(None), b'{"a":2,"b":3}'),
    (FormBody({"a": 1, "c": 1}), b"a=2&c=1&b=3"),
]


@pytest.mark.parametrize(("body", "content"), BODIES)
def test_members_are_added_to_a_body(body: Any, content: bytes) -> None:
    made = Call(POST, "/listings", body=body, options={"extra_body": {"a": 2, "b": 3}})
    request = build_request(made, base_url="https://api.example.com", headers={}, timeout=1)
    assert request.content == content


def test_fields_are_added_to_a_multipart_body() -> None:
    body = MultipartBody({"a": 1})
    made = Call(POST, "/listings", body=body, options={"extra_body": {"b": "two"}})
    request = build_request(made, base_url="https://api.example.com", headers={}, timeout=1)
    assert b'name="b"\r\n\r\ntwo' in (request.content or b"")


@pytest.mark.parametrize("body", [JsonBody([1]), JsonBody("text"), RawBody(b"bytes")])
def test_what_is_no_object_takes_no_members(body: Any) -> None:
    made = Call(POST, "/listings", body=body, options={"extra_body": {"a": 1}})
    with pytest.raises(ConfigurationError, match="extra_body adds members to an object"):
        build_request(made, base_url="https://api.example.com", headers={}, timeout=1)


@pytest.mark.anyio
@pytest.mark.parametrize("value", [[("a", 1)], "a=1"])
async def test_a_list_checks_extra_query_beside_a_query_of_the_client(key: str, value: Any) -> None:
    made, _ = client(key, default_query={"a": 1})
    with pytest.raises(ConfigurationError, match="extra_query"):
        await made.listings.list(extra_query=value)
