"""Express applications in processes of their own, and a proxy that delays everything."""

from __future__ import annotations

import asyncio
import json
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

from tests import express

DELAY = 0.05
"""Seconds that the proxy delays everything, in both directions."""


@contextmanager
def node(script: str, **variables: str) -> Iterator[int]:
    """Run a script of this folder; return the port that it prints."""
    process = subprocess.Popen(
        [express.program("node"), str(express.HERE / script)],
        env={**express.environment(express.modules()), **variables},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())["port"]
    finally:
        process.terminate()
        process.communicate()


@asynccontextmanager
async def delaying_proxy(port: int) -> AsyncIterator[str]:
    """Forward connections to `port`, and everything on them `DELAY` seconds later."""
    tasks: set[asyncio.Task[None]] = set()
    writers: set[asyncio.StreamWriter] = set()

    async def forward(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        with suppress(ConnectionError):
            while data := await reader.read(65536):
                loop.call_later(DELAY, _write, writer, data)
        loop.call_later(DELAY, writer.close)

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        upstream = await asyncio.open_connection("127.0.0.1", port)
        writers.update((writer, upstream[1]))
        for pair in ((reader, upstream[1]), (upstream[0], writer)):
            task = asyncio.create_task(forward(*pair))
            tasks.add(task)
            task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(accept, "127.0.0.1", 0, backlog=1024)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        for writer in writers:
            writer.close()
        await asyncio.gather(*(w.wait_closed() for w in writers), return_exceptions=True)


def _write(writer: asyncio.StreamWriter, data: bytes) -> None:
    if not writer.is_closing():
        writer.write(data)
