"""The server on a socket, in a thread."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from actuallycare_sandbox import AddressInUseError, Settings, in_process, run_sandbox


def test_run_in_thread_until_block_ends() -> None:
    with run_sandbox(Settings(records=50)) as server:
        response = httpx.get(f"{server.base_url}/clients", headers={"X-API-Key": server.api_key})
        assert response.json()["success"] is True
        login = {"email": server.email, "password": server.password}
        assert httpx.post(f"{server.base_url}/auth/login", json=login).status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.base_url)


@pytest.mark.parametrize("start", [run_sandbox, in_process])
def test_hide_credentials_in_repr(start: Any) -> None:
    with start(Settings(records=0)) as server:
        shown = f"{server!r} {server.backend!r} {server.backend.example!r}"
        assert server.base_url in shown
        assert server.api_key not in shown
        assert server.password not in shown


def test_reject_port_in_use() -> None:
    with run_sandbox(Settings(records=0)) as server:
        port = httpx.URL(server.base_url).port
        with (
            pytest.raises(AddressInUseError, match="--port 0"),
            run_sandbox(Settings(records=0), port=port or 0),
        ):
            pass


def test_disable_nagle_algorithm() -> None:
    with (
        run_sandbox(Settings(records=0)) as server,
        httpx.Client(headers={"X-API-Key": server.api_key}) as client,
    ):
        client.get(f"{server.base_url}/clients")
        fastest = min(
            client.get(f"{server.base_url}/clients").elapsed.total_seconds() for _ in range(50)
        )
        # Nagle's algorithm and delayed acknowledgements would make it 40 ms.
        assert fastest < 0.03
