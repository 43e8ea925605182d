"""Fakes of the SDK's interfaces: a clock, and a transport with scripted responses."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio.lowlevel

from actuallycare import Request, Response

START = datetime(2026, 6, 11, 18, 24, 9, tzinfo=UTC)


class ManualClock:
    """Time that moves only by `sleep`, at once; `slept` lists the waits."""

    def __init__(self) -> None:
        self.slept: list[float] = []
        self.elapsed = 0.0

    def monotonic(self) -> float:
        return self.elapsed

    def now(self) -> datetime:
        return START + timedelta(seconds=self.elapsed)

    async def sleep(self, seconds: float) -> None:
        await anyio.lowlevel.checkpoint()
        self.slept.append(seconds)
        self.elapsed += seconds


Step = Response | Exception | Callable[[Request], Response]


class ScriptedTransport:
    """Answers the first request with the first step, and so on; the last step repeats."""

    def __init__(self, *steps: Step) -> None:
        self._steps: Sequence[Step] = steps
        self.requests: list[Request] = []
        self.closed = False

    async def send(self, request: Request) -> Response:
        await anyio.lowlevel.checkpoint()
        step = self._steps[min(len(self.requests), len(self._steps) - 1)]
        self.requests.append(request)
        if isinstance(step, Exception):
            raise step
        return step if isinstance(step, Response) else step(request)

    async def aclose(self) -> None:
        self.closed = True


def answer(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A JSON response."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Response(status, {"Content-Type": "application/json", **(headers or {})}, content)


def success(data: Any, **beside: Any) -> Response:
    """A success envelope."""
    return answer({"success": True, "data": data, **beside})


def failure(
    status: int,
    code: str = "CODE",
    message: str = "it failed",
    *,
    headers: Mapping[str, str] | None = None,
    **error: Any,
) -> Response:
    """An error envelope."""
    body = {"success": False, "error": {"code": code, "message": message, **error}}
    return answer(body, status, headers)
