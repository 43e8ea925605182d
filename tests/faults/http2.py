"""HTTP/2 for the fault server: every request gets the same response, or is rejected."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import RequestReceived, StreamEnded
from h2.exceptions import ProtocolError

Pause = Callable[[float], bool]
Reject = Callable[[H2Connection, int], None]
"""Rejects the request of a stream."""


def go_away(connection: H2Connection, _: int) -> None:
    """Report that no request was processed (RFC 9113 section 6.8)."""
    connection.close_connection(last_stream_id=0)


def refuse_stream(connection: H2Connection, stream_id: int) -> None:
    """Report that this request was not processed (RFC 9113 section 8.7)."""
    connection.reset_stream(stream_id, ErrorCodes.REFUSED_STREAM)


def answer_with_too_many_headers(connection: H2Connection, stream_id: int) -> None:
    """Process the request, and answer with more headers than a client accepts."""
    headers = [(":status", "200"), *((f"x-sample-{number}", "a" * 50) for number in range(2_000))]
    connection.send_headers(stream_id, headers, end_stream=True)


def answer_with_too_long_body(connection: H2Connection, stream_id: int) -> None:
    """Process the request, and answer with a body that is longer than its length."""
    connection.send_headers(stream_id, [(":status", "200"), ("content-length", "3")])
    connection.send_data(stream_id, b"{    }", end_stream=True)


class Http2Connection:
    """One connection of a client, until it closes it."""

    def __init__(
        self, sock: socket.socket, body: bytes, pause: Pause, reject: Reject | None
    ) -> None:
        self._sock = sock
        self._body = body
        self._pause = pause
        self._reject = reject
        self._h2 = H2Connection(H2Configuration(client_side=False))
        self._paths: dict[int, bytes] = {}

    def serve(self, slow: bytes) -> None:
        """Answer requests; those whose path ends with `slow` in two pieces."""
        self._h2.initiate_connection()
        self._flush()
        with suppress(ProtocolError):  # after GOAWAY, any frame of the client is one
            while data := self._sock.recv(65_536):
                for event in self._h2.receive_data(data):
                    self._handle(event, slow)
                self._flush()

    def _handle(self, event: Any, slow: bytes) -> None:
        if isinstance(event, RequestReceived):
            headers = dict(event.headers or ())
            self._paths[event.stream_id or 0] = headers[b":path"]
        elif isinstance(event, StreamEnded) and self._reject is not None:
            self._reject(self._h2, event.stream_id)
        elif isinstance(event, StreamEnded):
            with suppress(ProtocolError):  # the client has reset the stream meanwhile
                self._answer(event.stream_id, self._paths.pop(event.stream_id).endswith(slow))

    def _answer(self, stream_id: int, in_two_pieces: bool) -> None:
        self._h2.send_headers(stream_id, [(":status", "200"), ("content-type", "application/json")])
        if in_two_pieces:
            self._flush()
            self._pause(0.001)
        self._h2.send_data(stream_id, self._body, end_stream=True)

    def _flush(self) -> None:
        self._sock.sendall(self._h2.data_to_send())
