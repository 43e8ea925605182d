"""Rate limits at the door: counts each request, tells the budget on each response."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..backend import Backend
from ..protocol.errors import ApiError
from ..protocol.rate_limit import Budget
from .endpoint import refusal


class Throttle:
    """ASGI middleware; paths outside the API's base path pass uncounted."""

    def __init__(self, app: ASGIApp, backend: Backend) -> None:
        self._app = app
        self._backend = backend

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through, or answer 429."""
        path = self._backend.document.within(scope.get("path", ""))
        if scope["type"] != "http" or path is None:
            await self._app(scope, receive, send)
            return
        address = scope["client"][0] if scope.get("client") else "unknown"
        limiter, clock = self._backend.limiter, self._backend.clock
        budget = limiter.admit(scope["method"], path, address, clock.time())

        async def tell(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(budget.headers())
                if message["status"] >= 400 and budget.allowed:
                    limiter.failed(path, address, clock.time())
            await send(message)

        if budget.allowed:
            await self._app(scope, receive, tell)
        else:
            await refusal(self._backend, too_many(budget))(scope, receive, tell)


def too_many(budget: Budget) -> ApiError:
    """The refusal of a request that is over a limit."""
    return ApiError(
        429,
        "RATE_LIMIT_EXCEEDED",
        "Too many requests, please try again later",
        headers=budget.headers(),
    )
