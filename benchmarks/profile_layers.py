"""Show which layer of a call and which part of a record costs how much.

`python -m benchmarks.profile_layers`. The steps alternate within one process. The tables show the
minimum of the rounds, because other load on the machine only adds to it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from .fixtures import KEY, PAGE, RECORD_ID, ROOT, TOTAL
from .measure import environment, pin_to_core, running
from .prepare import prepare
from .suite import DELAY

Step = Callable[[], Awaitable[Any]]
TASKS = 50
DATES = ("closing_date", "created_at", "expiration_date", "listing_date", "updated_at")


async def profile_call(port: int, rounds: int) -> None:
    """Print the cost of 50 concurrent calls over aiohttp, from its session to the whole call."""
    import aiohttp

    from actuallycare import AsyncActuallyCare

    base_url = f"http://127.0.0.1:{port}/v1"
    client = AsyncActuallyCare(KEY, base_url=base_url, transport="aiohttp", max_concurrency=TASKS)
    session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False)
    async with client, session:
        await client.listings.get(RECORD_ID)
        steps = await _steps(client, session, base_url)
        microseconds: dict[str, list[float]] = {name: [] for name in steps}
        for _ in range(rounds):
            for name, step in steps.items():
                microseconds[name].append(await _cpu_per_call(step))
    print(f"| {TASKS} concurrent calls over aiohttp, up to and including | µs of CPU per call |")
    print("| --- | ---: |")
    for name, values in microseconds.items():
        print(f"| {name} | {min(values):.0f} |")


async def _steps(client: Any, session: Any, base_url: str) -> dict[str, Step]:
    """Return what to measure; each step includes the one before it."""
    import aiohttp
    import yarl

    from actuallycare._core.operation import Call
    from actuallycare._core.serialize import build_request
    from actuallycare.api.listings import GET

    sender = client.listings._sender
    call = Call(GET, f"/listings/{RECORD_ID}")
    scheme = next(iter(GET.auth))
    auth = await sender.credentials.header(scheme)

    def build() -> Any:
        return build_request(call, base_url=base_url, headers=sender.headers, timeout=30.0)

    request = build().with_auth(auth)
    headers = {"Accept-Encoding": "gzip", **request.wire_headers()}
    timeout = aiohttp.ClientTimeout(total=None)

    async def send_with_session() -> None:
        url = yarl.URL(request.url, encoded=True)
        async with session.get(
            url, headers=headers, allow_redirects=False, timeout=timeout
        ) as response:
            await response.read()

    return {
        "aiohttp's session, with the SDK's headers": send_with_session,
        "the transport": lambda: sender.transport.send(request),
        "building the request": lambda: sender.transport.send(build().with_auth(auth)),
        "the attempt: timeout, JSON, rate limit": lambda: sender._attempt(
            build().with_auth(auth), None
        ),
        "the retry loop: credential, rate limiter": lambda: sender._send_with_retries(
            build(), scheme, None
        ),
        "closing the client ends the call": lambda: sender.send(call),
        "the record": lambda: client.listings.get(RECORD_ID),
    }


async def _cpu_per_call(step: Step) -> float:
    started = time.process_time()
    for _ in range(4):
        await asyncio.gather(*(step() for _ in range(TASKS)))
    return (time.process_time() - started) / (4 * TASKS) * 1e6


async def page_cpu(port: int, pages: int) -> float:
    """Return the milliseconds of CPU per page, for pages read one after the other."""
    from actuallycare import AsyncActuallyCare

    base_url = f"http://127.0.0.1:{port}/v1"
    async with AsyncActuallyCare(KEY, base_url=base_url) as client:
        await client.listings.list(limit=PAGE)
        started = time.process_time()
        for number in range(1, pages + 1):
            await client.listings.list(limit=PAGE, page=number)
        return (time.process_time() - started) / pages * 1e3


def run(smoke: bool) -> None:
    pin_to_core(os.getpid(), last=True)
    pages = 2 if smoke else TOTAL // PAGE
    with running("benchmarks.server") as (_, port):
        asyncio.run(profile_call(int(port), 1 if smoke else 40))
        immediate = asyncio.run(page_cpu(int(port), pages))
    with running("benchmarks.server", "--delay", str(DELAY)) as (_, port):
        delayed = asyncio.run(page_cpu(int(port), pages))
    print("\n| a page of 100 from a server that responds | ms of CPU |\n| --- | ---: |")
    print(f"| immediately | {immediate:.1f} |\n| after {DELAY * 1e3:.0f} ms | {delayed:.1f} |\n")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile_layers")
    parser.add_argument("--smoke", action="store_true", help="only check that the profile works")
    parser.add_argument("--prepared", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.prepared:
        run(options.smoke)
        return 0
    prepare()
    # Start again in an environment that has the SDK with the wide record and the extra `fast`.
    command = [sys.executable, "-m", "benchmarks.profile_layers", "--prepared", *sys.argv[1:]]
    return subprocess.run(
        command, cwd=ROOT, check=False, env=environment(fast_extra=True)
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
