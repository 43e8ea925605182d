"""A server that costs next to nothing: bytes made beforehand, written by an asyncio Protocol.

    python -m benchmarks.server [--delay SECONDS]

Prints its port and serves until its input ends. `limit=` of a list is how many records a page has.
An id that starts with `wait-` is refused with 429 on every odd request, in the form that the rest
of the id names, see `WAITS`.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import time
from collections import defaultdict
from email.utils import formatdate

from . import material

WAITS = ("seconds-0", "seconds-1", "fraction", "date", "date-past", "reset-1", "none-sensible")
"""How a 429 says how long to wait; `waits()` makes the headers."""

_LIMIT = re.compile(rb"[?&]limit=(\d+)")
_PAGE = re.compile(rb"[?&]page=(\d+)")


def waits(form: str) -> tuple[dict[str, str], float]:
    """Headers of a 429, and the seconds that they ask for."""
    now = time.time()
    if form == "seconds-0":
        return {"Retry-After": "0"}, 0.0
    if form == "seconds-1":
        return {"Retry-After": "1"}, 1.0
    if form == "fraction":
        return {"Retry-After": "0.25"}, 0.25
    if form == "date":
        return {"Retry-After": formatdate(int(now) + 1, usegmt=True)}, 1.0
    if form == "date-past":
        return {"Retry-After": formatdate(int(now) - 9, usegmt=True)}, 0.0
    if form == "reset-1":
        return {
            "RateLimit-Limit": "500",
            "RateLimit-Remaining": "0",
            "RateLimit-Reset": "1",
        }, 1.0
    return {"Retry-After": "soon", "RateLimit-Reset": "1"}, 1.0


def response(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """A whole response, with the headers that the vendor documents."""
    shown = {
        "Content-Type": "application/json; charset=utf-8",
        "RateLimit-Limit": "500",
        "RateLimit-Remaining": "499",
        "RateLimit-Reset": "900",
        "Date": formatdate(usegmt=True),
        **headers,
        "Content-Length": str(len(body)),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in shown.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


class Answers:
    """Every response that may be asked for, made on first use."""

    def __init__(self) -> None:
        rows = material.records(material.TOTAL)
        self._rows = rows
        self._record = response(material.record_body({**rows[0], "id": material.RECORD_ID}))
        self._pages: dict[tuple[int, int], bytes] = {}
        self._asked: defaultdict[bytes, int] = defaultdict(int)

    def to(self, target: bytes) -> bytes:
        """The response to the request for `target`."""
        if not target.startswith(b"/v1/listings/"):
            page, limit = _PAGE.search(target), _LIMIT.search(target)
            number = int(page.group(1)) if page else 1
            return self.page(number, int(limit.group(1)) if limit else material.PAGE)
        if b"/wait-" not in target:
            return self._record
        self._asked[target] += 1
        if self._asked[target] % 2 == 0:
            return self._record
        headers, _ = waits(target.partition(b"/wait-")[2].decode())
        body = b'{"success":false,"error":{"code":"RATE_LIMITED","message":"Too many requests"}}'
        return _refusal(body, headers)

    def page(self, number: int, size: int) -> bytes:
        """One page of the list of `TOTAL` records."""
        known = self._pages.get((number, size))
        if known is None:
            rows = self._rows[(number - 1) * size : number * size]
            known = response(material.page_body(rows, number, size, material.TOTAL))
            self._pages[number, size] = known
        return known


def _refusal(body: bytes, headers: dict[str, str]) -> bytes:
    lines = {"Content-Type": "application/json", "Date": formatdate(usegmt=True), **headers}
    lines["Content-Length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 429 Too Many Requests\r\n{head}\r\n".encode() + body


class Connection(asyncio.Protocol):
    """Reads requests without bodies and writes what `Answers` has."""

    def __init__(self, answers: Answers, delay: float) -> None:
        self._answers, self._delay = answers, delay
        self._loop = asyncio.get_running_loop()
        self._pending = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        data = self._pending + data
        while (end := data.find(b"\r\n\r\n")) >= 0:
            target = data[: data.index(b"\r\n")].split(b" ")[1]
            data = data[end + 4 :]
            answer = self._answers.to(target)
            if self._delay:
                self._loop.call_later(self._delay, self._write, answer)
            else:
                self._write(answer)
        self._pending = data

    def _write(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(data)


async def serve(delay: float) -> None:
    """Serve on a free port until the input ends."""
    answers = Answers()
    for number in range(1, material.TOTAL // material.PAGE + 1):
        answers.page(number, material.PAGE)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(answers, delay), "127.0.0.1", 0, backlog=2048
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--delay", type=float, default=0.0)
    asyncio.run(serve(parser.parse_args().delay))
