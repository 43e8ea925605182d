"""A server in a process of its own that answers each request with the last part of its path."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

_LONGEST = 0.002
"""Seconds before the headers and before the body, at most."""


async def _converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    dice = random.Random(1)
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            lines = head.lower().split("\r\n")
            length = next((line[15:] for line in lines if line.startswith("content-length:")), "0")
            await reader.readexactly(int(length))
            body = json.dumps({"success": True, "data": {"id": head.split(" ", 2)[1]}}).encode()
            await asyncio.sleep(dice.random() * _LONGEST)
            start = f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n"
            writer.write(f"{start}Content-Type: application/json\r\n\r\n".encode() + body[:10])
            await asyncio.sleep(dice.random() * _LONGEST)
            writer.write(body[10:])
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass  # the client has cancelled a call
    finally:
        writer.close()


async def _serve(pipe: Connection) -> None:
    server = await asyncio.start_server(_converse, "127.0.0.1", 0, backlog=1024)
    pipe.send(server.sockets[0].getsockname()[1])
    await asyncio.get_running_loop().run_in_executor(None, pipe.recv)


def _run(pipe: Connection) -> None:
    asyncio.run(_serve(pipe))


@contextmanager
def echo_server() -> Iterator[int]:
    """Run the server until the block ends; the value is its port."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        ours.send("stop")
        process.join(10)
