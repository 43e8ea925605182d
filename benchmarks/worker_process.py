"""Run one client or decoder in a process: read a job per line, write its measurement per line.

python -m benchmarks.worker_process NAME [PORT]

With a port, NAME is one of `CLIENTS` or `BLOCKING_CLIENTS`; without, one of `DECODERS`.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
import tracemalloc
from typing import Any

from . import blocking_clients, fixtures
from .blocking_clients import BLOCKING_CLIENTS
from .clients import CLIENTS, WITHOUT_MSGSPEC, hide_msgspec, run_timed
from .decoders import DECODERS, Decode


def decode_time(decode: Decode, n: int, body: bytes) -> dict[str, float]:
    """Return the seconds it takes to decode `body`, averaged over `n` times."""
    elapsed = time.perf_counter()
    cpu = time.process_time()
    for _ in range(n):
        decode(body)
    cpu = time.process_time() - cpu
    elapsed = time.perf_counter() - elapsed
    return {"cpu": cpu / n, "elapsed": elapsed / n}


def decode_memory(decode: Decode, n: int, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Return the bytes in use for each of `n` decoded records, after the body was freed."""
    body = fixtures.page_body(rows[:n], 1, n, n)
    decode(body)
    gc.collect()
    tracemalloc.start()
    decoded = decode(body)
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del decoded
    return {"bytes": size / n}


def run_decoder(name: str) -> None:
    decode = DECODERS[name]()
    rows = fixtures.records(1_000)
    full = rows[: fixtures.PAGE]
    pages = {"decode": full, "decode_published": [fixtures.published(row) for row in full]}
    bodies = {
        job: fixtures.page_body(page, 1, fixtures.PAGE, fixtures.TOTAL)
        for job, page in pages.items()
    }
    print("ready", flush=True)
    for line in sys.stdin:
        job, n = json.loads(line)
        gc.collect()
        memory = job == "memory"
        result = decode_memory(decode, n, rows) if memory else decode_time(decode, n, bodies[job])
        print(json.dumps(result), flush=True)


def run_blocking_client(name: str, port: int) -> None:
    client = BLOCKING_CLIENTS[name](port)
    client.get()
    print("ready", flush=True)
    for line in sys.stdin:
        job, n = json.loads(line)
        gc.collect()
        print(json.dumps(blocking_clients.run_timed(client, job, n)), flush=True)
    client.close()


def run_client(name: str, port: int) -> None:
    with asyncio.Runner() as runner:
        client = CLIENTS[name]()
        runner.run(client.open(port))
        runner.run(client.get())
        print("ready", flush=True)
        for line in sys.stdin:
            job, n, *arguments = json.loads(line)
            gc.collect()
            result = runner.run(run_timed(client, job, n, *arguments))
            print(json.dumps(result), flush=True)
        runner.run(client.close())


if __name__ == "__main__":
    if sys.argv[1] in WITHOUT_MSGSPEC:
        hide_msgspec()
    if sys.argv[1] in BLOCKING_CLIENTS:
        run_blocking_client(sys.argv[1], int(sys.argv[2]))
    elif len(sys.argv) > 2:
        run_client(sys.argv[1], int(sys.argv[2]))
    else:
        run_decoder(sys.argv[1])
