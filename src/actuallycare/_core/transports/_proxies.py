"""Choose the proxy that the environment names for a URL.

The rules of NO_PROXY are those of curl and Go. httpx cannot read some of its entries, such as IPv6
addresses in brackets or networks, and then rejects every request:
https://github.com/encode/httpx/issues/3221.
"""

from __future__ import annotations

from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from urllib.parse import SplitResult, urlsplit
from urllib.request import getproxies, proxy_bypass

from ..errors import ConfigurationError


def environment_proxy(url: str, *, socks: bool) -> str | None:
    """Return the URL of the proxy for `url`, or None to connect directly.

    Args:
        url: the URL of the request.
        socks: whether the HTTP library can use a SOCKS proxy.

    Raises:
        ConfigurationError: the proxy cannot be used. The message does not contain its URL, which
            may include a password.
    """
    parts = urlsplit(url)
    proxies = getproxies()
    proxy = (proxies.get(parts.scheme) or proxies.get("all") or "").strip()
    if not proxy or is_bypassed(parts, proxies.get("no", "")) or proxy_bypass(parts.hostname or ""):
        return None
    proxy = proxy if "://" in proxy else f"http://{proxy}"
    variable = f"{parts.scheme.upper()}_PROXY" if proxies.get(parts.scheme) else "ALL_PROXY"
    _check(proxy, variable, socks)
    return proxy


def is_bypassed(url: SplitResult, no_proxy: str) -> bool:
    """Return whether a value of NO_PROXY exempts this URL from proxies."""
    host = (url.hostname or "").lower().rstrip(".")
    port = url.port or (443 if url.scheme == "https" else 80)
    entries = (entry.strip().lower() for entry in no_proxy.split(","))
    return any(_matches(entry, host, port) for entry in entries if entry)


def _matches(entry: str, host: str, port: int) -> bool:
    if entry == "*":
        return True
    entry = entry.rpartition("://")[2]
    try:
        return ip_address(host) in ip_network(entry.strip("[]"), strict=False)
    except ValueError:  # the host or the entry is a name, or the entry has a port
        pass
    name, _, entry_port = entry.rpartition(":")
    if name and entry_port.isdecimal():
        return int(entry_port) == port and _matches(name, host, port)
    name = entry.removeprefix("*").strip(".")
    return host == name or (bool(name) and host.endswith(f".{name}"))


def _check(proxy: str, variable: str, socks: bool) -> None:
    """Raise ConfigurationError unless the HTTP library can use this proxy."""
    remedy = "correct it, unset it, or exempt the API's host with NO_PROXY"
    parts = _split(proxy)
    if parts is None:
        raise ConfigurationError(
            f"{variable} in the environment is not a URL such as http://proxy:3128: {remedy}."
        )
    if parts.scheme in ("http", "https"):
        return
    if parts.scheme not in ("socks5", "socks5h"):
        raise ConfigurationError(
            f"{variable} in the environment has the scheme {parts.scheme!r}; http, https or socks5 "
            f"was expected: {remedy}."
        )
    if not socks:
        raise ConfigurationError(
            f"{variable} in the environment is a SOCKS proxy, which aiohttp does not support: use "
            "another transport, or exempt the API's host with NO_PROXY."
        )
    if find_spec("socksio") is None:
        raise ConfigurationError(
            f"{variable} in the environment is a SOCKS proxy, which needs the package socksio: "
            "pip install socksio, or exempt the API's host with NO_PROXY."
        )


def _split(proxy: str) -> SplitResult | None:
    try:
        parts = urlsplit(proxy)
        valid = bool(parts.hostname) and parts.port != 0 and not any(map(str.isspace, proxy))
    except ValueError:
        return None
    return parts if valid else None
