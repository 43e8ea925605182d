"""Run the sandbox on a socket, in a thread of its own or for the command line."""

from __future__ import annotations

import errno
import ipaddress
import socket
import threading
from collections.abc import Generator
from contextlib import closing, contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from ..backend import Backend
from ..clock import Clock
from ..settings import Settings
from .app import create_app
from .fault_injection import TRANSPORT_EXTENSION
from .handle import RunningSandbox


class AddressInUseError(OSError):
    """The address cannot be used: the port is taken, or it is not an address of this machine."""


def bind(host: str, port: int) -> socket.socket:
    """Return a listening socket; port 0 takes a free one.

    Raises:
        AddressInUseError: the address cannot be used; the message says why and what to do.
    """
    address_type = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only if the socket's protocol is IPPROTO_TCP, which 0 is not.
    listener = socket.socket(address_type, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        is_foreign = isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL
        hint = (
            "Name an address of this machine with --host"
            if is_foreign
            else "Choose another with --port, or --port 0 for a free one"
        )
        raise AddressInUseError(
            f"cannot listen on {host} port {port}: {error.strerror}. {hint}"
        ) from error
    listener.listen(128)
    return listener


def base_url(listener: socket.socket, backend: Backend) -> str:
    """Return the base URL of the API on this machine."""
    host, port = listener.getsockname()[:2]
    if ipaddress.ip_address(host).is_unspecified:  # not an address that a client can use
        host = "::1" if ":" in host else "127.0.0.1"
    url_host = f"[{host}]" if ":" in host else host
    return f"http://{url_host}:{port}{backend.document.base_path}"


def serve(app: ASGIApp) -> uvicorn.Server:
    """Return a server that is ready to run."""
    config = uvicorn.Config(
        _with_transport(app),
        http="h11",
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)


def _with_transport(app: ASGIApp) -> ASGIApp:
    """Add the connection to the ASGI scope, so that faults can close it."""

    async def with_transport(scope: Scope, receive: Receive, send: Send) -> None:
        # uvicorn's `send` is a bound method; its object has the transport.
        transport = getattr(getattr(send, "__self__", None), "transport", None)
        extensions: dict[str, Any] = {
            **(scope.get("extensions") or {}),
            TRANSPORT_EXTENSION: transport,
        }
        await app({**scope, "extensions": extensions}, receive, send)

    return with_transport


@contextmanager
def run_sandbox(
    settings: Settings | None = None, *, clock: Clock | None = None, port: int = 0
) -> Generator[RunningSandbox]:
    """Run a sandbox on a loopback port, in a thread, until the block ends.

    Args:
        settings: the configuration; the default has 2,000 sample records.
        clock: the time of everything in it; the default is a new clock.
        port: 0 takes a free one.

    Raises:
        AddressInUseError: the port is taken.
        DocumentError: the OpenAPI document cannot be served.
        StoreError: the data file cannot be used.
    """
    with (
        closing(Backend(settings or Settings(), clock)) as backend,
        closing(bind("127.0.0.1", port)) as listener,
    ):
        server = serve(create_app(backend=backend))
        thread = threading.Thread(
            target=server.run,
            kwargs={"sockets": [listener]},
            name="actuallycare-sandbox",
            daemon=True,
        )
        thread.start()
        try:
            yield RunningSandbox(base_url(listener, backend), backend)
        finally:
            server.should_exit = True
            thread.join()
