"""Each operation of the document, called through the SDK: what goes out is what it says."""

from __future__ import annotations

import datetime
import inspect
import json
import re
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest

from actuallycare import UNSET, AsyncActuallyCare, ConfigurationError, Page, Response
from actuallycare._core.record import Record
from tests.fakes import ScriptedTransport

from . import document
from .document import LOCK

BASE = "https://api.example.com/v1"
OPERATIONS = list(document.operations())
IDS = [f"{method} {path}" for method, path, _ in OPERATIONS]


def python_name(wire: str) -> str:
    snake = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", wire).lower()
    return f"{snake}_" if snake in ("type", "format", "filter") else snake


def python_value(schema_value: Any, wire: str) -> Any:
    """What a user passes for a wire value."""
    if isinstance(schema_value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\S+Z", schema_value):
        return datetime.datetime.fromisoformat(schema_value)
    if isinstance(schema_value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", schema_value):
        return datetime.date.fromisoformat(schema_value)
    return schema_value


def bound(client: AsyncActuallyCare, place: str) -> Any:
    resource, method = LOCK["operations"][place]["name"].split(".")
    return getattr(getattr(client, resource), method)


async def call(client: AsyncActuallyCare, method: str, path: str, operation: Any) -> Any:
    """Call an operation with every argument that the document names."""
    in_path = document.parameters(operation, "path")
    keywords = document.parameters(operation, "query") | (document.body(operation) or {})
    given = {python_name(wire): python_value(v, wire) for wire, v in keywords.items()}
    return await bound(client, f"{method} {path}")(*in_path.values(), **given)


@pytest.mark.asyncio
@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
async def test_a_call_sends_the_documented_request(
    method: str, path: str, operation: dict[str, Any], dialect: str, key: str
) -> None:
    status, headers, body = document.success((method, path, operation), dialect)
    transport = ScriptedTransport(Response(status, headers, json.dumps(body).encode()))
    client = AsyncActuallyCare(key, token="jwt", base_url=BASE, transport=transport)
    await call(client, method, path, operation)

    (request,) = transport.requests
    url = urlsplit(request.url)
    expected = path
    for name, value in document.parameters(operation, "path").items():
        expected = expected.replace("{" + name + "}", str(value))
    assert request.method == method
    assert unquote(url.path) == "/v1" + expected
    sent = dict(parse_qsl(url.query))
    asked = document.parameters(operation, "query")
    assert sent == {k: str(v).lower() if v is True else str(v) for k, v in asked.items()}
    assert (json.loads(request.content) if request.content else None) == document.body(operation)

    schemes = {name for alternative in operation["security"] for name in alternative}
    sent_headers = request.wire_headers()
    assert ("X-API-Key" in sent_headers) is ("apiKey" in schemes)
    assert ("Authorization" in sent_headers) is (schemes == {"bearerAuth"})


@pytest.mark.anyio
@pytest.mark.parametrize("missing", [None, UNSET, "", ".."])
@pytest.mark.parametrize(
    ("method", "path", "operation"), [row for row in OPERATIONS if "{" in row[1]]
)
async def test_a_missing_path_argument_is_rejected_before_sending(
    method: str, path: str, operation: dict[str, Any], missing: Any, key: str
) -> None:
    transport = ScriptedTransport(Response(200, {}, b"{}"))
    client = AsyncActuallyCare(key, token="jwt", base_url=BASE, transport=transport)
    place = f"{method} {path}"
    wires = document.parameters(operation, "path")
    fields = document.body(operation) or {}
    for wire in wires:
        values = {python_name(name): value for name, value in wires.items()}
        values[python_name(wire)] = missing
        body = {python_name(name): value for name, value in fields.items()}
        with pytest.raises(ConfigurationError) as caught:
            await bound(client, place)(*values.values(), **body)
        assert LOCK["operations"][place]["name"] in str(caught.value)
        assert f"`{python_name(wire)}` is {missing!r}" in str(caught.value)
    assert transport.requests == []


@pytest.mark.asyncio
@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
async def test_the_documented_success_is_read_whole(
    method: str, path: str, operation: dict[str, Any], dialect: str, key: str
) -> None:
    status, headers, body = document.success((method, path, operation), dialect)
    transport = ScriptedTransport(Response(status, headers, json.dumps(body).encode()))
    client = AsyncActuallyCare(key, token="jwt", base_url=BASE, transport=transport)
    result = await call(client, method, path, operation)
    if isinstance(result, Page):
        assert len(result.items) == 1
        result = result.items[0]
    if result is None:
        assert "data" not in body
        return
    read = result.to_dict(mode="json", by="wire") if isinstance(result, Record) else result
    assert any(is_same(read, found) for found in _inside(body["data"]))
    assert not getattr(result, "additional_properties", None)


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS, ids=IDS)
def test_an_operation_is_documented_and_typed(
    method: str, path: str, operation: dict[str, Any], key: str
) -> None:
    client = AsyncActuallyCare(key, transport=ScriptedTransport())
    function = bound(client, f"{method} {path}")
    doc = inspect.getdoc(function) or ""
    assert operation["summary"] in doc
    assert f"Source: `{method} {path}`." in doc
    signature = inspect.signature(function)
    assert "Any" not in str(signature.return_annotation)
    for parameter in signature.parameters.values():
        assert parameter.annotation not in (inspect.Parameter.empty, "Any")


def is_same(read: Any, sent: Any) -> bool:
    """Whether a record as JSON is what was sent; fields that are absent there are None."""
    if isinstance(read, dict) and isinstance(sent, dict):
        return all(is_same(read.get(name), sent.get(name)) for name in read.keys() | sent.keys())
    if isinstance(read, list) and isinstance(sent, list):
        return len(read) == len(sent) and all(map(is_same, read, sent))
    if isinstance(read, (int, float)) and isinstance(sent, str):
        return float(sent) == read  # a decimal number as text
    if isinstance(read, str) and isinstance(sent, str) and read != sent:
        return datetime.datetime.fromisoformat(read) == datetime.datetime.fromisoformat(sent)
    return bool(read == sent)


def _inside(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [value, *(found for part in inner for found in _inside(part))]
