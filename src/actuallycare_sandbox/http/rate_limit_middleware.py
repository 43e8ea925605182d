"""Middleware that applies the rate limits and adds their headers to each response."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..backend import Backend
from ..protocol.errors import ApiError
from ..protocol.rate_limit import RateLimitStatus
from .responses import error_response


class RateLimitMiddleware:
    """Counts requests and rejects those over a limit; ignores paths outside the base path."""

    def __init__(self, app: ASGIApp, backend: Backend) -> None:
        self._app = app
        self._backend = backend

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or respond with a 429."""
        path = self._backend.document.within(scope.get("path", ""))
        if scope["type"] != "http" or path is None:
            await self._app(scope, receive, send)
            return
        address = scope["client"][0] if scope.get("client") else "unknown"
        limiter = self._backend.limiter
        clock = self._backend.clock
        status = limiter.admit(scope["method"], path, address, clock.time())

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(status.headers())
                if message["status"] >= 400 and status.allowed:
                    limiter.record_failure(path, address, clock.time())
            await send(message)

        if status.allowed:
            await self._app(scope, receive, send_with_headers)
        else:
            await error_response(self._backend, rate_limit_error(status))(
                scope, receive, send_with_headers
            )


def rate_limit_error(status: RateLimitStatus) -> ApiError:
    """Return the 429 for a request over a limit."""
    return ApiError(
        429,
        "RATE_LIMIT_EXCEEDED",
        "Too many requests, please try again later",
        headers=status.headers(),
    )
