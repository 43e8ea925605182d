"""Transport over httpx."""

from __future__ import annotations

import httpx

from ..errors import APIConnectionError, APITimeoutError
from ..request import Request, Response

_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.LocalProtocolError,
)


class HttpxTransport:
    """Sends over an `httpx.AsyncClient`: its own, or one that the caller made and keeps."""

    def __init__(self, client: httpx.AsyncClient | None = None) -> None:
        self._owned = client is None
        # Credentials come from the SDK alone: httpx would add ones from ~/.netrc otherwise.
        self._client = client if client is not None else httpx.AsyncClient(trust_env=True)

    async def send(self, request: Request) -> Response:
        failure: APIConnectionError
        try:
            response = await self._client.request(
                request.method,
                request.url,
                headers=request.wire_headers(),
                content=request.content,
                timeout=request.timeout,
                follow_redirects=False,
            )
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            failure = _translate(error, request)
        else:
            return Response(response.status_code, response.headers, response.content)
        # Raised outside the handler: httpx's error holds the request with its credential.
        raise failure

    async def aclose(self) -> None:
        if self._owned:
            await self._client.aclose()


def _translate(error: Exception, request: Request) -> APIConnectionError:
    cls = APITimeoutError if isinstance(error, httpx.TimeoutException) else APIConnectionError
    message = f"{type(error).__name__}: {error}".removesuffix(": ")
    return cls(message, request=request.without_auth(), sent=not isinstance(error, _NEVER_SENT))
