"""One contender in a process of its own: reads a job a line, writes its measure a line.

python -m benchmarks.worker CONTENDER [PORT]
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import time
import tracemalloc
from typing import Any

from . import material
from .contenders import CONTENDERS, timed, without_fast_json
from .decoders import DECODERS, Decode


def decode_time(decode: Decode, n: int, body: bytes) -> dict[str, float]:
    """Seconds a page."""
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(n):
        decode(body)
    return {
        "cpu": (time.process_time() - cpu) / n,
        "wall": (time.perf_counter() - wall) / n,
    }


def decode_memory(decode: Decode, n: int, rows: list[dict[str, Any]]) -> dict[str, float]:
    """Bytes a record that stay in use once a page of `n` is decoded and its body is gone."""
    body = material.page_body(rows[:n], 1, n, n)
    decode(body)
    gc.collect()
    tracemalloc.start()
    kept = decode(body)
    gc.collect()
    size = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    del kept
    return {"bytes": size / n}


def decoding(name: str) -> None:
    decode = DECODERS[name]()
    rows = material.records(1_000)
    body = material.page_body(rows[: material.PAGE], 1, material.PAGE, material.TOTAL)
    print("ready", flush=True)
    for line in sys.stdin:
        work, n, *_ = json.loads(line)
        gc.collect()
        told = decode_memory(decode, n, rows) if work == "memory" else decode_time(decode, n, body)
        print(json.dumps(told), flush=True)


def calling(name: str, port: int) -> None:
    with asyncio.Runner() as runner:
        client = CONTENDERS[name]()
        runner.run(client.open(port))
        runner.run(client.get())
        print("ready", flush=True)
        for line in sys.stdin:
            work, n, *more = json.loads(line)
            gc.collect()
            print(json.dumps(runner.run(timed(client, work, n, *more))), flush=True)
        runner.run(client.close())


if __name__ == "__main__":
    if "stdlib" in sys.argv[1]:
        without_fast_json()
    if len(sys.argv) > 2:
        calling(sys.argv[1], int(sys.argv[2]))
    else:
        decoding(sys.argv[1])
