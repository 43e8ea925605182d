"""Each operation with the options of a call: what they add to the request, and nothing else."""

from __future__ import annotations

import inspect
import json
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from actuallycare import AsyncActuallyCare, Request, Response
from tests.fakes import ScriptedTransport

from . import document
from .test_operations import BASE, IDS, OPERATIONS, bound, python_name, python_value

HEADERS = {"X-Trace": "t-1", "accept": "application/vnd.actuallycare.v2+json"}
QUERY = {"include": ["notes", "tags"], "limit": 7}
BODY = {"newField": {"nested": [1, None]}}


async def sent(client: AsyncActuallyCare, row: tuple[str, str, Any], **options: Any) -> Request:
    """The request of an operation with every documented argument."""
    method, path, operation = row
    status, _, body = document.success(row)
    transport = ScriptedTransport(Response(status, {}, json.dumps(body).encode()))
    view = client.with_options(transport=transport)
    keywords = document.parameters(operation, "query") | (document.body(operation) or {})
    values = {python_name(wire): python_value(v, wire) for wire, v in keywords.items()}
    in_path = document.parameters(operation, "path").values()
    await bound(view, f"{method} {path}")(*in_path, **values, **options)
    (request,) = transport.requests
    return request


@pytest.mark.asyncio
@pytest.mark.parametrize("row", OPERATIONS, ids=IDS)
async def test_the_options_change_the_request_as_named(row: tuple[str, str, Any], key: str) -> None:
    client = AsyncActuallyCare(key, token="jwt", base_url=BASE, telemetry=False)
    plain = await sent(client, row)
    changed = await sent(
        client, row, extra_headers=HEADERS, extra_query=QUERY, extra_body=BODY, timeout=3
    )

    # The headers that the SDK sends itself keep its spelling, so that none is sent twice.
    expected = {**plain.headers, "X-Trace": "t-1", "Accept": HEADERS["accept"]}
    if plain.content is None:
        expected["Content-Type"] = "application/json"
    assert changed.headers == expected
    pairs = [pair for pair in parse_qsl(urlsplit(plain.url).query) if pair[0] != "limit"]
    added = [("include", "notes"), ("include", "tags"), ("limit", "7")]
    assert sorted(parse_qsl(urlsplit(changed.url).query)) == sorted([*pairs, *added])
    assert urlsplit(changed.url).path == urlsplit(plain.url).path
    assert changed.content is not None
    assert json.loads(changed.content) == {**json.loads(plain.content or b"{}"), **BODY}
    assert changed.timeout == 3
    assert (changed.method, changed.auth) == (plain.method, plain.auth)


@pytest.mark.asyncio
@pytest.mark.parametrize("row", OPERATIONS, ids=IDS)
async def test_a_view_adds_its_extras_to_each_call(row: tuple[str, str, Any], key: str) -> None:
    client = AsyncActuallyCare(key, token="jwt", base_url=BASE, telemetry=False)
    plain = await sent(client, row)
    view = client.with_options(extra_headers=HEADERS, extra_query=QUERY, extra_body=BODY)
    changed = await sent(view, row)
    assert changed.headers["X-Trace"] == "t-1"
    assert ("limit", "7") in parse_qsl(urlsplit(changed.url).query)
    if plain.content is None:
        assert changed.content is None  # a group of calls gives no body to those without one
    else:
        assert json.loads(changed.content or b"") == {**json.loads(plain.content), **BODY}


@pytest.mark.parametrize("row", OPERATIONS, ids=IDS)
def test_the_signature_names_the_options(row: tuple[str, str, Any], key: str) -> None:
    client = AsyncActuallyCare(key, transport=ScriptedTransport())
    names = [*inspect.signature(bound(client, f"{row[0]} {row[1]}")).parameters]
    assert names[-4:] == ["extra_headers", "extra_query", "extra_body", "timeout"]
