"""The sandbox without a socket: the same application, called by httpx directly."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx
from starlette.applications import Starlette

from ..backend import Backend
from ..clock import Clock
from ..settings import Settings
from .app import create_app
from .handle import RunningSandbox

_ORIGIN = "http://sandbox.test"


@dataclass(frozen=True, slots=True)
class InProcessSandbox(RunningSandbox):
    """A sandbox that answers whoever uses its `transport()`; its host exists only there.

    Attributes:
        app: the ASGI application.
    """

    app: Starlette = field(repr=False)

    def transport(self) -> httpx.ASGITransport:
        """For `httpx.AsyncClient(transport=…)`."""
        return httpx.ASGITransport(app=self.app)


@contextmanager
def in_process(
    settings: Settings | None = None, *, clock: Clock | None = None
) -> Generator[InProcessSandbox]:
    """A sandbox in this process until the block ends.

    Args:
        settings: how this sandbox differs from another; the default has 2,000 sample records.
        clock: the time of everything in it.

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
