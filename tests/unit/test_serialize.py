"""How a call becomes a request: URL, query, headers, bodies."""

from __future__ import annotations

import datetime as dt
import enum
import io
import json
from email.parser import BytesParser
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actuallycare import UNSET, ConfigurationError, File
from actuallycare._core.bodies.form import FormBody
from actuallycare._core.bodies.multipart import MultipartBody, encode_multipart
from actuallycare._core.bodies.raw import RawBody
from actuallycare._core.http import AuthHeader, Request
from actuallycare._core.operation import Call, Operation, RequestBody
from actuallycare._core.secret import Secret
from actuallycare._core.serialize import (
    JsonBody,
    build_request,
    comma_separated,
    encode_query,
    path_segment,
)

OPERATION = Operation("listings.update", "PUT", "/listings/{id}")


def build(call: Call, auth: AuthHeader | None = None) -> Request:
    return build_request(
        call,
        base_url="https://api.example.com/v1",
        headers={"User-Agent": "test"},
        timeout=30,
        auth=auth,
    )


def test_a_call_becomes_a_request() -> None:
    call = Call(
        OPERATION,
        "/listings/1",
        params={"page": 2, "q": None},
        headers={"X-Trace": True, "X-None": None},
        body=JsonBody({"status": "sold", "city": None, "state": UNSET}),
    )
    request = build(call)
    assert request.method == "PUT"
    assert request.url == "https://api.example.com/v1/listings/1?page=2"
    assert request.headers == {
        "User-Agent": "test",
        "Accept": "application/json",
        "X-Trace": "true",
        "Content-Type": "application/json",
    }
    assert json.loads(request.content or b"") == {"status": "sold", "city": None}
    assert request.timeout == 30


def test_the_credential_is_only_in_the_headers_for_the_wire() -> None:
    auth = AuthHeader("X-API-Key", Secret("feedface" * 8))
    request = build(Call(OPERATION, "/listings/1"), auth)
    assert request.wire_headers()["X-API-Key"] == "feedface" * 8
    assert "X-API-Key" not in request.headers
    assert "feedface" not in repr(request)
    assert request.without_auth().wire_headers() == request.headers


def test_a_call_shows_none_of_its_values() -> None:
    call = Call(OPERATION, "/x/secret", params={"a": "secret"}, body=JsonBody({"p": "secret"}))
    assert "secret" not in repr(call)


QUERIES: list[tuple[dict[str, Any], str]] = [
    ({}, ""),
    ({"a": None, "b": UNSET}, ""),
    ({"a": 1, "b": 2.5, "c": True, "d": False}, "a=1&b=2.5&c=true&d=false"),
    ({"tags": ["x", "y z"]}, "tags=x&tags=y%20z"),
    ({"tags": []}, ""),
    ({"tags": [None, "x", UNSET]}, "tags=x"),
    ({"day": dt.date(2026, 7, 10)}, "day=2026-07-10"),
    ({"at": dt.datetime(2026, 7, 10, tzinfo=dt.UTC)}, "at=2026-07-10T00%3A00%3A00Z"),
    ({"q": "a&b=c#d/é+"}, "q=a%26b%3Dc%23d%2F%C3%A9%2B"),
]


@pytest.mark.parametrize(("params", "query"), QUERIES)
def test_queries(params: dict[str, Any], query: str) -> None:
    assert encode_query(params) == query


def test_comma_separated_lists() -> None:
    assert encode_query({"x": comma_separated(["a", 1, True])}) == "x=a%2C1%2Ctrue"
    assert comma_separated(None) is None
    assert comma_separated(UNSET) is None
    assert encode_query({"x": comma_separated([None, "a", UNSET])}) == "x=a"


@pytest.mark.parametrize(
    ("value", "segment"),
    [("0d4f8a9c-3b2e", "0d4f8a9c-3b2e"), ("a/b?c#d", "a%2Fb%3Fc%23d"), (5, "5"), ("é", "%C3%A9")],
)
def test_path_segments(value: Any, segment: str) -> None:
    assert path_segment(value, "id", OPERATION) == segment


class Text(str, enum.Enum):  # noqa: UP042 - str() of such a member is its name, unlike StrEnum's
    SOLD = "sold"
    EMPTY = ""
    PARENT = ".."


class Strong(enum.StrEnum):
    SOLD = "sold"


class Plain(enum.Enum):
    SOLD = "sold"
    DAY = dt.date(2026, 7, 10)


class Number(enum.IntEnum):
    ONE = 1


BAD_SEGMENTS = [None, UNSET, "", ".", "..", Text.EMPTY, Text.PARENT]


@pytest.mark.parametrize("value", BAD_SEGMENTS)
def test_a_value_that_would_change_the_path_is_rejected(value: Any) -> None:
    with pytest.raises(ConfigurationError) as caught:
        path_segment(value, "listing_id", OPERATION)
    for part in ("listings.update", "`listing_id`", repr(value), "/listings/{id}"):
        assert part in str(caught.value)


ENUMS: list[tuple[enum.Enum, str, Any]] = [
    (Text.SOLD, "sold", "sold"),
    (Strong.SOLD, "sold", "sold"),
    (Plain.SOLD, "sold", "sold"),
    (Plain.DAY, "2026-07-10", "2026-07-10"),
    (Number.ONE, "1", 1),
]


@pytest.mark.parametrize(("member", "text", "value"), ENUMS)
def test_the_value_of_an_enum_is_sent_everywhere(member: enum.Enum, text: str, value: Any) -> None:
    assert path_segment(member, "id", OPERATION) == text
    assert encode_query({"status": member}) == f"status={text}"
    assert encode_query({"status": [member]}) == f"status={text}"
    assert encode_query({"status": comma_separated([member])}) == f"status={text}"
    assert build(Call(OPERATION, "/x", headers={"X-Status": member})).headers["X-Status"] == text
    assert FormBody({"status": member}).encode()[0] == f"status={text}".encode()
    content, _ = encode_multipart({"status": member}, boundary="b")
    assert f"\r\n\r\n{text}\r\n".encode() in content
    body = JsonBody({"status": member, "all": [member]})
    assert json.loads(body.encode()[0]) == {"status": value, "all": [value]}


@given(st.text(min_size=1).filter(lambda text: text not in (".", "..")))
def test_a_segment_stays_one_segment(text: str) -> None:
    segment = path_segment(text, "id", OPERATION)
    assert "/" not in segment
    assert unquote(segment) == text


@given(st.dictionaries(st.text(min_size=1), st.text()))
def test_a_query_reads_back(params: dict[str, str]) -> None:
    assert dict(parse_qsl(encode_query(params), keep_blank_values=True)) == params


BODIES: list[tuple[RequestBody, bytes, str]] = [
    (JsonBody({"é": [1, None]}), '{"é":[1,null]}'.encode(), "application/json"),
    (JsonBody([]), b"[]", "application/json"),
    (FormBody({"a": 1, "b": UNSET}), b"a=1", "application/x-www-form-urlencoded"),
    (RawBody(b"\x00"), b"\x00", "application/octet-stream"),
]


@pytest.mark.parametrize(("body", "content", "kind"), BODIES)
def test_bodies(body: RequestBody, content: bytes, kind: str) -> None:
    assert body.encode() == (content, kind)


def test_reject_values_that_json_cannot_express() -> None:
    with pytest.raises(ValueError, match="finite"):
        JsonBody({"price": float("nan")}).encode()


def test_an_upload_reads_back_with_a_parser_not_ours() -> None:
    fields = {
        "caption": "front",
        "left_out": UNSET,
        "photos": [File(b"--+++--\r\n", "a.png", "image/png"), File(io.BytesIO(b"2"))],
    }
    content, kind = encode_multipart(fields, boundary="b0undary")
    message = BytesParser().parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + content)
    parts = [
        (part.get_param("name", header="Content-Disposition"), part.get_payload(decode=True))
        for part in message.walk()
        if not part.is_multipart()
    ]
    assert parts == [("caption", b"front"), ("photos", b"--+++--\r\n"), ("photos", b"2")]
    assert b'filename="a.png"' in content


def test_a_file_name_cannot_break_out_of_its_header() -> None:
    evil = File(b"", 'a"\r\nX-Evil: 1')
    content, _ = encode_multipart({"f": evil}, boundary="b")
    assert b'filename="a%22%0D%0AX-Evil: 1"' in content


def test_each_upload_has_a_boundary_of_its_own() -> None:
    body = MultipartBody({"f": File(b"")})
    assert body.encode()[1] != body.encode()[1]


@pytest.mark.parametrize("base", ["https://api.example.com", "https://api.example.com/v1"])
@pytest.mark.parametrize(
    "path",
    ["@evil.example/x", ".evil.example/x", "\\\\evil.example/x", ":81/x", "\n.evil.example/x"],
)
def test_no_path_leads_to_another_server(base: str, path: str) -> None:
    call = Call(OPERATION, path)
    if base.endswith("/v1"):
        assert build_request(call, base_url=base, headers={}, timeout=1).url.startswith(base)
        return
    with pytest.raises(ConfigurationError, match="leads to another server"):
        build_request(call, base_url=base, headers={}, timeout=1)


@pytest.mark.parametrize("path", ["//evil.example/x", "/@evil.example", "/things/.."])
def test_a_path_with_a_slash_stays_on_its_server(path: str) -> None:
    url = build_request(
        Call(OPERATION, path), base_url="https://api.example.com", headers={}, timeout=1
    ).url
    assert urlsplit(url).netloc == "api.example.com"


@pytest.mark.parametrize("name", ["Host", "content-length", "TRANSFER-ENCODING"])
def test_a_call_cannot_set_headers_that_frame_the_message(name: str) -> None:
    with pytest.raises(ConfigurationError, match="the HTTP library sets"):
        build(Call(OPERATION, "/listings/1", headers={name: "x"}))


def test_a_content_type_cannot_inject_headers() -> None:
    file = File(b"x", content_type="text/plain\r\nX-Evil: 1")
    with pytest.raises(ConfigurationError, match="line break"):
        MultipartBody({"file": file}).encode()
