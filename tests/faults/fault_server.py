"""A server on a raw socket that misbehaves as one function says."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from tests.faults.http2 import Http2Connection, Reject

_QUIET = 20.0
"""Seconds until a connection that nobody uses is given up, so that no thread outlives its test."""


SLOW = b"/slow"
"""End of the path of requests that HTTP/2 answers in two pieces."""
HTTP2_BODY = b'{"success": true, "data": {"id": "1"}}'


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived."""

    head: bytes
    body: bytes

    @property
    def line(self) -> str:
        """The request line."""
        return self.head.split(b"\r\n", 1)[0].decode("latin-1")


class Connection:
    """What a fault may do to the connection whose request was read."""

    def __init__(self, sock: socket.socket, stopping: threading.Event) -> None:
        self._sock, self._stopping = sock, stopping

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self._sock.sendall(data)

    def pause(self, seconds: float) -> bool:
        """Wait, until the server stops at the latest; False then."""
        return not self._stopping.wait(seconds)

    def reset(self) -> None:
        """End with a TCP reset rather than in order."""
        # SO_LINGER with a time of 0: close() discards what is queued and sends RST.
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._sock.close()


Fault = Callable[[Connection], bool | None]
"""Answers one request. The connection is closed afterwards, unless it returns True."""


class FaultServer:
    """Reads each request whole, notes it, and lets `fault` answer.

    With `tls`, clients that offer HTTP/2 get it if the context does, and a 200 or `reject`. With
    `tunnel`, it is the proxy too: it expects CONNECT first.
    """

    def __init__(
        self,
        fault: Fault,
        tls: ssl.SSLContext | None = None,
        *,
        tunnel: bool = False,
        reject: Reject | None = None,
    ) -> None:
        self._fault, self._tls = fault, tls
        self._reject = reject
        self._tunnel = tunnel
        self._stopping = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self.requests: list[Seen] = []
        self.connections = 0
        self.port: int = self._listener.getsockname()[1]
        self.origin = f"{'https' if tls and not tunnel else 'http'}://127.0.0.1:{self.port}"

    @property
    def open_connections(self) -> int:
        """Connections that neither side has closed yet."""
        with self._lock:
            return len(self._open)

    def serve(self) -> None:
        """Accept until `stop`."""
        while not self._stopping.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return  # the listener was closed
            with self._lock:
                self._open.add(sock)
                self.connections += 1
            thread = threading.Thread(target=self._converse, args=(sock,), daemon=True)
            thread.start()
            self._threads = [*filter(threading.Thread.is_alive, self._threads), thread]

    def stop(self) -> None:
        """Close everything and wait for every thread."""
        self._stopping.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for sock in self._open:
                with suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(_QUIET)

    def _converse(self, bare: socket.socket) -> None:
        sock = bare
        try:
            sock.settimeout(_QUIET)
            # Small pieces are sent when they are written, as the faults mean them.
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tunnel:
                self._open_tunnel(bare)
            if self._tls is not None:
                sock = self._tls.wrap_socket(bare, server_side=True)
                if sock.selected_alpn_protocol() == "h2":
                    pause = Connection(sock, self._stopping).pause
                    Http2Connection(sock, HTTP2_BODY, pause, self._reject).serve(SLOW)
                    return
            while (request := _read_request(sock)) is not None:
                self.requests.append(request)
                if not self._fault(Connection(sock, self._stopping)):
                    break
        except OSError:
            pass  # the client has gone, which is what some faults are about
        finally:
            with self._lock:
                self._open.discard(bare)
            sock.close()
            bare.close()

    def _open_tunnel(self, sock: socket.socket) -> None:
        """Answer CONNECT as a proxy does, and be the server behind it."""
        request = _read_request(sock)
        if request is None or not request.line.startswith("CONNECT "):
            raise ConnectionError("the client has gone, or took this for no proxy")
        self._stopping.wait(0.001)  # so that the client waits for the response
        sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")


def _read_request(sock: socket.socket) -> Seen | None:
    data = b""
    while b"\r\n\r\n" not in data:
        chunk = sock.recv(65_536)
        if not chunk:
            return None
        data += chunk
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    while len(body) < length:
        chunk = sock.recv(65_536)
        if not chunk:
            return None
        body += chunk
    return Seen(head, body)


@contextmanager
def serving(
    fault: Fault,
    tls: ssl.SSLContext | None = None,
    *,
    tunnel: bool = False,
    reject: Reject | None = None,
) -> Iterator[FaultServer]:
    """A fault server on a loopback port, in a thread, until the block ends."""
    server = FaultServer(fault, tls, tunnel=tunnel, reject=reject)
    thread = threading.Thread(target=server.serve, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(_QUIET)


@contextmanager
def refusing_port() -> Iterator[int]:
    """A loopback port that nothing listens on, kept from others meanwhile."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield int(bound.getsockname()[1])
