"""Run the sandbox without a socket: httpx calls the application directly."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import httpx
from attrs import field, frozen
from starlette.applications import Starlette

from ..backend import Backend
from ..clock import Clock
from ..settings import Settings
from .app import create_app
from .handle import RunningSandbox

_ORIGIN = "http://sandbox.test"


@frozen
class InProcessSandbox(RunningSandbox):
    """A sandbox without a socket; only clients that use its `transport()` reach it."""

    app: Starlette = field(repr=False)
    """The ASGI application."""

    def transport(self) -> httpx.ASGITransport:
        """Return a transport for `httpx.AsyncClient(transport=…)`."""
        return httpx.ASGITransport(app=self.app)


@contextmanager
def in_process(
    settings: Settings | None = None, *, clock: Clock | None = None
) -> Generator[InProcessSandbox]:
    """Run a sandbox in this process until the block ends.

    Args:
        settings: the configuration; the default has 2,000 sample records.
        clock: the time of everything in it; the default is a new clock.

    Raises:
        DocumentError: the OpenAPI document cannot be served.
        StoreError: the data file cannot be used.
    """
    backend = Backend(settings or Settings(), clock)
    try:
        base_url = _ORIGIN + backend.document.base_path
        yield InProcessSandbox(base_url, backend, create_app(backend=backend))
    finally:
        backend.close()
