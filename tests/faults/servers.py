"""The servers of the fault table: a fault server, nginx, a proxy, or none."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import trustme
from h2.connection import H2Connection

from tests.faults.bad_responses import answers, response, works
from tests.faults.fault_server import Connection, Fault, refusing_port, serving
from tests.faults.http2 import Reject
from tests.ports import free_port
from tests.tls import tls_contexts


@dataclass(slots=True)
class Place:
    """The URL that the client calls, and what the servers there counted."""

    base_url: str
    requests: Callable[[], int] = lambda: 0
    """How many requests arrived, once the place is left."""
    strangers: Callable[[], int] = lambda: 0
    """How many requests arrived at a host that the client was not pointed at."""
    proxy: str | None = None
    """What the caller's own HTTP client sends through."""
    http2: ssl.SSLContext | None = None
    """With it, the caller's own HTTP client sends by HTTP/2."""
    during: Callable[[], AbstractContextManager[None]] = nullcontext
    """Is entered around the call."""


MakePlace = Callable[[], AbstractContextManager[Place]]


def served(fault: Fault) -> MakePlace:
    """A fault server."""

    @contextmanager
    def place() -> Iterator[Place]:
        with serving(fault) as server:
            yield Place(f"{server.origin}/v1", lambda: len(server.requests))

    return place


@contextmanager
def nobody_listens() -> Iterator[Place]:
    """A port that rejects connections."""
    with refusing_port() as port:
        yield Place(f"http://127.0.0.1:{port}/v1")


@contextmanager
def nobody_accepts() -> Iterator[Place]:
    """A port whose queue is full, so that connecting neither succeeds nor fails."""
    with socket.socket() as listener, ExitStack() as waiting:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            queued = waiting.enter_context(socket.socket())
            queued.setblocking(False)
            queued.connect_ex(listener.getsockname())
        yield Place(f"http://127.0.0.1:{listener.getsockname()[1]}/v1")


@contextmanager
def unknown_name() -> Iterator[Place]:
    """A name that no server knows (RFC 6761 section 6.4)."""
    yield Place("http://nobody.invalid/v1")


@contextmanager
def unknown_certificate() -> Iterator[Place]:
    """TLS with a certificate of an authority that nobody trusts."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    with serving(works, tls) as server:
        yield Place(f"{server.origin}/v1", lambda: len(server.requests))


@contextmanager
def proxy_refuses() -> Iterator[Place]:
    """A proxy that answers CONNECT with 407."""
    head = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
    with _proxied_by(answers(head)) as place:
        yield place


@contextmanager
def proxy_closes() -> Iterator[Place]:
    """A proxy that closes the connection after CONNECT."""
    with _proxied_by(answers(b"")) as place:
        yield place


@contextmanager
def _proxied_by(fault: Fault) -> Iterator[Place]:
    with serving(fault) as proxy, serving(works) as api:
        yield Place(
            f"https://127.0.0.1:{api.port}/v1",
            lambda: len(api.requests),
            proxy=f"http://127.0.0.1:{proxy.port}",
        )


@contextmanager
def proxy_is_down() -> Iterator[Place]:
    """A proxy on whose port nothing listens."""
    with serving(works) as api, refusing_port() as port:
        yield Place(f"{api.origin}/v1", lambda: len(api.requests), proxy=f"http://127.0.0.1:{port}")


@contextmanager
def proxy_asks_for_a_login() -> Iterator[Place]:
    """A proxy that answers a request to an http URL with 407."""
    asks = answers(response(b"", 407, Proxy_Authenticate='Basic realm="sample"'), keep=True)
    with serving(asks) as proxy, serving(works) as api:
        yield Place(
            f"{api.origin}/v1",
            lambda: len(proxy.requests),
            lambda: len(api.requests),
            proxy=f"http://127.0.0.1:{proxy.port}",
        )


def http2_rejects(reject: Reject) -> MakePlace:
    """A server that processes no request, and says so. It counts those that it has processed."""

    @contextmanager
    def place() -> Iterator[Place]:
        tls, trusted = tls_contexts("127.0.0.1", protocols=["h2"])
        with serving(works, tls, reject=reject) as server:
            yield Place(f"{server.origin}/v1", lambda: len(server.requests), http2=trusted)

    return place


def http2_answers(answer: Reject) -> MakePlace:
    """A server that processes each request, and answers in a way that HTTP/2 forbids."""

    @contextmanager
    def place() -> Iterator[Place]:
        processed: list[int] = []

        def process(connection: H2Connection, stream_id: int) -> None:
            processed.append(stream_id)
            answer(connection, stream_id)

        with http2_rejects(process)() as place:
            yield replace(place, requests=lambda: len(processed))

    return place


@contextmanager
def descriptors_are_exhausted() -> Iterator[Place]:
    """A server that works, while this process can open no socket."""
    with serving(works) as server:
        yield Place(
            f"{server.origin}/v1", lambda: len(server.requests), during=_without_descriptors
        )


@contextmanager
def _without_descriptors() -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    highest = max(int(path.name) for path in Path("/proc/self/fd").iterdir())
    taken: list[int] = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, before[1]))
    try:
        with suppress(OSError):
            while True:
                taken.append(os.dup(0))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
        for descriptor in taken:
            os.close(descriptor)


def redirects(status: int) -> MakePlace:
    """A server that sends the client to another one, which would answer."""

    @contextmanager
    def place() -> Iterator[Place]:
        with serving(works) as other:

            def redirect(connection: Connection) -> bool:
                target = f"http://localhost:{other.port}/v1/listings/1"
                connection.send(response(b"", status, Location=target))
                return True

            with serving(redirect) as server:
                yield Place(
                    f"{server.origin}/v1",
                    lambda: len(server.requests),
                    lambda: len(other.requests),
                )

    return place


_NGINX = """
daemon off; pid {folder}/pid; error_log stderr; worker_processes 1;
events {{}}
http {{
  access_log {folder}/access; client_body_temp_path {folder}/a; proxy_temp_path {folder}/b;
  fastcgi_temp_path {folder}/c; uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  limit_req_zone $server_name zone=one:32k rate=1r/m;
  server {{ listen 127.0.0.1:{port}; server_name sample; location / {{ {rule} }} }}
}}
"""


def nginx(rule: str, *, warm: bool = False) -> MakePlace:
    """A real nginx with one location; `warm` uses up what it lets through first."""

    @contextmanager
    def place() -> Iterator[Place]:
        program = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
        if program is None:
            pytest.skip("NGINX IS NOT INSTALLED: its rows of the fault table are not proven")
        port, arrived = free_port(), 0
        with tempfile.TemporaryDirectory() as name, refusing_port() as stopped:
            folder = Path(name)
            text = _NGINX.format(folder=name, port=port, rule=rule.format(stopped=stopped))
            (folder / "conf").write_text(text, encoding="ascii")
            with _running([program, "-p", name, "-c", str(folder / "conf")], port):
                base_url = f"http://127.0.0.1:{port}/v1"
                if warm:
                    _get(base_url)
                yield Place(base_url, lambda: arrived)
            # Nginx notes a request after it has answered it; now it has noted all of them.
            arrived = len((folder / "access").read_text(encoding="utf-8").splitlines()) - warm

    return place


@contextmanager
def _running(command: list[str], port: int) -> Generator[None]:
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if process.poll() is not None:
                    break
                time.sleep(0.02)
        if process.poll() is not None:
            assert process.stderr is not None
            raise RuntimeError(f"nginx has ended: {process.stderr.read().decode()}")
        yield
    finally:
        process.terminate()
        process.communicate()


def _get(url: str) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(url, timeout=5).close()
    except urllib.error.HTTPError as error:
        error.close()
