"""Credentials in places that the document does not name, in requests and in responses."""

from __future__ import annotations

import json
import pickle
from collections.abc import Awaitable, Callable
from types import FunctionType
from typing import Any

import pytest

from actuallycare import AsyncActuallyCare, models
from actuallycare._core.transports._redaction import strip_library_frames
from tests.faults import bad_responses as bad
from tests.faults.fault_server import Connection, serving
from tests.secrets.search import KEY, PASSWORD, TOKEN, found, shown_by, shown_by_traceback
from tests.secrets.test_repeated import connect, failure_of, lists, logs_in

Make = Callable[[AsyncActuallyCare], Awaitable[Any]]

REPEATED: dict[str, tuple[int, bytes, dict[str, str]]] = {
    "page of a proxy": (200, b"<html>unknown key " + KEY.encode() + b"</html>", {}),
    "no data": (200, json.dumps({"key": KEY}).encode(), {}),
    "unreadable field": (200, bad.envelope({"id": [KEY]}), {}),
    "headers of an error": (400, b"{}", {"X_Debug": KEY, "WWW_Authenticate": f'Key "{KEY}"'}),
    "target of a redirect": (302, b"", {"Location": f"https://example.com/?key={KEY}"}),
}


@pytest.mark.anyio
@pytest.mark.parametrize("name", REPEATED)
async def test_a_server_that_repeats_the_key_elsewhere(name: str) -> None:
    status, body, headers = REPEATED[name]
    with serving(bad.answers(bad.response(body, status, **headers))) as server:
        async with connect(server, strict=True) as client:
            errors = [await failure_of(lists(client))]
            if status == 200:
                errors.append(await failure_of(client.request("GET", "/x", cast_to=models.Listing)))
                errors.append(await failure_of(client.listings.list().collect()))
    for error in errors:
        assert found(f"{error} {error!r} {vars(error)!r}") == []
        assert found(pickle.dumps(error, protocol=0).decode("latin-1")) == []


@pytest.mark.anyio
async def test_cookies_of_a_rejected_login_are_not_kept() -> None:
    with serving(bad.refuses(500, Set_Cookie=f"refreshToken={TOKEN}")) as server:
        async with connect(server) as client:
            assert shown_by(await failure_of(logs_in(client))) == []


SENT: dict[str, Make] = {
    "JSON": lambda client: client.request("POST", "/auth/login", json={"password": PASSWORD}),
    "form": lambda client: client.request("POST", "/auth/login", data={"password": PASSWORD}),
    "elsewhere": lambda client: client.request("POST", "/users", json=[{"newPassword": PASSWORD}]),
    "extra_body": lambda client: client.with_options(
        extra_body={"otp_secret": PASSWORD}
    ).auth.login(email="a@b.c", password="a" * 12),
    "extra_headers": lambda client: lists(
        client.with_options(extra_headers={"X-Tenant-Secret": PASSWORD})
    ),
    "extra_query": lambda client: lists(
        client.with_options(extra_query={"access_token": PASSWORD})
    ),
}


@pytest.mark.anyio
@pytest.mark.parametrize("name", SENT)
async def test_a_credential_in_an_undocumented_place(name: str) -> None:
    def fault(connection: Connection) -> bool:
        seen = server.requests[-1]
        body = {"error": {"message": f"{PASSWORD if seen.body else ''} is wrong"}}
        connection.send(bad.response(json.dumps(body).encode(), 400))
        return True

    with serving(fault) as server:
        async with connect(server) as client:
            error = await failure_of(SENT[name](client))
            assert shown_by(error) == []
    assert found(f"{server.requests[0].head!r} {server.requests[0].body!r}") != []


def fail(_data: bytes) -> None:
    raise OSError


@pytest.mark.parametrize("module", ["trio._ssl", "asyncio.selector_events", "ssl", "h2.connection"])
def test_frames_that_have_the_bytes_of_a_request_are_removed(module: str) -> None:
    function = FunctionType(fail.__code__, {"__name__": module, "OSError": OSError})
    with pytest.raises(OSError) as caught:  # noqa: PT011 - it has no message
        function(KEY.encode())
    assert shown_by_traceback(strip_library_frames(caught.value)) == []
