"""Web pages beside the sandbox: DNS rebinding and requests of other origins."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import httpx
import pytest

from actuallycare_sandbox import Backend, Settings, run_sandbox
from tests.sandbox.conftest import connect

PLAN = '{"kind": "drop", "path": "/none"}'


@pytest.fixture(scope="module")
def origin() -> Iterator[str]:
    with run_sandbox(Settings(records=0)) as sandbox:
        yield sandbox.base_url.removesuffix("/v1")


def status_for(origin: str, method: str, path: str, headers: dict[str, str], body: str = "") -> int:
    return httpx.request(method, origin + path, headers=headers, content=body).status_code


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1.evil.example",
        "127.0.0.1@evil.example",
        "evil.example/127.0.0.1",
        "localhost.evil.example",
        "evil.localhost",
        "0.0.0.0",  # noqa: S104
        "169.254.169.254",
        "[::ffff:169.254.169.254]",
        "127.0.0.1:port",
        "[::1",
        "[::1].evil.example",
        "evil.example[::1]",
        "[::1]evil.example:80",
        "127.0.0.1:80:80",
        "",
    ],
)
@pytest.mark.parametrize(
    "path", ["/_sandbox", "/_sandbox/requests", "/v1/openapi.json", "/v1/leads"]
)
def test_reject_other_host(origin: str, host: str, path: str) -> None:
    host = host.format(port=origin.rpartition(":")[2])
    response = httpx.get(origin + path, headers={"Host": host})
    assert response.status_code == 400
    assert "api_key" not in response.text
    assert "--allow-host" in response.json()["error"]


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.0.0.1:{port}", "127.0.0.1:1", "127.0.0.1:"),
        *("LOCALHOST:{port}", "localhost.", "localhost.:{port}", "[::1]:{port}"),
    ],
)
def test_accept_own_host(origin: str, host: str) -> None:
    host = host.format(port=origin.rpartition(":")[2])
    assert httpx.get(f"{origin}/_sandbox", headers={"Host": host}).status_code == 200


def test_accept_named_host() -> None:
    with run_sandbox(Settings(records=0, allowed_hosts=("Sandbox.internal",))) as sandbox:
        origin = sandbox.base_url.removesuffix("/v1")
        for host, status in (("sandbox.internal:80", 200), ("other.internal", 400)):
            assert httpx.get(f"{origin}/_sandbox", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/_sandbox/reset"),
        ("POST", "/_sandbox/faults"),
        ("DELETE", "/_sandbox/faults"),
        ("DELETE", "/_sandbox/requests"),
        ("POST", "/v1/auth/login"),
    ],
)
def test_reject_change_of_other_origin(
    origin: str, method: str, path: str, headers: dict[str, str]
) -> None:
    headers = {"Content-Type": "application/json", **headers}
    assert status_for(origin, method, path, headers, PLAN) == 403


def test_accept_change_of_own_page(origin: str) -> None:
    headers = {"Content-Type": "application/json; charset=utf-8", "Sec-Fetch-Site": "same-origin"}
    assert (
        status_for(origin, "POST", "/_sandbox/faults", {**headers, "Origin": origin}, PLAN) == 200
    )


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
@pytest.mark.parametrize("path", ["/_sandbox/reset", "/_sandbox/faults", "/_sandbox/clock"])
def test_reject_control_request_without_json(origin: str, path: str, kind: str) -> None:
    assert status_for(origin, "POST", path, {"Content-Type": kind} if kind else {}, PLAN) == 400


@pytest.mark.asyncio
async def test_accept_any_host_in_process(make_backend: Callable[..., Backend]) -> None:
    async with connect(make_backend(records=0)) as client:
        assert (await client.get("http://sandbox.test/_sandbox")).status_code == 200
