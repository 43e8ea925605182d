"""Where the cost sits that keeps a goal from being reached: `python -m benchmarks.layers`.

What is compared takes turns within one process; shown is the least that it took, as whatever else
the machine does only adds to it.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

from .material import KEY, PAGE, RECORD_ID, ROOT, TOTAL, page_body, records
from .measure import environment, running, settle
from .prepare import prepare
from .suite import DELAY
from .worker import decode_memory, decode_time

Step = Callable[[], Awaitable[Any]]
TASKS = 50


async def of_a_call(port: int, rounds: int) -> None:
    """50 calls at once over aiohttp, from the session alone to the whole call."""
    import aiohttp
    import yarl

    from actuallycare import AsyncActuallyCare
    from actuallycare._core.operation import Call
    from actuallycare._core.serialize import build_request
    from actuallycare.api.listings import GET

    base_url = f"http://127.0.0.1:{port}/v1"
    client = AsyncActuallyCare(KEY, base_url=base_url, transport="aiohttp", max_concurrency=TASKS)
    sender: Any = client.listings._sender
    await client.listings.get(RECORD_ID)

    def request() -> Any:
        call = Call(GET, f"/listings/{RECORD_ID}")
        return build_request(call, base_url=base_url, headers=sender.headers, timeout=30.0)

    scheme = next(iter(GET.auth))
    auth = await sender.credentials.header(scheme)
    made = request().with_auth(auth)
    headers = {"Accept-Encoding": "gzip", **made.wire_headers()}
    timeout = aiohttp.ClientTimeout(total=None)
    plain = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False)

    async def session() -> None:
        url = yarl.URL(made.url, encoded=True)
        async with plain.get(url, headers=headers, allow_redirects=False, timeout=timeout) as got:
            await got.read()

    steps: dict[str, Step] = {
        "aiohttp's session, with the SDK's headers": session,
        "the transport": lambda: sender.transport.send(made),
        "building the request": lambda: sender.transport.send(request().with_auth(auth)),
        "the attempt: timeout, JSON, budget": lambda: sender._attempt(request().with_auth(auth)),
        "the loop of attempts: credential, turn": lambda: sender._until_done(request(), scheme),
        "closing the client ends the call": lambda: sender.send(
            Call(GET, f"/listings/{RECORD_ID}")
        ),
        "the record": lambda: client.listings.get(RECORD_ID),
    }
    taken: dict[str, list[float]] = {name: [] for name in steps}
    for _ in range(rounds):
        for name, step in steps.items():
            begun = time.process_time()
            for _ in range(4):
                await asyncio.gather(*(step() for _ in range(TASKS)))
            taken[name].append((time.process_time() - begun) / (4 * TASKS) * 1e6)
    print("| 50 calls at once over aiohttp, up to and with | µs of CPU a call |\n| --- | ---: |")
    for name, values in taken.items():
        print(f"| {name} | {min(values):.0f} |")
    await plain.close()
    await client.aclose()


async def of_waiting(port: int, pages: int) -> float:
    """Milliseconds of CPU a page, one page after the other."""
    from actuallycare import AsyncActuallyCare

    base_url = f"http://127.0.0.1:{port}/v1"
    async with AsyncActuallyCare(KEY, base_url=base_url) as client:
        await client.listings.list(limit=PAGE)
        begun = time.process_time()
        for number in range(1, pages + 1):
            await client.listings.list(limit=PAGE, page=number)
        return (time.process_time() - begun) / pages * 1e3


def of_a_record(rounds: int) -> None:
    """Bytes and time by what is kept of the payload beside the attributes."""
    from actuallycare._core.json_value import parse_json
    from actuallycare.models import Listing

    rows = records(1_000)
    page = page_body(rows[:PAGE], 1, PAGE, TOTAL)
    dates = ("closing_date", "created_at", "expiration_date", "listing_date", "updated_at")
    names: dict[tuple[str, ...], tuple[str, ...]] = {}

    def keys(row: Any) -> Any:
        found = tuple(row)
        return names.setdefault(found, found), tuple(row.values())

    kept: dict[str, Callable[[Any], Any]] = {
        "the payload (as it is)": lambda row: row,
        "its values; its names once": keys,
        "the texts of its dates": lambda row: tuple(row[name] for name in dates),
        "nothing": lambda row: None,
    }
    print("| kept beside the attributes | bytes a record | µs for 100 |\n| --- | ---: | ---: |")
    for name, keep in kept.items():

        def decode(body: bytes, keep: Callable[[Any], Any] = keep) -> list[Any]:
            items: list[Any] = []
            for row in parse_json(body)["data"]["listings"]:
                item: Any = Listing.from_dict(row)
                item.raw = keep(row)
                items.append(item)
            return items

        size = decode_memory(decode, len(rows), rows)["bytes"]
        taken = min(decode_time(decode, 1, page)["cpu"] for _ in range(rounds)) * 1e6
        print(f"| {name} | {size:,.0f} | {taken:.0f} |")


def main() -> int:
    smoke = "--smoke" in sys.argv
    if "inside" not in sys.argv:
        prepare()
        # Again, where the wide SDK and the extra `fast` are found.
        command = [sys.executable, "-m", "benchmarks.layers", "inside", *sys.argv[1:]]
        return subprocess.run(command, cwd=ROOT, env=environment(extra=True)).returncode
    settle(os.getpid(), last=True)
    pages = 2 if smoke else TOTAL // PAGE
    with running("benchmarks.server") as (_, port):
        asyncio.run(of_a_call(int(port), 1 if smoke else 40))
        busy = asyncio.run(of_waiting(int(port), pages))
    with running("benchmarks.server", "--delay", str(DELAY)) as (_, port):
        idle = asyncio.run(of_waiting(int(port), pages))
    print("\n| a page of 100 from a server that answers | ms of CPU |\n| --- | ---: |")
    print(f"| at once | {busy:.1f} |\n| after {DELAY * 1e3:.0f} ms | {idle:.1f} |\n")
    of_a_record(1 if smoke else 200)
    return 0


if __name__ == "__main__":
    sys.exit(main())
