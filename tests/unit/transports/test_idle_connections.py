"""What a server sends or closes while a connection is idle, and GOAWAY of HTTP/2."""

from __future__ import annotations

import asyncio
from typing import Any

import aiohttp
import httpx
import httpx2
import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import DataReceived, StreamEnded

from actuallycare import APIConnectionError, AsyncActuallyCare, RetryPolicy
from actuallycare.transports import AiohttpTransport, Httpx2Transport, HttpxTransport
from tests.faults import bad_responses as bad
from tests.tls import tls_contexts

KEY = "0123456789abcdef" * 4
every_library = pytest.mark.parametrize("library", ["httpx", "httpx2", "aiohttp"])


class GoingAway:
    """An HTTP/2 server whose first connections end with GOAWAY instead of a response."""

    def __init__(self, last_stream_id: int) -> None:
        self._last_stream_id = last_stream_id
        self.bodies: list[bytes] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = H2Connection(H2Configuration(client_side=False))
        connection.initiate_connection()
        writer.write(connection.data_to_send())
        body = b""
        while data := await reader.read(65536):
            for event in connection.receive_data(data):
                if isinstance(event, DataReceived):
                    body += event.data or b""
                elif isinstance(event, StreamEnded):
                    self.bodies.append(body)
                    self._answer(connection, event.stream_id)
            writer.write(connection.data_to_send())
        writer.close()

    def _answer(self, connection: H2Connection, stream_id: int) -> None:
        if len(self.bodies) == 1:
            connection.close_connection(last_stream_id=self._last_stream_id)
            return
        connection.send_headers(stream_id, [(":status", "200")])
        connection.send_data(stream_id, bad.envelope(), end_stream=True)


@pytest.mark.asyncio
@pytest.mark.parametrize("library", ["httpx", "httpx2"])
@pytest.mark.parametrize("last_stream_id", [0, 1])
async def test_a_post_that_goaway_rejected_is_sent_again(
    library: str, last_stream_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, trusted = tls_contexts("127.0.0.1", protocols=["h2"])
    monkeypatch.setattr(f"{library}.create_ssl_context", lambda: trusted)
    going_away = GoingAway(last_stream_id)
    server = await asyncio.start_server(going_away.serve, "127.0.0.1", 0, ssl=tls)
    port = server.sockets[0].getsockname()[1]
    transport = {"httpx": HttpxTransport, "httpx2": Httpx2Transport}[library](http2=True)
    retry = RetryPolicy(max_attempts=2, backoff_base=0)
    async with AsyncActuallyCare(
        KEY, base_url=f"https://127.0.0.1:{port}/v1", transport=transport, retry=retry
    ) as client:
        create = client.listings.create(address="1 Sample St", list_price=1)
        if last_stream_id == 0:
            await create
            assert going_away.bodies == [b'{"address":"1 Sample St","list_price":1}'] * 2
        else:  # the server may have processed the request
            with pytest.raises(APIConnectionError) as caught:
                await create
            assert caught.value.sent
    await transport.aclose()
    server.close()


class Unasked:
    """A server that sends `data`, unasked, on connections that have become idle."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._writers: list[asyncio.StreamWriter] = []
        self.connections = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.append(writer)
        try:
            while await reader.readuntil(b"\r\n\r\n"):
                writer.write(bad.WHOLE)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the client has closed the connection
        finally:
            writer.close()

    async def send(self) -> None:
        for writer in self._writers:
            writer.write(self._data)
        self._writers.clear()
        await asyncio.sleep(0.01)


@pytest.mark.asyncio
@every_library
@pytest.mark.parametrize("owned", [True, False])
async def test_what_a_server_sends_unasked_answers_no_later_call(library: str, owned: bool) -> None:
    place = Unasked(bad.response(b"stolen"))
    server = await asyncio.start_server(place.serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    async with (
        aiohttp.ClientSession() as session,
        httpx.AsyncClient() as one,
        httpx2.AsyncClient() as two,
    ):
        theirs: Any = {
            "httpx": HttpxTransport(one),
            "httpx2": Httpx2Transport(two),
            "aiohttp": AiohttpTransport(session),
        }[library]
        async with AsyncActuallyCare(
            KEY, base_url=url, transport=library if owned else theirs
        ) as client:
            for _ in range(3):
                assert (await client.listings.get("1")).address == "1 Sample St"
                await place.send()
    assert place.connections == 3
    server.close()
    await asyncio.sleep(0.01)  # the server sees that the client has closed its connections


class Http2Closing(GoingAway):
    """An HTTP/2 server whose connections the test closes."""

    def __init__(self) -> None:
        super().__init__(0)
        self.writers: list[asyncio.StreamWriter] = []

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writers.append(writer)
        await super().serve(reader, writer)

    def _answer(self, connection: H2Connection, stream_id: int) -> None:
        connection.send_headers(stream_id, [(":status", "200")])
        connection.send_data(stream_id, bad.envelope(), end_stream=True)


@pytest.mark.asyncio
@pytest.mark.parametrize("library", ["httpx", "httpx2"])
async def test_an_idle_http2_connection_that_was_closed_takes_no_request(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, trusted = tls_contexts("127.0.0.1", protocols=["h2"])
    monkeypatch.setattr(f"{library}.create_ssl_context", lambda: trusted)
    place = Http2Closing()
    server = await asyncio.start_server(place.serve, "127.0.0.1", 0, ssl=tls)
    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    transport = {"httpx": HttpxTransport, "httpx2": Httpx2Transport}[library](http2=True)
    async with AsyncActuallyCare(
        KEY, base_url=url, transport=transport, retry=RetryPolicy(max_attempts=1)
    ) as client:
        for number in range(1, 4):
            await client.listings.create(address="1 Sample St", list_price=1)
            assert len(place.writers) == number
            place.writers[-1].close()
            await asyncio.sleep(0.01)
    await transport.aclose()
    server.close()
