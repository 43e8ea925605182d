"""The proxies of the environment, and the entries of NO_PROXY."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from actuallycare import AsyncActuallyCare, ConfigurationError
from actuallycare._core.transports import _proxies
from actuallycare._core.transports._proxies import environment_proxy, is_bypassed
from tests.faults import bad_responses as bad
from tests.faults.fault_server import serving

KEY = "0123456789abcdef" * 4
PROXY = "http://proxy.example:3128"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for scheme in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme.upper()}_PROXY", raising=False)


@pytest.mark.parametrize(
    ("no_proxy", "url", "bypassed"),
    [
        ("", "https://api.example.com", False),
        ("*", "https://api.example.com", True),
        ("example.com", "https://api.example.com", True),
        ("example.com", "https://example.com", True),
        (".example.com", "https://api.example.com", True),
        ("*.example.com", "https://api.example.com", True),
        ("example.com", "https://notexample.com", False),
        ("EXAMPLE.com", "https://Api.Example.COM.", True),
        ("api.example.com:8443", "https://api.example.com:8443", True),
        ("api.example.com:8443", "https://api.example.com", False),
        ("api.example.com:443", "https://api.example.com", True),
        ("http://api.example.com", "http://api.example.com", True),
        (" a.example , localhost ,", "http://localhost:80", True),
        ("10.0.0.0/8", "http://10.2.3.4", True),
        ("10.0.0.0/8", "http://11.2.3.4", False),
        ("127.0.0.1", "http://127.0.0.1:8000", True),
        ("::1", "http://[::1]:8000", True),
        ("[::1]", "http://[::1]:8000", True),
        ("[::1]:8000", "http://[::1]:8000", True),
        ("[::1]:8001", "http://[::1]:8000", False),
        ("fd00::/8,fe80::/10", "http://[fd12::1]", True),
        ("fd00::/8", "http://[fe80::1]", False),
        ("fd00::/8", "http://127.0.0.1", False),
        (".", "http://127.0.0.1", False),
        ("[", "http://127.0.0.1", False),
    ],
)
def test_no_proxy_exempts_hosts(no_proxy: str, url: str, bypassed: bool) -> None:
    assert is_bypassed(urlsplit(url), no_proxy) is bypassed


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, None),
        ({"HTTPS_PROXY": PROXY}, PROXY),
        ({"https_proxy": "proxy.example:3128"}, PROXY),
        ({"HTTPS_PROXY": f" {PROXY} "}, PROXY),
        ({"HTTPS_PROXY": ""}, None),
        ({"ALL_PROXY": PROXY}, PROXY),
        ({"HTTP_PROXY": PROXY}, None),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "[::1],example.com"}, None),
    ],
)
def test_the_proxy_of_the_scheme_is_chosen(
    environment: dict[str, str], expected: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert environment_proxy("https://api.example.com", socks=True) == expected


@pytest.mark.parametrize("transport", ["httpx", "httpx2", "aiohttp"])
@pytest.mark.parametrize(
    ("proxy", "reason"),
    [
        ("socks5://someone:Sample-Passw0rd@127.0.0.1:1", "SOCKS"),
        ("gopher://someone:Sample-Passw0rd@127.0.0.1:1", "gopher"),
        ("http://someone:Sample-Passw0rd@127.0.0.1:port", "not a URL"),
        ("http://", "not a URL"),
        ("http://a host:3128", "not a URL"),
    ],
)
def test_a_proxy_that_cannot_be_used_is_rejected_when_the_client_is_created(
    transport: str, proxy: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ALL_PROXY", proxy)
    monkeypatch.setattr(_proxies, "find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=reason) as caught:
        AsyncActuallyCare(KEY, transport=transport)  # type: ignore[arg-type]
    assert "ALL_PROXY" in str(caught.value)
    assert "Passw0rd" not in str(caught.value)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    AsyncActuallyCare(KEY, base_url="http://127.0.0.1:9/v1", transport=transport)  # type: ignore[arg-type]


@pytest.mark.asyncio
@pytest.mark.parametrize("transport", ["httpx", "httpx2", "aiohttp"])
@pytest.mark.parametrize("entry", ["[::1]", "fd00::/8", "10.0.0.0/8,.svc"])
async def test_requests_go_through_the_proxy_of_the_environment(
    transport: str, entry: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(bad.works) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.origin)
        monkeypatch.setenv("NO_PROXY", entry)
        async with AsyncActuallyCare(
            KEY,
            base_url="http://sample.invalid/v1",
            transport=transport,  # type: ignore[arg-type]
        ) as client:
            await client.listings.get("1")
    assert proxy.requests[0].head.startswith(b"GET http://sample.invalid/v1/listings/1 ")
