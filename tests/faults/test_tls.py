"""TLS that works: a real handshake over each transport, HTTP/2 where it is asked for."""

from __future__ import annotations

import json
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp
import anyio
import hypercorn.asyncio
import pytest
import trustme
from hypercorn.config import Config

from actuallycare import AsyncActuallyCare
from actuallycare.transports import (
    AiohttpTransport,
    Httpx2Transport,
    HttpxTransport,
    Transport,
)

KEY = "ab" * 32


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> trustme.CA:
    return trustme.CA()


@asynccontextmanager
async def served(authority: trustme.CA, folder: Path) -> AsyncIterator[tuple[str, list[str]]]:
    """A TLS server of one listing; its base URL, and the HTTP version of each request."""
    versions: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        assert dict(scope["headers"])[b"x-api-key"] == KEY.encode()
        versions.append(scope["http_version"])
        body = json.dumps({"success": True, "data": {"id": "1", "address": "1 Main St"}}).encode()
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    certificate = authority.issue_cert("127.0.0.1")
    certificate.private_key_pem.write_to_path(str(folder / "key.pem"))
    for blob in certificate.cert_chain_pems:
        blob.write_to_path(str(folder / "chain.pem"), append=True)
    config = Config()
    config.bind = ["127.0.0.1:0"]
    config.keyfile, config.certfile = str(folder / "key.pem"), str(folder / "chain.pem")
    config.errorlog = logging.getLogger("tests.hypercorn")
    sockets = config.create_sockets()
    port = sockets.secure_sockets[0].getsockname()[1]
    config.create_sockets = lambda: sockets  # type: ignore[method-assign]
    stop = anyio.Event()
    async with anyio.create_task_group() as group:
        serve: Any = partial(hypercorn.asyncio.serve, shutdown_trigger=stop.wait)
        group.start_soon(serve, app, config)
        yield f"https://127.0.0.1:{port}/v1", versions
        stop.set()


async def get(url: str, transport: Transport) -> str | None:
    async with AsyncActuallyCare(KEY, base_url=url, transport=transport) as client:
        first = await client.listings.get("1")
        assert await client.listings.get("1") == first
        return first.address


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("transport", "http2", "version"),
    [
        (HttpxTransport, False, "1.1"),
        (Httpx2Transport, False, "1.1"),
        (HttpxTransport, True, "2"),
        (Httpx2Transport, True, "2"),
    ],
)
async def test_a_trusted_certificate_is_spoken_to(
    transport: type[HttpxTransport | Httpx2Transport],
    http2: bool,
    version: str,
    authority: trustme.CA,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    async with served(authority, tmp_path) as (url, versions):
        sender = transport(http2=http2)
        assert await get(url, sender) == "1 Main St"
        await sender.aclose()
        assert versions == [version] * 2


@pytest.mark.asyncio
async def test_aiohttp_speaks_to_what_its_session_trusts(
    authority: trustme.CA, tmp_path: Path
) -> None:
    tls = ssl.create_default_context()
    authority.configure_trust(tls)
    async with served(authority, tmp_path) as (url, versions):
        connector = aiohttp.TCPConnector(ssl=tls)
        async with aiohttp.ClientSession(connector=connector) as session:
            assert await get(url, AiohttpTransport(session)) == "1 Main St"
        assert versions == ["1.1"] * 2
