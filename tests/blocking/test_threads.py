"""100 threads and one client: one login, one pool, one rate limit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from anyio.to_thread import run_sync

from actuallycare import ActuallyCare, Login
from actuallycare_sandbox import RunningSandbox
from tests.fakes import ScriptedTransport, success
from tests.faults import bad_responses as bad
from tests.faults.fault_server import serving


def test_a_thread_pool_of_100(actuallycare_sandbox: RunningSandbox) -> None:
    sandbox = actuallycare_sandbox
    login = Login("broker@example.com", "Sandbox-Passw0rd")
    with (
        ActuallyCare(sandbox.api_key, token=login, base_url=sandbox.base_url) as client,
        ThreadPoolExecutor(100) as pool,
    ):
        ids = [listing.id for listing in client.listings.list(limit=20).first_page().items]
        found = list(pool.map(client.listings.get, ids * 10))
        me = list(pool.map(lambda _: client.auth.get_profile().id, range(20)))
    assert [listing.id for listing in found] == ids * 10
    assert len(set(me)) == 1


def test_threads_share_connections_up_to_max_concurrency() -> None:
    with (
        serving(bad.works) as server,
        ActuallyCare("0" * 64, base_url=f"{server.origin}/v1", max_concurrency=4) as client,
        ThreadPoolExecutor(100) as pool,
    ):
        assert len({found.id for found in pool.map(client.listings.get, ["1"] * 300)}) == 1
        assert server.connections <= 4


def test_a_call_inside_a_running_event_loop() -> None:
    """As in a notebook cell: the loop of the calls is another one."""
    with (
        serving(bad.works) as server,
        ActuallyCare("0" * 64, base_url=f"{server.origin}/v1") as client,
    ):

        async def main() -> None:
            found = client.listings.get("1")
            assert await run_sync(client.listings.get, "1") == found

        for backend in ("asyncio", "trio"):
            anyio.run(main, backend=backend)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_a_client_that_is_made_inside_a_running_event_loop(backend: str) -> None:
    async def main() -> None:
        with ActuallyCare("0" * 64, transport=ScriptedTransport(success({"id": "1"}))) as client:
            assert client.listings.get("1").id == "1"
            assert client.with_options(max_concurrency=1).listings.get("1").id == "1"

    anyio.run(main, backend=backend)
