"""What we sent in confidence shows in no error, also when the server or a library repeats it."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import h11
import hpack
import httpx
import pytest

from actuallycare import (
    ActuallyCareError,
    APIConnectionError,
    AsyncActuallyCare,
    ConfigurationError,
    Login,
    RetryPolicy,
    webhooks,
)
from actuallycare._core.transports._redaction import HeaderFilter, redact_header_logs
from actuallycare.transports import AiohttpTransport
from actuallycare.webhooks.asgi import WebhookReceiver
from tests.faults import bad_responses as bad
from tests.faults.fault_server import Connection, FaultServer, serving
from tests.faults.runner import WAYS, Library, transport_of
from tests.secrets.search import (
    KEY,
    PASSWORD,
    TOKEN,
    found,
    listening,
    shown_by,
    shown_by_traceback,
)
from tests.telemetry.exported import Exported

ONCE = RetryPolicy(max_attempts=1)
Make = Callable[[AsyncActuallyCare], Awaitable[Any]]


def connect(server: FaultServer, **options: Any) -> AsyncActuallyCare:
    options = {"retry": ONCE, **options}
    return AsyncActuallyCare(KEY, base_url=f"{server.origin}/v1", **options)


async def failure_of(awaitable: Awaitable[Any]) -> ActuallyCareError:
    with pytest.raises(ActuallyCareError) as caught:
        await awaitable
    return caught.value


def logs_in(client: AsyncActuallyCare) -> Awaitable[Any]:
    return client.auth.login(email="sample@example.com", password=PASSWORD)


def makes_a_webhook(client: AsyncActuallyCare) -> Awaitable[Any]:
    return client.webhooks.create(url="https://example.com", events=["all"], secret=PASSWORD)


def lists(client: AsyncActuallyCare) -> Awaitable[Any]:
    return client.listings.get("1")


@pytest.mark.anyio
@pytest.mark.parametrize("status", [200, 400, 401, 422, 500])
@pytest.mark.parametrize(
    ("make", "secrets"), [(logs_in, [PASSWORD]), (makes_a_webhook, [PASSWORD, TOKEN])]
)
async def test_a_server_that_repeats_what_was_sent(
    make: Make, secrets: list[str], status: int
) -> None:
    """It repeats everything, in every member of the envelope."""

    def fault(connection: Connection) -> bool:
        seen = server.requests[-1]
        error = {
            "code": f"INVALID {secrets}",
            "message": f"{secrets} are wrong: {seen.head.decode()} {seen.body.decode()}",
            "details": [
                {"field": "password", "message": f"{secrets} is weak", "input": {"a": secrets}},
                {"loc": ["body", *secrets], "received": secrets, "msg": quote(secrets[0])},
                *secrets,
                {secret: secret for secret in secrets},
            ],
        }
        body = {"success": False, "error": error, "errorId": f"id {secrets}"}
        connection.send(bad.response(json.dumps(body).encode(), status))
        return True

    with listening() as overheard, serving(fault) as server:
        async with connect(server, token=TOKEN) as client:
            error = await failure_of(make(client))
            assert "[redacted]" in str(error)
            assert shown_by(error) == []
    assert overheard.markers() == []


@pytest.mark.anyio
@pytest.mark.parametrize("status", [401, 500])
async def test_a_server_that_repeats_the_key(status: int) -> None:
    def fault(connection: Connection) -> bool:
        message = f"unknown key {KEY}"
        body = json.dumps({"error": {"message": message, "details": [{KEY: message}]}}).encode()
        connection.send(bad.response(body, status))
        return True

    with serving(fault) as server:
        async with connect(server) as client:
            assert shown_by(await failure_of(lists(client))) == []


@pytest.mark.anyio
@pytest.mark.parametrize(("library", "anyio_backend"), WAYS)
async def test_a_broken_response_that_repeats_the_key(library: Library) -> None:
    def fault(connection: Connection) -> None:
        connection.send(b"HTTP/1.1 200 OK\r\nX Key: " + KEY.encode() + b"\r\n\r\n")

    with serving(fault) as server:
        async with (
            transport_of(library) as transport,
            connect(server, transport=transport) as client,
        ):
            assert shown_by(await failure_of(lists(client))) == []


INVALID: dict[str, Any] = {
    "bytes": PASSWORD.encode(),
    "surrogate": f"{PASSWORD}\ud800",
    "surrogate first": f"\udfff{PASSWORD}",
}


@pytest.mark.anyio
@pytest.mark.parametrize("kind", INVALID)
async def test_a_password_that_cannot_be_sent(kind: str) -> None:
    with serving(bad.works) as server:
        async with connect(server) as client:
            for call in (
                client.auth.login(email="a@b.c", password=INVALID[kind]),
                client.webhooks.update("1", secret=INVALID[kind]),
            ):
                error = await failure_of(call)
                assert isinstance(error, ConfigurationError)
                assert shown_by(error) == []
        with pytest.raises(ConfigurationError) as caught:
            connect(server, token=Login("a@b.c", INVALID[kind]))
        assert shown_by(caught.value) == []
    assert not server.requests


@pytest.mark.anyio
@pytest.mark.parametrize("exp", ["1" + "0" * 400, "-1" + "0" * 400, "1e999", "7", "true"])
@pytest.mark.parametrize("iat", ["0", "1" + "0" * 400, '"x"'])
async def test_a_login_survives_any_lifetime(exp: str, iat: str) -> None:
    claims = base64.urlsafe_b64encode(f'{{"exp": {exp}, "iat": {iat}}}'.encode()).decode()
    token = f"a.{claims.rstrip('=')}.b"
    answers = [
        f'{{"success": true, "data": {{"token": "{token}", "expiresIn": {exp}}}}}',
        '{"success": true, "data": {"contacts": [], "meta": {"hasMore": false}}}',
    ]

    def fault(connection: Connection) -> bool:
        is_login = b"/auth/" in server.requests[-1].head
        connection.send(bad.response(answers[0 if is_login else 1].encode()))
        return True

    with serving(fault) as server:
        async with connect(server, token=Login("a@b.c", PASSWORD)) as client:
            assert len(await client.contacts.list()) == 0


@pytest.mark.parametrize("secret", [f"{PASSWORD}\ud800", f"\udc00{PASSWORD}"])
def test_a_webhook_secret_with_surrogates(secret: str) -> None:
    async def handler(_: webhooks.WebhookEvent) -> None: ...

    for make in (
        lambda value: webhooks.sign(b"{}", value),
        lambda value: webhooks.verify(b"{}", {}, value),
        lambda value: webhooks.unwrap(b"{}", {}, value),
        lambda value: WebhookReceiver(handler, value),
        lambda value: WebhookReceiver(handler, [value]),
    ):
        with pytest.raises(ConfigurationError, match="surrogates") as caught:
            make(secret)
        error = caught.value
        # The frames of the caller have what it passed; from there on nothing may.
        assert error.__traceback__ is not None
        assert error.__traceback__.tb_next is not None
        error.__traceback__ = error.__traceback__.tb_next.tb_next
        assert shown_by(error) == []


@pytest.mark.parametrize(
    "url", [KEY, f"https://{KEY}", f"https://example.com/{KEY}", f"{TOKEN}", f"http://[{TOKEN}"]
)
def test_a_credential_as_base_url(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def from_argument() -> None:
        AsyncActuallyCare("a" * 64, base_url=url)

    def from_environment() -> None:
        monkeypatch.setenv("ACTUALLYCARE_BASE_URL", url)
        AsyncActuallyCare("a" * 64)

    for make in (from_argument, from_environment):
        with pytest.raises(ConfigurationError, match="base_url") as caught:
            make()
        error = caught.value
        assert error.__traceback__ is not None
        assert error.__traceback__.tb_next is not None
        error.__traceback__ = error.__traceback__.tb_next.tb_next
        assert shown_by(error) == []


@pytest.mark.anyio
@pytest.mark.parametrize(("library", "anyio_backend"), WAYS)
async def test_a_proxy_that_refuses(library: Library) -> None:
    head = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    exported = Exported()
    with listening() as overheard, serving(bad.answers(head)) as proxy:
        url = f"http://{PASSWORD}:{PASSWORD}@127.0.0.1:{proxy.port}"
        async with (
            transport_of(library, url) as transport,
            AsyncActuallyCare(
                KEY,
                base_url="https://127.0.0.1:1/v1",
                transport=transport,
                retry=ONCE,
                telemetry=exported.observer,
            ) as client,
        ):
            errors = [await failure_of(lists(client))]
            del url
    assert isinstance(errors[0], APIConnectionError)
    assert found(exported.everything()) == []
    assert found(f"{errors[0]} {errors[0]!r} {vars(errors[0])!r}") == []
    assert overheard.markers() == []


@pytest.mark.asyncio
async def test_a_netrc_file_adds_no_credential(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "netrc"
    monkeypatch.setenv("NETRC", str(path))
    for entry, is_rejected in (
        ("machine 127.0.0.1 login a password b", True),
        ("default login a password b", True),
        ("machine other.example login a password b", False),
        ("nonsense", False),
    ):
        path.write_text(entry)
        path.chmod(0o600)
        with serving(bad.works) as server:
            async with (
                aiohttp.ClientSession(trust_env=True) as session,
                connect(server, transport=AiohttpTransport(session)) as client,
            ):
                if is_rejected:
                    assert "netrc" in str(await failure_of(lists(client)))
                else:
                    await lists(client)
        assert not any(b"authorization" in seen.head.lower() for seen in server.requests)


class Unexpected(Exception):
    pass


@pytest.mark.anyio
@pytest.mark.parametrize(("library", "anyio_backend"), WAYS)
async def test_a_defect_of_a_library_shows_nothing(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> Any:
        raise Unexpected

    if library == "aiohttp":
        monkeypatch.setattr(aiohttp.ClientRequest, "send", fail, raising=False)
        monkeypatch.setattr(aiohttp.client_proto.ResponseHandler, "read", fail)
    else:
        monkeypatch.setattr(h11.Connection, "next_event", fail)
    with serving(bad.works) as server:
        async with (
            transport_of(library) as transport,
            connect(server, transport=transport) as client,
        ):
            with pytest.raises((Unexpected, ActuallyCareError)) as caught:
                await lists(client)
            assert shown_by_traceback(caught.value) == []


@pytest.mark.anyio
async def test_frames_of_an_event_hook_stay() -> None:
    async def my_hook(_: httpx.Request) -> None:
        raise Unexpected

    with serving(bad.works) as server:
        async with (
            httpx.AsyncClient(event_hooks={"request": [my_hook]}) as http_client,
            connect(server, http_client=http_client) as client,
        ):
            with pytest.raises(Unexpected) as caught:
                await lists(client)
    names = [entry.name for entry in caught.traceback]
    assert "my_hook" in names
    assert not any("site-packages/httpx" in str(entry.path) for entry in caught.traceback)
    assert shown_by_traceback(caught.value) == []


def test_the_logs_of_hpack_show_no_credential() -> None:
    redact_header_logs()
    redact_header_logs()
    headers = [(b":method", b"GET"), (b"x-api-key", KEY.encode()), (b"authorization", KEY.encode())]
    headers += [(b"proxy-authorization", KEY.encode()), (b"cookie", KEY.encode())]
    with listening() as overheard:
        encoder, decoder = hpack.Encoder(), hpack.Decoder()
        decoder.decode(encoder.encode(headers))
        encoder.header_table_size = 0
    assert overheard.loggers() == {"hpack"}
    assert overheard.markers() == []
    shown = " ".join(record.getMessage() for record in overheard.records)
    assert "x-api-key" in shown
    assert "GET" in shown
    # Other copies of the package, in this process, have filters of their own.
    filters = logging.getLogger("hpack.hpack").filters
    assert sum(isinstance(each, HeaderFilter) for each in filters) == 1
