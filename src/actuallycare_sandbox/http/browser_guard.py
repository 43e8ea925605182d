"""Middleware that keeps web pages out: the sandbox runs beside a developer's browser, with a key.

- DNS rebinding: a page of another site makes its own name resolve to 127.0.0.1 and then reads from
  the sandbox as its own origin. The `Host` header still has the name of the site.
- Cross-site requests: a page may send some requests to any address without asking first, although
  it cannot read the responses. The browser then sends the `Origin` of the page.
  https://developer.mozilla.org/docs/Web/HTTP/Guides/CORS#simple_requests
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from .responses import json_response

_HOST = re.compile(r"(?:\[([0-9A-Fa-f:.]+)\]|([^][/?#@:\s]+))(?::[0-9]{0,5})?")
"""`Host` (RFC 9110 section 7.2). Some versions of `urlsplit` ignore what is beside brackets."""
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class BrowserGuardMiddleware:
    """Rejects requests whose `Host` is another address, and changes that another site requests.

    Args:
        app: the application.
        allowed_hosts: names to accept in `Host` besides the address that a connection was made to.
    """

    def __init__(self, app: ASGIApp, allowed_hosts: Iterable[str] = ()) -> None:
        self._app = app
        # `--host ::1` has no brackets.
        self._allowed_hosts = frozenset(_host_name(h) or h.lower() for h in allowed_hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or respond with the reason why not."""
        problem = self._problem(scope) if scope["type"] == "http" else None
        if problem is None:
            await self._app(scope, receive, send)
            return
        status, reason = problem
        await json_response({"error": reason}, status)(scope, receive, send)

    def _problem(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_own(_host_name(hosts[0]), scope):
            return 400, (
                "The Host header is not an address of this sandbox. Use the base URL that it "
                "printed, or name the host with --allow-host."
            )
        if scope["method"] not in _SAFE_METHODS and _is_foreign(headers, hosts[0]):
            return 403, "A web page of another origin requested this change."
        return None

    def _is_own(self, host: str, scope: Scope) -> bool:
        if host in self._allowed_hosts:
            return True
        # The address of this end of the connection, not the one to listen on: that may be 0.0.0.0.
        address = str((scope.get("server") or ("",))[0]).lower()
        if host == address:
            return True
        return _is_loopback(address) and (host == "localhost" or _is_loopback(host))


def _is_foreign(headers: Headers, host: str) -> bool:
    """Whether a browser says that the page that sent this has another origin."""
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return True
    origins = headers.getlist("origin")
    return any(_netloc(origin) != host.lower() for origin in origins)


def _netloc(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _host_name(header: str) -> str:
    """Return the name or address in a `Host` header, without port, brackets and final dot."""
    found = _HOST.fullmatch(header)
    if found is None:
        return ""
    return (found[1] or found[2].removesuffix(".")).lower()


def _is_loopback(host: str) -> bool:
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
