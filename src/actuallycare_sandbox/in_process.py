"""The sandbox without a socket: the same application, called by httpx directly."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
from starlette.applications import Starlette

from .app import create_app
from .backend import Backend
from .clock import Clock
from .sessions import issue_token
from .settings import Settings

_ORIGIN = "http://sandbox.test"


@dataclass(frozen=True, slots=True)
class InProcessSandbox:
    """A sandbox that answers whoever uses its `transport()`.

    Attributes:
        base_url: what an SDK wants; the host exists only for the transport.
        api_key: an API key with every scope.
        email: login of the key's user, a broker.
        password: the password of that login.
        app: the ASGI application.
        backend: the parts inside: clock, store, limits, faults, arrivals.
    """

    base_url: str
    api_key: str
    email: str
    password: str
    app: Starlette
    backend: Backend

    def transport(self) -> httpx.ASGITransport:
        """For `httpx.AsyncClient(transport=…)`."""
        return httpx.ASGITransport(app=self.app)

    def token(self, email: str | None = None) -> str:
        """A fresh access token; of the key's user, or of the sample account with that email."""
        return issue_token(self.backend, email or self.email)


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
    example = backend.example
    try:
        yield InProcessSandbox(
            base_url=_ORIGIN + backend.document.base_path,
            api_key=example.api_key,
            email=example.email,
            password=example.password,
            app=create_app(backend=backend),
            backend=backend,
        )
    finally:
        backend.close()
