"""Download a document with bounds on time and memory, from a server that may be hostile.

One deadline covers the whole download: resolving, TLS, headers, redirects and the body. httpx's own
time-outs start again with every byte, so a server that sends one byte a second never meets them.
"""

from __future__ import annotations

import time
import zlib
from typing import Final, NoReturn

import anyio
import httpx
from attrs import frozen

from ..errors import CodegenError, Problem

MAX_BYTES: Final = 20 * 2**20
"""A document above this is not one: the vendor's is a few hundred kilobytes."""

DEADLINE: Final = 60.0
"""Seconds for the whole download."""

_STALLED = 20.0
"""Seconds without headers, or without the next piece of the body."""
_SLOWEST = 512
"""Bytes a second that a body must have, once it has taken `_STALLED` seconds."""
_MOST_PIECES = 100_000
"""Chunks that a body may come in: those of one byte cost as much time as large ones."""
_REDIRECTS = 5
_MOST_ENCODINGS = 3
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""`wbits` of zlib by content encoding."""


@frozen
class Downloaded:
    """A complete response."""

    status: int
    content_type: str
    content: bytes


def download(url: str, *, deadline: float = DEADLINE) -> Downloaded:
    """Return what is behind `url`. Sends no credentials; follows redirects on the same host only.

    Raises `CodegenError`, in one sentence, for everything that can go wrong on the way.
    """
    try:
        return anyio.run(_download, url, deadline)
    except httpx.InvalidURL as error:
        raise rejected(url, f"it is no URL ({error}); check it") from None
    except httpx.HTTPError as error:
        raise rejected(url, f"no complete response ({_named(error)}); {_HELP}") from None
    except (OSError, ImportError, ValueError) as error:
        # Proxies and certificates come from the environment: HTTPS_PROXY, SSL_CERT_FILE.
        reason = f"no connection is possible ({_named(error)}); check the URL, the proxy variables"
        raise rejected(url, f"{reason} and SSL_CERT_FILE, or use --from") from None


_HELP = "check the URL and the network, or use --from"


def _named(error: Exception) -> str:
    text = f"{type(error).__name__}: {error}".removesuffix(": ")
    return text if len(text) <= 200 else f"{text[:200]}…"


async def _download(url: str, deadline: float) -> Downloaded:
    try:
        with anyio.fail_after(deadline):
            return await _follow(url)
    except TimeoutError as error:
        reason = str(error) or f"the download took more than {deadline:g} seconds"
        raise rejected(url, f"{reason}; {_HELP}") from None


async def _follow(url: str) -> Downloaded:
    origin, first = _origin(url), url
    async with httpx.AsyncClient(timeout=_STALLED, follow_redirects=False) as client:
        for _ in range(_REDIRECTS):
            response = await _send(client, url)
            try:
                if not response.has_redirect_location:
                    return await _complete(response, url)
                source, url = url, str(response.url.join(response.headers["Location"]))
            finally:
                await response.aclose()
            if _origin(url) != origin:
                reason = f"it redirects to {url:.300}; if that is right, pull with --url {url:.300}"
                raise rejected(source, reason)
    raise rejected(first, f"more than {_REDIRECTS} redirects; check the URL")


async def _send(client: httpx.AsyncClient, url: str) -> httpx.Response:
    headers = {"Accept": "application/json", "Accept-Encoding": "gzip, deflate"}
    with anyio.move_on_after(_STALLED):
        return await client.send(client.build_request("GET", url, headers=headers), stream=True)
    raise TimeoutError(f"no response within {_STALLED:g} seconds")


async def _complete(response: httpx.Response, url: str) -> Downloaded:
    content = bytearray()
    begun = time.monotonic()
    pieces = response.aiter_raw()
    for _ in range(_MOST_PIECES):
        piece = None
        with anyio.move_on_after(_STALLED):
            piece = await anext(pieces, b"")
        took = time.monotonic() - begun
        if piece is None or (took > _STALLED and len(content) < took * _SLOWEST):
            raise TimeoutError("the body comes too slowly")
        if not piece:
            break
        content += piece
        if len(content) > MAX_BYTES:
            _too_large(url)
    else:
        raise rejected(
            url, f"its body comes in more than {_MOST_PIECES:,} pieces; check the server"
        )
    body = decode(bytes(content), response.headers.get("Content-Encoding", ""), url)
    return Downloaded(response.status_code, response.headers.get("Content-Type", ""), body)


def decode(content: bytes, encodings: str, url: str) -> bytes:
    """Return a body without its content encodings (RFC 9110 section 8.4), the last one first.

    Each layer is bounded by itself: 288 bytes can be gigabytes after two.
    """
    names = [name.strip().lower() for name in encodings.split(",")]
    names = [name for name in names if name not in ("", "identity")]
    if len(names) > _MOST_ENCODINGS:
        reason = f"it is compressed {len(names)} times; at most {_MOST_ENCODINGS} are accepted"
        raise rejected(url, f"{reason}; check the server")
    for name in reversed(names):
        if name not in _WINDOWS:
            reason = f"its Content-Encoding is {name[:40]!r}; gzip or deflate was expected"
            raise rejected(url, f"{reason}; check the server")
        content = _decompressed(content, name, url)
    return content


def _decompressed(content: bytes, name: str, url: str) -> bytes:
    windows = [_WINDOWS[name]]
    if name == "deflate":
        windows.append(-15)  # some servers leave out zlib's header
    for window in windows:
        stream = zlib.decompressobj(window)
        try:
            plain = stream.decompress(content, MAX_BYTES + 1)
        except zlib.error:
            continue
        if len(plain) > MAX_BYTES:
            _too_large(url)
        if stream.eof and not stream.unused_data:
            return plain
        raise rejected(url, f"its {name} body is incomplete or has a second part; pull again")
    raise rejected(url, f"its body is not {name}, as Content-Encoding says; check the server")


def _origin(url: str) -> tuple[str, str, int | None]:
    """Return scheme, host and port; `CodegenError` when the URL has credentials in it."""
    parts = httpx.URL(url)
    if parts.userinfo:
        raise rejected(
            f"{parts.scheme}://…@{parts.host}",
            "the URL contains credentials, which would be sent and shown; the document is public, "
            "so remove the part before the @",
        )
    if parts.scheme not in ("http", "https") or not parts.host:
        raise rejected(url, "an http or https URL with a host was expected")
    return parts.scheme, parts.host, parts.port


def _too_large(source: str) -> NoReturn:
    raise rejected(source, f"it is larger than {MAX_BYTES:,} bytes; check the URL")


def rejected(source: str, reason: str) -> CodegenError:
    """Return the error that a source is no document."""
    return CodegenError([Problem(source, reason)])
