"""Send one delivery. The receiver is a stranger: it may be slow, endless, or no HTTP server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import httpx

_TIMEOUT_SECONDS = 10.0
"""Seconds for one attempt, from connecting to the headers of the response."""
_BODY_SECONDS = 1.0
"""Seconds for reading the body, of which nothing is used."""
_MAX_BODY = 4096
"""Bytes of a body that are read, so that an ordinary receiver can finish sending."""
_MAX_CONCURRENCY = 50
"""Deliveries in flight."""


class DeliverySender:
    """Sends deliveries; create it in the event loop that uses it."""

    def __init__(self) -> None:
        self._tls = httpx.create_ssl_context()
        self._semaphore = asyncio.Semaphore(_MAX_CONCURRENCY)

    async def post(
        self, url: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int | None, str | None]:
        """Send a delivery; return the response status and the error, each None if there is none."""
        try:
            status = await self._send(url, body, headers)
        except TimeoutError:
            return None, f"no answer within {_TIMEOUT_SECONDS:g} s"
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return None, f"{type(error).__name__}: {error}"
        return status, None if 200 <= status < 300 else f"answered {status}"

    async def _send(self, url: str, body: bytes, headers: Mapping[str, str]) -> int:
        """Return the status. What goes wrong after it, does not matter."""
        status: list[int] = []
        try:
            async with (
                self._semaphore,
                asyncio.timeout(_TIMEOUT_SECONDS) as deadline,
                # One client for each, because a cancelled request can break a pool:
                # https://github.com/encode/httpcore/issues/1093
                httpx.AsyncClient(
                    verify=self._tls, timeout=_TIMEOUT_SECONDS, trust_env=False
                ) as client,
                client.stream("POST", url, content=body, headers=dict(headers)) as response,
            ):
                status.append(response.status_code)
                deadline.reschedule(asyncio.get_running_loop().time() + _BODY_SECONDS)
                await _read_beginning(response)
        except (TimeoutError, httpx.HTTPError):
            if not status:
                raise
        return status[0]


async def _read_beginning(response: httpx.Response) -> None:
    size = 0
    # Raw, because a few compressed bytes can become gigabytes.
    async for chunk in response.aiter_raw(_MAX_BODY):
        size += len(chunk)
        if size >= _MAX_BODY:
            return
