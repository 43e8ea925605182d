"""A client used before a fork is rejected in the child and still serves the parent."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.faults import bad_responses as bad
from tests.faults.fault_server import serving

# In a process of its own: forking one that has threads, as the test process has, is not safe.
PROGRAM = """
import asyncio, os, sys
from actuallycare import AsyncActuallyCare, ConfigurationError

client = AsyncActuallyCare("0" * 64, base_url=sys.argv[1])

async def get():
    return (await client.listings.get("1")).id

async def refused():
    messages = []
    for attempt in (get, client.aclose):
        try:
            await attempt()
        except ConfigurationError as error:
            messages.append(str(error))
    return messages

async def main():
    before = await get()
    if (child := os.fork()) == 0:
        asyncio._set_running_loop(None)  # what a child of a running loop starts with
        messages = asyncio.run(refused())
        os._exit(0 if len(messages) == 2 and all("fork" in text for text in messages) else 1)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    assert await get() == before
    await client.aclose()

asyncio.run(main())
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_a_client_does_not_cross_a_fork() -> None:
    with serving(bad.works) as server:
        command = [sys.executable, "-W", "error", "-c", PROGRAM, f"{server.origin}/v1"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        assert len(server.requests) == 2
        assert server.connections == 1  # the child has not closed the parent's
