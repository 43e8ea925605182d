"""Send requests: one module for each HTTP library, all behind `Transport`."""

from __future__ import annotations

from typing import Literal, Protocol, runtime_checkable

from ..http import Request, Response

TransportName = Literal["httpx", "httpx2", "aiohttp"]
"""The transports of the SDK, by the name of their library."""


class Transport(Protocol):
    """Sends one request and reads the whole response. Pass your own as `transport=`.

    A transport follows no redirects, retries nothing and raises `APIConnectionError` (or
    `APITimeoutError`) when no complete response arrived, with `sent=False` if the request cannot
    have reached the server. It raises no exception of its HTTP library.
    """

    async def send(self, request: Request) -> Response:
        """Send `request` and return its response."""
        ...

    async def aclose(self) -> None:
        """Close the connections that this transport opened."""
        ...


@runtime_checkable
class PreparedTransport(Protocol):
    """A transport that can check its settings before the first request."""

    def prepare(self, base_url: str) -> None:
        """Get ready to send to `base_url`; raise ConfigurationError if that is not possible."""
        ...


def prepare_transport(transport: Transport, base_url: str) -> None:
    """Let a transport of the SDK find mistakes in the environment when a client is created."""
    if isinstance(transport, PreparedTransport):
        transport.prepare(base_url)
